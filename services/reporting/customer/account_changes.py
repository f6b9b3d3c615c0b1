"""What happens to an account after it was opened, as changes of its row.

AccountDetailsChanged                      name and details
AccountParentChanged                       the account above it
CycleChangeScheduled, AccountCycleChanged  its calendars: those it had, has, and goes over to
AccountHeld, …Released, …Closed, …Reopened whether it is billed
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

import msgspec

from services.rating.account.messages import (
    AccountClosed,
    AccountCycleChanged,
    AccountDetailsChanged,
    AccountHeld,
    AccountParentChanged,
    AccountReleased,
    AccountReopened,
    CycleChangeScheduled,
)
from services.rating.billing_cycle.messages import CycleTerms
from shared.engine.rows import Change, Columns, Jsonb, jsonb
from shared.engine.tables import Statement, update
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event


class AccountKey(Columns, frozen=True, kw_only=True):
    """Which row of `account_row`."""

    TABLE = "account_row"
    KEY = ("account_id",)

    account_id: str


class Renamed(AccountKey, Change, frozen=True, kw_only=True):
    """Name and details, sealed, as they are from now on."""

    name: str
    details: str | None
    renamed_at: datetime


class Calendar(AccountKey, Change, frozen=True, kw_only=True):
    """The cycle that it bills by, without a `cycle_id` as before, and the calendar that comes next."""

    cycle_id: str | None = None
    frequency: str | None = None
    anchor_day: int | None = None
    anchor_month: int | None = None
    counts_from: date | None = None
    calendar: Jsonb | None = None
    next_calendar: Jsonb | None = None


class Parent(AccountKey, Change, frozen=True, kw_only=True):
    parent_id: str | None


class Hold(AccountKey, Change, frozen=True, kw_only=True):
    """A hold, or none."""

    held_reason: str | None
    held_until: date | None


class Closure(AccountKey, Change, frozen=True, kw_only=True):
    """The day it was closed, or none."""

    closed_on: date | None


def calendar_columns(cycle: CycleTerms, *, since: date | None = None, first_end: date | None = None) -> dict[str, Any]:
    """The columns of a cycle. `calendar` is what reconciliation places usage by: a list with one calendar, its terms,
    the day `since` it is (`None` for always), and where its first period ends."""
    days = {
        "frequency": cycle.frequency,
        "anchor_day": cycle.anchor_day,
        "anchor_month": cycle.anchor_month,
        "counts_from": cycle.counts_from,
    }
    return {
        **days,
        "cycle_id": cycle.cycle_id,
        "frequency": msgspec.json.encode(cycle.frequency).decode(),
        "calendar": jsonb([{**days, "since": since, "first_end": first_end}]),
    }


def changes(event: Event, envelope: Envelope) -> Iterator[Columns]:
    match event:
        case AccountDetailsChanged():
            yield Renamed.of(event, renamed_at=envelope.recorded_at)
        case AccountParentChanged():
            yield Parent.of(event)
        case CycleChangeScheduled():
            coming = None
            if event.cycle is not None and event.transition is not None:
                columns = calendar_columns(event.cycle, since=event.effective_on, first_end=event.transition.end)
                coming = columns["calendar"]
            yield Calendar(account_id=event.account_id, next_calendar=coming)
        case AccountCycleChanged():
            first_end = None if event.transition is None else event.transition.end
            since = None if first_end is None else event.effective_on
            columns = calendar_columns(event.cycle, since=since, first_end=first_end)
            yield Calendar(account_id=event.account_id, **columns)
        case AccountHeld():
            yield Hold(account_id=event.account_id, held_reason=event.reason, held_until=event.until)
        case AccountReleased():
            yield Hold(account_id=event.account_id, held_reason=None, held_until=None)
        case AccountClosed():
            yield Closure.of(event)
        case AccountReopened():
            yield Closure.of(event, closed_on=None)


def _both(earlier: Calendar, later: Calendar) -> Calendar:
    """Two changes of one batch as one."""
    if later.calendar is None:
        return msgspec.structs.replace(earlier, next_calendar=later.next_calendar)
    if earlier.calendar is None or not _follows_another(later.calendar):
        return later
    both = msgspec.json.decode(earlier.calendar) + msgspec.json.decode(later.calendar)
    return msgspec.structs.replace(later, calendar=jsonb(both))


def _follows_another(calendar: str) -> bool:
    return msgspec.json.decode(calendar)[0]["since"] is not None


_AS_BEFORE: Final = {
    name: f"case when new.cycle_id is null then t.{name} else new.{name} end"
    for name in ("cycle_id", "frequency", "anchor_day", "anchor_month", "counts_from")
}
# A calendar that says since when it is follows those before it; one that doesn't takes their place.
_CALENDARS: Final = """case when new.calendar is null then t.calendar
                            when new.calendar -> 0 ->> 'since' is null then new.calendar
                            else t.calendar || new.calendar end"""

STATEMENTS: Final[tuple[Statement[Any], ...]] = (
    update(Renamed),
    update(Calendar, sets=_AS_BEFORE | {"calendar": _CALENDARS}, merge=_both),
    update(Parent),
    update(Hold),
    update(Closure),
)
