"""Deliveries: an issued document on its way to its customer, by e-mail, by a signed webhook, or on paper.

    SendDocument(document, channels=["email"])  ->  DeliveryAsked                                  the intent
    StartDelivery  ->  DeliveryStarted, (the call)  EndDelivery  ->  DeliveryEnded(outcome="sent")
    PrintDeliveries(batch_id="b-1", ...)        ->  DeliveryPrinted
    ChangeDeliveryPreferences                   ->  DeliveryPreferencesChanged

All of it lives with the account. A delivery is one intent to do something once: its id is what the receiver tells
repetitions by. What a customer's address is travels sealed.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from shared.kernel.bounds import Checked, Count
from shared.kernel.message import Command, Event, Message
from shared.kernel.sealed import Sealed

Channel = Literal["email", "webhook", "print"]
DocumentKind = Literal["invoice", "credit_note"]
ShownKind = Literal["invoice", "credit_note", "dunning_letter", "credit_notice"]
"""What lists call a document: a letter or notice by its own name."""

Outcome = Literal["sent", "deferred", "bounced", "failed", "gone", "unknown"]
"""`deferred`: not this time, try again. `bounced`: refused for good by the mail system. `failed`: it can't be done.
`gone`: the webhook is no more (410). `unknown`: nobody knows whether it arrived."""


class SentDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An issued document, by kind and id. With `letter` it is a letter of dunning about an invoice, with `notice` a
    notice of credit about what will be invoiced; `id` is its own."""

    kind: DocumentKind
    id: str
    letter: bool = False
    notice: bool = False

    @property
    def shown_kind(self) -> ShownKind:
        return "dunning_letter" if self.letter else "credit_notice" if self.notice else self.kind

    @classmethod
    def of(cls, kind: ShownKind, document_id: str) -> SentDocument:
        """The document that lists call so."""
        if kind == "dunning_letter":
            return cls(kind="invoice", id=document_id, letter=True)
        if kind == "credit_notice":
            return cls(kind="invoice", id=document_id, notice=True)
        return cls(kind=kind, id=document_id)


class DeliveryPreferences(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """How an account gets its documents. `email_to` is a sealed list of addresses, `None` for that of the account;
    `webhook` a sealed address with its secret. With `automatic` what is issued is delivered by itself."""

    email: bool = True
    email_to: Sealed | None = None
    webhook: Sealed | None = None
    print: bool = False
    automatic: bool = False

    @property
    def channels(self) -> list[Channel]:
        there: list[tuple[Channel, bool]] = [
            ("email", self.email),
            ("webhook", self.webhook is not None),
            ("print", self.print),
        ]
        return [channel for channel, on in there if on]


class ChangeDeliveryPreferences(Command, frozen=True, kw_only=True):
    """Deliver the account's documents so from now on; what is on its way goes where it was to go.

    Refused: `account_not_found`, `version_mismatch`.
    """

    account_id: str
    preferences: DeliveryPreferences


class SendDocument(Command, frozen=True, kw_only=True):
    """Deliver a document by these channels, by those of the account where it is `None`; where one is on its way by a
    channel already, there is nothing to do. `to` is a sealed list of addresses in place of the account's.

    Refused: `invoice_not_found`, `credit_note_not_found`, `not_issued`, `invoice_void`, `no_channel`, `no_webhook`,
    `webhook_gone`, `too_many_deliveries`.
    """

    account_id: str
    document: SentDocument
    channels: list[Channel] | None = None
    to: Sealed | None = None


class DeliverIssued(Command, frozen=True, kw_only=True):
    """Deliver what has just been issued as the account wants it. Never refused: who has no channel gets nothing."""

    account_id: str
    document: SentDocument


class OfDelivery(Message, frozen=True, kw_only=True):
    """Which delivery of which document."""

    account_id: str
    document: SentDocument
    delivery_id: str


class ResendDelivery(OfDelivery, Command, frozen=True, kw_only=True):
    """Do it once more, as a new delivery. Refused: `delivery_not_found`, `delivery_open`, `invoice_void`,
    `no_webhook`, `webhook_gone`, `too_many_deliveries`."""

    to: Sealed | None = None


class CancelDelivery(OfDelivery, Command, frozen=True, kw_only=True):
    """Try no more; of one whose outcome is unknown: a person has looked. Refused: `delivery_not_found`,
    `delivery_under_way`, `delivery_closed`."""


class BounceDelivery(OfDelivery, Command, frozen=True, kw_only=True):
    """The mail came back. Refused: `delivery_not_found`, `not_bounceable`."""

    code: str
    reason: str = ""


class StartDelivery(OfDelivery, Command, frozen=True, kw_only=True):
    """Say in the log that a call is about to be made, by the process whose `claim` it is. Nothing happens for a
    delivery that is not waiting for this attempt; one of a void invoice is cancelled."""

    attempt: Count
    claim: str


class EndDelivery(OfDelivery, Command, frozen=True, kw_only=True):
    """What came of an attempt. Nothing happens for another one, or where its outcome is known."""

    attempt: Count
    outcome: Outcome
    code: str = ""
    answer: str = ""


class ToPrint(Checked, frozen=True, kw_only=True):
    """A delivery of a print batch."""

    account_id: str
    document: SentDocument
    delivery_id: str


class PrintDeliveries(Command, frozen=True, kw_only=True):
    """Put those of this partition into a print batch, as far as they wait."""

    KEY_FIELD = "batch_id"

    batch_id: str
    deliveries: list[ToPrint]


class DeliveryPreferencesChanged(Event, frozen=True, kw_only=True):
    """Documents of the account are delivered so from now on. `version` counts what was said of the bill profile."""

    account_id: str
    preferences: DeliveryPreferences
    version: Count


class WebhookDisabled(Event, frozen=True, kw_only=True):
    """The account's webhook has said that it is gone (410): nothing is sent there until it is set anew."""

    account_id: str


class DeliveryAsked(OfDelivery, Event, frozen=True, kw_only=True):
    """A document shall go out once by a channel: that is the intent, and its id what the receiver tells it by.

    `recipient` is sealed: a list of addresses, the customer's details with an address in them, or a webhook with its
    secret. `own`: the addresses were given for this delivery. `automatic`: it follows from the issue.
    """

    channel: Channel
    number: str
    recipient: Sealed | None = None
    own: bool = False
    automatic: bool = False
    resend_of: str | None = None


class DeliveryStarted(OfDelivery, Event, frozen=True, kw_only=True):
    """A call is about to be made. Without an outcome nobody knows whether it was: a webhook is called again, as the
    receiver knows it by its id; a mail is not."""

    attempt: Count
    claim: str


class DeliveryEnded(OfDelivery, Event, frozen=True, kw_only=True):
    """What came of an attempt. `deferred` is tried again after `pause_s`; `code` is SMTP's, HTTP's or a word."""

    attempt: Count
    outcome: Outcome
    code: str = ""
    answer: str = ""
    pause_s: Count = 0


class DeliveryPrinted(OfDelivery, Event, frozen=True, kw_only=True):
    """It is in that print batch, and never in another."""

    batch_id: str


class DeliveryCancelled(OfDelivery, Event, frozen=True, kw_only=True):
    """It is tried no more, for a `reason` in a word: a person said so, or its invoice is void."""

    reason: str = "asked"


class DeliveryBounced(OfDelivery, Event, frozen=True, kw_only=True):
    """The mail came back after it had been taken."""

    code: str
    reason: str = ""
