"""Which states a message about a deposit will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.balance.state import Payer
from services.payments.deposit.messages import (
    ApplyDeposit,
    CancelDeposit,
    ReceiveDeposit,
    RequestDeposit,
    ReturnDeposit,
)
from services.payments.deposit.state import Deposit
from services.payments.receivable.state import KnownInvoice
from shared.kernel.decider import State


def preload(
    message: RequestDeposit | ReceiveDeposit | ApplyDeposit | ReturnDeposit | CancelDeposit,
) -> Iterator[tuple[type[State], str]]:
    yield Payer, message.account_id
    yield Deposit, message.deposit_id
    if isinstance(message, ApplyDeposit) and message.invoice_id is not None:
        yield KnownInvoice, message.invoice_id
