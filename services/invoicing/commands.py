"""Every command of invoicing, by its name; the classes are in the aggregates' `messages.py`.

`FinaliseInvoice` and `StartBillingRun` come from people and scripts, all others from reactions: those that assemble
drafts are decided in place when rating reports, those that number and walk travel between partitions.
"""

from __future__ import annotations

from services.invoicing.bill_profile import messages as bill_profile
from services.invoicing.billing_run import messages as billing_run
from services.invoicing.invoice import messages as invoice
from services.invoicing.numbering_series import messages as numbering_series
from shared.kernel.message import catalogue

COMMANDS = catalogue(
    "invoicing",
    billing_run.NoteBillingCycle,
    bill_profile.OpenBillProfile,
    bill_profile.ExpectPeriod,
    invoice.AddDraftLine,
    invoice.CompleteDraft,
    invoice.FinaliseInvoice,
    numbering_series.AssignNumber,
    invoice.CompleteIssue,
    invoice.StateAmountDue,
    billing_run.StartBillingRun,
    billing_run.WalkAccounts,
)
