"""Collecting through a gateway: what is asked for, each attempt, and what came of it.

SetGateway                                       -> GatewaySet                   what a gateway has given the operator
Collect(invoice_id="inv-7")                      -> CollectionAsked, PaymentRecorded pending
StartCollection(attempt=1, claim="…")            -> CollectionStarted            in the log before anything is called
EndCollection(outcome="succeeded")               -> CollectionSucceeded, PaymentSucceeded, PaymentAllocated
EndCollection(outcome="pending")                 -> CollectionPending            a webhook or a look says more
EndCollection(outcome="failed")                  -> CollectionRescheduled, or CollectionFailed with PaymentFailed
HurryCollection                                  -> CollectionHurried            the next attempt is made now
StopCollection                                   -> CollectionStopped, PaymentCancelled; CollectionStopAsked where the
                                                    gateway has to be told first
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Final

from services.payments.gateways.contract import Outcome, PayTo
from shared.kernel.bounds import Count
from shared.kernel.claims import Claim, claim_chosen
from shared.kernel.errors import Rejection
from shared.kernel.message import Command, Event, Message
from shared.kernel.money import Money
from shared.kernel.sealed import Sealed, SealedSecret


def collection_exists(collection_id: str) -> Rejection:
    return Rejection("collection_exists", f"there is a collection {collection_id}", pointer="/id", status=409)


OF_THE_MOMENT: Final = frozenset({"authentication_required", "abandoned", "canceled", "payment_method_removed"})
"""Hard for the collection that met them: another day, with the customer there, the same method may do."""


class OfGateway(Message, frozen=True, kw_only=True):
    REFERENCE: ClassVar[bool] = True
    KEY_FIELD: ClassVar[str] = "gateway"

    gateway: str


class SetGateway(OfGateway, Command, frozen=True, kw_only=True):
    """From now on calls are made with these secrets. `merchant` is what the gateway calls the operator, where it does
    so beside a secret; `callback_url` is where it reaches us."""

    secret: SealedSecret
    webhook_secret: SealedSecret
    base_url: str = ""
    merchant: str = ""
    callback_url: str = ""


class GatewaySet(OfGateway, Event, frozen=True, kw_only=True):
    secret: SealedSecret
    webhook_secret: SealedSecret
    base_url: str = ""
    merchant: str = ""
    callback_url: str = ""


class OfCollection(Command, frozen=True, kw_only=True):
    account_id: str
    collection_id: str


class Collect(OfCollection, frozen=True, kw_only=True):
    """Collect what is open of an invoice, or `amount`, by a method or the preferred one. With `return_url` the customer
    is there, may be asked to say yes, and comes back to it. `once`: what this method declines has failed, neither
    another day nor another method is tried.

    Refused: `account_not_found`, `invoice_not_found`, `nothing_open`, `no_payment_method`, `payment_method_not_found`,
    `payment_method_declined`, `not_of_a_gateway`, `collecting_already`, `collection_exists`, `too_many_decimals` (of
    what the gateway takes), and as `RecordPayment` for the amount.
    """

    invoice_id: str | None = None
    amount: Money | None = None
    method_id: str | None = None
    once: bool = False
    return_url: str = ""

    def claims(self, command_id: str) -> Sequence[Claim]:
        return claim_chosen("collection", self.collection_id, collection_exists, command_id=command_id)


class StartCollection(OfCollection, frozen=True, kw_only=True):
    """Process `claim` will call. One that does not wait for this attempt stays as it is."""

    attempt: Count
    claim: str


class EndCollection(OfCollection, frozen=True, kw_only=True):
    """What came of an attempt; of one that is over only that its money is here after all. `amount` is what the gateway
    says it has taken, where it says so."""

    attempt: Count
    outcome: Outcome
    reference: str = ""
    code: str = ""
    hard: bool = False
    action_url: str = ""
    amount: Decimal | None = None
    pay_to: PayTo | None = None


class HurryCollection(OfCollection, frozen=True, kw_only=True):
    """Make the next attempt now. Refused: `collection_not_found`, `collection_not_waiting`."""


class StopCollection(OfCollection, frozen=True, kw_only=True):
    """Collect no more. Refused: `collection_not_found`, `collection_over`, and `collection_calling` or
    `collection_under_way` while money may be on its way."""

    reason: str = ""


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
    return_url: str = ""


class CollectionStarted(Event, frozen=True, kw_only=True):
    account_id: str
    collection_id: str
    attempt: Count
    claim: str


class CollectionPending(Event, frozen=True, kw_only=True):
    """Nothing is known yet: it is on its way, the customer has to say yes or to pay to `pay_to` with the `reference`,
    or the answer was lost."""

    account_id: str
    collection_id: str
    attempt: Count
    outcome: Outcome
    reference: str = ""
    code: str = ""
    action_url: str = ""
    pay_to: PayTo | None = None


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
    declined: str = ""
    """The method that this attempt was made by."""


class CollectionSucceeded(Event, frozen=True, kw_only=True):
    """The money is here; `late`: after nobody waited for it any more, because it had failed or was stopped."""

    account_id: str
    collection_id: str
    attempt: Count
    reference: str
    late: bool = False


class CollectionFailed(Event, frozen=True, kw_only=True):
    """It is not tried again."""

    account_id: str
    collection_id: str
    attempt: Count
    code: str
    hard: bool
    reference: str = ""
    declined: str = ""
    """The method that the last attempt was made by."""


def is_for_good(event: CollectionRescheduled | CollectionFailed) -> bool:
    """Whether the method will not do another time either: the customer's silence is no fault of the card."""
    return event.hard and event.code not in OF_THE_MOMENT


class CollectionHurried(Event, frozen=True, kw_only=True):
    """The next attempt is made at `due_at`, because somebody has asked for it."""

    account_id: str
    collection_id: str
    attempt: Count
    due_at: datetime


class CollectionStopAsked(Event, frozen=True, kw_only=True):
    """It is to be stopped, and the gateway has to be told so first: the customer may say yes in this moment."""

    account_id: str
    collection_id: str
    attempt: Count
    reason: str


class CollectionStopped(Event, frozen=True, kw_only=True):
    """Nothing more is collected: somebody has said so, or nothing is left to collect (`paid_otherwise`)."""

    account_id: str
    collection_id: str
    attempt: Count
    reason: str
