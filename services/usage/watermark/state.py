"""How far intake is, in each usage partition."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from shared.kernel.decider import State

PROGRESS: Final = "progress"


class IntakeProgress(State, frozen=True, kw_only=True):
    """`progress`: how far each reported partition has been read; `through`: the least of them all.

    `through` is `None` while one has not been heard of.
    """

    progress: dict[int, datetime] = {}
    through: datetime | None = None

    @property
    def key(self) -> str:
        return PROGRESS
