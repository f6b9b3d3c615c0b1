"""Which states a message will ask for, so that the runtime loads those of a whole batch in one round trip."""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing import commands as c
from services.invoicing.domain.state import (
    AccountIndex,
    AccountPage,
    BillingAccount,
    Invoice,
    Numbered,
    Series,
    invoice_id_of,
    numbered_key,
)
from services.rating import events as rating
from shared.kernel.decider import State
from shared.kernel.message import Message

Wanted = Sequence[tuple[type[State], str]]


def preload(message: Message) -> Wanted:
    """Only a hint: what is missing here is loaded when it is asked for."""
    match message:
        case rating.ChargeFixed():
            invoice_id = invoice_id_of(message.account_id, message.billing_period)
            return ((BillingAccount, message.account_id), (Invoice, invoice_id))
        case rating.PeriodClosed():
            invoice_id = invoice_id_of(message.account_id, message.period)
            return ((BillingAccount, message.account_id), (Invoice, invoice_id))
        case rating.SubscriptionStarted():
            return ((BillingAccount, message.account_id),)
        case rating.AccountOpened():
            return ((BillingAccount, message.account_id), (AccountIndex, AccountIndex.KEY))
        case c.AssignNumber():
            numbered = numbered_key(message.series_id, message.invoice_id)
            return ((Series, message.series_id), (Numbered, numbered))
        case c.StateAmountDue():
            return ((Invoice, message.invoice_id),)
        case c.CompleteIssue() | c.FinaliseInvoice():
            return ((BillingAccount, message.account_id), (Invoice, message.invoice_id))
        case c.WalkAccounts(account_ids=None):
            return ((AccountIndex, AccountIndex.KEY), (AccountPage, str(message.page)))
        case c.WalkAccounts():
            return [(BillingAccount, account_id) for account_id in message.account_ids or ()]
        case _:
            return ()
