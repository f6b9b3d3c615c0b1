"""The last number of a series, and the number each document has."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from services.invoicing.numbering_series.messages import Document
from services.invoicing.numbering_series.patterns import number_text
from services.invoicing.proof.link import Proof
from shared.kernel.decider import State

NEVER: Final = "never"


class Series(State, frozen=True, kw_only=True):
    """A numbering series, in the partition that owns it.

    `pattern` is `None` in a log that is older than patterns, `last_issued_on` until a number was given. `count` is the
    last number as it is printed, which begins anew in each year or month where the series is `reset`. `hash` is that of
    the last document's link, `None` before the first.
    """

    KEY_FIELD = "series_id"

    series_id: str
    pattern: str | None = None
    last: int = 0
    last_issued_on: date | None = None
    reset: str = NEVER
    count: int = 0
    hash: str | None = None

    def next_count(self, issued_on: date) -> int:
        """What the next number prints, on that day."""
        if self.reset == NEVER:
            return self.last + 1
        last = self.last_issued_on
        same = last is not None and span_of(self.reset, last) == span_of(self.reset, issued_on)
        return self.count + 1 if same else 1

    def next_number(self, today: date) -> str:
        """What a document that is issued today gets; one of an earlier day gets the day of the last number."""
        day = max(today, self.last_issued_on or today)
        return number_text(self.pattern or "", self.next_count(day), day)

    def counted(self, n: int, issued_on: date) -> Series:
        """The series after it gave number `n` on that day."""
        return msgspec.structs.replace(self, last=n, last_issued_on=issued_on, count=self.next_count(issued_on))


class Numbered(State, frozen=True, kw_only=True):
    """The number that a document has in a series."""

    series_id: str
    document: Document
    account_id: str
    n: int
    number: str
    issued_on: date
    proof: Proof | None = None

    @property
    def key(self) -> str:
        return numbered_key(self.series_id, self.document)


def numbered_key(series_id: str, document: Document) -> str:
    """Where `Numbered` finds the number of a document in a series."""
    return f"{series_id}/{document.kind}/{document.id}"


def span_of(reset: str, day: date) -> tuple[int, ...]:
    """The time over which a series that is reset counts on.

    >>> span_of("year", date(2026, 10, 1)), span_of("month", date(2026, 10, 1)), span_of("never", date(2026, 10, 1))
    ((2026,), (2026, 10), ())
    """
    return {"year": (day.year,), "month": (day.year, day.month)}.get(reset, ())
