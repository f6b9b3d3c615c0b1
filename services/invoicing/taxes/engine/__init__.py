"""What all kinds of tax need: the categories of VAT, and the sums of a document."""
