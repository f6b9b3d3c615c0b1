"""Undecodable bytes are reported once and resolved once.

    ReportUndecodable(reported_partition=2, items=[position 77185024 -> usage.dead/2@17, 41 bytes, "not UTF-8"])
      -> UndecodableReported(seq 9)                     usage-2-9-0 is open
    ResolveUndecodable(seq=9, item=0, status="discarded", reason="a port scan")
      -> UndecodableResolved                            usage-2-9-0 is discarded

They are no records and count nowhere. Intake delivers at least once, in the order of positions, so a position at or
below the highest one reported has been reported before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from services.usage.undecodable.messages import (
    ReportUndecodable,
    ResolveUndecodable,
    UndecodableReported,
    UndecodableResolved,
)
from services.usage.undecodable.state import ResolvedBytes, UndecodablePosition, item_key
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection


def decide_undecodable(
    command: ReportUndecodable | ResolveUndecodable, view: View, context: Context
) -> Sequence[UndecodableReported | UndecodableResolved]:
    match command:
        case ReportUndecodable():
            return _report(command, view)
        case ResolveUndecodable():
            return _resolve(command, view, context)
        case _:
            assert_never(command)


def evolve_undecodable(
    event: UndecodableReported | UndecodableResolved, envelope: Envelope, view: View
) -> Sequence[State]:
    match event:
        case UndecodableReported():
            through = max((item.position for item in event.items), default=None)
            if through is None:
                return ()
            return (UndecodablePosition(reported_partition=event.reported_partition, through=through),)
        case UndecodableResolved():
            return (ResolvedBytes(seq=event.seq, item=event.item, status=event.status),)
        case _:
            assert_never(event)


def _report(command: ReportUndecodable, view: View) -> Sequence[UndecodableReported]:
    """What has not been reported yet."""
    known = view.get(UndecodablePosition, str(command.reported_partition))
    through = -1 if known is None else known.through
    fresh = [item for item in command.items if item.position > through]
    return [UndecodableReported(reported_partition=command.reported_partition, items=fresh)] if fresh else []


def _resolve(command: ResolveUndecodable, view: View, context: Context) -> Sequence[UndecodableResolved]:
    """Refused `already_resolved`: of two operators one was first."""
    before = view.get(ResolvedBytes, item_key(command.seq, command.item))
    if before is not None:
        name = f"usage-{context.partition}-{command.seq}-{command.item}"
        raise Rejection("already_resolved", f"{name} was {before.status} before", status=409)
    return [UndecodableResolved(seq=command.seq, item=command.item, status=command.status, reason=command.reason)]
