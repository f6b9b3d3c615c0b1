"""An invoice in the terms of EN 16931, which UBL and CII write in their own ways.

reading.py   InvoiceContents -> terms.Invoice, or a rejection that names every missing part and how to tell it
terms.py     the business terms (BT) and groups (BG) of the norm, as far as this product has them
prices.py    quantity and price of a line, such that their product is its net
units.py     codes of units (UN/ECE Recommendation 20)
tags.py      XML text out of nested elements
"""

from typing import Final

DISCOUNT: Final = "95"
"""Why something is taken off: a discount (UNTDID 5189)."""
