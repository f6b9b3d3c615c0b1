"""What a message about an account's own way asks for; and whatever brings money asks for the operator's."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.balance.state import Payer
from services.payments.payment.messages import RecordPayment, SucceedPayment
from services.payments.settings.messages import ONLY, SetAllocation
from services.payments.settings.state import PaymentSettings
from shared.kernel.decider import Asked


def preload(message: SetAllocation | RecordPayment | SucceedPayment) -> Iterator[Asked]:
    if isinstance(message, SetAllocation):
        yield Payer, message.account_id
    else:
        yield PaymentSettings, ONLY
