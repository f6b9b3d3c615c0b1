"""Which states a message about a chargeback will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.balance.state import Payer
from services.payments.chargeback.messages import RecordChargeback, ReverseChargeback
from services.payments.chargeback.state import Chargeback
from services.payments.payment.state import KnownPayment
from shared.kernel.decider import Asked


def preload(message: RecordChargeback | ReverseChargeback) -> Iterator[Asked]:
    yield Payer, message.account_id
    yield KnownPayment, message.payment_id
    yield Chargeback, message.chargeback_id
