"""Which states a message about a dispute will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.balance.state import Payer
from services.payments.dispute.messages import OpenDispute, ResolveDispute
from services.payments.dispute.state import Dispute
from services.payments.receivable.state import KnownInvoice
from services.payments.settings.messages import ONLY
from services.payments.settings.state import PaymentSettings
from shared.kernel.decider import Asked


def preload(message: OpenDispute | ResolveDispute) -> Iterator[Asked]:
    yield Payer, message.account_id
    yield Dispute, message.invoice_id
    yield KnownInvoice, message.invoice_id
    if isinstance(message, ResolveDispute):
        yield PaymentSettings, ONLY
