"""What the SEPA scheme says: business days, characters, reasons of returns, and the files banks take. Pure."""
