"""Invoices that every form has to render: of one country and of two, with and without VAT, in five languages.

brussels.py    a household: a line with tiers, credit applied, VAT of 20 %
abroad.py      businesses and households elsewhere: reverse charge, an exemption, two rates, a credit and a debit note
late_fees.py   a month with a late fee, interest and a fee that is waived, outside VAT beside what is taxed
tax_included.py    a month at prices that include tax, with a discount
"""

from __future__ import annotations

from typing import Final

from services.invoicing.documents.contract import InvoiceContents
from services.invoicing.documents.examples.abroad import ABROAD
from services.invoicing.documents.examples.brussels import BRUSSELS
from services.invoicing.documents.examples.late_fees import LATE
from services.invoicing.documents.examples.tax_included import TAX_INCLUDED

EXAMPLES: Final[tuple[InvoiceContents, ...]] = (BRUSSELS, *ABROAD, LATE, TAX_INCLUDED)
