"""Every event of invoicing, by the name it has in the log; a class is in the `messages.py` of its aggregate.

This is what a reader of the log takes: all of them, and the catalogue that decodes and names them.
"""

from __future__ import annotations

from services.invoicing.bill_profile.messages import BillProfileOpened, BillProfileOpenedV1, PeriodExpected, TaxTerms
from services.invoicing.billing_run.messages import (
    BillingCycleKnown,
    BillingRunPageWalked,
    BillingRunStarted,
    RunOutcome,
)
from services.invoicing.invoice.messages import (
    AmountDueStated,
    DraftCarriedForward,
    DraftDisagreed,
    DraftLineAdded,
    InvoiceDrafted,
    InvoiceIssued,
    InvoiceLine,
    InvoiceLocked,
    LineStep,
    Seller,
    TaxGroup,
)
from services.invoicing.numbering_series.messages import (
    Document,
    NumberAssigned,
    NumberAssignedV1,
    NumberConfirmed,
    NumberConfirmedV1,
    NumberingSeriesOpened,
)
from shared.kernel.message import catalogue

__all__ = [
    "EVENTS",
    "AmountDueStated",
    "BillProfileOpened",
    "BillProfileOpenedV1",
    "BillingCycleKnown",
    "BillingRunPageWalked",
    "BillingRunStarted",
    "Document",
    "DraftCarriedForward",
    "DraftDisagreed",
    "DraftLineAdded",
    "InvoiceDrafted",
    "InvoiceIssued",
    "InvoiceLine",
    "InvoiceLocked",
    "LineStep",
    "NumberAssigned",
    "NumberAssignedV1",
    "NumberConfirmed",
    "NumberConfirmedV1",
    "NumberingSeriesOpened",
    "PeriodExpected",
    "RunOutcome",
    "Seller",
    "TaxGroup",
    "TaxTerms",
]

EVENTS = catalogue(
    "invoicing",
    BillingCycleKnown,
    BillProfileOpened,
    BillProfileOpenedV1,
    PeriodExpected,
    DraftLineAdded,
    DraftCarriedForward,
    InvoiceDrafted,
    DraftDisagreed,
    InvoiceLocked,
    NumberingSeriesOpened,
    NumberAssigned,
    NumberAssignedV1,
    NumberConfirmed,
    NumberConfirmedV1,
    InvoiceIssued,
    AmountDueStated,
    BillingRunStarted,
    BillingRunPageWalked,
)
