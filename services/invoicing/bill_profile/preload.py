"""Rating's facts about an account ask for its profile."""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.bill_profile.react import AccountFact
from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.invoice.messages import CompleteIssue, CompleteIssues, FinaliseInvoice, TakeCharges
from services.rating.period.messages import ChargeFixed, PeriodClosed
from shared.kernel.decider import Asked


def preload(
    message: AccountFact | ChargeFixed | PeriodClosed | CompleteIssue | CompleteIssues | FinaliseInvoice | TakeCharges,
) -> Sequence[Asked]:
    if isinstance(message, CompleteIssues):
        return ((BillProfile, [numbered.account_id for numbered in message.invoices]),)
    return ((BillProfile, message.account_id),)
