"""Invoices as the list sorts and filters them, with what is paid of each, and sums kept of all of them.

rows.py keeps both up to date behind the documents (invoice/) and what is owed (payment/), which they join.
"""
