"""Bytes that intake could not read, and what became of them."""

from __future__ import annotations

from typing import Final

from services.usage.undecodable import rows
from services.usage.undecodable.decide import decide_undecodable, evolve_undecodable
from services.usage.undecodable.state import ResolvedBytes, UndecodablePosition
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_undecodable,),
    folds=(evolve_undecodable,),
    states=(UndecodablePosition, ResolvedBytes),
    project=rows.project,
)
