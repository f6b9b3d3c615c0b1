"""Which states a message about a payment method will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.balance.state import Payer
from services.payments.mandate.state import Mandates
from services.payments.payment_method.messages import AddPaymentMethod, PreferPaymentMethod, RemovePaymentMethod
from services.payments.payment_method.state import PaymentMethods
from shared.kernel.decider import Asked


def preload(message: AddPaymentMethod | PreferPaymentMethod | RemovePaymentMethod) -> Iterator[Asked]:
    yield Payer, message.account_id
    yield PaymentMethods, message.account_id
    yield Mandates, message.account_id
