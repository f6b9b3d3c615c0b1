"""AccountOpened -> a row of account_row, which all that happens to the account changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, TypeVar

import msgspec

from services.rating.account.details import LEVELS_MAX
from services.rating.account.messages import (
    AccountClosed,
    AccountCycleChanged,
    AccountDetailsChanged,
    AccountHeld,
    AccountOpened,
    AccountParentChanged,
    AccountPayerChanged,
    AccountReleased,
    AccountReopened,
    CycleChangeScheduled,
)
from services.rating.account.state import GroupPlace
from services.rating.billing_cycle.messages import CycleTerms
from services.rating.period.messages import PeriodClosed
from services.rating.subscription.messages import SubscriptionStarted
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update
from shared.kernel.calendar import known_zone
from shared.kernel.envelope import Envelope
from shared.kernel.period import Period


class AccountKey(Columns, frozen=True, kw_only=True):
    """Which row of `account_row`."""

    TABLE = "account_row"
    KEY = ("account_id",)

    account_id: str


class AccountRow(AccountKey, Row, frozen=True, kw_only=True):
    """An account; `name` and `details` are sealed. The open period is `None` before the first subscription.

    `next_cycle` is its `CycleChangeScheduled` while that has not begun; a hold has a reason, while it is not released.
    `billed_by` is who pays for it, as decided last, `None` itself; `payers` all that was decided, the latest last.
    """

    name: str
    currency: str
    cycle_id: str
    terms: Jsonb
    tax_rate: Decimal
    opened_on: date
    opened_at: datetime
    details: str | None
    period_start: date | None = None
    period_end: date | None = None
    closed_before: date | None = None
    time_zone: str
    version: int = 1
    next_cycle: Jsonb | None = None
    parent_id: str | None = None
    billed_by: str | None = None
    payers: Jsonb | None = None
    held_reason: str | None = None
    held_until: date | None = None
    closed_on: date | None = None


class OpenPeriod(AccountKey, Change, frozen=True, kw_only=True):
    """The period that is open now; all before `closed_before` are closed, `None` for as before."""

    period_start: date
    period_end: date
    closed_before: date | None = None


class Customer(AccountKey, Change, frozen=True, kw_only=True):
    """Name and details, sealed, as they are from now on."""

    name: str
    details: str | None
    version: int


class Parent(AccountKey, Change, frozen=True, kw_only=True):
    parent_id: str | None
    version: int


class PayerOf(AccountKey, Change, frozen=True, kw_only=True):
    """Who pays for it, and `payers`: a list with that one."""

    billed_by: str | None
    payers: Jsonb
    version: int


class Calendar(AccountKey, Change, frozen=True, kw_only=True):
    """By which cycle it bills, `None` for as before, and which one it goes over to."""

    cycle_id: str | None
    terms: Jsonb | None
    next_cycle: Jsonb | None
    version: int


class Standing(AccountKey, Change, frozen=True, kw_only=True):
    """A hold, or none."""

    held_reason: str | None
    held_until: date | None
    version: int


class Closure(AccountKey, Change, frozen=True, kw_only=True):
    """The day it was closed, or none."""

    closed_on: date | None
    version: int


def _last_word(earlier: OpenPeriod, later: OpenPeriod) -> OpenPeriod:
    if later.closed_before is not None:
        return later
    return OpenPeriod.of(later, closed_before=earlier.closed_before)


def _last_calendar(earlier: Calendar, later: Calendar) -> Calendar:
    if later.terms is not None:
        return later
    return Calendar.of(later, cycle_id=earlier.cycle_id, terms=earlier.terms)


def _both_payers(earlier: PayerOf, later: PayerOf) -> PayerOf:
    both = msgspec.json.decode(earlier.payers) + msgspec.json.decode(later.payers)
    return PayerOf.of(later, payers=jsonb(both))


C = TypeVar("C", bound=Columns)


def _last(earlier: C, later: C) -> C:
    return later


# Changes of several classes are written one class after the other, so a version may meet a newer one.
_VERSION: Final = {"version": "greatest(t.version, new.version)"}
_PAYERS: Final = {"payers": "coalesce(t.payers, '[]') || new.payers"}
_CALENDAR: Final = {"cycle_id": "coalesce(new.cycle_id, t.cycle_id)", "terms": "coalesce(new.terms, t.terms)"}

# An account is opened before anything else is said of it, so that all of a batch may be opened first.
_TABLES: Final = Tables(
    insert(AccountRow),
    update(OpenPeriod, sets={"closed_before": "coalesce(new.closed_before, t.closed_before)"}, merge=_last_word),
    update(Customer, sets=_VERSION, merge=_last),
    update(Parent, sets=_VERSION, merge=_last),
    update(PayerOf, sets=_VERSION | _PAYERS, merge=_both_payers),
    update(Calendar, sets=_VERSION | _CALENDAR, merge=_last_calendar),
    update(Standing, sets=_VERSION, merge=_last),
    update(Closure, sets=_VERSION, merge=_last),
)


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    await _TABLES.write(connection, partition, _rows(batch))


def _rows(batch: Sequence[Applied]) -> Iterator[Columns]:
    for event, envelope, _ in batch:
        match event:
            case AccountOpened():
                yield _opened(event, envelope)
            case SubscriptionStarted():
                yield _open(event.account_id, event.period)
            case PeriodClosed():
                yield _open(event.account_id, event.next_period, closed_before=event.period.end)
            case AccountDetailsChanged():
                yield Customer.of(event)
            case AccountParentChanged():
                yield Parent.of(event)
            case AccountPayerChanged():
                payer = {"billed_by": event.billed_by, "since": event.effective_on}
                yield PayerOf.of(event, payers=jsonb([payer]))
            case CycleChangeScheduled():
                coming = None if event.cycle is None else jsonb(_scheduled(event))
                yield Calendar.of(event, cycle_id=None, terms=None, next_cycle=coming)
            case AccountCycleChanged():
                cycle = event.cycle
                yield Calendar.of(event, cycle_id=cycle.cycle_id, terms=jsonb(cycle), next_cycle=None)
            case AccountHeld():
                yield Standing.of(event, held_reason=event.reason, held_until=event.until)
            case AccountReleased():
                yield Standing.of(event, held_reason=None, held_until=None)
            case AccountClosed():
                yield Closure.of(event)
            case AccountReopened():
                yield Closure.of(event, closed_on=None)


def _opened(event: AccountOpened, envelope: Envelope) -> AccountRow:
    cycle = event.cycle
    return AccountRow.of(
        event,
        cycle_id=cycle.cycle_id,
        terms=jsonb(cycle),
        opened_at=envelope.recorded_at,
        time_zone=known_zone(cycle.time_zone),
    )


def _scheduled(event: CycleChangeScheduled) -> dict[str, Any]:
    """A change of cycle as the API shows it."""
    return {
        "cycle_id": event.cycle.cycle_id if event.cycle else None,
        "effective_on": event.effective_on,
        "transition": event.transition,
    }


def _open(account_id: str, period: Period, *, closed_before: date | None = None) -> OpenPeriod:
    return OpenPeriod(
        account_id=account_id, period_start=period.start, period_end=period.end, closed_before=closed_before
    )


# Both walks end, in a circle of a time before groups were decided in one place too: at a depth that no group may have.
_PLACES: Final = """
with recursive asked as (
  select account_id, currency, parent_id, terms, next_cycle, closed_on, version
    from account_row where account_id = any($1::text[])
),
above as (
  select account_id as member, parent_id, 1 as level from asked where parent_id is not null
   union all
  select b.member, a.parent_id, b.level + 1
    from above b join account_row a on a.account_id = b.parent_id
   where a.parent_id is not null and b.level < $2
),
below as (
  select k.account_id as member, a.account_id, 1 as level
    from asked k join account_row a on a.parent_id = k.account_id
   union all
  select b.member, a.account_id, b.level + 1
    from below b join account_row a on a.parent_id = b.account_id
   where b.level < $2
)
select account_id, currency, version, terms::text as terms, next_cycle is not null as moving,
       closed_on is not null as closed,
       (select count(*) from account_row a where a.billed_by = k.account_id) as pays_for,
       (select array_agg(parent_id order by level) from above where member = k.account_id) as above,
       (select coalesce(max(level), 0) from below where member = k.account_id) as levels_below
  from asked k
"""


async def group_places(connection: Connection, partition: int, accounts: Sequence[str]) -> Mapping[str, GroupPlace]:
    """Where accounts of any partition stand in their groups."""
    rows = await connection.fetch(_PLACES, list(accounts), 2 * LEVELS_MAX)
    return {
        row["account_id"]: GroupPlace(
            account_id=row["account_id"],
            currency=row["currency"],
            above=tuple(row["above"] or ()),
            levels_below=row["levels_below"],
            terms=msgspec.json.decode(row["terms"], type=CycleTerms),
            moving=row["moving"],
            closed=row["closed"],
            version=row["version"],
            pays_for=row["pays_for"],
        )
        for row in rows
    }
