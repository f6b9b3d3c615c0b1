"""Bytes that are no usage: reported once, resolved once."""

from __future__ import annotations

from services.usage.undecodable.messages import (
    ReportUndecodable,
    ResolveUndecodable,
    UndecodableBytes,
    UndecodableReported,
    UndecodableResolved,
)
from tests.services.usage.story import partition


def found(*positions: int, reported: int = 2) -> ReportUndecodable:
    items = [UndecodableBytes(position, 100 + position, 4, "not UTF-8") for position in positions]
    return ReportUndecodable(reported_partition=reported, items=items)


def positions(spec_events: list[object]) -> list[int]:
    return [item.position for event in spec_events if isinstance(event, UndecodableReported) for item in event.items]


def test_what_intake_delivers_again_is_reported_once() -> None:
    spec = partition()
    assert positions([*spec.when(found(5, 7)).events]) == [5, 7]
    assert positions([*spec.when(found(5, 7, 9)).events]) == [9]
    spec.when(found(7, 9)).then_nothing()


def test_reported_partitions_are_counted_apart() -> None:
    spec = partition()
    spec.when(found(5))
    assert positions([*spec.when(found(3, reported=6)).events]) == [3]


def test_bytes_are_resolved_once() -> None:
    spec = partition()
    spec.when(found(5, 7))
    discard = ResolveUndecodable(seq=1, item=1, status="discarded", reason="noise")
    spec.when(discard).then(UndecodableResolved(seq=1, item=1, status="discarded", reason="noise"))
    spec.when(discard).then_refused("already_resolved")
    spec.when(ResolveUndecodable(seq=1, item=0, status="requeued")).then(
        UndecodableResolved(seq=1, item=0, status="requeued")
    )
