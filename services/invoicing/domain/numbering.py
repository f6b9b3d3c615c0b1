"""Numbers without gaps, dates that never go back (R46).

The series' partition decides alone and one request at a time, so the numbers of a series are 1, 2, 3, …, each given to
one state. An issue date asked for that lies before the last one becomes the last one:

    asked 2026-10-01 -> INV-000001 of 2026-10-01
    asked 2026-09-30 -> INV-000002 of 2026-10-01    (an account further west, where it is still September)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from services.invoicing.commands import AssignNumber
from services.invoicing.domain.state import Numbered, Series, numbered_key
from services.invoicing.events import NumberAssigned, NumberConfirmed
from shared.kernel.decider import State, View
from shared.kernel.message import Event


def decide(command: AssignNumber, view: View) -> Sequence[Event]:
    given = view.get(Numbered, numbered_key(command.series_id, command.invoice_id))
    if given is not None:
        return [_confirmed(command, given)]
    series = view.get(Series, command.series_id)
    n = series.last + 1 if series else 1
    issued_on = max(command.issue_date_asked, series.last_issued_on) if series else command.issue_date_asked
    return [
        NumberAssigned(
            series_id=command.series_id,
            n=n,
            number=number_text(command.series_id, n),
            issued_on=issued_on,
            invoice_id=command.invoice_id,
            account_id=command.account_id,
        )
    ]


def evolve(event: NumberAssigned) -> Iterable[State]:
    yield Series(series_id=event.series_id, last=event.n, last_issued_on=event.issued_on)
    yield Numbered(
        series_id=event.series_id,
        invoice_id=event.invoice_id,
        n=event.n,
        number=event.number,
        issued_on=event.issued_on,
    )


def number_text(series_id: str, n: int) -> str:
    """How a number is written: six digits, more when they are used up.

    >>> number_text("INV", 42)
    'INV-000042'
    """
    return f"{series_id}-{n:06d}"


def _confirmed(command: AssignNumber, given: Numbered) -> NumberConfirmed:
    return NumberConfirmed(
        series_id=given.series_id,
        n=given.n,
        number=given.number,
        issued_on=given.issued_on,
        invoice_id=given.invoice_id,
        account_id=command.account_id,
    )
