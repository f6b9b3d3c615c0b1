"""What is known of undecodable bytes.

UndecodablePosition("3")      how far those of a reported partition have been reported
ResolvedBytes("1842-17")      what an operator made of some of them
"""

from __future__ import annotations

from shared.kernel.decider import State


class UndecodablePosition(State, frozen=True, kw_only=True):
    """The highest position of a reported partition whose bytes were reported as unreadable."""

    KEY_FIELD = "reported_partition"

    reported_partition: int
    through: int


class ResolvedBytes(State, frozen=True, kw_only=True):
    """What became of item `item` of event `seq`: it is resolved once."""

    seq: int
    item: int
    status: str

    @property
    def key(self) -> str:
        return item_key(self.seq, self.item)


def item_key(seq: int, item: int) -> str:
    return f"{seq}-{item}"
