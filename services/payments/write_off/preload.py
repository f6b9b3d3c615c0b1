"""Which states a message about a write-off will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.balance.state import Payer
from services.payments.settings.messages import ONLY
from services.payments.settings.state import PaymentSettings
from services.payments.write_off.messages import RecoverWriteOff, WriteOff
from services.payments.write_off.state import KnownWriteOff
from shared.kernel.decider import Asked


def preload(message: WriteOff | RecoverWriteOff) -> Iterator[Asked]:
    yield Payer, message.account_id
    yield KnownWriteOff, message.write_off_id
    if isinstance(message, WriteOff):
        yield PaymentSettings, ONLY
