"""Which states an adjustment will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.adjustment.messages import AdjustBalance
from services.payments.balance.state import Payer
from services.payments.receivable.state import KnownInvoice
from services.payments.settings.messages import ONLY
from services.payments.settings.state import PaymentSettings
from shared.kernel.decider import Asked


def preload(message: AdjustBalance) -> Iterator[Asked]:
    yield Payer, message.account_id
    yield PaymentSettings, ONLY
    if message.invoice_id is not None:
        yield KnownInvoice, message.invoice_id
