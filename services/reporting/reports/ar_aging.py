"""Receivables by age (R53): what is open, by whole days past the due date, as of the clock's date.

An invoice due on 1 October is current on 1 October, and one day past due on the 2nd. With 30 days it is in `1_30`, with
31 in `31_60`. The buckets sum to `open`; money that pays nothing yet is `unapplied`, a column of its own and in no
bucket. "Today" is the date in the account's time zone.

    {"currency": "EUR", "current": "100.00", "1_30": "14.88", "31_60": "0.00", "61_90": "0.00", "90_plus": "0.00",
     "open": "114.88", "unapplied": "5.00", "disputed": "0.00"}

What is disputed stays in its bucket, and is told beside them: it is neither dunned nor charged late fees for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from services.reporting.database import Database
from services.reporting.report.drilling import rows_at
from services.reporting.reports.contract import Column, Question, Report, Row, amounts, fetch

BUCKETS: Final[Mapping[str, tuple[int | None, int | None]]] = {
    **{"current": (None, 0), "1_30": (1, 30), "31_60": (31, 60), "61_90": (61, 90)},
    "90_plus": (91, None),
}
COLUMNS: Final = ("current", "1_30", "31_60", "61_90", "90_plus", "open", "unapplied", "disputed")

SQL: Final = """
with item as (
  select r.currency, r.account_id, r.open, 0 as unapplied, least(r.disputed, r.open) as disputed,
         (:now at time zone coalesce(a.time_zone, 'UTC'))::date - r.due_on as days
    from receivable_row r
    left join account_row a on a.partition = r.partition and a.account_id = r.account_id
   where r.open <> 0
  union all
  select currency, account_id, 0, unallocated, 0, null from payment_row where unallocated <> 0
  union all
  select currency, account_id, 0, unallocated, 0, null from credit_row where unallocated <> 0
)
select currency, {account} as account_id,
       sum(open) filter (where days <= 0) as "current",
       sum(open) filter (where days between 1 and 30) as "1_30",
       sum(open) filter (where days between 31 and 60) as "31_60",
       sum(open) filter (where days between 61 and 90) as "61_90",
       sum(open) filter (where days > 90) as "90_plus",
       sum(open) as open, sum(unapplied) as unapplied, sum(disputed) as disputed
  from item where :currency is null or currency = :currency
 group by 1, 2 order by 1, 2 limit :rows_max + 1
"""


async def run(database: Database, question: Question) -> Sequence[Row]:
    by_account = question.group_by == "account"
    rows = await fetch(database, SQL.format(account="account_id" if by_account else "null::text"), question)
    return [
        {"currency": row["currency"], **({"account_id": row["account_id"]} if by_account else {})}
        | amounts(row, *COLUMNS)
        for row in rows
    ]


def drill(question: Question, row: Row) -> Mapping[str, str | None]:
    of = {"currency": row["currency"], "account_id": row.get("account_id")}
    days = {name: rows_at("open-items", **of, claim=True, days_from=f, days_to=t) for name, (f, t) in BUCKETS.items()}
    return days | {
        "open": rows_at("open-items", **of, claim=True),
        "unapplied": rows_at("open-items", **of, claim=False),
        "disputed": rows_at("open-items", **of, disputed=True),
    }


REPORT: Final = Report(
    name="ar-aging",
    definition="What is open, by whole days past its due date.",
    about="Of today in each account's time zone: an invoice is current on its due date, and one day past it the day"
    " after.",
    columns=(
        Column("currency", "text", "the currency of its amounts"),
        Column("account_id", "text", "the account, with `group_by=account`", optional=True),
        Column("current", "money", "not past its due date"),
        Column("1_30", "money", "1 to 30 days past its due date"),
        Column("31_60", "money", "31 to 60 days past"),
        Column("61_90", "money", "61 to 90 days past"),
        Column("90_plus", "money", "more than 90 days past"),
        Column("open", "money", "what is open", formula="current + 1_30 + 31_60 + 61_90 + 90_plus"),
        Column("unapplied", "money", "money and credit that pays nothing yet; it is in no bucket"),
        Column("disputed", "money", "what of `open` is on hold; it is in its bucket, too"),
    ),
    run=run,
    drill=drill,
    takes=("group_by", "currency"),
    groups=("account",),
    examples=(
        {
            **{"currency": "EUR", "current": "100.00", "1_30": "14.88", "31_60": "0.00", "61_90": "0.00"},
            **{"90_plus": "0.00", "open": "114.88", "unapplied": "5.00"},
            "disputed": "14.88",
        },
    ),
)
