"""The two states that progress of intake is compared with and told by."""

from __future__ import annotations

from collections.abc import Sequence

from services.usage.record.state import NUMBERS, GuidedNumbers
from services.usage.watermark.messages import IntakeProgressed
from services.usage.watermark.state import PROGRESS, IntakeProgress
from shared.kernel.decider import State


def preload_watermark(message: IntakeProgressed) -> Sequence[tuple[type[State], str]]:
    return (IntakeProgress, PROGRESS), (GuidedNumbers, NUMBERS)
