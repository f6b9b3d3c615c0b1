"""Up to when everything reported has been counted."""

from __future__ import annotations

from typing import Final

from services.usage.watermark.decide import decide_watermark, evolve_watermark
from services.usage.watermark.preload import preload_watermark
from services.usage.watermark.react import react_watermark
from services.usage.watermark.state import IntakeProgress
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_watermark,),
    folds=(evolve_watermark,),
    follows=(react_watermark,),
    preloads=(preload_watermark,),
    states=(IntakeProgress,),
)
