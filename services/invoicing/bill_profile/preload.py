"""Rating's facts about an account ask for its profile."""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.invoice.messages import CompleteIssue, FinaliseInvoice, TakeCharges
from services.rating.account.messages import (
    AccountCycleChanged,
    AccountDetailsChanged,
    AccountHeld,
    AccountOpened,
    AccountReleased,
)
from services.rating.period.messages import ChargeFixed, PeriodClosed
from services.rating.subscription.messages import SubscriptionStarted
from shared.kernel.decider import State
from shared.kernel.message import Message


def preload(message: Message) -> Sequence[tuple[type[State], str]]:
    match message:
        case AccountOpened() | ChargeFixed() | PeriodClosed() | SubscriptionStarted():
            return ((BillProfile, message.account_id),)
        case AccountDetailsChanged() | AccountCycleChanged() | AccountHeld() | AccountReleased():
            return ((BillProfile, message.account_id),)
        case CompleteIssue() | FinaliseInvoice() | TakeCharges():
            return ((BillProfile, message.account_id),)
        case _:
            return ()
