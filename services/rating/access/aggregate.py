"""What the network is told of an account's lines, as commands to usage. It holds nothing of its own."""

from __future__ import annotations

from typing import Final

from services.rating.access.react import react_cap, react_fair_use, react_timeline
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(follows=(react_timeline, react_fair_use, react_cap))
