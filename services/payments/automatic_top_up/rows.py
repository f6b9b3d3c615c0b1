"""By which rule accounts top themselves up, and where it stands.

acc-1   on   at 5.00 EUR, 20.00 EUR, at most 3 and 60.00 a month   postponed until 2026-10-12   top-7
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, Literal

import msgspec

from services.payments.automatic_top_up.messages import (
    AutomaticTopUpDone,
    AutomaticTopUpDropped,
    AutomaticTopUpFired,
    AutomaticTopUpHeld,
    AutomaticTopUpPostponed,
    AutomaticTopUpSet,
    AutomaticTopUpSwitchedOff,
)
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, update, upsert

RuleState = Literal["ready", "running", "postponed", "held", "off"]
"""`held`: the month's limit is reached; it looks again when the next one begins."""


class AutomaticTopUpRow(Row, frozen=True, kw_only=True):
    """`top_up_id` is the one that was asked for last; `off_reason` why the rule has switched itself off."""

    TABLE = "automatic_top_up_row"
    KEY = ("account_id",)

    account_id: str
    enabled: bool
    currency: str
    threshold: Amount
    amount: Amount
    method_id: str | None
    monthly_count: int
    monthly_amount: Amount
    version: int
    changed_at: datetime
    changed_by: str | None
    off_reason: str = ""
    state: RuleState
    top_up_id: str | None = None
    retry_at: datetime | None = None
    stated_at: datetime


class Stated(Change, frozen=True, kw_only=True):
    """Where it stands; what is `None` leaves what is there."""

    TABLE = "automatic_top_up_row"
    KEY = ("account_id",)

    account_id: str
    state: RuleState
    top_up_id: str | None = None
    retry_at: datetime | None = None
    stated_at: datetime


class SwitchedOff(Change, frozen=True, kw_only=True):
    TABLE = "automatic_top_up_row"
    KEY = ("account_id",)

    account_id: str
    enabled: bool = False
    state: RuleState = "off"
    off_reason: str
    version: int
    retry_at: datetime | None = None
    stated_at: datetime


def _later(earlier: Stated, later: Stated) -> Stated:
    return msgspec.structs.replace(later, top_up_id=later.top_up_id or earlier.top_up_id)


_KEPT: Final = {"top_up_id": "coalesce(new.top_up_id, t.top_up_id)"}
TABLES: Final = Tables(upsert(AutomaticTopUpRow), update(Stated, sets=_KEPT, merge=_later), update(SwitchedOff))

Shown = (
    AutomaticTopUpSet
    | AutomaticTopUpFired
    | AutomaticTopUpHeld
    | AutomaticTopUpDone
    | AutomaticTopUpPostponed
    | AutomaticTopUpDropped
    | AutomaticTopUpSwitchedOff
)


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    match event:
        case AutomaticTopUpSet():
            terms: dict[str, Any] = msgspec.structs.asdict(event.terms)
            said = {"changed_at": at, "changed_by": applied.envelope.actor, "stated_at": at}
            yield AutomaticTopUpRow.of(event, **terms, **said, state="ready" if event.enabled else "off")
        case AutomaticTopUpFired():
            yield Stated.of(event, state="running", stated_at=at)
        case AutomaticTopUpPostponed():
            yield Stated.of(event, state="postponed", stated_at=at)
        case AutomaticTopUpHeld():
            yield Stated.of(event, state="held", stated_at=at)
        case AutomaticTopUpDone() | AutomaticTopUpDropped():
            yield Stated.of(event, state="ready", stated_at=at)
        case AutomaticTopUpSwitchedOff():
            yield SwitchedOff.of(event, off_reason=event.reason, stated_at=at)
