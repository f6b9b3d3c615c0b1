"""The figures of the business and how they came about: month by month, the last one being the running month so far.

What a month adds up is of its days; what is `as of` (open, overdue, accounts, recurring revenue) is of its last day, or
of the last day asked for: `to` moves "today" back. An invoice counts from its issue, what paid or credited it from when
both money and claim were there, a void from its day. Money is one item per currency; `previous` is the month before,
`delta` what came to it since. Of percents the delta is in points.

    {"name": "outstanding", "currency": "EUR", "unit": "money", "value": "114.88", "previous": "90.00",
     "delta": "24.88", "delta_percent": "27.6",
     "series": [{"date": "2026-08-01", "value": "90.00"}, {"date": "2026-09-01", "value": "114.88"}]}
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from services.reporting.database import Database
from services.reporting.figures.drills import collected_rows, invoiced_rows, open_rows, overdue_rows
from services.reporting.figures.money import DSO_DAYS, Month, money_by_month
from services.reporting.figures.recurring import Movement, recurring_by_month
from services.reporting.report.drilling import Days, month_of, rows_at, within
from services.reporting.reports.contract import Column, Question, Report, Row, fetch, percent
from shared.kernel.decimals import EXACT
from shared.kernel.money import format_amount

FIGURES: Final = (
    Column(
        "mrr", "money", "monthly recurring revenue of the subscriptions in force", "see the report mrr", adds_up=False
    ),
    Column(
        "arpu",
        "money",
        "average revenue per user",
        "mrr / accounts with recurring revenue",
        nullable=True,
        adds_up=False,
    ),
    Column("churn_percent", "percent", "recurring revenue that was lost", "churn / opening mrr x 100", nullable=True),
    Column("invoiced_month", "money", "totals of invoices that were issued in the month and are not void"),
    Column("collected_month", "money", "money that came in, less what went back"),
    Column("outstanding", "money", "what is open", adds_up=False),
    Column("overdue", "money", "what is open and past its due date", adds_up=False),
    Column(
        "dso",
        "days",
        "days sales outstanding",
        formula=f"outstanding x {DSO_DAYS} / invoiced in the {DSO_DAYS} days before",
        nullable=True,
    ),
    Column(
        "collection_percent",
        "percent",
        "what came in, of what was invoiced",
        formula="collected / (invoiced - credited) x 100",
        nullable=True,
    ),
    Column("overdue_percent", "percent", "how much is overdue", "overdue / outstanding x 100", nullable=True),
    Column(
        "failed_payment_percent",
        "percent",
        "payments that failed",
        formula="failed tries / tries that ended x 100",
        nullable=True,
    ),
    Column(
        "credited_percent",
        "percent",
        "how accurate bill runs are: what had to be credited",
        formula="credited / invoiced x 100",
        nullable=True,
    ),
    Column("accounts", "count", "accounts that were opened up to then", adds_up=False),
    Column("records_month", "count", "usage records of accounts, by UTC month of their start"),
)

_OF_MONEY: Final[Mapping[str, Callable[[Month, str], str | None]]] = {
    "invoiced_month": lambda month, currency: format_amount(month.invoiced, currency),
    "collected_month": lambda month, currency: format_amount(month.collected, currency),
    "outstanding": lambda month, currency: format_amount(month.outstanding, currency),
    "overdue": lambda month, currency: format_amount(month.overdue, currency),
    "dso": lambda month, _: month.dso,
    "collection_percent": lambda month, _: month.collection_percent,
    "overdue_percent": lambda month, _: month.overdue_percent,
    "failed_payment_percent": lambda month, _: month.failed_percent,
    "credited_percent": lambda month, _: month.credited_percent,
}
_OF_RECURRING: Final[Mapping[str, Callable[[Movement], str | None]]] = {
    "mrr": lambda month: month.amount("closing"),
    "arpu": lambda month: month.arpu,
    "churn_percent": lambda month: month.churn_percent,
}

_COUNTS: Final = """
select 'accounts' as name, case when day < :start then null else date_trunc('month', day::timestamp)::date end as month,
       sum(accounts)::bigint as value
  from account_day where day <= :end group by 1, 2
union all
select 'records_month', date_trunc('month', day::timestamp)::date, sum(records)::bigint
  from usage_day where state = 'accepted' and day between :start and :end group by 1, 2
