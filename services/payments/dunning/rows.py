"""Cases with how they stand, what happened in each, and what accounts have of their own.

case-1   acc-1   standard 2   since 2026-10-15   36.04 EUR   step 2 since 2026-10-29   blocked   next on 2026-11-05
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import msgspec

from services.payments.dunning.messages import (
    DunningCaseCleared,
    DunningCaseMoved,
    DunningCaseOpened,
    DunningCasePaused,
    DunningCaseResumed,
    DunningExempted,
    DunningExemptionEnded,
    DunningFeeRefused,
    DunningPolicyAssigned,
    DunningServicesNoted,
    DunningStepReached,
    DunningWatched,
    ServiceRestrictionAsked,
)
from services.payments.dunning.state import Debtors
from shared.engine.postgres import Connection
from shared.engine.rows import Amount, Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update, upsert
from shared.kernel.message import Event


class DunningCaseRow(Row, frozen=True, kw_only=True):
    """A case; `overdue` since `since` when it was looked at last, `step` steps taken, looked at next on `look_on`."""

    TABLE = "dunning_case_row"
    KEY = ("case_id",)

    case_id: str
    account_id: str
    currency: str
    time_zone: str
    policy_id: str
    policy_version: int
    opened_on: date
    since: date
    overdue: Amount
    step: int = 0
    step_on: date | None = None
    look_on: date | None = None
    paused: bool = False
    paused_until: date | None = None
    pause_reason: str | None = None
    access: str = "open"
    collection_on: date | None = None
    terminated_on: date | None = None
    cleared_on: date | None = None
    cleared_for: str | None = None
    recorded_at: datetime


class OfCaseRow(Columns, frozen=True, kw_only=True):
    TABLE = "dunning_case_row"
    KEY = ("case_id",)

    case_id: str


class Stands(OfCaseRow, Change, frozen=True, kw_only=True):
    """How a case stands after what has happened; `None` leaves a column as it is, `NEVER` empties `look_on`.

    One class for all of that: at one midnight very many cases take a step, and each change writes the row anew.
    """

    since: date | None = None
    overdue: Amount | None = None
    step: int | None = None
    step_on: date | None = None
    look_on: date | None = None
    access: str | None = None


class Paused(OfCaseRow, Change, frozen=True, kw_only=True):
    paused: bool
    paused_until: date | None = None
    pause_reason: str | None = None


class Marked(OfCaseRow, Change, frozen=True, kw_only=True):
    """What happens once: given to an agency, ended."""

    collection_on: date | None = None
    terminated_on: date | None = None


class Cleared(OfCaseRow, Change, frozen=True, kw_only=True):
    cleared_on: date
    cleared_for: str


class DunningEventRow(Row, frozen=True, kw_only=True):
    """What happened in a case, in the order of its log."""

    TABLE = "dunning_event_row"
    KEY = ("case_id", "seq")

    case_id: str
    seq: int
    account_id: str
    kind: str
    detail: Jsonb
    actor: str
    recorded_at: datetime


class DunningAccountRow(Row, frozen=True, kw_only=True):
    """An account that has, or had, a policy of its own."""

    TABLE = "dunning_account_row"
    KEY = ("account_id",)

    account_id: str
    policy_id: str | None


class DunningExemptionRow(Row, frozen=True, kw_only=True):
    """An account that is, or was, left alone."""

    TABLE = "dunning_exemption_row"
    KEY = ("account_id",)

    account_id: str
    exempt: bool
    reason: str
    until: date | None = None


class Over(Change, frozen=True, kw_only=True):
    TABLE = "dunning_exemption_row"
    KEY = ("account_id",)

    account_id: str
    exempt: bool


NEVER: Final = date.min
"""In the table it is -infinity: a day that no case is looked at."""


def _stands(earlier: Stands, later: Stands) -> Stands:
    """What the later leaves as it is, is what the earlier made of it."""
    kept = {name: getattr(earlier, name) for name in Stands.__struct_fields__ if getattr(later, name) is None}
    return msgspec.structs.replace(later, **kept)


def _looked(day: date | None) -> date:
    return NEVER if day is None else day


def _marked(earlier: Marked, later: Marked) -> Marked:
    return Marked(
        case_id=later.case_id,
        collection_on=earlier.collection_on or later.collection_on,
        terminated_on=earlier.terminated_on or later.terminated_on,
    )


_STANDS: Final = {
    name: f"coalesce(new.{name}, t.{name})" for name in ("since", "overdue", "step", "step_on", "access")
} | {"look_on": "case when new.look_on is null then t.look_on else nullif(new.look_on, date '-infinity') end"}
_ONCE: Final = {name: f"coalesce(t.{name}, new.{name})" for name in ("collection_on", "terminated_on")}
TABLES: Final = Tables(
    insert(DunningCaseRow),
    update(Stands, sets=_STANDS, merge=_stands),
    update(Paused),
    update(Marked, sets=_ONCE, merge=_marked),
    update(Cleared),
    insert(DunningEventRow),
    upsert(DunningAccountRow),
    upsert(DunningExemptionRow),
    update(Over),
)

OfACase = (
    DunningCaseOpened
    | DunningStepReached
    | DunningCaseMoved
    | DunningCasePaused
    | DunningCaseResumed
    | DunningCaseCleared
    | ServiceRestrictionAsked
    | DunningServicesNoted
    | DunningFeeRefused
)
Shown = OfACase | DunningWatched | DunningPolicyAssigned | DunningExempted | DunningExemptionEnded
"""The events that these rows are made of."""


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    """A case opens before anything else is said of it, so a batch can be written kind by kind."""
    event = applied.event
    match event:
        case DunningWatched():
            if event.case_id is not None:
                yield Stands(case_id=event.case_id, look_on=_looked(event.look_on))
        case DunningPolicyAssigned():
            yield DunningAccountRow.of(event)
        case DunningExempted():
            yield DunningExemptionRow.of(event, exempt=True)
        case DunningExemptionEnded():
            yield Over.of(event, exempt=False)
        case _:
            yield from _of_case(event, applied.envelope.recorded_at)
            yield _told(event, applied)


def _of_case(event: OfACase, at: datetime) -> Iterator[Columns]:
    match event:
        case DunningCaseOpened():
            yield DunningCaseRow.of(event, recorded_at=at)
        case DunningStepReached():
            day = event.reached_on
            yield Stands.of(event, step_on=day, look_on=_looked(event.look_on))
            if event.collection or event.terminate:
                yield Marked.of(
                    event,
                    collection_on=day if event.collection else None,
                    terminated_on=day if event.terminate else None,
                )
        case DunningCaseMoved():
            yield Stands.of(event, look_on=_looked(event.look_on))
        case DunningCasePaused():
            yield Paused(case_id=event.case_id, paused=True, paused_until=event.until, pause_reason=event.reason)
            yield Stands(case_id=event.case_id, look_on=_looked(event.look_on))
        case DunningCaseResumed():
            yield Paused(case_id=event.case_id, paused=False)
            yield Stands(case_id=event.case_id, look_on=_looked(event.look_on))
        case ServiceRestrictionAsked():
            yield Stands(case_id=event.case_id, access=event.restriction.access if event.restriction else "open")
        case DunningCaseCleared():
            yield Cleared.of(event, cleared_for=event.reason)
            yield Stands(case_id=event.case_id, look_on=_looked(event.look_on))


def _told(event: OfACase, applied: AppliedOf[Any]) -> DunningEventRow:
    """The event as it is in the log, without what names its case, and without the letters, which are long."""
    detail: dict[str, Any] = msgspec.to_builtins(_short(event), str_keys=True)
    for name in ("account_id", "case_id"):
        detail.pop(name, None)
    envelope = applied.envelope
    told = {"kind": type(event).__name__, "detail": jsonb(detail), "actor": envelope.actor}
    return DunningEventRow.of(event, seq=envelope.seq, recorded_at=envelope.recorded_at, **told)


def _short(event: Event) -> Event:
    if not isinstance(event, DunningStepReached):
        return event
    return msgspec.structs.replace(event, letters=())


PAGE: Final = 200
_DEBTORS: Final = """
select distinct account_id from receivable_row
 where partition = $1 and open > 0 and account_id > $2 order by account_id limit $3
"""


async def debtors(connection: Connection, partition: int, keys: Sequence[str]) -> Mapping[str, Debtors]:
    """A page of those of the partition that owe something, after each of the keys; as of the batch before."""
    found: dict[str, Debtors] = {}
    for key in keys:
        accounts = [row["account_id"] for row in await connection.fetch(_DEBTORS, partition, key, PAGE + 1)]
        found[key] = Debtors(after=key, accounts=tuple(accounts[:PAGE]), last=len(accounts) <= PAGE)
    return found
