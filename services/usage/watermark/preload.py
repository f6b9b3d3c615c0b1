"""The two states that progress of intake is compared with and told by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from services.usage.record.state import NUMBERS, GuidedNumbers
from services.usage.watermark.state import PROGRESS, IntakeProgress
from shared.kernel.decider import State

PRELOAD_WATERMARK: Final[Sequence[tuple[type[State], str]]] = ((IntakeProgress, PROGRESS), (GuidedNumbers, NUMBERS))