"""

Series = Mapping[date, str | None]


async def run(database: Database, question: Question) -> Sequence[Row]:
    months = list(_months(*question.days))
    money = await money_by_month(database, question)
    recurring = await recurring_by_month(database, question)
    currencies = [question.currency] if question.currency else sorted({*money, *recurring})
    found: dict[tuple[str, str | None], Series] = await _counts(database, question, months)
    for currency in currencies:
        for name, of in _OF_MONEY.items():
            found[name, currency] = {first: of(month, currency) for first, month in money.get(currency, {}).items()}
        for name, shown in _OF_RECURRING.items():
            found[name, currency] = {first: shown(month) for first, month in recurring.get(currency, {}).items()}
    return [
        _item(figure, currency, found[figure.name, currency], months)
        for figure in FIGURES
        for currency in ((None,) if figure.kind == "count" else currencies)
    ]


async def _counts(
    database: Database, question: Question, months: Sequence[date]
) -> dict[tuple[str, str | None], Series]:
    """Accounts up to each month's end, records in each month."""
    told: dict[str, dict[date | None, int]] = defaultdict(dict)
    for row in await fetch(database, _COUNTS, question):
        told[row["name"]][row["month"]] = row["value"]
    accounts, so_far = {}, told["accounts"].get(None, 0)
    for month in months:
        so_far += told["accounts"].get(month, 0)
        accounts[month] = str(so_far)
    return {
        ("accounts", None): accounts,
        ("records_month", None): {month: str(told["records_month"].get(month, 0)) for month in months},
    }


def _months(start: date, end: date) -> Iterator[date]:
    """The first days of the months from one to the other."""
    for month in range(start.year * 12 + start.month - 1, end.year * 12 + end.month):
        yield date(month // 12, month % 12 + 1, 1)


def _item(figure: Column, currency: str | None, values: Series, months: Sequence[date]) -> Row:
    nothing = None if figure.nullable else format_amount(Decimal(0), currency) if currency else "0"
    texts = [values.get(month, nothing) for month in months]
    value, previous = texts[-1], texts[-2] if len(texts) > 1 else None
    delta = None if value is None or previous is None else EXACT.subtract(Decimal(value), Decimal(previous))
    of_part = figure.kind != "percent" and delta is not None and previous is not None
    return {
        "name": figure.name,
        "currency": currency,
        "unit": figure.kind,
        "value": value,
        "previous": previous,
        "delta": None if delta is None else f"{delta:f}",
        "delta_percent": percent(delta, Decimal(previous)) if of_part else None,  # type: ignore[arg-type]
        "series": [{"date": month, "value": text} for month, text in zip(months, texts, strict=True)],
    }


def drill(question: Question, row: Row) -> Mapping[str, str | None]:
    """Of the last month, and of the one before where that is of its days alone."""
    end = question.days[1]
    first, _ = month_of(end)
    found = {"value": _rows(question, row, (first, end))}
    if row["previous"] is not None and row["name"] in ("invoiced_month", "collected_month", "records_month"):
        found["previous"] = _rows(question, row, month_of(date.fromordinal(first.toordinal() - 1)))
    return found


def _rows(question: Question, row: Row, days: Days) -> str | None:
    currency = row["currency"]
    match row["name"]:
        case "mrr" if days[1] == question.today:
            return rows_at("recurring-subscriptions", currency=currency)
        case "invoiced_month":
            return invoiced_rows(days, currency)
        case "collected_month":
            return collected_rows(days, currency)
        case "outstanding":
            return open_rows(question, days, currency)
        case "overdue":
            return overdue_rows(question, days, currency)
        case "accounts" if days[1] == question.today:
            return rows_at("/v1/customer-configs")
        case "records_month":
            return rows_at("/v1/usage/records", recorded_as="accepted", **within(days))
    return None


REPORT: Final = Report(
    name="kpis",
    definition="The figures of the business, by month up to the one that is running.",
    columns=(
        Column("name", "text", "the figure"),
        Column("currency", "text", "the currency of its amounts", nullable=True),
        Column("unit", "text", "what kind of figure it is: money, count, percent or days"),
        Column("value", "figure", "the figure of the last month, so far", nullable=True),
        Column("previous", "figure", "the figure of the month before", nullable=True),
        Column("delta", "figure", "by how much it changed", "value - previous", nullable=True),
        Column("delta_percent", "percent", "by what part, but of percents", "delta / previous x 100", nullable=True),
        Column("series", "series", "the figure by month"),
    ),
    figures=FIGURES,
    run=run,
    drill=drill,
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
