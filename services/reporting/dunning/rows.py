"""Cases of dunning as reports and the overview count them, and each step that was taken.

case-1   acc-1   standard   since 2026-10-15   step 2   blocked   next on 2026-11-05
case-1   step 2   since 2026-10-15   Block   36.04 EUR   reached 2026-10-29
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

import msgspec

from services.payments.dunning.messages import (
    DunningCaseCleared,
    DunningCaseMoved,
    DunningCaseOpened,
    DunningCasePaused,
    DunningCaseResumed,
    DunningStepReached,
    DunningWatched,
    ServiceRestrictionAsked,
)
from shared.engine.postgres import Connection
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event


class DunningRow(Row, frozen=True, kw_only=True):
    """A case; `step` steps are taken, `overdue` was open since `since` when it was looked at last."""

    TABLE = "dunning_row"
    KEY = ("case_id",)

    case_id: str
    account_id: str
    policy_id: str
    policy_version: int
    currency: str
    time_zone: str
    opened_on: date
    since: date
    overdue: Amount
    step: int = 0
    step_on: date | None = None
    access: str = "open"
    asked_at: datetime | None = None
    paused: bool = False
    paused_until: date | None = None
    look_on: date | None
    terminated_on: date | None = None
    terminated_at: datetime | None = None
    cleared_on: date | None = None
    cleared_for: str | None = None


class DunningStepRow(Row, frozen=True, kw_only=True):
    """A step that was taken; the same may come again where a payment came and went."""

    TABLE = "dunning_step_row"
    KEY = ("case_id", "seq")

    case_id: str
    seq: int
    account_id: str
    currency: str
    step: int
    name: str
    since: date
    overdue: Amount
    reached_on: date
    recorded_at: datetime


class OfCase(Columns, frozen=True, kw_only=True):
    TABLE = "dunning_row"
    KEY = ("case_id",)

    case_id: str


class Stands(OfCase, Change, frozen=True, kw_only=True):
    since: date
    overdue: Amount
    step: int
    step_on: date | None = None


class Ended(OfCase, Change, frozen=True, kw_only=True):
    """A step has ended the subscriptions; what was ended before stays so."""

    terminated_on: date
    terminated_at: datetime


class Planned(OfCase, Change, frozen=True, kw_only=True):
    look_on: date | None


class Held(OfCase, Change, frozen=True, kw_only=True):
    paused: bool
    paused_until: date | None = None


class Access(OfCase, Change, frozen=True, kw_only=True):
    """What rating was asked for last, and when."""

    access: str
    asked_at: datetime


class Cleared(OfCase, Change, frozen=True, kw_only=True):
    cleared_on: date
    cleared_for: str


def _stands(earlier: Stands, later: Stands) -> Stands:
    return msgspec.structs.replace(later, step_on=later.step_on or earlier.step_on)


TABLES: Final = Tables(
    insert(DunningRow),
    update(Stands, sets={"step_on": "coalesce(new.step_on, t.step_on)"}, merge=_stands),
    update(Ended),
    update(Planned),
    update(Held),
    update(Access),
    update(Cleared),
    insert(DunningStepRow),
)


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    await TABLES.write(connection, partition, [row for event, envelope, _ in batch for row in _rows(event, envelope)])


def _rows(event: Event, envelope: Envelope) -> Iterator[Columns]:
    match event:
        case DunningCaseOpened():
            yield DunningRow.of(event)
            return
        case ServiceRestrictionAsked():
            access = "open" if event.restriction is None else event.restriction.access
            yield Access(case_id=event.case_id, access=access, asked_at=envelope.recorded_at)
            return
        case DunningWatched():
            if event.case_id is not None:
                yield Planned(case_id=event.case_id, look_on=event.look_on)
            return
        case DunningStepReached():
            yield Stands.of(event, step_on=event.reached_on)
            if event.terminate:
                at = envelope.recorded_at
                yield Ended(case_id=event.case_id, terminated_on=event.reached_on, terminated_at=at)
            yield DunningStepRow.of(event, seq=envelope.seq, recorded_at=envelope.recorded_at)
        case DunningCaseMoved():
            yield Stands.of(event)
        case DunningCasePaused():
            yield Held(case_id=event.case_id, paused=True, paused_until=event.until)
        case DunningCaseResumed():
            yield Held(case_id=event.case_id, paused=False)
        case DunningCaseCleared():
            yield Cleared.of(event, cleared_for=event.reason)
        case _:
            return
    yield Planned(case_id=event.case_id, look_on=event.look_on)
