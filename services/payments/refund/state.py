"""The refunds there were."""

from __future__ import annotations

from shared.kernel.decider import State


class KnownRefund(State, frozen=True, kw_only=True):
    """That a refund was made under this id."""

    KEY_FIELD = "refund_id"

    refund_id: str
