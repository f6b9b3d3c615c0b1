"""The states that rating's deciders work on, read from the database for an answer (shared/engine/stored_states.py).

states = StoredStates(connection, home=3)
charges = await states.ask(lambda view: due(account_id, view))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from services.rating.assigned_resource.loading import resources_of_lines
from services.rating.assigned_resource.state import ResourcesOfLine
from services.rating.rated_usage.by_day import ClosedUsage, UsageBehind, UsageByDay
from services.rating.rated_usage.by_day_loading import closed_usage, usage_behind, usage_by_day, usage_of_periods
from services.rating.rated_usage.state import UsageOfPeriod
from shared.engine import stored_states
from shared.kernel.decider import State


class StoredStates(stored_states.StoredStates):
    """With usage by day, and what is behind it, and the resources of lines, which stand in no state."""

    LOADERS: ClassVar[Mapping[type[State], Callable[..., Any]]] = {
        UsageByDay: usage_by_day,
        UsageBehind: usage_behind,
        UsageOfPeriod: usage_of_periods,
        ClosedUsage: closed_usage,
        ResourcesOfLine: resources_of_lines,
    }
