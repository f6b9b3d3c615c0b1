"""How much was used, by UTC day or month of `started_at` and by meter, with what became of the records.

`accepted` records belong to an account (rated or not), and `quantity` is theirs; the others are counted beside them.
`from` and `to` are days, both included; by default the thirty days up to today.

    {"group": "2026-09-01", "meter": "data.octets", "records": 5801, "accepted": 5760, "quarantined": 21,
     "duplicates": 17, "conflicts": 3, "quantity": "73400320000"}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from services.reporting.database import Database
from services.reporting.report.drilling import days_of, rows_at, within
from services.reporting.reports.contract import Column, Question, Report, Row, fetch
from services.reporting.usage_record.states import ASIDE
from shared.kernel.money import format_micro

GROUPS: Final = {
    "day": "day::text",
    "month": "date_trunc('month', day::timestamp)::date::text",
    "meter": "meter",
}

SQL: Final = """
select {group} as name, meter, sum(records)::bigint as records,
       coalesce(sum(records) filter (where state = 'accepted'), 0)::bigint as accepted,
       coalesce(sum(records) filter (where state = 'quarantined'), 0)::bigint as quarantined,
       coalesce(sum(records) filter (where state = 'duplicate'), 0)::bigint as duplicates,
       coalesce(sum(records) filter (where state = 'conflict'), 0)::bigint as conflicts,
       coalesce(sum(quantity) filter (where state = 'accepted'), 0) as quantity
  from usage_day where day between :start and :end
 group by 1, 2 order by 1, 2 limit :rows_max + 1
"""


async def run(database: Database, question: Question) -> Sequence[Row]:
    rows = await fetch(database, SQL.format(group=GROUPS[question.group_by or "day"]), question)
    same = ("meter", "records", "accepted", "quarantined", "duplicates", "conflicts")
    return [
        {"group": row["name"], **{name: row[name] for name in same}, "quantity": format_micro(int(row["quantity"]))}
        for row in rows
    ]


def drill(question: Question, row: Row) -> Mapping[str, str | None]:
    """What is set aside has no meter; it is told by its state alone."""
    of = {"meter": row["meter"] or None, **within(days_of(question, row["group"]))}
    states: dict[str, str | tuple[str, ...] | None] = {"duplicates": "duplicate", "conflicts": "conflict"}
    if row["meter"]:
        states |= {"records": None, "accepted": "accepted", "quarantined": "quarantined"}
    else:
        states["records"] = ASIDE
    return {name: rows_at("/v1/usage/records", **of, recorded_as=state) for name, state in states.items()}


REPORT: Final = Report(
    name="usage",
    definition="How much was used by meter, and what became of the records.",
    columns=(
        Column("group", "text", "the first day of the month or day, or the meter"),
        Column("meter", "text", "the meter", nullable=True),
        Column("records", "count", "records that came"),
        Column("accepted", "count", "records of an account"),
        Column("quarantined", "count", "records of nobody yet"),
        Column("duplicates", "count", "records that had come before"),
        Column("conflicts", "count", "records that contradict one that came before"),
        Column("quantity", "quantity", "what the accepted records say was used, in the unit of the meter"),
    ),
    run=run,
    drill=drill,
    default_group="day",
    default_range="thirty_days",
    takes=("from", "to", "group_by"),
    groups=tuple(GROUPS),
    examples=(
        {
            **{"group": "2026-09-01", "meter": "data.octets", "records": 5801, "accepted": 5760, "quarantined": 21},
            **{"duplicates": 17, "conflicts": 3, "quantity": "73400320000"},
        },
    ),
)
