"""A collection, from asking for it until its payment is there or will not come."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from shared.kernel.decider import State

CollectionStatus = Literal["waiting", "calling", "pending", "succeeded", "failed"]
OVER = ("succeeded", "failed")


class Collection(State, frozen=True, kw_only=True):
    """`attempt` counts those that were started; `tried` are the methods that were declined for good. `once`: what is
    declined has failed."""

    KEY_FIELD = "collection_id"

    collection_id: str
    account_id: str
    method_id: str
    amount: Decimal
    currency: str
    invoice_id: str | None = None
    status: CollectionStatus = "waiting"
    attempt: int = 0
    tried: tuple[str, ...] = ()
    once: bool = False


class InvoiceCollection(State, frozen=True, kw_only=True):
    """The collection of an invoice that was asked for last."""

    KEY_FIELD = "invoice_id"

    invoice_id: str
    collection_id: str
