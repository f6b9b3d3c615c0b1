"""Monthly recurring revenue by month and currency, from changes that are kept by day and the prices of plans.

What counts: each subscription in force, from the first day that its prices cost something (its trial is over) until it
ends, whether or not its service rests; with the `flat` prices of its plan's version in force, times its quantity. A
price of a quarter counts a third of itself, one of a year a twelfth, one of n days 365.25 ÷ 12 ÷ n; one without an
interval is of the account's cycle. Usage, charges that are made once, discounts and tax do not count; a price that
includes tax counts as it is written.

    plan home 39.90 a month, 3 accounts; one more from 10-12     opening 119.70   new 39.90   closing 159.60

Where a plan gets another version, those who follow it expand or contract on its day. Amounts are exact fractions until
they are shown; a month's closing is its rounded movements added to its opening, so that columns always sum up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final, Literal

import msgspec

from services.reporting.database import Database
from services.reporting.reports.contract import Question, fetch, percent
from shared.kernel.currency import minor_units
from shared.kernel.decimals import EXACT
from shared.kernel.money import format_amount

Part = Literal["new", "reactivation", "expansion", "contraction", "churn"]
PARTS: Final[tuple[Part, ...]] = ("new", "expansion", "contraction", "churn", "reactivation")
_ADDS: Final = frozenset({"new", "reactivation", "expansion"})
ZERO: Final = Decimal(0)

_MONTH: Final = "case when {0} < :start then null else date_trunc('month', {0}::timestamp)::date end"
# Changes that are alike, of all days before the first one as one month; versions that are followed are looked up.
_CHANGES: Final = f"""
select {_MONTH.format("r.day")} as month, r.currency, r.movement, r.frequency, r.plan_before, r.quantity_before,
       r.plan_id, r.quantity, coalesce(b.version, r.version_before) as version_before,
       coalesce(a.version, r.plan_version) as plan_version, sum(r.changes)::bigint as changes,
       sum(r.accounts)::bigint as accounts
  from recurring_day r
  left join plan_in_force b
    on r.version_before = 0 and b.plan_id = r.plan_before and r.day >= b.since and r.day < b.until
  left join plan_in_force a on r.plan_version = 0 and a.plan_id = r.plan_id and r.day >= a.since and r.day < a.until
 where r.day <= :end and (:currency is null or r.currency = :currency)
 group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
"""
# Those who follow a plan when another version of it comes into force.
_REPRICED: Final = f"""
select {_MONTH.format("v.since")} as month, l.currency, l.frequency, v.plan_id, v.version_before, v.version,
       sum(l.units)::bigint as units
  from plan_in_force v
  join (select day, currency, frequency, plan_id, quantity * changes as units
          from recurring_day where plan_version = 0 and plan_id <> ''
         union all
        select day, currency, frequency, plan_before, -quantity_before * changes
          from recurring_day where version_before = 0 and plan_before <> '') l
    on l.plan_id = v.plan_id and l.day < v.since
 where v.version_before is not null and v.since <= :end and (:currency is null or l.currency = :currency)
 group by 1, 2, 3, 4, 5, 6
"""
_PRICES: Final = "select plan_id, version, recurring::text as recurring from plan_row"


@dataclass(kw_only=True)
class Movement:
    """A month's recurring revenue in one currency. Parts are above zero, lost ones too; all are rounded."""

    first: date
    currency: str
    opening: Decimal
    parts: dict[Part, Decimal] = field(default_factory=dict)
    accounts: int = 0
    repriced: bool = False
    """Whether a plan's prices changed for those who follow it: no list of changes has that."""

    @property
    def closing(self) -> Decimal:
        closing = self.opening
        for part, amount in self.parts.items():
            closing = EXACT.add(closing, amount) if part in _ADDS else EXACT.subtract(closing, amount)
        return closing

    def amount(self, name: str) -> str:
        """As it is shown."""
        amount = self.parts.get(name, ZERO) if name in PARTS else getattr(self, name)
        return format_amount(amount, self.currency)

    @property
    def arpu(self) -> str | None:
        if self.accounts <= 0:
            return None
        return format_amount(_rounded(Fraction(self.closing) / self.accounts, self.currency), self.currency)

    @property
    def churn_percent(self) -> str | None:
        return percent(self.parts.get("churn", ZERO), self.opening)


