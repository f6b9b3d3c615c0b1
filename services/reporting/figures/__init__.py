"""Figures of money by month, worked out once for the reports that show them."""
