"""The journal by month and account: what was debited and credited, by the numbers of the chart of that month.

Debits and credits of a month and currency are the same. A month that is not over has what is booked at its end already
(revenue that is released). The entries behind a row: `/v1/journal?account=…` with the month's days.

    {"month": "2026-11", "currency": "EUR", "account": "revenue", "number": "4000", "name": "Revenue", "debit": "0.00",
     "credit": "30.00"}

By default the twelve months up to this one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from services.reporting.database import Database
from services.reporting.journal.chart import charts
from services.reporting.report.drilling import between, month_of, rows_at
from services.reporting.reports.contract import Column, Question, Report, Row, amounts, fetch
from shared.kernel.decimals import EXACT

_ABOUT: Final = "plan_id, tax_class, tax_category, tax_rate, method"
SQL: Final = f"""
select month, currency, account, {_ABOUT}, sum(debit) as debit, sum(credit) as credit
  from journal_sum where month between :start and :end and (:currency is null or currency = :currency)
 group by month, currency, account, {_ABOUT}
"""


async def run(database: Database, question: Question) -> Sequence[Row]:
    known = await charts(database)
    sums: dict[tuple[str, ...], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in await fetch(database, SQL, question):
        number = known.on(row["month"]).number(row["account"], row)
        of = sums[f"{row['month']:%Y-%m}", row["currency"], number.number, number.name, row["account"]]
        of[0], of[1] = EXACT.add(of[0], row["debit"]), EXACT.add(of[1], row["credit"])
    numbers = Counter((month, currency, account) for month, currency, _, _, account in sums)
    return [
        {
            "several": numbers[month, currency, account] > 1,
            "month": month,
            "currency": currency,
            "account": account,
            "number": number,
            "name": name,
        }
        | amounts({"currency": currency, "debit": debit, "credit": credit}, "debit", "credit")
        for (month, currency, number, name, account), (debit, credit) in sorted(sums.items())
    ]


def drill(question: Question, row: Row) -> Mapping[str, str | None]:
    """Where an account has several numbers in the chart, postings do not say which of them is theirs."""
    if row["several"]:
        return {}
    month = month_of(date.fromisoformat(row["month"] + "-01"))
    rows = rows_at("postings", account=row["account"], currency=row["currency"], **between(month))
    return {"debit": rows, "credit": rows}


REPORT: Final = Report(
    name="journal",
    definition="What was debited and credited, by month and account of the chart of accounts.",
    columns=(
        Column("month", "month", "the month"),
        Column("currency", "text", "the currency of its amounts"),
        Column("account", "text", "what the journal calls the account"),
        Column("number", "text", "its number in the chart of accounts"),
        Column("name", "text", "its name there"),
        Column("debit", "money", "what was debited"),
        Column("credit", "money", "what was credited"),
    ),
    run=run,
    drill=drill,
    default_range="twelve_months",
    whole_months=True,
    takes=("from", "to", "currency"),
    examples=(
        {
            **{"month": "2026-11", "currency": "EUR", "account": "revenue", "number": "4000", "name": "Revenue"},
            **{"debit": "0.00", "credit": "30.00"},
        },
    ),
)
