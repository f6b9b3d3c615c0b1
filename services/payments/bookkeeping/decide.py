"""Charts are set from a day on that is not closed; a month is exported once it is over, and closed for good. Pure.

JournalExported(month=October, closes)     what is booked in October later is exported with November, on its first day
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from services.payments.bookkeeping.checking import check
from services.payments.bookkeeping.messages import (
    ChartOfAccountsSet,
    ExportJournal,
    JournalExported,
    SetChartOfAccounts,
)
from services.payments.bookkeeping.state import Bookkeeping, bookkeeping, next_month
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection
from shared.kernel.same_fields import same_fields

CHARTS_MAX: Final = 200
LAST_ZONE: Final = timedelta(hours=12)
"""A month is over everywhere twelve hours after it is in UTC."""
YEAR_MAX: Final = 2199


def decide_chart(command: SetChartOfAccounts, view: View, context: Context) -> Sequence[ChartOfAccountsSet]:
    known = bookkeeping(view)
    context.check_version(known.charts)
    check(command.terms)
    if known.charts >= CHARTS_MAX:
        raise Rejection("too_many_charts", f"there are {CHARTS_MAX} charts, and none can be taken away", status=409)
    opens_on = known.opens_on
    if opens_on is not None and command.effective_from < opens_on:
        detail = f"what is booked before {opens_on} is closed and exported; set the chart from then on"
        raise Rejection("month_closed", detail, pointer="/effective_from")
    return [same_fields(ChartOfAccountsSet, command, version=known.charts + 1)]


def decide_export(command: ExportJournal, view: View, context: Context) -> Sequence[JournalExported]:
    known = bookkeeping(view)
    month = command.month.replace(day=1)
    if not _is_over(month, context.now):
        detail = f"{month:%Y-%m} is not over in every time zone; it can be exported once it is"
        raise Rejection("month_not_over", detail, pointer="/month")
    if known.closed is not None and month <= known.closed:
        detail = f"{month:%Y-%m} is closed; what came since is exported with the month that begins {known.opens_on}"
        raise Rejection("month_closed", detail, pointer="/month", status=409)
    if known.month is not None and month < known.month:
        detail = f"months are exported in their order, and {known.month:%Y-%m} was exported last"
        raise Rejection("month_before_last", detail, pointer="/month", status=409)
    exported = same_fields(
        JournalExported,
        command,
        n=known.exports + 1,
        month=month,
        cut=_further(known.cut, command.cut),
        chart_version=known.charts,
        opens_on=known.opens_on,
    )
    return [exported]


def evolve_bookkeeping(event: ChartOfAccountsSet | JournalExported, envelope: Envelope, view: View) -> Iterator[State]:
    known = bookkeeping(view)
    if isinstance(event, ChartOfAccountsSet):
        yield same_fields(Bookkeeping, known, charts=event.version)
    else:
        closed = event.month if event.closes else known.closed
        yield same_fields(Bookkeeping, known, exports=event.n, month=event.month, closed=closed, cut=event.cut)


def _is_over(month: date, now: datetime) -> bool:
    if month.year > YEAR_MAX:
        return False
    return now >= datetime.combine(next_month(month), time(), UTC) + LAST_ZONE


def _further(before: Mapping[str, Sequence[int]], cut: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """The cut, nowhere behind the one before it: a caller that was slower than another has read less."""
    found: dict[str, list[int]] = {}
    for name in sorted({*before, *cut}):
        one, other = before.get(name, ()), cut.get(name, ())
        whole = range(max(len(one), len(other)))
        found[name] = [max(at[n] if n < len(at) else 0 for at in (one, other)) for n in whole]
    return found