async def recurring_by_month(database: Database, question: Question) -> Mapping[str, Mapping[date, Movement]]:
    """By currency and first day of the month, of currencies that ever had any."""
    found = {(row["plan_id"], row["version"]): row["recurring"] for row in await database.fetch(_PRICES)}
    yearly = lru_cache(maxsize=None)(lambda plan, version, cycle: _yearly(found.get((plan, version)), cycle))
    sums: dict[tuple[str, date | None], dict[Part, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    accounts: dict[tuple[str, date | None], int] = defaultdict(int)
    repriced: set[tuple[str, date | None]] = set()
    for row in await fetch(database, _CHANGES, question):
        key = row["currency"], row["month"]
        before = row["quantity_before"] * yearly(row["plan_before"], row["version_before"], row["frequency"])
        after = row["quantity"] * yearly(row["plan_id"], row["plan_version"], row["frequency"])
        _add(sums[key], row["movement"], (after - before) * row["changes"])
        accounts[key] += row["accounts"]
    for row in await fetch(database, _REPRICED, question):
        key = row["currency"], row["month"]
        prices = [yearly(row["plan_id"], row[name], row["frequency"]) for name in ("version_before", "version")]
        _add(sums[key], "changed", (prices[1] - prices[0]) * row["units"])
        if prices[0] != prices[1] and row["units"]:
            repriced.add(key)
    months = _months(*question.days)
    return {
        currency: _of_currency(currency, months, sums, accounts, repriced) for currency in sorted({c for c, _ in sums})
    }


def _of_currency(
    currency: str,
    months: Sequence[date],
    sums: Mapping[tuple[str, date | None], Mapping[Part, Fraction]],
    accounts: Mapping[tuple[str, date | None], int],
    repriced: set[tuple[str, date | None]],
) -> dict[date, Movement]:
    before = sums.get((currency, None), {})
    so_far = sum((amount if part in _ADDS else -amount for part, amount in before.items()), Fraction())
    opening, number = _rounded(so_far / 12, currency), accounts.get((currency, None), 0)
    shown: dict[date, Movement] = {}
    for first in months:
        key = currency, first
        number += accounts.get(key, 0)
        parts = {part: _rounded(amount / 12, currency) for part, amount in sums.get(key, {}).items()}
        shown[first] = Movement(
            first=first, currency=currency, opening=opening, parts=parts, accounts=number, repriced=key in repriced
        )
        opening = shown[first].closing
    return shown


def _add(parts: dict[Part, Fraction], movement: str, change: Fraction) -> None:
    """By what an account did, where that says it; else by the sign of the change."""
    part: Part
    match movement:
        case "new" | "reactivation" | "churn":
            part = movement
        case _:
            part = "expansion" if change >= 0 else "contraction"
    parts[part] += change if part in _ADDS else -change


def _yearly(recurring: str | None, cycle: str) -> Fraction:
    """What the recurring prices of a version come to in a year; nothing of one that is not known."""
    if recurring is None:
        return Fraction()
    prices = msgspec.json.decode(recurring)
    return sum((Fraction(price["amount"]) * _times(price["interval"], cycle) for price in prices), Fraction())


def _times(interval: Any, cycle: str) -> Fraction:
    """How many of an interval a year has; without one, of the account's cycle.

    >>> _times("quarter", '"month"'), _times(None, '"month"'), _times({"days": 28}, '"month"')
    (Fraction(4, 1), Fraction(12, 1), Fraction(1461, 112))
    """
    of = msgspec.json.decode(cycle) if interval is None else interval
    if isinstance(of, Mapping):
        return Fraction(1461, 4 * of["days"])
    return Fraction({"month": 12, "quarter": 4, "year": 1}[of])


def _rounded(amount: Fraction, currency: str) -> Decimal:
    """To the currency, half away from zero. Exact: a fraction is scaled before it is cut."""
    scale = 10 ** minor_units(currency)
    whole = abs(amount) * scale
    cut = int(whole) + (1 if whole - int(whole) >= Fraction(1, 2) else 0)
    return EXACT.multiply(Decimal(cut if amount >= 0 else -cut), Decimal(1).scaleb(-minor_units(currency)))


def _months(start: date, end: date) -> Sequence[date]:
    counted = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    return [date(month // 12, month % 12 + 1, 1) for month in counted]
