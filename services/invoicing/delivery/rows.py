"""Deliveries as rows, each with its attempts; and how accounts want them.

del-1   inv-7   email   waiting   0 attempts
del-1   inv-7   email   waiting   1 attempt    451 greylisted            again at 10:01
del-1   inv-7   email   sent      2 attempts   250 ok
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from services.invoicing.delivery.evolve import status_of
from services.invoicing.delivery.messages import (
    Channel,
    DeliveryAsked,
    DeliveryBounced,
    DeliveryCancelled,
    DeliveryEnded,
    DeliveryPreferencesChanged,
    DeliveryPrinted,
    DeliveryStarted,
    Outcome,
    ShownKind,
    WebhookDisabled,
)
from services.invoicing.delivery.state import Status
from shared.engine.rows import Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update, upsert


class DeliveryKey(Columns, frozen=True, kw_only=True):
    """Which row of `delivery_row`."""

    TABLE = "delivery_row"
    KEY = ("delivery_id",)

    delivery_id: str


class DeliveryRow(DeliveryKey, Row, frozen=True, kw_only=True):
    """An intent and where it stands. `code` and `answer` are what was said last; `due_at` is when it is tried next, of
    one that waits. `recipient` is sealed; `claim` is of the process that started the last attempt."""

    account_id: str
    document_kind: ShownKind
    document_id: str
    number: str
    channel: Channel
    status: Status = "waiting"
    code: str = ""
    answer: str = ""
    attempts: int = 0
    automatic: bool
    own: bool
    resend_of: str | None
    batch_id: str | None = None
    asked_at: datetime
    due_at: datetime | None
    sent_at: datetime | None = None
    ended_at: datetime | None = None
    recipient: str | None
    claim: str = ""


class StartedDelivery(DeliveryKey, Change, frozen=True, kw_only=True):
    status: Status = "sending"
    attempts: int
    claim: str
    due_at: datetime | None = None


class EndedDelivery(DeliveryKey, Change, frozen=True, kw_only=True):
    status: Status
    code: str
    answer: str
    due_at: datetime | None
    ended_at: datetime


class SentDelivery(DeliveryKey, Change, frozen=True, kw_only=True):
    sent_at: datetime


class PrintedDelivery(DeliveryKey, Change, frozen=True, kw_only=True):
    status: Status
    batch_id: str
    due_at: datetime | None = None
    sent_at: datetime
    ended_at: datetime


class ClosedDelivery(DeliveryKey, Change, frozen=True, kw_only=True):
    """Cancelled by somebody, or come back."""

    status: Status
    code: str
    answer: str
    due_at: datetime | None = None
    ended_at: datetime


class AttemptRow(Row, frozen=True, kw_only=True):
    """One attempt; without `outcome` nobody knows yet what came of it."""

    TABLE = "delivery_attempt"
    KEY = ("delivery_id", "n")

    delivery_id: str
    n: int
    started_at: datetime
    ended_at: datetime | None = None
    outcome: Outcome | None = None
    code: str = ""
    answer: str = ""


class EndedAttempt(Change, frozen=True, kw_only=True):
    TABLE = "delivery_attempt"
    KEY = ("delivery_id", "n")

    delivery_id: str
    n: int
    ended_at: datetime
    outcome: Outcome
    code: str
    answer: str


class PreferencesRow(Row, frozen=True, kw_only=True):
    """How an account gets its documents; addresses are sealed."""

    TABLE = "delivery_preferences"
    KEY = ("account_id",)

    account_id: str
    email: bool
    email_to: str | None
    webhook: str | None
    webhook_gone: bool = False
    print: bool
    automatic: bool


class GoneWebhook(Change, frozen=True, kw_only=True):
    TABLE = "delivery_preferences"
    KEY = ("account_id",)

    account_id: str
    webhook_gone: bool = True


TABLES: Final = Tables(
    insert(DeliveryRow),
    update(StartedDelivery),
    update(EndedDelivery),
    update(PrintedDelivery),
    update(SentDelivery),
    update(ClosedDelivery),
    insert(AttemptRow),
    update(EndedAttempt),
    upsert(PreferencesRow),
    update(GoneWebhook),
)


Shown = (
    DeliveryAsked
    | DeliveryStarted
    | DeliveryEnded
    | DeliveryPrinted
    | DeliveryCancelled
    | DeliveryBounced
    | DeliveryPreferencesChanged
    | WebhookDisabled
)
"""The events that these rows are made of."""


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    match event:
        case DeliveryAsked():
            document = event.document
            yield DeliveryRow.of(
                event, document_kind=document.shown_kind, document_id=document.id, asked_at=at, due_at=at
            )
        case DeliveryStarted():
            yield StartedDelivery.of(event, attempts=event.attempt)
            yield AttemptRow.of(event, n=event.attempt, started_at=at)
        case DeliveryEnded():
            yield from _ended(event, at)
        case DeliveryPrinted():
            yield PrintedDelivery.of(event, status=status_of(event), sent_at=at, ended_at=at)
        case DeliveryCancelled():
            yield ClosedDelivery.of(event, status=status_of(event), code=event.reason, answer="", ended_at=at)
        case DeliveryBounced():
            yield ClosedDelivery.of(event, status=status_of(event), answer=event.reason, ended_at=at)
        case DeliveryPreferencesChanged():
            yield PreferencesRow.of(event.preferences, account_id=event.account_id)
        case WebhookDisabled():
            yield GoneWebhook.of(event)


def _ended(event: DeliveryEnded, at: datetime) -> Iterator[Columns]:
    status = status_of(event)
    due_at = at + timedelta(seconds=event.pause_s) if status == "waiting" else None
    yield EndedDelivery.of(event, status=status, due_at=due_at, ended_at=at)
    if status == "sent":
        yield SentDelivery(delivery_id=event.delivery_id, sent_at=at)
    yield EndedAttempt.of(event, n=event.attempt, ended_at=at)
