"""How many billing events there were, by type and by UTC day or month on which they were recorded.

Usage that is counted in sums has no event of its own here; `usage` tells of it. By default the thirty days up to today.

    {"group": "2026-10-01", "type": "invoicing.InvoiceIssued.v1", "service": "invoicing", "events": 118}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from services.reporting.database import Database
from services.reporting.report.drilling import days_of, rows_at, within
from services.reporting.reports.contract import Column, Question, Report, Row, fetch

GROUPS: Final = {
    "day": "day::text",
    "month": "date_trunc('month', day::timestamp)::date::text",
    "type": "type",
}

SQL: Final = """
select {group} as name, type, split_part(topic, '.', 1) as service, sum(events)::bigint as events
  from event_day where day between :start and :end
 group by 1, 2, 3 order by 1, 2 limit :rows_max + 1
"""


async def run(database: Database, question: Question) -> Sequence[Row]:
    rows = await fetch(database, SQL.format(group=GROUPS[question.group_by or "day"]), question)
    return [{"group": row["name"], **{name: row[name] for name in ("type", "service", "events")}} for row in rows]


def drill(question: Question, row: Row) -> Mapping[str, str | None]:
    return {"events": rows_at("/v1/events", type=row["type"], **within(days_of(question, row["group"])))}


REPORT: Final = Report(
    name="events-timeline",
    definition="How many billing events of each type were recorded, by day or month.",
    columns=(
        Column("group", "text", "the first day of the month or day, or the type"),
        Column("type", "text", "the type of event"),
        Column("service", "text", "the service that recorded it"),
        Column("events", "count", "how many there were"),
    ),
    run=run,
    drill=drill,
    takes=("from", "to", "group_by"),
    groups=tuple(GROUPS),
    default_group="day",
    default_range="thirty_days",
    examples=({"group": "2026-10-01", "type": "invoicing.InvoiceIssued.v1", "service": "invoicing", "events": 118},),
)
