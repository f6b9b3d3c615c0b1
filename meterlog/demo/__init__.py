"""The seeded ISP that `meterlog demo` bills for three months, and everything that plays it."""
