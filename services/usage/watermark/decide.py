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

from services.usage.record.state import NUMBERS, GuidedNumbers
from services.usage.watermark.messages import IntakeCompleteThrough, IntakeProgressed
from services.usage.watermark.state import PROGRESS, IntakeProgress
from shared.kernel.decider import Context, View
from shared.kernel.envelope import Envelope

STEP: Final = timedelta(seconds=5)


def decide_watermark(command: IntakeProgressed, view: View, context: Context) -> Sequence[IntakeCompleteThrough]:
    """The new progress of the partitions named, recorded where it moved far enough. It never goes back."""
    known = (view.get(IntakeProgress, PROGRESS) or IntakeProgress()).progress
    progress = {p: max(command.through, known.get(p, command.through)) for p in command.partitions}
    moved = any(p not in known or at - known[p] >= STEP for p, at in progress.items())
    if not moved and not command.settled:
        return ()
    together = {**known, **progress}
    heard_of_all = len(together) >= command.reported_partitions
    return (
        IntakeCompleteThrough(
            through=min(together.values()) if heard_of_all else None,
            progress=progress,
            partitions=context.partitions,
            guided=(view.get(GuidedNumbers, NUMBERS) or GuidedNumbers()).last,
        ),
    )


def evolve_watermark(event: IntakeCompleteThrough, envelope: Envelope, view: View) -> Sequence[IntakeProgress]:
    known = view.get(IntakeProgress, PROGRESS) or IntakeProgress()
    return (
        IntakeProgress(
            progress={**known.progress, **event.progress},
            through=event.through if event.through is not None else known.through,
        ),
    )
