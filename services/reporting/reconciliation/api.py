"""Usage reconciliation, `GET /v1/proof/conservation`: where each usage record has gone, and the records of each number.

    GET /v1/proof/conservation?from=2026-08-31T22:00:00Z&to=2026-09-30T22:00:00Z&account_id=acc-1
    {"records_in": 8655, "accepted": 8650, "billed": 8640, "parked": 10, ..., "balanced": true, "settled": true,
     "unbalanced": [], "items": [{"account_id": "acc-1", "period": {...}, "billed": 8640, "links": {"billed":
     "/v1/proof/conservation/records?term=billed&account_id=acc-1&from=...&to=..."}}], "total": 1, ...}

`accepted` is what usage says it took; the terms are what rating and invoicing say became of it. A record lost between
them is in no term, and is named. A record counts where it `started_at`, one that could not be read where it was
received; without `from` and `to` it is every record there is. What is on its way gets a moment to arrive before the
answer says that it is in flight.

The statement is `settled` when everything that was reported before it was asked for is in it: taken by intake, usage,
rating and reporting up to the ends of their logs. `waiting_for` names what is not: the counts lack what comes of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request, Response

from services.reporting.reconciliation import models
from services.reporting.reconciliation.statement import NAMED_MAX, Scope, Statement, read
from services.reporting.reconciliation.terms import TERMS, counts
from services.reporting.reconciliation.upstream import awaited
from services.reporting.shapes import quantity
from services.reporting.usage_record.api import RECORDS, record_shape
from services.reporting.usage_record.kept import check_kept, complete_from, kept_since
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.filtering import Arguments, Filter, conditions
from shared.http.listing import Listing
from shared.http.paging import PARAMETERS, Paging, cursor_of, read_paging
from shared.http.parameters import listed
from shared.http.periods import period
from shared.kernel.envelope import format_instant

PATH: Final = "/v1/proof/conservation"
# 0.2 + 0.4 + 0.8 + 1.6 s for what is on its way from usage to rating and from there to us.
PAUSES_S: Final = (0.2, 0.4, 0.8, 1.6)

LINES: Final = Listing(
    source="line",
    tiebreak="place",
    filters={
        "from": Filter("from", op=">=", kind="instant"),
        "to": Filter("to", op="<", kind="instant"),
        "account_id": Filter("account_id"),
        "subscription_id": Filter("subscription_id"),
    },
)
RECONCILED: Final = Listing(
    source="reconciled_record_view",
    tiebreak=RECORDS.tiebreak,
    columns=(*RECORDS.columns, "term"),
    filters={
        "term": Filter("term", one_of=TERMS),
        "from": Filter("happened_at", op=">=", kind="instant"),
        "to": Filter("happened_at", op="<", kind="instant"),
        "account_id": Filter("account_id"),
        "without_account": Filter("account_id is null", kind="boolean"),
        "subscription_id": Filter("subscription_id"),
        "meter": Filter("meter"),
        "reason": Filter("reason"),
    },
    sorts=RECORDS.sorts,
    default_sort=RECORDS.default_sort,
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get(PATH, **listed(api, LINES, models.UsageReconciliation))
    async def read_usage_reconciliation(request: Request) -> Response:
        """Where every usage record has gone, with a line for each account and billing period. `from` (included) and
        `to` (excluded) mean service time; a date is its first moment in UTC."""
        paging = read_paging(request, sorts={}, default=None, tiebreak=LINES.tiebreak)
        since = await kept_since(api.db)
        scope = _scope(request, since)
        waiting_for = await awaited(api.logs)
        statement = await _settled(api, scope, paging, pauses_s=() if waiting_for else PAUSES_S)
        return Answer({**_body(statement, waiting_for, scope, paging, api.clock.now()), "kept_since": since})

    @routes.get(PATH + "/records", **listed(api, RECONCILED, models.ReconciledRecordPage))
    async def list_reconciled_records(request: Request) -> Response:
        """The records that a term of the usage reconciliation counts. `from` and `to` as in the statement."""
        return await RECONCILED.fetch(request, api, shape=lambda row: {**record_shape(row), "term": row["term"]})

    return routes


async def _settled(api: Api, scope: Scope, paging: Paging, *, pauses_s: Sequence[float]) -> Statement:
    """The statement, counted again a few times while something is on its way or does not add up yet."""
    statement = await _count(api, scope, paging)
    for pause_s in pauses_s:
        if statement.settled and statement.balanced:
            break
        await asyncio.sleep(pause_s)
        statement = await _count(api, scope, paging)
    return statement


async def _count(api: Api, scope: Scope, paging: Paging) -> Statement:
    after = None if paging.last is None else str(paging.last[1])
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        return await read(connection, scope, limit=paging.limit, after=after, offset=paging.offset)


def _scope(request: Request, since: date | None) -> Scope:
    arguments = Arguments()
    conditions(request, LINES.filters, arguments, known=PARAMETERS)
    given = dict(zip((name for name in LINES.filters if name in request.query_params), arguments.values, strict=True))
    start = given.get("from")
    check_kept("from", start, since)
    return Scope(
        start=start if since is None else start or complete_from(since),
        end=given.get("to"),
        accounts=_several(given.get("account_id")),
        subscriptions=_several(given.get("subscription_id")),
    )


def _several(value: str | list[str] | None) -> list[str] | None:
    return [value] if isinstance(value, str) else value


def _body(
    statement: Statement, waiting_for: Sequence[str], scope: Scope, paging: Paging, now: datetime
) -> dict[str, Any]:
    shown = statement.lines[: paging.limit]
    more = len(statement.lines) > paging.limit and not paging.by_number
    return {
        **statement.counts,
        "quarantined": statement.quarantined,
        "balanced": statement.balanced,
        "settled": statement.settled and not waiting_for,
        "waiting_for": list(waiting_for),
        "in_flight_since": statement.in_flight_since,
        "unbalanced": statement.breaks.citations,
        "unbalanced_total": max(statement.breaks.records, statement.counts["unplaced"]),
        "disagreements": [_disagreement(row) for row in statement.differences[:NAMED_MAX]],
        "disagreements_total": statement.differences_total,
        "counted_twice": [
            {"source": row["source"], "id": row["id"], "day": row["day"], "records": row["places"]}
            for row in statement.twice
        ],
        "counted_twice_total": statement.twice_total,
        "links": _links(statement.counts, scope, scope.start, scope.end, {}),
        "items": [_line(row, scope) for row in shown],
        "total": statement.lines_total,
        "total_is_minimum": False,
        "totals": [],
        "next_cursor": cursor_of(_placed(shown[-1]), paging) if more else None,
        "as_of": now,
    }


def _line(row: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    shown = counts(row["terms"])
    start, end = scope.start, scope.end
    if row["begins"] is not None:
        begins, finishes = (datetime.fromisoformat(row[name]) for name in ("begins", "finishes"))
        start = begins if start is None else max(start, begins)
        end = finishes if end is None else min(end, finishes)
    who = {"without_account": "true"} if row["account_id"] is None else {"account_id": row["account_id"]}
    return {
        "account_id": row["account_id"],
        "period": period(row["starts"], row["ends"]),
        **shown,
        "balanced": shown["unplaced"] == 0,
        "links": _links(shown, scope, start, end, who),
    }


def _links(
    shown: Mapping[str, int], scope: Scope, start: datetime | None, end: datetime | None, who: Mapping[str, str]
) -> dict[str, str]:
    """For each term that counts something, where its records are listed."""
    fixed = [
        *(who.items() if who else (("account_id", account) for account in scope.accounts or ())),
        *(("subscription_id", subscription) for subscription in scope.subscriptions or ()),
        *((name, format_instant(at)) for name, at in (("from", start), ("to", end)) if at is not None),
    ]
    return {
        term: f"{PATH}/records?{urlencode([('term', term), *fixed], quote_via=quote)}" for term in TERMS if shown[term]
    }


def _disagreement(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{name: row[name] for name in ("account_id", "subscription_id", "meter")},
        "period_start": row["starts"],
        "usage_records": row["usage"],
        "usage_quantity": quantity(row["usage_quantity"]),
        "rated_records": row["rating"],
        "rated_quantity": quantity(row["rating_quantity"]),
        "charged_records": row["charged"],
    }


def _placed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"_sort_key": row["place"], "_tie_key": row["place"]}
