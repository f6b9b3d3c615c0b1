"""Bytes of the reported log that no format can read: where they are kept, and what an operator made of them.

ReportUndecodable(reported_partition=2, items=[...])           intake found them and kept them in `usage.dead`
UndecodableReported(seq 9)                                     usage-2-9-0 is open
ResolveUndecodable(seq=9, item=0, status="discarded", ...)     an operator decides
UndecodableResolved                                            usage-2-9-0 is discarded
"""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

from shared.kernel.bounds import Count, Seq
from shared.kernel.message import Command, Event


class UndecodableBytes(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Bytes that could not be read: their position in the reported log, where in `usage.dead` of that partition they
    are, and why (`reason`)."""

    position: Seq
    dead_offset: Seq
    size_bytes: Count
    reason: str


class ReportUndecodable(Command, frozen=True, kw_only=True):
    """Intake found bytes that no format can read, in this order; those reported before are left out."""

    KEY_FIELD = ""
    HOT: ClassVar[bool] = True

    reported_partition: int
    items: list[UndecodableBytes]


class ResolveUndecodable(Command, frozen=True, kw_only=True):
    """Such bytes were published once more (`requeued`), or are not wanted (`discarded`).

    Refused: `already_resolved`.
    """

    seq: int
    item: int
    status: Literal["requeued", "discarded"]
    reason: str | None = None

    @property
    def key(self) -> str:
        return f"{self.seq}-{self.item}"


class UndecodableReported(Event, frozen=True, kw_only=True):
    """Bytes of one reported partition could not be read. Cited as `usage-3-1842-17`: partition, seq, index in `items`.

    The bytes themselves are in `usage.dead`, for 90 days: garbage is not worth keeping for ever.
    """

    KEY_FIELD = ""
    HOT: ClassVar[bool] = True

    reported_partition: Count
    items: list[UndecodableBytes]


class UndecodableResolved(Event, frozen=True, kw_only=True):
    """An operator published item `item` of event `seq` once more (`requeued`), or discarded it, and why."""

    seq: Seq
    item: Count
    status: str
    reason: str | None = None

    @property
    def key(self) -> str:
        return f"{self.seq}-{self.item}"
