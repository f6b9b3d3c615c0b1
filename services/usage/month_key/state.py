"""Which months are forgotten."""

from __future__ import annotations

from typing import ClassVar

from shared.kernel.decider import Home, State


class ForgottenMonth(State, frozen=True, kw_only=True):
    KEY_FIELD = "month"
    HOME: ClassVar[Home] = Home.REFERENCE

    month: str
