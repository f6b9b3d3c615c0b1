"""Bytes of the reported log that are no usage: where they were kept, and what an operator made of them.

    ReportUndecodable(reported_partition=2, items=[position 77185024 -> usage.dead/2@17, 41 bytes, "not UTF-8"])
      -> UndecodableReported(seq 9)                     usage-2-9-0 is open
    ResolveUndecodable(seq=9, item=0, status="discarded", reason="a port scan")
      -> UndecodableResolved                            usage-2-9-0 is discarded

They are no records and count nowhere. Intake delivers at least once, in the order of positions, so a position at or
below the highest one reported has been reported before.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.usage.commands import ReportUndecodable, ResolveUndecodable
from services.usage.events import UndecodableReported, UndecodableResolved
from services.usage.state import ResolvedBytes, Undecodable, item_key
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection


def report_undecodable(command: ReportUndecodable, view: View) -> Sequence[UndecodableReported]:
    """What has not been reported yet."""
    known = view.get(Undecodable, str(command.reported_partition))
    through = -1 if known is None else known.through
    fresh = [item for item in command.items if item.position > through]
    return [UndecodableReported(reported_partition=command.reported_partition, items=fresh)] if fresh else []


def resolve_undecodable(command: ResolveUndecodable, view: View, context: Context) -> Sequence[UndecodableResolved]:
    """Refused `already_resolved`: of two operators one was first."""
    before = view.get(ResolvedBytes, item_key(command.seq, command.item))
    if before is not None:
        name = f"usage-{context.partition}-{command.seq}-{command.item}"
        raise Rejection("already_resolved", f"{name} was {before.status} before", status=409)
    return [UndecodableResolved(seq=command.seq, item=command.item, status=command.status, reason=command.reason)]


def undecodable_reported(event: UndecodableReported) -> Sequence[Undecodable]:
    through = max((item.position for item in event.items), default=None)
    return () if through is None else (Undecodable(reported_partition=event.reported_partition, through=through),)


def undecodable_resolved(event: UndecodableResolved) -> ResolvedBytes:
    return ResolvedBytes(seq=event.seq, item=event.item, status=event.status)
