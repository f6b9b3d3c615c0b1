"""Numbers without gaps, dates that never go back (R46).

The series' partition decides alone and one request at a time, so the numbers of a series are 1, 2, 3, …, each given to
one document. An issue date asked for that lies before the last one becomes the last one:

    asked 2026-10-01 -> INV-000001 of 2026-10-01
    asked 2026-09-30 -> INV-000002 of 2026-10-01    (an account further west, where it is still September)

How a number is written is the series' own business: its pattern is in its first event, and nobody reads a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import msgspec

from services.invoicing.numbering_series.messages import (
    AssignNumber,
    NumberAssigned,
    NumberConfirmed,
    NumberingSeriesOpened,
)
from services.invoicing.numbering_series.state import Numbered, Series, numbered_key
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

PATTERNS: Final[dict[str, str]] = {"INV": "INV-{n:06}"}
"""The patterns that series are opened with; one that is not named here is written as its id and six digits."""


def decide_number(command: AssignNumber, view: View, context: Context) -> Sequence[Event]:
    given = view.get(Numbered, numbered_key(command.series_id, command.document))
    if given is not None:
        return [same_fields(NumberConfirmed, given, account_id=command.account_id)]
    series = view.get(Series, command.series_id) or Series(series_id=command.series_id)
    pattern = series.pattern or PATTERNS.get(command.series_id, f"{command.series_id}-{{n:06}}")
    opened = [] if series.pattern else [NumberingSeriesOpened(series_id=command.series_id, pattern=pattern)]
    n = series.last + 1
    issued_on = max(command.issue_date_asked, series.last_issued_on or command.issue_date_asked)
    return [
        *opened,
        same_fields(NumberAssigned, command, n=n, number=number_text(pattern, n, issued_on), issued_on=issued_on),
    ]


def evolve_series(event: NumberingSeriesOpened, envelope: Envelope, view: View) -> Iterable[State]:
    series = view.get(Series, event.series_id) or Series(series_id=event.series_id)
    yield msgspec.structs.replace(series, pattern=event.pattern)


def evolve_number(event: NumberAssigned, envelope: Envelope, view: View) -> Iterable[State]:
    series = view.get(Series, event.series_id) or Series(series_id=event.series_id)
    yield msgspec.structs.replace(series, last=event.n, last_issued_on=event.issued_on)
    yield same_fields(Numbered, event)


def number_text(pattern: str, n: int, issued_on: date) -> str:
    """The n-th number of a series: more digits than the pattern asks for when they are used up.

    >>> number_text("INV-{n:06}", 42, date(2026, 10, 1)), number_text("INV-{n:06}", 1_000_000, date(2026, 10, 1))
    ('INV-000042', 'INV-1000000')
    >>> number_text("{year}/{n:04}", 7, date(2026, 10, 1))
    '2026/0007'
    """
    return pattern.format(n=n, year=issued_on.year)
