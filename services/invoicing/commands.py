"""Every command of invoicing, by its name; a class is in the `messages.py` of its aggregate.

`FinaliseInvoice` and `StartBillingRun` come from people and scripts, all others from reactions: those that assemble
drafts are decided in place when rating reports, those that number and walk travel between partitions.
"""

from __future__ import annotations

from services.invoicing.bill_profile.messages import (
    ExpectPeriod,
    FollowCycle,
    OpenBillProfile,
    RenameCustomer,
    SetHold,
)
from services.invoicing.billing_run.messages import ForgetBillingCycle, NoteBillingCycle, StartBillingRun, WalkAccounts
from services.invoicing.invoice.messages import (
    AddDraftLine,
    CompleteDraft,
    CompleteIssue,
    FinaliseInvoice,
    NoteTaken,
    StateAmountDue,
    TakeCharges,
)
from services.invoicing.numbering_series.messages import AssignNumber
from shared.kernel.message import catalogue

COMMANDS = catalogue(
    "invoicing",
    NoteBillingCycle,
    ForgetBillingCycle,
    OpenBillProfile,
    ExpectPeriod,
    RenameCustomer,
    FollowCycle,
    SetHold,
    AddDraftLine,
    CompleteDraft,
    TakeCharges,
    NoteTaken,
    FinaliseInvoice,
    AssignNumber,
    CompleteIssue,
    StateAmountDue,
    StartBillingRun,
    WalkAccounts,
)
