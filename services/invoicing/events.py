"""Every event of invoicing, by the name it has in the log; the classes are in the aggregates' `messages.py`."""

from __future__ import annotations

from services.invoicing.bill_profile import messages as bill_profile
from services.invoicing.billing_run import messages as billing_run
from services.invoicing.invoice import messages as invoice
from services.invoicing.numbering_series import messages as numbering_series
from shared.kernel.message import catalogue

EVENTS = catalogue(
    "invoicing",
    billing_run.BillingCycleKnown,
    billing_run.BillingCycleForgotten,
    bill_profile.BillProfileOpened,
    bill_profile.BillProfileOpenedV1,
    bill_profile.PeriodExpected,
    bill_profile.CustomerRenamed,
    bill_profile.CycleFollowed,
    bill_profile.BillingHeld,
    bill_profile.BillingReleased,
    invoice.DraftLineAdded,
    invoice.DraftCarriedForward,
    invoice.InvoiceDrafted,
    invoice.DraftPassedOn,
    invoice.ChargesTaken,
    invoice.DraftTaken,
    invoice.DraftDisagreed,
    invoice.InvoiceLocked,
    numbering_series.NumberingSeriesOpened,
    numbering_series.NumberAssigned,
    numbering_series.NumberAssignedV1,
    numbering_series.NumberConfirmed,
    numbering_series.NumberConfirmedV1,
    invoice.InvoiceIssued,
    invoice.AmountDueStated,
    billing_run.BillingRunStarted,
    billing_run.BillingRunPageWalked,
)
