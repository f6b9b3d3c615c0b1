"""Collecting through a gateway: what is asked for, each attempt, and what came of it.

SetGateway                                       -> GatewaySet                   what a gateway has given the operator
Collect(invoice_id="inv-7")                      -> CollectionAsked, PaymentRecorded pending
StartCollection(attempt=1, claim="…")            -> CollectionStarted            in the log before anything is called
EndCollection(outcome="succeeded")               -> CollectionSucceeded, PaymentSucceeded, PaymentAllocated
EndCollection(outcome="pending")                 -> CollectionPending            a webhook or a look says more
EndCollection(outcome="failed")                  -> CollectionRescheduled, or CollectionFailed with PaymentFailed
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from services.payments.gateways.contract import Outcome
from shared.kernel.bounds import Count
from shared.kernel.claims import Claim, claim_chosen
from shared.kernel.errors import Rejection
from shared.kernel.message import Command, Event, Message
from shared.kernel.money import Money
from shared.kernel.sealed import Sealed, SealedSecret


def collection_exists(collection_id: str) -> Rejection:
    return Rejection("collection_exists", f"there is a collection {collection_id}", pointer="/id", status=409)


class OfGateway(Message, frozen=True, kw_only=True):
    REFERENCE: ClassVar[bool] = True
    KEY_FIELD: ClassVar[str] = "gateway"

    gateway: str


class SetGateway(OfGateway, Command, frozen=True, kw_only=True):
    """From now on calls are made with these secrets."""

    secret: SealedSecret
    webhook_secret: SealedSecret
    base_url: str = ""


class GatewaySet(OfGateway, Event, frozen=True, kw_only=True):
    secret: SealedSecret
    webhook_secret: SealedSecret
    base_url: str = ""


class OfCollection(Command, frozen=True, kw_only=True):
    account_id: str
    collection_id: str


class Collect(OfCollection, frozen=True, kw_only=True):
    """Collect what is open of an invoice, or `amount`, by a method or the preferred one. `once`: what this method
    declines has failed, neither another day nor another method is tried.

    Refused: `account_not_found`, `invoice_not_found`, `nothing_open`, `no_payment_method`, `payment_method_not_found`,
    `not_of_a_gateway`, `collecting_already`, `collection_exists`, and as `RecordPayment` for the amount.
    """

    invoice_id: str | None = None
    amount: Money | None = None
    method_id: str | None = None
    once: bool = False

    def claims(self, command_id: str) -> Sequence[Claim]:
        return claim_chosen("collection", self.collection_id, collection_exists, command_id=command_id)


class StartCollection(OfCollection, frozen=True, kw_only=True):
    """Process `claim` will call. One that does not wait for this attempt stays as it is."""

    attempt: Count
    claim: str


class EndCollection(OfCollection, frozen=True, kw_only=True):
    """What came of an attempt; of one that is over it is not heard any more."""

    attempt: Count
    outcome: Outcome
    reference: str = ""
    code: str = ""
    hard: bool = False
    action_url: str = ""


class CollectionAsked(Event, frozen=True, kw_only=True):
    """Money is to be collected. The collection's id is its payment's. `once`: it has one attempt, by this method."""

    account_id: str
    collection_id: str
    method_id: str
    gateway: str
    details: Sealed
    amount: Decimal
    currency: str
    due_at: datetime
    invoice_id: str | None = None
    once: bool = False


class CollectionStarted(Event, frozen=True, kw_only=True):
    account_id: str
    collection_id: str
    attempt: Count
    claim: str


class CollectionPending(Event, frozen=True, kw_only=True):
    """Nothing is known yet: it is on its way, the customer has to say yes, or the answer was lost."""

    account_id: str
    collection_id: str
    attempt: Count
    outcome: Outcome
    reference: str = ""
    code: str = ""
    action_url: str = ""


class CollectionRescheduled(Event, frozen=True, kw_only=True):
    """This attempt has failed; there will be another at `due_at`, by another method where one is named."""

    account_id: str
    collection_id: str
    attempt: Count
    code: str
    hard: bool
    due_at: datetime
    method_id: str
    gateway: str
    details: Sealed


class CollectionSucceeded(Event, frozen=True, kw_only=True):
    account_id: str
    collection_id: str
    attempt: Count
    reference: str


class CollectionFailed(Event, frozen=True, kw_only=True):
    """It is not tried again."""

    account_id: str
    collection_id: str
    attempt: Count
    code: str
    hard: bool
    reference: str = ""
