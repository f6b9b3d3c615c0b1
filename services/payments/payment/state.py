"""The payments that were recorded, by their ids and by what banks and providers call them (R52)."""

from __future__ import annotations

from datetime import date

from shared.kernel.decider import State


class KnownPayment(State, frozen=True, kw_only=True):
    """That a payment was recorded under this id, and when it came in."""

    KEY_FIELD = "payment_id"

    payment_id: str
    received_on: date | None = None


class ExternalKey(State, frozen=True, kw_only=True):
    """The bank's or provider's name of a payment, used up (R52)."""

    KEY_FIELD = "external_key"

    external_key: str
    payment_id: str
