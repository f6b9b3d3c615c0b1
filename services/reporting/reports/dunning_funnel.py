"""How far dunning goes: of each step how many cases reached it, with how much, and how many of them were paid since.

    {"currency": "EUR", "step": 2, "name": "Block", "cases": 12, "overdue": "432.48", "paid": 9,
     "recovered_percent": "75.0"}

A case counts once for a step, with what was overdue when it reached it last. `paid` are those that were cleared because
nothing was overdue any more; where a step is called otherwise by another policy, it is a row of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from services.reporting.database import Database
from services.reporting.report.drilling import rows_at
from services.reporting.reports.contract import Column, Question, Report, Row, amounts, fetch, percent

SQL: Final = """
with reached as (
  select s.currency, s.step, s.name, s.overdue, d.cleared_for
    from dunning_step_row s
    join dunning_row d on d.partition = s.partition and d.case_id = s.case_id
   where (:start is null or s.reached_on >= :start) and (:end is null or s.reached_on <= :end)
     and not exists (select from dunning_step_row n
                      where n.partition = s.partition and n.case_id = s.case_id and n.step = s.step and n.seq > s.seq)
)
select currency, step, name, count(*) as cases, sum(overdue) as overdue,
       count(*) filter (where cleared_for = 'paid') as paid
  from reached where :currency is null or currency = :currency
 group by 1, 2, 3 order by 1, 2, 3
"""


async def run(database: Database, question: Question) -> Sequence[Row]:
    rows = await fetch(database, SQL, question)
    return [
        {name: row[name] for name in ("currency", "step", "name", "cases", "paid")}
        | amounts(row, "overdue")
        | {"recovered_percent": percent(Decimal(row["paid"]), Decimal(row["cases"]))}
        for row in rows
    ]


def drill(question: Question, row: Row) -> Mapping[str, str | None]:
    of = {name: row[name] for name in ("currency", "step", "name")} | {"from_": question.start, "to": question.end}
    cases = rows_at("dunning-steps", **of)
    return {"cases": cases, "overdue": cases, "paid": rows_at("dunning-steps", **of, paid=True)}


REPORT: Final = Report(
    name="dunning-funnel",
    definition="How many cases reached each step of dunning, and how many of them were paid since.",
    columns=(
        Column("currency", "text", "the currency of its amounts"),
        Column("step", "count", "the number of the step"),
        Column("name", "text", "what its policy calls it"),
        Column("cases", "count", "cases that reached it"),
        Column("overdue", "money", "what was overdue when they reached it last"),
        Column("paid", "count", "those of them that were cleared since because nothing was overdue any more"),
        Column("recovered_percent", "percent", "how many were paid", formula="paid / cases x 100"),
    ),
    run=run,
    drill=drill,
    takes=("from", "to", "currency"),
    examples=(
        {
            **{"currency": "EUR", "step": 2, "name": "Block", "cases": 12, "overdue": "432.48", "paid": 9},
            "recovered_percent": "75.0",
        },
    ),
)
