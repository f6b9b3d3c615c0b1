"""Rating's facts about an account ask for its profile."""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.bill_profile.react import AccountFact
from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.invoice.messages import CompleteIssue, FinaliseInvoice, TakeCharges
from services.rating.period.messages import ChargeFixed, PeriodClosed
from shared.kernel.decider import State


def preload(
    message: AccountFact | ChargeFixed | PeriodClosed | CompleteIssue | FinaliseInvoice | TakeCharges,
) -> Sequence[tuple[type[State], str]]:
    return ((BillProfile, message.account_id),)
