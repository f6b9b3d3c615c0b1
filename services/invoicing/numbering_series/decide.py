"""Numbers without gaps, dates that never go back (R46).

The series' partition decides alone and one request at a time, so the numbers of a series are 1, 2, 3, …, each given to
one document. An issue date asked for that lies before the last one becomes the last one:

    asked 2026-10-01 -> INV-000001 of 2026-10-01
    asked 2026-09-30 -> INV-000002 of 2026-10-01    (an account further west, where it is still September)

How a number is written is the series' own business: its pattern is in its first event, and nobody reads a number. One
that is reset prints 1 again in a new year or month, while `n` goes on: what is gapless, and in order, is `n`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from services.invoicing.numbering_series.messages import (
    AssignNumber,
    NumberAssigned,
    NumberConfirmed,
    NumberingSeriesOpened,
    OpenNumberingSeries,
    pattern_taken,
    series_exists,
)
from services.invoicing.numbering_series.patterns import check_pattern, look, number_text
from services.invoicing.numbering_series.state import Numbered, Series, numbered_key
from services.invoicing.proof.link import link
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

PATTERNS: Final[dict[str, str]] = {"INV": "INV-{n:06}", "CN": "CN-{n:06}"}
"""The patterns that series begin with unless they were opened with another: else their id and six digits."""


def decide_number(command: AssignNumber, view: View, context: Context) -> Sequence[Event]:
    given = view.get(Numbered, numbered_key(command.series_id, command.document))
    if given is not None:
        return [same_fields(NumberConfirmed, given, account_id=command.account_id)]
    series = view.get(Series, command.series_id) or Series(series_id=command.series_id)
    pattern = series.pattern or PATTERNS.get(command.series_id, f"{command.series_id}-{{n:06}}")
    kind = command.document.kind
    opened = NumberingSeriesOpened(series_id=command.series_id, pattern=pattern, kind=kind)
    issued_on = max(command.issue_date_asked, series.last_issued_on or command.issue_date_asked)
    number, n = number_text(pattern, series.next_count(issued_on), issued_on), series.last + 1
    proof = link(
        series_id=command.series_id,
        n=n,
        number=number,
        issued_on=issued_on,
        kind=kind,
        document_id=command.document.id,
        hashes=command.hashes,
        previous=series.hash,
    )
    assigned = same_fields(NumberAssigned, command, n=n, number=number, issued_on=issued_on, proof=proof)
    return [*([] if series.pattern else [opened]), assigned]


def decide_opening(command: OpenNumberingSeries, view: View, context: Context) -> Sequence[Event]:
    """How a series is written is said once: what has a number is never written otherwise.

    What its numbers look like is its own since the command was claimed for it; the looks of `PATTERNS` are kept for
    their series, which may not have begun.
    """
    if view.get(Series, command.series_id) is not None:
        raise series_exists(command.series_id)
    check_pattern(command.pattern, command.reset)
    for series_id, pattern in PATTERNS.items():
        if series_id != command.series_id and look(pattern) == look(command.pattern):
            raise pattern_taken(series_id)
    return [same_fields(NumberingSeriesOpened, command)]


def evolve_series(event: NumberingSeriesOpened, envelope: Envelope, view: View) -> Iterable[State]:
    series = view.get(Series, event.series_id) or Series(series_id=event.series_id)
    yield msgspec.structs.replace(series, pattern=event.pattern, reset=event.reset)


def evolve_number(event: NumberAssigned, envelope: Envelope, view: View) -> Iterable[State]:
    series = view.get(Series, event.series_id) or Series(series_id=event.series_id)
    count = series.next_count(event.issued_on)
    last_hash = event.proof.hash if event.proof else series.hash
    yield msgspec.structs.replace(series, last=event.n, last_issued_on=event.issued_on, count=count, hash=last_hash)
    yield same_fields(Numbered, event)
