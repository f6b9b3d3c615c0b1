"""The statement of one span: counted in one snapshot of what reporting has been told so far.

    statement = await read(connection, Scope(start, end), Paging(...))
    statement.counts["accepted"], statement.balanced, statement.settled

`balanced` says that every accepted record is in a term or on its way, that none of the last 35 days is counted twice,
that rating's sums and charges count the same records as usage does, and that they add up to the same quantities.
`settled` says that of what these tables hold nothing is on its way; whether they hold all there is, upstream.py says.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from services.reporting.reconciliation import queries
from services.reporting.reconciliation.calendars import calendars
from services.reporting.reconciliation.terms import TERMS, counts
from shared.engine.postgres import Connection

NAMED_MAX: Final = 100
HORIZON_DAYS: Final = 35
"""So long usage knows the dedupe keys of records (decision 48)."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which records: those that happened in [start, end), of some accounts and subscriptions or of all (`None`).

    Without a start or an end it is open there: a record whose clock said the year 3500 is one of them.
    """

    start: datetime | None = None
    end: datetime | None = None
    accounts: Sequence[str] | None = None
    subscriptions: Sequence[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Breaks:
    """The records that break the statement: how many, the first of them by name, and where usage misses them."""

    records: int = 0
    citations: list[str] = field(default_factory=list)
    missing: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, kw_only=True)
class Statement:
    """`terms`, `lines` and `differences` are rows of `queries.STATEMENT`, with the breaks taken out of their terms."""

    terms: list[dict[str, Any]]
    lines: list[dict[str, Any]]
    lines_total: int
    differences: list[dict[str, Any]]
    differences_total: int
    breaks: Breaks
    ahead: bool
    twice: Sequence[Mapping[str, Any]] = ()

    @property
    def counts(self) -> dict[str, int]:
        return counts(_by_term(self.terms))

    @property
    def quarantined(self) -> dict[str, int]:
        """What is parked or malformed, by reason."""
        found: Counter[str] = Counter()
        for row in self.terms:
            if row["term"] in ("parked", "malformed"):
                found[row["reason"] or ""] += row["records"]
        return dict(sorted(found.items()))

    @property
    def in_flight_since(self) -> str | None:
        """When the record that has been on its way for longest was received."""
        return min((row["since"] for row in self.terms if row["term"] == "in_flight"), default=None)

    @property
    def settled(self) -> bool:
        """Nothing is on its way from usage to rating, or from either of them to us."""
        return not self.ahead and self.counts["in_flight"] == 0

    @property
    def balanced(self) -> bool:
        adds_up = self.counts["unplaced"] == 0 and self.breaks.records == 0 and self.differences_total == 0
        return adds_up and not self.twice

    @property
    def twice_total(self) -> int:
        """How many records count in two places or more."""
        return self.twice[0]["found"] if self.twice else 0


async def read(connection: Connection, scope: Scope, *, limit: int, after: str | None, offset: int) -> Statement:
    """One page of lines and all totals. The connection is in a repeatable-read transaction."""
    if scope.accounts is None and scope.subscriptions is None:
        await connection.execute(queries.WHOLE_TABLES)
    base = [
        scope.start,
        scope.end,
        json.dumps(await calendars(connection, scope.start, scope.end)),
        scope.accounts,
        scope.subscriptions,
    ]
    row = await connection.fetchrow(queries.STATEMENT, *base, limit, after, offset)
    assert row is not None
    terms, lines, differences = (_rows(row[name]) for name in ("terms", "page", "differences"))
    breaks = Breaks()
    if differences or row["cut"]:
        breaks = await _breaks(connection, base, differences)
    for lost in breaks.missing:
        _take_out(terms, lines, lost)
    return Statement(
        terms=terms,
        lines=lines,
        lines_total=row["lines"],
        differences=differences,
        differences_total=row["differing"],
        breaks=breaks,
        ahead=row["ahead"],
        twice=await _twice(connection, scope),
    )


async def _twice(connection: Connection, scope: Scope) -> list[dict[str, Any]]:
    span = (scope.start, scope.end, scope.accounts, scope.subscriptions)
    return [dict(row) for row in await connection.fetch(queries.TWICE, *span, NAMED_MAX, HORIZON_DAYS)]


async def _breaks(connection: Connection, base: list[Any], differences: list[dict[str, Any]]) -> Breaks:
    names = ("account_id", "subscription_id", "meter", "starts")
    suspects = [{name: row[name] for name in names} for row in differences]
    surplus = any(row["rating"] > row["usage"] for row in differences)
    row = await connection.fetchrow(queries.BREAKS, *base, json.dumps(suspects), surplus, NAMED_MAX)
    assert row is not None
    return Breaks(
        records=row["records"],
        citations=json.loads(row["citations"] or "[]"),
        missing=_rows(row["missing"]),
    )


def _take_out(terms: list[dict[str, Any]], lines: list[dict[str, Any]], lost: Mapping[str, Any]) -> None:
    """Records that rating has passed over were counted by elimination: they are unplaced instead."""
    term, records = lost["term"], lost["records"]
    for row in terms:
        if row["term"] == term:
            row["records"] -= records
    terms.append({"term": "unplaced", "reason": None, "records": records, "since": None})
    for line in lines:
        if (line["account_id"], line["starts"]) == (lost["account_id"], lost["starts"]):
            line["terms"][term] -= records
            line["terms"]["unplaced"] = line["terms"].get("unplaced", 0) + records


def _by_term(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    total = dict.fromkeys(TERMS, 0)
    for row in rows:
        total[row["term"]] += row["records"]
    return total


def _rows(text: str | None) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(text) if text else []
    return rows
