"""A collection, from asking for it until its payment is there or will not come."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from services.payments.collection.messages import OfCollection
from shared.kernel.decider import State, View
from shared.kernel.errors import Rejection

CollectionStatus = Literal["waiting", "calling", "pending", "succeeded", "failed", "stopped"]
OVER = ("succeeded", "failed", "stopped")


class Collection(State, frozen=True, kw_only=True):
    """`attempt` counts those that were started; `tried` are the methods that were declined for good. `outcome`, `code`,
    `reference` and `action_url` were heard last of an attempt that is under way; `stopping` is why it is to be stopped.
    `once`: what is declined has failed.
    """

    KEY_FIELD = "collection_id"

    collection_id: str
    account_id: str
    method_id: str
    amount: Decimal
    currency: str
    invoice_id: str | None = None
    gateway: str = ""
    status: CollectionStatus = "waiting"
    attempt: int = 0
    tried: tuple[str, ...] = ()
    once: bool = False
    outcome: str = ""
    code: str = ""
    reference: str = ""
    action_url: str = ""
    stopping: str = ""


class InvoiceCollection(State, frozen=True, kw_only=True):
    """The collection of an invoice that was asked for last."""

    KEY_FIELD = "invoice_id"

    invoice_id: str
    collection_id: str


def running_collection(invoice_id: str, view: View) -> Collection | None:
    """The collection that an invoice is being collected by."""
    last = view.get(InvoiceCollection, invoice_id)
    known = None if last is None else view.get(Collection, last.collection_id)
    return known if known is not None and known.status not in OVER else None


def found_collection(command: OfCollection, view: View) -> Collection:
    known = view.get(Collection, command.collection_id)
    if known is None or known.account_id != command.account_id:
        detail = f"there is no collection {command.collection_id!r}"
        raise Rejection("collection_not_found", detail, status=404)
    return known
