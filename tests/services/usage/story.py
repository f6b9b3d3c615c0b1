"""A usage partition as a story: records in the user's terms in, what became of them out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from services.usage.formats.contract import ReportedRecord
from services.usage.formats.parsing.field_checks import checked_record
from services.usage.record.batching import CommandBatcher
from services.usage.record.messages import RecordedUsage, RecordUsage, SetAside, UsageRecorded
from services.usage.resource.messages import ResourceAssigned, ResourceRegistered
from services.usage.service import SERVICE
from tests.kit.decider import Specification

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MAC = "mac:00:1b"


def partition(**changes: Any) -> Specification:
    """Partition 0 of four, at noon of 23 November 2026."""
    return Specification(SERVICE.domain, **{"now": NOON, **changes})


def assigned(
    resource: str = MAC, account: str = "acme", subscription: str = "sub-1", since: str = "2026-09-01T00:00:00Z"
) -> ResourceAssigned:
    return ResourceAssigned(
        resource_id=resource,
        account_id=account,
        subscription_id=subscription,
        valid_from=datetime.fromisoformat(since),
    )


def with_line(**changes: object) -> Specification:
    return partition(**changes).given(ResourceRegistered(resource_id=MAC), assigned())


def record(**fields: Any) -> dict[str, Any]:
    """A good record of 7 octets at one o'clock, but for `fields`; `None` leaves one out."""
    good = {
        "id": "r1",
        "source": "olt-12",
        "resource": MAC,
        "meter": "data.octets",
        "quantity": "7",
        "started_at": "2026-11-23T01:00:00Z",
        **fields,
    }
    return {name: value for name, value in good.items() if value is not None}


def reading(value: str, minute: int, *, bits: int = 32, boot: str | None = "b1", **fields: Any) -> dict[str, Any]:
    """A counter read at 01:`minute`."""
    at = f"2026-11-23T{1 + minute // 60:02}:{minute % 60:02}:00Z"
    given = {"id": f"m{minute}", "kind": "counter", "quantity": value, "started_at": at}
    return record(**{**given, "counter_bits": bits, "boot_id": boot, **fields})


def wire(fields: dict[str, Any]) -> ReportedRecord:
    found = checked_record(fields)
    assert isinstance(found, ReportedRecord), found
    return found


def command(*records: dict[str, Any], first: int = -1, reported: int = -1) -> RecordUsage:
    """All records to one partition; on the log (`reported`) at positions from `first`."""
    batcher = CommandBatcher(partitions=1, reported_partition=reported)
    for index, fields in enumerate(records):
        position = first + index if reported >= 0 else -1
        problem = batcher.add(wire(fields), position, f"record-{position}-{index}")
        assert problem is None, problem
    ((_, found),) = batcher.commands()
    return found


def counted(spec: Specification) -> list[RecordedUsage]:
    """The records that the last command counted."""
    return [r for event in spec.events if isinstance(event, UsageRecorded) for r in event.records]


def aside(spec: Specification) -> list[SetAside]:
    return [r for event in spec.events if isinstance(event, UsageRecorded) for r in event.set_aside]
