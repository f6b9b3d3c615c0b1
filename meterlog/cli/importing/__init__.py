"""Files of plans, accounts and usage, read, checked, and asked of the API row by row."""
