"""The journal over HTTP: entries with their postings, and what they come to.

GET /v1/journal?from=2026-10-01&to=2026-10-31&account=revenue&kind=invoice
GET /v1/journal/invoicing-3-1842-20261101
GET /v1/trial-balance?from=2026-10&to=2026-10

Entries of days to come (revenue that is deferred) are shown where `to` asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, get_args

import asyncpg
from fastapi import APIRouter, Request, Response

from services.payments.bookkeeping.messages import LedgerAccount
from services.reporting.journal.chart import Charts, charts
from services.reporting.journal.exported import Covering, exports, posted_on
from services.reporting.journal.models import JournalEntryShape, JournalPage
from services.reporting.journal.postings import Kind
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.listing import Filter, KeptSums, Listing, Totals
from shared.http.money import money
from shared.http.parameters import listed
from shared.http.problems import not_found

_ENTRY: Final = (
    *("entry_id", "partition", "log", "seq", "booked_on", "log_offset", "event_id", "event_type", "kind"),
    *("account_id", "document_id", "number", "invoice_id", "currency", "amount", "recorded_at", "actor"),
    "legal_entity",
)
_DAYS: Final = """
(select booked_on, kind, currency, sum(entries) as entries, sum(amount) as amount from journal_day group by 1, 2, 3)
as journal_day
"""
JOURNAL: Final = Listing(
    source="journal_entry",
    columns=_ENTRY,
    filters={
        "from": Filter("booked_on", op=">=", kind="date"),
        "to": Filter("booked_on", op="<=", kind="date"),
        "kind": Filter("kind", one_of=get_args(Kind)),
        "account": Filter(where="{value} = any(accounts)", one_of=get_args(LedgerAccount)),
        "plan_id": Filter(
            where="""exists (select from journal_posting p
                              where p.partition = journal_entry.partition and p.log = journal_entry.log
                                and p.seq = journal_entry.seq and p.booked_on = journal_entry.booked_on
                                and p.plan_id = {value})"""
        ),
        "currency": Filter("currency"),
        "legal_entity": Filter("legal_entity"),
        "account_id": Filter("account_id"),
        "document_id": Filter("document_id"),
        "invoice_id": Filter("invoice_id"),
    },
    sorts={"booked_on": "booked_on"},
    default_sort="-booked_on",
    tiebreak="entry_id",
    never_null=frozenset({"booked_on"}),
    totals=Totals(
        sums={"amount": "amount", "credit": "amount"},
        kept=(KeptSums(_DAYS, "coalesce(sum(entries), 0)", frozenset({"from", "to", "kind", "currency"})),),
    ),
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    readers = [api.roles(*READERS)]

    @routes.get("/v1/journal", **listed(api, JOURNAL, JournalPage))
    async def journal(request: Request) -> Response:
        """Entries, the latest first; up to today, unless `to` says until when."""
        listing = JOURNAL if "to" in request.query_params else until(api.clock.now())
        page = await listing.page(request, api)
        page["items"] = await entries(api, page["items"])
        return Answer(page)

    @routes.get("/v1/journal/{entry_id}", dependencies=readers, response_model=JournalEntryShape)
    async def journal_entry(entry_id: str) -> Response:
        """One entry with its postings."""
        row = await _row(api, entry_id)
        if row is None:
            raise not_found("entry", entry_id)
        return Answer((await entries(api, [dict(row)]))[0])

    return routes


_ID: Final = re.compile(r"(invoicing|payments)-([0-9]{1,5})-([0-9]{1,18})-[0-9]{8}")
_ONE: Final = f"""
select {", ".join(_ENTRY)} from journal_entry where partition = $1 and log = $2 and seq = $3 and entry_id = $4
"""


async def _row(api: Api, entry_id: str) -> asyncpg.Record | None:
    """By what its id says of its event; `None` where there is none."""
    said = _ID.fullmatch(entry_id)
    return said and await api.db.fetchrow(_ONE, int(said[2]), said[1], int(said[3]), entry_id)


def until(now: datetime) -> Listing:
    """The list, with what has its day already."""
    day = f"booked_on <= date '{now.date().isoformat()}'"
    assert JOURNAL.totals is not None
    (kept,) = JOURNAL.totals.kept
    narrow = replace(kept, source=f"(select * from {kept.source} where {day}) as journal_day")
    source = f"(select * from journal_entry where {day}) as journal_entry"
    return replace(JOURNAL, source=source, totals=replace(JOURNAL.totals, kept=(narrow,)))


async def entries(api: Api, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of `journal_entry` as `JournalEntryShape`, in their order."""
    found, covering = await charts(api.db), Covering(await exports(api.db))
    keys = [[row[name] for row in rows] for name in ("partition", "log", "seq", "booked_on")]
    postings: dict[tuple[Any, ...], list[asyncpg.Record]] = {}
    for posting in await api.db.fetch(_POSTINGS, *keys):
        key = tuple(posting[name] for name in ("partition", "log", "seq", "booked_on"))
        postings.setdefault(key, []).append(posting)
    return [_entry(row, postings, found, covering) for row in rows]


_ABOUT: Final = (
    *("line_n", "plan_id", "subscription_id", "charge_id", "tax_class", "tax_category", "tax_rate", "method"),
    *("earned_from", "earned_to"),
)
_POSTINGS: Final = f"""
select partition, log, seq, booked_on, n, debit, credit, amount, currency, {", ".join(_ABOUT)}
  from journal_posting
  join unnest($1::int[], $2::text[], $3::bigint[], $4::date[]) as asked (partition, log, seq, booked_on)
       using (partition, log, seq, booked_on) order by n
"""


def _entry(
    row: Mapping[str, Any], postings: Mapping[Any, Sequence[asyncpg.Record]], found: Charts, covering: Covering
) -> dict[str, Any]:
    partition, log, booked_on = row["partition"], row["log"], row["booked_on"]
    export = covering.of(log, partition, row["log_offset"], booked_on)
    of_day = postings.get((partition, log, row["seq"], booked_on), ())
    day = posted_on(booked_on, covering.opens_on if export is None else export.opens_on)
    shown = ("booked_on", "kind", "account_id", "legal_entity", "document_id", "number", "invoice_id")
    return {
        "id": row["entry_id"],
        **{name: row[name] for name in (*shown, "event_id", "event_type", "recorded_at", "actor")},
        "posted_on": day,
        "amount": money(row["amount"], row["currency"]),
        "postings": [_posting(posting, found, day) for posting in of_day],
        "export_id": None if export is None else export.export_id,
    }


def _posting(row: asyncpg.Record, found: Charts, day: date) -> dict[str, Any]:
    chart = found.on(day)
    sides = {}
    for side in ("debit", "credit"):
        number = chart.number(row[side], dict(row))
        sides[side] = {"account": row[side], "number": number.number, "name": number.name}
    return {
        "n": row["n"],
        **sides,
        "amount": money(row["amount"], row["currency"]),
        **{name: row[name] for name in _ABOUT},
    }
