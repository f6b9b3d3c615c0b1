"""`GET /v1/usage/records` and one record's way: from the log through rating to the invoice line.

    GET /v1/usage/records/olt-12.par3/0192f1c0-7d1e-7c3a-9f0e-0c1d2e3f4a5b
    {"citation": "usage/3/1842#17", "state": "billed", "charges": [{"charge_id", ...}], "lines": [{"number", "n", ...}],
     "copies": [{"citation": "usage/3/1850#-1", "state": "duplicate", ...}], ...}

A record and its duplicates and conflicts share source and id; the one that was counted is shown, the others are its
copies. A negative index counts what was set aside in that event.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import unquote

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response

from services.reporting.shapes import quantity
from services.reporting.usage_record import models
from services.reporting.usage_record.charges import charges_of
from services.reporting.usage_record.kept import KEPT_COUNTS, kept_since, no_record
from services.reporting.usage_record.states import RECORDED_AS, STATES, by_reason, by_state
from shared.http.actions import action
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import READERS
from shared.http.listing import Filter, KeptSums, Listing
from shared.http.money import money
from shared.http.parameters import in_path, listed
from shared.http.periods import period
from shared.http.usage_attributes import shown_attributes
from shared.kernel.resource_names import canonical

_COLUMNS: Final = (
    *("citation", "source", "id", "resource", "meter", "kind", "quantity", "started_at", "recorded_at"),
    *("account_id", "subscription_id", "state", "reason", "detail"),
)
COUNTED_MAX: Final = 100_000
"""Of those that match a filter so many are counted; without one all are."""
_RECEIVED: Final = frozenset({"account_id", "subscription_id", "source", "meter", "id", "resource", "from", "to"})
"""Filters by what a record said when it came: it is counted in its own table, and mostly in one of its indexes."""
RECORDS: Final = Listing(
    source="usage_record_view",
    tiebreak="place",
    columns=_COLUMNS,
    filters={
        **{name: Filter(name) for name in ("account_id", "subscription_id", "source", "meter", "id")},
        "resource": Filter("resource", canonical=canonical),
        # Also computed, so best given with what an index knows, such as the account.
        "citation": Filter("citation"),
        "state": Filter("state", one_of=STATES, narrowed=by_state),
        "recorded_as": Filter("recorded_as", one_of=RECORDED_AS),
        "reason": Filter("reason", narrowed=by_reason),
        "from": Filter("started_at", op=">=", kind="instant"),
        "to": Filter("started_at", op="<", kind="instant"),
    },
    sorts={"recorded_at": "recorded_at", "started_at": "started_at", "quantity": "quantity"},
    default_sort="-recorded_at",
    span_sort="-started_at",
    span_filters=frozenset({"account_id"}),
    counted_to=COUNTED_MAX,
    kept=(
        KeptSums(source=KEPT_COUNTS, count="sum(records)", filters=frozenset()),
        KeptSums(source="usage_record", count="count(*)", filters=_RECEIVED),
    ),
)
_PREFIX: Final = "/v1/usage/records/"
# The same source and id on another UTC day is another record, so there may be any number of them.
_SAME_ID_MAX: Final = 100


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/usage/records", **listed(api, RECORDS, models.UsagePage))
    async def list_usage_records(request: Request) -> Response:
        """Usage records in all their states, newest received first; of an account or a span, newest started first.
        `from` (included) and `to` (excluded) mean `started_at`. Those received before `kept_since` are in the log
        alone."""
        page = await RECORDS.page(request, api, shape=record_shape)
        return Answer({**page, "kept_since": await kept_since(api.db)})

    # The paths are read as they were sent, so the function has no arguments to say so.
    # The second path takes what an encoded slash in the source or the id leaves of the first.
    @routes.get(
        "/v1/usage/records/{source}/{record_id}",
        dependencies=[api.roles(*READERS)],
        response_model=models.UsageRecordDetail,
        openapi_extra=in_path("source", "record_id"),
    )
    @routes.get(_PREFIX + "{source_and_id:path}", dependencies=[api.roles(*READERS)], include_in_schema=False)
    async def read_usage_record(request: Request) -> Response:
        """One record and its way to the invoice."""
        record = await _detail(api, *_source_and_id(request))
        return Answer({**record, **await _attributes(api, request, record)})

    return routes


def _source_and_id(request: Request) -> tuple[str, str]:
    """Both segments as sent: a source or an id may hold a slash, which is `%2F` in the path."""
    raw = (request.scope.get("raw_path") or request.url.path.encode()).decode("latin-1").partition("?")[0]
    source, _, record_id = raw.partition(_PREFIX)[2].partition("/")
    return unquote(source), unquote(record_id)


async def _detail(api: Api, source: str, record_id: str) -> dict[str, Any]:
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        rows = await connection.fetch(
            f"""
            select {", ".join(_COLUMNS)}, billing_start, settles_start, ended_at, attributes,
                   partition, seq, index, time_zone
              from usage_record_view where id = $1 and source = $2
             order by state in ('duplicate', 'conflict'), index < 0, state = 'corrected', started_at desc nulls last,
                      recorded_at, seq, abs(index)
             limit {_SAME_ID_MAX}
            """,
            record_id,
            source,
        )
        if not rows:
            raise no_record(f"{source}/{record_id}", await kept_since(connection))
        record = rows[0]
        place = [record[name] for name in ("partition", "seq", "index")]
        retraction = await connection.fetchrow(_RETRACTION, *place)
        charges = await charges_of(connection, record, is_gone=record["state"] in ("retracted", "corrected"))
        lines = await connection.fetch(_LINES, [charge["charge_id"] for charge in charges])
        report = await connection.fetchrow(_SESSION, *place) if record["kind"] == "session" else None
    return {
        **record_shape(record),
        "ended_at": record["ended_at"],
        "attributes": record["attributes"] and msgspec.json.decode(record["attributes"]),
        "session": report and _session(report),
        "charges": [_charge(charge) for charge in charges],
        "lines": [_line(line) for line in lines],
        "copies": [record_shape(row) for row in rows[1:]],
        "retraction": retraction and _retraction(retraction),
        "allowed_actions": _actions(record, retraction),
    }


async def _attributes(api: Api, request: Request, record: dict[str, Any]) -> dict[str, Any]:
    """What equipment said beside the quantity, and what of it is personal, as its reader may see it."""
    if not record["attributes"]:
        return {"personal": {}}
    may_see = caller_of(request).may("personal_data")
    shown, personal = await shown_attributes(
        record["attributes"], api.vault, may_see=may_see, account_id=record["account_id"]
    )
    return {"attributes": shown, "personal": personal}


def _actions(record: asyncpg.Record, retraction: asyncpg.Record | None) -> list[dict[str, Any]]:
    """What can be done about the record, and why not."""
    waits = retraction is not None and retraction["status"] in ("retracting", "restoring")
    pending = "rating has not taken up what was asked before" if waits else None
    state = record["state"]
    counts = None if record["index"] >= 0 else "it was set aside and is not counted"
    gone = f"it is {state}" if state in ("retracted", "corrected") else None
    given_up = "it was given up" if record["reason"] == "discarded" else None
    kept = None if state == "retracted" else f"it is {state}"
    return [
        action("retract", why_not=counts or gone or given_up or pending),
        action("correct", why_not=counts or gone or given_up or pending),
        action("restore", why_not=counts or kept or pending),
    ]


def _retraction(row: asyncpg.Record) -> dict[str, Any]:
    replaced = None
    if row["replaced_seq"] is not None:
        replaced = f"usage/{row['partition']}/{row['replaced_seq']}#{row['replaced_by']}"
    names = ("reason", "note", "actor", "status", "refusal", "retracted_at", "restored_at")
    return {"id": row["retraction_id"], **{name: row[name] for name in names}, "replaced_by": replaced}


_RETRACTION: Final = "select * from usage_retraction where partition = $1 and seq = $2 and index = $3"

_LINES: Final = """
select l.invoice_id, i.number, l.n, l.net, i.currency from invoice_line_row l
  join invoice_row i on i.partition = l.partition and i.invoice_id = l.invoice_id
 where l.charge_id = any($1::text[]) and i.status <> 'passed_on' order by l.invoice_id, l.n
"""


_SESSION: Final = """
select session_id, status, reading, total, read_at, began_at, closed_by from usage_session_report
 where partition = $1 and seq = $2 and index = $3
"""


def record_shape(row: asyncpg.Record) -> dict[str, Any]:
    """A row of the list as the API shows it."""
    return {**{name: row[name] for name in _COLUMNS}, "quantity": quantity(row["quantity"])}


def _session(row: asyncpg.Record) -> dict[str, Any]:
    return {**dict(row), "reading": quantity(row["reading"]), "total": quantity(row["total"])}


def _charge(row: asyncpg.Record) -> dict[str, Any]:
    return {
        "charge_id": row["charge_id"],
        "kind": row["kind"],
        "billing_period": period(row["billing_start"], row["billing_end"]),
        "amount": money(row["amount"], row["currency"]),
    }


def _line(row: asyncpg.Record) -> dict[str, Any]:
    same = {name: row[name] for name in ("invoice_id", "number", "n")}
    return {**same, "net": money(row["net"], row["currency"])}
