"""Which states a message about a refund will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.balance.state import Payer
from services.payments.collection.state import Collection
from services.payments.payment.state import KnownPayment
from services.payments.refund.messages import ConfirmRefund, EndRefund, FailRefund, RefundPayment, SendRefund
from services.payments.refund.state import KnownRefund
from services.payments.settings.messages import ONLY
from services.payments.settings.state import PaymentSettings
from shared.kernel.decider import Asked


def preload(message: RefundPayment | SendRefund | EndRefund | ConfirmRefund | FailRefund) -> Iterator[Asked]:
    yield Payer, message.account_id
    yield KnownRefund, message.refund_id
    yield PaymentSettings, ONLY
    if isinstance(message, RefundPayment):
        yield KnownPayment, message.payment_id
        yield Collection, message.payment_id
