"""What may be asked of usage: define meters, name equipment, count what was reported.

    RegisterResource(resource_id="mac:00:1b:44:11:3a:b7")
    AssignResource(resource_id="mac:00:1b:44:11:3a:b7", account_id="acme", subscription_id="sub-1", valid_from=...)

`RecordUsage` and `IntakeProgressed` are the hot ones: intake and the HTTP API cut what equipment reported into one
command per usage partition.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Literal

import msgspec

from services.usage.events import SetAside, UndecodableBytes
from shared.kernel.message import Command, catalogue


class DefineMeter(Command, frozen=True, kw_only=True):
    """Define a meter. Refused: `meter_exists`."""

    REFERENCE: ClassVar[bool] = True

    meter_id: str
    unit: str
    aggregation: str = "sum"
    name: str | None = None

    @property
    def key(self) -> str:
        return self.meter_id


class RegisterResource(Command, frozen=True, kw_only=True):
    """Make a resource known. Refused: `resource_exists`."""

    resource_id: str

    @property
    def key(self) -> str:
        return self.resource_id


class AssignResource(Command, frozen=True, kw_only=True):
    """Let usage of the resource belong to a subscription from `valid_from`. Registers the resource if need be.

    Rating sends it for `subscription:<id>` when a subscription starts. Refused: `assignment_overlap`.
    """

    resource_id: str
    account_id: str
    subscription_id: str
    valid_from: datetime
    valid_to: datetime | None = None
    register: bool = False

    @property
    def key(self) -> str:
        return self.resource_id


class ReturnUsage(Command, frozen=True, kw_only=True):
    """Rating gives records back: `[index, reason]` into event `seq` of this partition. They go to quarantine."""

    seq: int
    items: list[tuple[int, str]]
    account_id: str | None = None

    @property
    def key(self) -> str:
        return str(self.seq)


class ReportedRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One well-formed record on its way to its usage partition.

    `position` is `offset * 16384 + index in the message`, -1 for HTTP. `quantity` is in 1e-6 units: the delta, or the
    reading of a counter, whose `counter` is `[bits, boot_id, uptime_s]`. Instants are microseconds since the epoch.
    """

    position: int
    source: str
    id: str
    resource: str
    meter: str
    kind: str
    quantity: int
    started_at: int
    ended_at: int
    dedupe_key: bytes
    content: bytes
    attributes: dict[str, Any] | None = None
    counter: list[Any] | None = None


class RecordUsage(Command, frozen=True, kw_only=True):
    """Count these records, once: at most 1,000 of one reported partition (-1 for HTTP), in order of their positions.

    `refused` are the malformed ones, each with its position: they are set aside and stay visible.
    """

    HOT: ClassVar[bool] = True

    records: list[ReportedRecord]
    refused: list[tuple[int, SetAside]] = []
    reported_partition: int = -1
    batch_id: str | None = None
    batch_received: int = 0
    batch_rejected: int = 0

    @property
    def key(self) -> str:
        return ""


class IntakeProgressed(Command, frozen=True, kw_only=True):
    """All that was reported before `through` in `partitions` (of `reported_partitions`) stands before this command.

    `settled` asks to record it however little it moved: the clock stands still there, or nothing was recorded for long.
    """

    HOT: ClassVar[bool] = True
    QUIET: ClassVar[bool] = True

    through: datetime
    partitions: list[int]
    reported_partitions: int
    settled: bool = False

    @property
    def key(self) -> str:
        return ""


class ReportUndecodable(Command, frozen=True, kw_only=True):
    """Intake found bytes that are no JSON, in this order; those reported before are left out."""

    HOT: ClassVar[bool] = True

    reported_partition: int
    items: list[UndecodableBytes]

    @property
    def key(self) -> str:
        return ""


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


COMMANDS = catalogue(
    "usage",
    DefineMeter,
    RegisterResource,
    AssignResource,
    ReturnUsage,
    RecordUsage,
    IntakeProgressed,
    ReportUndecodable,
    ResolveUndecodable,
)
