"""Deliveries as the contract shows them, and the list of them."""

from __future__ import annotations

from typing import Any, Final, get_args

import asyncpg
from fastapi import Request
from pydantic import AwareDatetime, BaseModel

from services.invoicing.delivery.addresses import addresses_in, webhook_in
from services.invoicing.delivery.messages import Channel, Outcome, ShownKind
from services.invoicing.delivery.rows import DeliveryRow
from services.invoicing.delivery.state import OPEN, Status
from shared.http.actions import ActionShape, action
from shared.http.api import Api, caller_of
from shared.http.customers import SEALED
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.row_shape import RowShape
from shared.kernel.sealed import Sealed

DELIVERY: Final = RowShape(
    DeliveryRow,
    hidden=("recipient", "claim", "own"),
    renamed={"delivery_id": "id", "code": "reason", "due_at": "next_attempt_at"},
)
SMTP_NOT_CONFIGURED: Final = "smtp_not_configured"


@DELIVERY.model
class DeliveryShape(BaseModel):
    """A document on its way by one channel, once. `reason` is the code of what was said last (of SMTP, of HTTP, or a
    word), `answer` its words. `to` is where it goes to, "sealed" for those who may not read personal data.
    `resend_of` is the delivery that it repeats, `batch_id` the print batch that it is in."""

    document_kind: ShownKind
    channel: Channel
    status: Status
    to: list[str]
    allowed_actions: list[ActionShape]


class AttemptShape(BaseModel):
    """One attempt; without `outcome` nobody knows yet what came of it."""

    n: int
    started_at: AwareDatetime
    ended_at: AwareDatetime | None
    outcome: Outcome | None
    reason: str
    answer: str


class DeliveryDetail(DeliveryShape):
    attempts_made: list[AttemptShape]


class DeliveryPage(Page):
    items: list[DeliveryShape]


class SentShape(BaseModel):
    """What a document goes out by: new deliveries, and those that were on their way already."""

    deliveries: list[DeliveryShape]


DELIVERIES: Final = Listing(
    source="delivery_row",
    columns=(*DELIVERY.columns, "recipient"),
    filters={
        "id": Filter("delivery_id"),
        "account_id": Filter("account_id"),
        "document_id": Filter("document_id"),
        "invoice_id": Filter(where="(document_kind = 'invoice' and document_id = {value})", multiple=False),
        "number": Filter("number"),
        "channel": Filter("channel", one_of=get_args(Channel)),
        "status": Filter("status", one_of=get_args(Status)),
        "batch_id": Filter("batch_id"),
        "from": Filter(where="asked_at >= ({value}::date)::timestamp at time zone 'UTC'", kind="date", multiple=False),
        "to": Filter(where="asked_at < ({value}::date + 1)::timestamp at time zone 'UTC'", kind="date", multiple=False),
    },
    sorts={"asked_at": "asked_at", "sent_at": "sent_at", "status": "status", "number": "number", "id": "delivery_id"},
    default_sort="-asked_at",
    tiebreak="delivery_id",
    counted_to=100_000,
)
"""`from` and `to` are days in UTC on which a delivery was asked for, both included."""


async def delivery_shapes(api: Api, request: Request, rows: list[asyncpg.Record]) -> list[dict[str, Any]]:
    """Rows with where they go to, in the clear for those who may read it."""
    to = await _recipients(api, request, rows)
    return [{**_shape(api, row), "to": each} for row, each in zip(rows, to, strict=True)]


def _shape(api: Api, row: asyncpg.Record) -> dict[str, Any]:
    shape = DELIVERY.values(row)
    if row["channel"] == "email" and row["status"] == "waiting" and api.settings.smtp_host is None:
        shape["reason"] = SMTP_NOT_CONFIGURED
    return {**shape, "allowed_actions": _actions(row["channel"], row["status"])}


def _actions(channel: Channel, status: Status) -> list[dict[str, Any]]:
    under_way = f"the delivery is {status}"
    return [
        action("resend", why_not=under_way if status in OPEN else None),
        action("cancel", why_not=None if status in ("waiting", "unknown") else under_way),
        action("bounce", why_not=_why_no_bounce(channel, status)),
    ]


def _why_no_bounce(channel: Channel, status: Status) -> str | None:
    if channel != "email":
        return "only mail comes back"
    return None if status in ("sending", "sent", "unknown") else f"the delivery is {status}"


async def _recipients(api: Api, request: Request, rows: list[asyncpg.Record]) -> list[list[str]]:
    if not caller_of(request).may("personal_data"):
        return [[SEALED] if row["recipient"] else [] for row in rows]
    opened = iter(await api.vault.open_all([Sealed(row["recipient"]) for row in rows if row["recipient"]]))
    return [recipient_of(row["channel"], next(opened)) if row["recipient"] else [] for row in rows]


def recipient_of(channel: Channel, text: str) -> list[str]:
    """What of an opened recipient is shown: never the secret of a webhook."""
    if channel == "webhook":
        webhook = webhook_in(text)
        return [] if webhook is None else [webhook.url]
    return addresses_in(text)
