"""Wrong codes are counted by the hour; who has too many is locked for an hour. Pure.

10 x CountVoucherGuess(at_most=10)     VoucherGuessed 1 … 10, the last with `locked_until`; then nothing for an hour
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from services.payments.voucher_guess.messages import CountVoucherGuess, VoucherGuessed
from services.payments.voucher_guess.state import Guesser
from shared.kernel.decider import Asked, Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

WINDOW: Final = timedelta(hours=1)


def decide_guess(command: CountVoucherGuess, view: View, context: Context) -> Sequence[Event]:
    """While it is locked nothing is written: whoever goes on trying fills no log."""
    known, now = view.get(Guesser, command.guesser), context.now
    if known is not None and known.locked_until is not None and now < known.locked_until:
        return []
    if known is None or known.locked_until is not None or now >= known.since + WINDOW:
        missed, since = 1, now
    else:
        missed, since = known.missed + 1, known.since
    locked_until = now + WINDOW if missed >= command.at_most else None
    return [same_fields(VoucherGuessed, command, missed=missed, since=since, locked_until=locked_until)]


def evolve_guess(event: VoucherGuessed, envelope: Envelope, view: View) -> Iterator[State]:
    yield same_fields(Guesser, event)


def preload(message: CountVoucherGuess) -> Iterator[Asked]:
    yield Guesser, message.guesser
