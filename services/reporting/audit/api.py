"""The audit trail: who did what, because of what; newest first. One event, or an invoice's timeline, with payloads.

GET /v1/events?account_id=acc-1&from=2026-09-01T00:00:00Z
GET /v1/events/invoicing/3/1842
GET /v1/invoices/inv-7/timeline
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response

from services.reporting.audit import chain_api, models
from services.reporting.audit.life import in_order
from services.reporting.audit.models import EVENT
from services.reporting.audit.payloads import LogOffset, Payloads
from services.reporting.audit.personal import shown
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import READERS
from shared.http.listing import Filter, Listing
from shared.http.parameters import listed
from shared.http.problems import not_found

AUDITORS: Final = ("admin", "billing", "auditor")
"""Who may read the whole trail; support reads an invoice's timeline."""

EVENTS: Final = Listing(
    source="audit_event_view",
    tiebreak="place",
    columns=EVENT.columns,
    filters={
        **{name: Filter(name) for name in ("account_id", "actor", "correlation_id", "causation_id", "aggregate_id")},
        "type": Filter("type"),
        "topic": Filter("topic"),
        "from": Filter("recorded_at", op=">=", kind="instant"),
        "to": Filter("recorded_at", op="<", kind="instant"),
    },
    sorts={"recorded_at": "recorded_at"},
    default_sort="-recorded_at",
    never_null=frozenset({"recorded_at"}),
    counted_to=10_000,
)
STORED: Final = {"identity/0": "durable.access_event", "personal-data/0": "durable.personal_read"}
"""What is in the trail and not in the log, by how its ids begin."""
# An invoice paid in very many parts: its latest events.
TIMELINE_MAX: Final = 200


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    payloads = Payloads(lambda: api.settings)

    @routes.get("/v1/events", **listed(api, EVENTS, models.EventPage, *AUDITORS))
    async def list_events(request: Request) -> Response:
        """Every event that is not part of the hot path, and what changed of users, keys and roles (`topic=identity`),
        and reads of personal data (`topic=personal-data`), newest first. `from` is included, `to` is not."""
        return await EVENTS.fetch(request, api, shape=EVENT.values)

    routes.include_router(chain_api.router(api, *AUDITORS))

    @routes.get("/v1/events/{event_id:path}", dependencies=[api.roles(*AUDITORS)], response_model=models.Event)
    async def read_event(event_id: str, request: Request) -> Response:
        """One event (`invoicing/3/1842`) with its data, read from the log; of access (`identity/0/17`), from here."""
        stored = STORED.get(event_id.rpartition("/")[0])
        if stored is not None:
            return Answer(await _stored_event(api, event_id, stored))
        row = await api.db.fetchrow(f"{_SELECT} where id = $1", event_id)
        if row is None:
            raise not_found("event", event_id)
        return Answer((await _with_data(api, payloads, request, [row]))[0])

    @routes.get(
        "/v1/invoices/{invoice_id}/timeline",
        dependencies=[api.roles(*READERS)],
        response_model=models.Timeline,
    )
    async def read_invoice_timeline(invoice_id: str, request: Request) -> Response:
        """What happened to an invoice, from its draft to its payments, oldest first."""
        return Answer({"items": await _timeline(api, payloads, request, invoice_id)})

    return routes


_SELECT: Final = f"select {', '.join(EVENT.columns)}, partition, seq, log_offset from audit_event"


async def _stored_event(api: Api, event_id: str, table: str) -> dict[str, Any]:
    """What changed of users, keys and roles, or who read what; its data name them by their ids."""
    row = await api.db.fetchrow(f"select {', '.join(EVENT.columns)} from audit_event_view where id = $1", event_id)
    if row is None:
        raise not_found("event", event_id)
    seq = int(event_id.rpartition("/")[2])
    data = await api.db.fetchval(f"select data::text from {table} where seq = $1", seq)
    return {**EVENT.values(row), "data": msgspec.json.decode(data)}


async def _timeline(api: Api, payloads: Payloads, request: Request, invoice_id: str) -> list[dict[str, Any]]:
    """The events that name the invoice; the lines it was drafted from are on the invoice itself."""
    if await api.db.fetchval("select 1 from invoice_row where invoice_id = $1", invoice_id) is None:
        raise not_found("invoice", invoice_id)
    rows = await api.db.fetch(
        f"""
        {_SELECT} where invoice_id = $1 and type not like 'invoicing.DraftLineAdded.%'
         order by recorded_at desc, topic desc, seq desc limit $2
        """,
        invoice_id,
        TIMELINE_MAX,
    )
    return await _with_data(api, payloads, request, in_order(rows))


async def _with_data(
    api: Api, payloads: Payloads, request: Request, rows: Sequence[asyncpg.Record]
) -> list[dict[str, Any]]:
    places = [LogOffset(row["topic"], row["partition"], row["log_offset"]) for row in rows]
    found = await payloads.read(places)
    vault = api.vault if caller_of(request).may("personal_data") else None
    return [
        {**EVENT.values(row), "data": await shown(found[place], vault)} for row, place in zip(rows, places, strict=True)
    ]
