"""Which states a message about a mandate will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.balance.state import Payer
from services.payments.mandate.messages import (
    AmendMandate,
    ExpireMandate,
    RegisterMandate,
    RevokeMandate,
    SignMandate,
)
from services.payments.mandate.state import Mandates
from services.payments.payment_method.state import PaymentMethods
from shared.kernel.decider import Asked


def preload(
    message: RegisterMandate | SignMandate | AmendMandate | RevokeMandate | ExpireMandate,
) -> Iterator[Asked]:
    yield Payer, message.account_id
    yield Mandates, message.account_id
    if isinstance(message, RegisterMandate | AmendMandate):
        yield PaymentMethods, message.account_id
