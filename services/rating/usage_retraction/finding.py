"""Which sum a record is taken out of, or put back into: where it was counted, whatever is in force on its day by now.

usage of September, September is open        withdrawn from the sum of September; restored, it is put back there
September is closed, October is open         credited with October's close; restored meanwhile, no credit is left
restored after October's close               charged again with November's
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from services.rating.account.state import Account, late_until
from services.rating.lineage import RecordPosition, unpack
from services.rating.rated_usage.slots import TOO_LATE
from services.rating.usage_retraction.messages import Step
from services.rating.usage_retraction.state import PlaceRow
from shared.kernel.calendar import midnight

ACCOUNT_CLOSED = "account_closed"


class Found(NamedTuple):
    """The sum, what is done to it, and which period is charged with it where its own is closed."""

    plan: str
    version: int
    period_start: date
    step: Step
    billed_in: date | None


class PlacesOfDay:
    """The rows of a day, with what is in them unpacked once."""

    def __init__(self, rows: Iterable[PlaceRow], account: Account, now: datetime) -> None:
        self._rows = [
            (row, {"counted": _in(row.counted), "withdrawn": _in(row.withdrawn), "credited": _in(row.credited)})
            for row in rows
        ]
        self._account = account
        self._now = now

    def found(self, at: RecordPosition, *, restored: bool) -> Found | str | None:
        """Where the record is; why it can't be touched; `None` where it is in no sum."""
        if not restored:
            counted = self._with(at, "counted")
            if len(counted) <= len(self._with(at, "credited")):
                # A backdated end has credited it meanwhile.
                return None
            return self._here(counted, "withdrawn") or self._later(counted, "credited")
        withdrawn, credited = self._with(at, "withdrawn"), self._with(at, "credited")
        here = self._here(withdrawn, "put_back") or self._here(credited, "credit_undone")
        return here or self._later([*withdrawn, *credited], "charged_again")

    def _with(self, at: RecordPosition, which: str) -> list[PlaceRow]:
        return [row for row, positions in self._rows if at in positions[which]]

    def _here(self, rows: Sequence[PlaceRow], step: Step) -> Found | None:
        """In a row that is not charged yet."""
        opened = self._account.open_period
        for row in rows:
            if opened is not None and (row.period_start if row.billed_in is None else row.billed_in) >= opened.start:
                return Found(row.plan, row.version, row.period_start, step, row.billed_in)
        return None

    def _later(self, rows: Sequence[PlaceRow], step: Step) -> Found | str | None:
        """Beside a row that is charged already, with the close of the open period."""
        if not rows:
            return None
        opened, row = self._account.open_period, rows[-1]
        if opened is None:
            return ACCOUNT_CLOSED
        closed = next((period for period in self._account.closed if period.start == row.period_start), None)
        if closed is None or self._now >= midnight(late_until(closed), self._account.terms.time_zone):
            return TOO_LATE
        return Found(row.plan, row.version, row.period_start, step, opened.start)


def _in(packed: bytes) -> frozenset[RecordPosition]:
    return frozenset(unpack(packed))
