"""How far intake is: the instant before which everything that was reported has been counted here.

    IntakeProgressed(through=12:00:07, partitions=[0, 1, 2, 3], reported_partitions=4)
      -> IntakeCompleteThrough(through=12:00:07)
      -> a UsageWatermark behind the records it covers, in every partition of usage.guided

Rating closes a period by this, never by a clock. Steps of less than five seconds are not worth an event, unless intake
says that this is where it stands (`settled`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from services.usage.commands import IntakeProgressed
from services.usage.events import IntakeCompleteThrough
from services.usage.state import INTAKE, Intake
from shared.kernel.decider import Context, View

STEP: Final = timedelta(seconds=5)


def intake_progressed(command: IntakeProgressed, view: View, context: Context) -> Sequence[IntakeCompleteThrough]:
    """The new progress of the partitions named, recorded where it moved far enough. It never goes back."""
    intake = view.get(Intake, INTAKE) or Intake()
    progress = {p: max(command.through, intake.progress.get(p, command.through)) for p in command.partitions}
    moved = any(p not in intake.progress or at - intake.progress[p] >= STEP for p, at in progress.items())
    if not moved and not command.settled:
        return ()
    together = {**intake.progress, **progress}
    heard_of_all = len(together) >= command.reported_partitions
    return (
        IntakeCompleteThrough(
            through=min(together.values()) if heard_of_all else None,
            progress=progress,
            partitions=context.partitions,
            guided=intake.guided,
        ),
    )


def progressed(event: IntakeCompleteThrough, before: Intake | None) -> Intake:
    known = before or Intake()
    return Intake(
        taken=known.taken,
        progress={**known.progress, **event.progress},
        through=event.through if event.through is not None else known.through,
        guided=known.guided,
    )
