"""A month is forgotten once, however often its key is destroyed. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from services.usage.month_key.messages import NoteMonthForgotten, UsageMonthForgotten
from services.usage.month_key.state import ForgottenMonth
from shared.kernel.decider import Context, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def decide_forgotten(command: NoteMonthForgotten, view: View, context: Context) -> Sequence[UsageMonthForgotten]:
    if view.get(ForgottenMonth, command.month) is not None:
        return ()
    return (same_fields(UsageMonthForgotten, command),)


def evolve_forgotten(event: UsageMonthForgotten, envelope: Envelope, view: View) -> Sequence[ForgottenMonth]:
    return (ForgottenMonth(month=event.month),)
