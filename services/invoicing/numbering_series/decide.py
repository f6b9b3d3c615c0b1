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

import msgspec

from services.invoicing.numbering_series.choice import PATTERNS, entity_of, first_pattern, is_kept
from services.invoicing.numbering_series.messages import (
    AssignNumber,
    AssignNumbers,
    NumberAssigned,
    NumberConfirmed,
    NumberingSeriesOpened,
    NumbersGiven,
    OpenNumberingSeries,
    Unnumbered,
    kept_for_customers,
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


def decide_number(command: AssignNumber, view: View, context: Context) -> Sequence[Event]:
    asked = same_fields(Unnumbered, command)
    given = view.get(Numbered, numbered_key(command.series_id, asked.document))
    if given is not None:
        return [same_fields(NumberConfirmed, given, account_id=asked.account_id)]
    series, opened = _series(command.series_id, asked, view)
    _, assigned = _next(series, asked, together=False)
    return [*opened, assigned]


def decide_numbers(command: AssignNumbers, view: View, context: Context) -> Sequence[Event]:
    """As each alone would be decided, in order: the next number is counted here and not asked of the view."""
    keys = [numbered_key(command.series_id, asked.document) for asked in command.documents]
    given = dict(view.get_many(Numbered, keys))
    if not command.documents:
        return []
    series, opened = _series(command.series_id, command.documents[0], view)
    events: list[Event] = [] if len(given) == len(set(keys)) else [*opened]
    for key, asked in zip(keys, command.documents, strict=True):
        if key in given:
            events.append(same_fields(NumberConfirmed, given[key], account_id=asked.account_id, together=True))
            continue
        series, assigned = _next(series, asked, together=True)
        given[key] = same_fields(Numbered, assigned)
        events.append(assigned)
    documents = [asked.document for asked in command.documents]
    return [*events, same_fields(NumbersGiven, command, documents=documents)]


def _series(series_id: str, first: Unnumbered, view: View) -> tuple[Series, Sequence[Event]]:
    """The series with its pattern, and what opens it where it has none yet."""
    series = view.get(Series, series_id) or Series(series_id=series_id)
    if series.pattern:
        return series, ()
    pattern = first_pattern(series_id)
    opened = NumberingSeriesOpened(
        series_id=series_id, pattern=pattern, kind=first.document.kind, legal_entity=entity_of(series_id)
    )
    return msgspec.structs.replace(series, pattern=pattern), (opened,)


def _next(series: Series, asked: Unnumbered, *, together: bool) -> tuple[Series, NumberAssigned]:
    """The next number of a series that has its pattern, and the series after it."""
    issued_on = max(asked.issue_date_asked, series.last_issued_on or asked.issue_date_asked)
    after = series.counted(series.last + 1, issued_on)
    number = number_text(series.pattern or "", after.count, issued_on)
    proof = link(
        series_id=series.series_id,
        n=after.last,
        number=number,
        issued_on=issued_on,
        kind=asked.document.kind,
        document_id=asked.document.id,
        hashes=asked.hashes,
        previous=series.hash,
    )
    assigned = NumberAssigned(
        series_id=series.series_id,
        n=after.last,
        number=number,
        issued_on=issued_on,
        document=asked.document,
        account_id=asked.account_id,
        together=together,
        proof=proof,
    )
    return msgspec.structs.replace(after, hash=proof.hash), assigned


def decide_opening(command: OpenNumberingSeries, view: View, context: Context) -> Sequence[Event]:
    """How a series is written is said once: what has a number is never written otherwise.

    What its numbers look like is its own since the command was claimed for it; the looks of `PATTERNS` are kept for
    their series, which may not have begun.
    """
    if view.get(Series, command.series_id) is not None:
        raise series_exists(command.series_id)
    check_pattern(command.pattern, command.reset)
    for pointer, text in (("/id", command.series_id), ("/pattern", command.pattern)):
        if is_kept(text):
            raise kept_for_customers(text, pointer)
    for series_id, pattern in PATTERNS.items():
        if series_id != command.series_id and look(pattern) == look(command.pattern):
            raise pattern_taken(series_id)
    return [same_fields(NumberingSeriesOpened, command)]


def evolve_series(event: NumberingSeriesOpened, envelope: Envelope, view: View) -> Iterable[State]:
    series = view.get(Series, event.series_id) or Series(series_id=event.series_id)
    yield msgspec.structs.replace(series, pattern=event.pattern, reset=event.reset)


def evolve_number(event: NumberAssigned, envelope: Envelope, view: View) -> Iterable[State]:
    series = view.get(Series, event.series_id) or Series(series_id=event.series_id)
    last_hash = event.proof.hash if event.proof else series.hash
    yield msgspec.structs.replace(series.counted(event.n, event.issued_on), hash=last_hash)
    yield same_fields(Numbered, event)
