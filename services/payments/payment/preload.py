"""A payment's id and external key may have been used already."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.payment.messages import RecordPayment
from services.payments.payment.state import ExternalKey, KnownPayment
from shared.kernel.decider import State


def preload(message: RecordPayment) -> Iterator[tuple[type[State], str]]:
    yield KnownPayment, message.payment_id
    if message.external_key is not None:
        yield ExternalKey, message.external_key
