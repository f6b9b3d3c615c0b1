"""What is known of a line's access: in the partition of its resource `subscription:<id>`."""

from __future__ import annotations

from typing import ClassVar

from services.usage.access.messages import AccessState, AccessStep, Rates
from shared.kernel.decider import Home, State


class Access(State, frozen=True, kw_only=True):
    """What a line is to have, by cause and together, and how far the network was told.

    `told` is the newest version that was acknowledged; `attempts` count those of `version`, and one that is `running`
    has no outcome yet.
    """

    KEY_FIELD = "resource_id"
    HOME: ClassVar[Home] = Home.KEYED

    resource_id: str
    causes: dict[str, tuple[AccessStep, ...]] = {}
    wanted: AccessState = "open"
    rates: Rates | None = None
    version: int = 0
    told: int = 0
    attempts: int = 0
    running: bool = False
    element_id: str | None = None
