"""Six figures and how they came about: month by month, the last one being the month of the clock's date so far.

`invoiced_month` sums totals by date of issue (of what is not void), `collected_month` payments by date received, less
what went back, `records_month` usage records that belong to an account by UTC month of `started_at`. `outstanding`,
`overdue` and `accounts` are as of a month's last day (today in the current month): an invoice counts from its issue,
what paid or credited it from when both money and claim were there, a void from its day. Money is one item per currency;
`previous` is the month before. `to` moves "today" back; a series has at most twelve months, from `from` if given.

    {"name": "outstanding", "currency": "EUR", "value": "114.88", "previous": "90.00",
     "series": [{"date": "2026-08-01", "value": "90.00"}, {"date": "2026-09-01", "value": "114.88"}]}
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from services.reporting.database import Database
from services.reporting.reports.contract import Column, Question, Report, Row, fetch, percent
from shared.kernel.decimals import EXACT
from shared.kernel.money import format_amount

MONEY: Final = ("invoiced_month", "collected_month", "outstanding", "overdue")
COUNTS: Final = ("accounts", "records_month")

# One row per name, currency and month. Stocks are the running sum of what was issued less what settled it; an
# invoice is overdue at a month's end if it was due before it.
SQL: Final = """
with month as (
  select m::date as first, least((m + interval '1 month')::date - 1, :end) as last
    from generate_series(date_trunc('month', :start::timestamp), :end::timestamp, interval '1 month') m
), claim as (
  select partition, invoice_id, currency, amount, issued_on, due_on, withdrawn_on, kind from receivable_row
)
select 'invoiced_month' as name, c.currency, m.first, sum(c.amount) as value
  from month m join claim c on c.issued_on between m.first and m.last and c.withdrawn_on is null
   and c.kind = 'invoice'
 group by 1, 2, 3
union all
select 'collected_month', p.currency, m.first, sum(p.amount)
  from month m join collected_row p on p.collected_on between m.first and m.last group by 1, 2, 3
union all
select 'outstanding', currency, first, sum(value) from (
  select c.currency, m.first, c.amount as value from month m join claim c on c.issued_on <= m.last
  union all
  select l.currency, m.first, -l.amount from month m join settlement_view l on l.effective_on <= m.last) stock
 group by 1, 2, 3
union all
select 'overdue', currency, first, sum(value) from (
  select c.currency, m.first, c.amount as value from month m join claim c on c.due_on < m.last and c.issued_on <= m.last
  union all
  select l.currency, m.first, -l.amount from month m
    join settlement_view l on l.due_on < m.last and l.effective_on <= m.last) stock
 group by 1, 2, 3
union all
select 'accounts', null, m.first, count(*) from month m join account_row a on a.opened_on <= m.last group by 1, 2, 3
union all
select 'records_month', null, m.first, sum(h.records) from month m
  join usage_hour h on h.hour >= m.first::timestamp at time zone 'UTC'
                   and h.hour < (m.last + 1)::timestamp at time zone 'UTC'
 where h.state = 'accepted' group by 1, 2, 3
"""


async def run(database: Database, question: Question) -> Sequence[Row]:
    months = list(_months(*question.days))
    rows = await fetch(database, SQL, question)
    values: dict[tuple[str, str | None], dict[date, Any]] = defaultdict(dict)
    for row in rows:
        values[row["name"], row["currency"]][row["first"]] = row["value"]
    currencies = sorted({currency for _, currency in values if currency is not None})
    if question.currency is not None:
        currencies = [question.currency]
    keys: list[tuple[str, str | None]] = [(name, currency) for name in MONEY for currency in currencies]
    return [_item(key, values[key], months) for key in keys + [(name, None) for name in COUNTS]]


def _months(start: date, end: date) -> Iterator[date]:
    """The first days of the months from one to the other."""
    for month in range(start.year * 12 + start.month - 1, end.year * 12 + end.month):
        yield date(month // 12, month % 12 + 1, 1)


def _item(key: tuple[str, str | None], values: dict[date, Any], months: Sequence[date]) -> Row:
    name, currency = key
    texts = [_text(values.get(month), currency) for month in months]
    value, previous = texts[-1], texts[-2] if len(texts) > 1 else None
    delta = None if previous is None else EXACT.subtract(Decimal(value), Decimal(previous))
    return {
        "name": name,
        "currency": currency,
        "unit": "count" if currency is None else "money",
        "value": value,
        "previous": previous,
        "delta": None if delta is None else f"{delta:f}",
        "delta_percent": None if delta is None or previous is None else percent(delta, Decimal(previous)),
        "series": [{"date": month, "value": text} for month, text in zip(months, texts, strict=True)],
    }


def _text(value: Any, currency: str | None) -> str:
    return str(int(value or 0)) if currency is None else format_amount(Decimal(value or 0), currency)


REPORT: Final = Report(
    name="kpis",
    definition="Six figures of the business, by month up to the one that is running.",
    columns=(
        Column("name", "text", "the figure"),
        Column("currency", "text", "the currency of its amounts", nullable=True),
        Column("unit", "text", "what kind of figure it is: money, count, percent or days"),
        Column("value", "figure", "the figure of the last month, so far", nullable=True),
        Column("previous", "figure", "the figure of the month before", nullable=True),
        Column("delta", "figure", "by how much it changed", "value - previous", nullable=True),
        Column("delta_percent", "percent", "by what part", "delta / previous x 100", nullable=True),
        Column("series", "series", "the figure by month"),
    ),
    run=run,
    default_range="twelve_months",
    whole_months=True,
    days_max=1_830,
    takes=("from", "to", "currency"),
    examples=(
        {
            **{"name": "outstanding", "currency": "EUR", "unit": "money", "value": "114.88", "previous": "90.00"},
            **{"delta": "24.88", "delta_percent": "27.6"},
            "series": [{"date": date(2026, 8, 1), "value": "90.00"}, {"date": date(2026, 9, 1), "value": "114.88"}],
        },
    ),
)
