"""Money by month and currency, from sums that are kept by day: what was invoiced, collected, open and overdue.

    months = await money_by_month(database, question)
    months["EUR"][date(2026, 10, 1)].outstanding     Decimal("80.00"), at the month's end or at the last day asked for

A month begins no earlier than the question's first; its last day is the question's where that is earlier. What is open
and overdue are sums of all days up to then. No report reads documents or payments for this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from services.reporting.database import Database
from services.reporting.reports.contract import Question, fetch, percent, rounded
from shared.kernel.decimals import EXACT

ZERO: Final = Decimal(0)
DSO_DAYS: Final = 90

# One row for each month and currency that has any of this; `recent` is what was invoiced in the last DSO_DAYS days.
_SQL: Final = f"""
with month as (
  select m::date as first, least((m + interval '1 month')::date - 1, :end) as last
    from generate_series(date_trunc('month', :start::timestamp), :end::timestamp, interval '1 month') m),
owed as (
  select day, currency, what, sum(amount) as amount from owed_day where day <= :end group by 1, 2, 3),
part as (
  select m.first, o.currency,
         sum(o.amount) filter (where o.what = 'invoiced' and o.day >= m.first) as invoiced,
         sum(o.amount) filter (where o.what = 'invoiced') as recent
    from month m join owed o on o.what = 'invoiced' and o.day > m.last - {DSO_DAYS} and o.day <= m.last
   group by 1, 2),
stock as (
  select m.first, b.currency, sum(b.open) as open, sum(b.overdue) as overdue
    from month m
    join (select case when day < date_trunc('month', :start::timestamp)::date then null
                      else date_trunc('month', day::timestamp)::date end as month, currency,
                 coalesce(sum(amount) filter (where what = 'open'), 0) as open,
                 coalesce(sum(amount) filter (where what = 'overdue'), 0) as overdue
            from owed where what <> 'invoiced' group by 1, 2) b on b.month is null or b.month <= m.first
   group by 1, 2),
paid as (
  select date_trunc('month', day::timestamp)::date as first, currency, sum(moved) as collected,
         sum(payments) filter (where outcome = 'succeeded') as succeeded,
         sum(payments) filter (where outcome in ('declined', 'failed')) as failed
    from (select day, currency, outcome, sum(moved) as moved, sum(payments) as payments
            from payment_day where day between :start and :end group by 1, 2, 3) as payment_day group by 1, 2),
credited as (
  select date_trunc('month', day::timestamp)::date as first, currency, sum(total) as credited, sum(notes) as notes
    from credited_day where day between :start and :end group by 1, 2)
select m.first, m.last, k.currency, part.invoiced, part.recent, stock.open, stock.overdue, paid.collected,
       paid.succeeded, paid.failed, credited.credited, credited.notes
  from month m
 cross join (select currency from part union select currency from stock union select currency from paid
              union select currency from credited) k
  left join part on (part.first, part.currency) = (m.first, k.currency)
  left join stock on (stock.first, stock.currency) = (m.first, k.currency)
  left join paid on (paid.first, paid.currency) = (m.first, k.currency)
  left join credited on (credited.first, credited.currency) = (m.first, k.currency)
 where :currency is null or k.currency = :currency
 order by k.currency, m.first
"""


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month's money in one currency; amounts are exact, percents and days as they are shown."""

    first: date
    last: date
    invoiced: Decimal
    credited: Decimal
    notes: int
    collected: Decimal
    outstanding: Decimal
    overdue: Decimal
    recent: Decimal
    """What was invoiced in the ninety days up to the month's last."""
    succeeded: int
    failed: int

    @property
    def dso(self) -> str | None:
        """Days of what was invoiced lately that are outstanding; `None` where nothing was invoiced."""
        if self.recent <= 0:
            return None
        return rounded(EXACT.multiply(self.outstanding, Decimal(DSO_DAYS)), self.recent)

    @property
    def collection_percent(self) -> str | None:
        return percent(self.collected, EXACT.subtract(self.invoiced, self.credited))

    @property
    def overdue_percent(self) -> str | None:
        return percent(self.overdue, self.outstanding)

    @property
    def failed_percent(self) -> str | None:
        return percent(Decimal(self.failed), Decimal(self.succeeded + self.failed))

    @property
    def credited_percent(self) -> str | None:
        return percent(self.credited, self.invoiced)


async def money_by_month(database: Database, question: Question) -> Mapping[str, Mapping[date, Month]]:
    """By currency and first day of the month; every month that is asked for, of currencies that have anything."""
    months: dict[str, dict[date, Month]] = {}
    for row in await fetch(database, _SQL, question):
        months.setdefault(row["currency"], {})[row["first"]] = Month(
            first=row["first"],
            last=row["last"],
            outstanding=row["open"] or ZERO,
            invoiced=row["invoiced"] or ZERO,
            credited=row["credited"] or ZERO,
            collected=row["collected"] or ZERO,
            overdue=row["overdue"] or ZERO,
            recent=row["recent"] or ZERO,
            notes=int(row["notes"] or 0),
            succeeded=int(row["succeeded"] or 0),
            failed=int(row["failed"] or 0),
        )
    return months
