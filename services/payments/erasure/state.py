"""What of an account is erased."""

from __future__ import annotations

from shared.kernel.decider import State


class Erasure(State, frozen=True, kw_only=True):
    """`destroyed`: the keys that are gone by now."""

    account_id: str
    destroyed: tuple[str, ...] = ()
