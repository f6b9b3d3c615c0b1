"""What the prices of a plan name by id is there when the plan is published: rate tables in its currency, holidays.

check_stored([Price rated_call, rate_table "world"], "EUR", view)      # rate_table_unpublished, /prices/0/rate_table
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.rating.holiday_calendar.state import HolidayCalendar
from services.rating.plan.state import Plan
from services.rating.pricing import Price
from services.rating.pricing.rated_call import RatedCallPrice
from services.rating.rate_table.state import RateTable
from shared.kernel.currency import Currency
from shared.kernel.decider import View
from shared.kernel.errors import Rejection, Rejections, absent


def check_stored(prices: Sequence[Price], currency: Currency, view: View) -> None:
    """Refuse, each by its pointer, prices that name what nobody has defined, or cannot use. Raises `Rejections`."""
    refused = [no for index, price in enumerate(prices) for no in _refusals(price, currency, view, f"/prices/{index}")]
    if refused:
        raise Rejections(refused)


def calendars_of(plan: Plan | None) -> frozenset[str]:
    """The calendars of holidays that prices of any version of the plan name."""
    terms = (
        [price.terms for version in plan.versions for price in version.prices if type(price) is Price] if plan else []
    )
    named = [each.holidays for each in terms if isinstance(each, RatedCallPrice)]
    return frozenset(holidays for holidays in named if isinstance(holidays, str))


def _refusals(price: Price, currency: Currency, view: View, pointer: str) -> Iterator[Rejection]:
    terms = price.terms if hasattr(price, "terms") else None
    if not isinstance(terms, RatedCallPrice):
        return
    if isinstance(terms.rate_table, str):
        yield from _table(view.get(RateTable, terms.rate_table), terms.rate_table, currency, f"{pointer}/rate_table")
    if isinstance(terms.holidays, str) and _is_no_calendar(view.get(HolidayCalendar, terms.holidays)):
        yield absent("holidays", terms.holidays, pointer=f"{pointer}/holidays")


def _is_no_calendar(calendar: HolidayCalendar | None) -> bool:
    return calendar is None or calendar.deleted


def _table(table: RateTable | None, table_id: str, currency: Currency, pointer: str) -> Iterator[Rejection]:
    if table is None:
        yield absent("rate_table", table_id, pointer=pointer)
        return
    if table.currency not in (None, currency):
        detail = f"the rates of {table_id} are in {table.currency} and the plan is in {currency}"
        yield Rejection("currency_mismatch", f"{detail}; name a table in {currency}", pointer=pointer)
    if not table.spans():
        detail = f"no version of {table_id} is published; publish one first"
        yield Rejection("rate_table_unpublished", detail, pointer=pointer)
