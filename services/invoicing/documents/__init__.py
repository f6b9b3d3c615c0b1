"""Outputs of an invoice, one file each: contents -> bytes, pure. `MEDIA_TYPE` names what `render` gives.

Each module has `EXAMPLES`, invoices that a shared test renders. A new output is one new file here.
"""
