"""What usage reports: equipment and its assignments, and every record counted once.

`UsageRecorded` is hot: one event for up to 1,000 records, cited as `usage/3/1842#17` (partition, seq, index into
`records`). `GuidedUsage` and `UsageWatermark` travel on `usage.guided`, in the partition of the account.

Hot records are arrays on the wire. Quantities are integers of 1e-6 units, instants integers of microseconds since the
Unix epoch (UTC).
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar

import msgspec

from shared.kernel.bounds import Count, Index, Partition, Seq
from shared.kernel.message import Event, catalogue


class MeterDefined(Event, frozen=True, kw_only=True):
    """A meter exists: what `unit` counts and how records of a period combine (`sum`).

    `name` is what people call it, on invoice lines too; without one they read its id. It also goes to rating, on
    partition 0 of `usage.guided`.
    """

    meter_id: str
    unit: str
    aggregation: str
    name: str | None = None

    @property
    def key(self) -> str:
        return self.meter_id


class ResourceRegistered(Event, frozen=True, kw_only=True):
    """The equipment's name for a line (`mac:…`, `ip:…`, `subscription:<id>`) is known."""

    resource_id: str

    @property
    def key(self) -> str:
        return self.resource_id


class ResourceAssigned(Event, frozen=True, kw_only=True):
    """From `valid_from` on (to `valid_to`, open when `None`) usage of the resource belongs to the subscription.

    An assignment that was open-ended before ends at `valid_from`.
    """

    resource_id: str
    account_id: str
    subscription_id: str
    valid_from: datetime
    valid_to: datetime | None = None

    @property
    def key(self) -> str:
        return self.resource_id


CounterReading = tuple[Annotated[str, msgspec.Meta(pattern="^[0-9]{1,30}$")], Count, str | None, Seq | None]
"""Of a counter: value in 1e-6 units (text, for it may exceed 64 bits), bits, boot_id, uptime_s."""


class RecordedUsage(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One record of `UsageRecorded`: accepted, and guided if `account` is set, else quarantined with `reason`.

    `dedupe_key` (16 bytes) stands for (source, id, UTC day); `content` (8 bytes) that of everything else.
    `quantity` is the delta in 1e-6 units. `counter` is the reading `[value, bits, boot_id, uptime_s]` behind a delta,
    set where it adds to the readings that are known. `detail` says more about `reason`, or how a delta was found
    (`baseline`, `wrap`, `restart`, `late`, `resolved`). `position` is where it stood in the reported log, `None` for
    HTTP.
    """

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
    account: str | None = None
    subscription: str | None = None
    reason: str | None = None
    detail: str | None = None
    attributes: dict[str, Any] | None = None
    counter: CounterReading | None = None
    position: int | None = None


class SetAside(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A record that was received and not counted again, or not counted at all.

    `state` is `duplicate`, `conflict`, or `malformed` (with reason `malformed` or `schema_violation`); what could be
    read of it is kept so that a person can find it.
    """

    state: str
    source: str
    id: str
    reason: str | None = None
    detail: str | None = None
    resource: str | None = None
    meter: str | None = None
    quantity: int | None = None
    started_at: int | None = None
    raw: str | None = None


class UsageRecorded(Event, frozen=True, kw_only=True):
    """Up to 1,000 records were counted, once.

    `taken` is the highest position counted per reported partition (`offset * 16384 + index in the message`); what is
    delivered again at or below it is dropped without a trace. `guided` numbers the message that this event sends to
    each account partition (of `partitions`), densely per (source, target) pair. `batch_id` names the HTTP request,
    absent for the log; `batch_received` and `batch_rejected` count its whole body, over every partition.
    """

    HOT: ClassVar[bool] = True

    records: list[RecordedUsage]
    set_aside: list[SetAside] = []
    taken: dict[int, int] = {}
    guided: dict[int, int] = {}
    partitions: Count = 1
    batch_id: str | None = None
    batch_received: Count = 0
    batch_rejected: Count = 0

    @property
    def key(self) -> str:
        return ""


class UsageReturned(Event, frozen=True, kw_only=True):
    """Records that rating could not take back in quarantine: `[index, reason]` into the event numbered `seq` here.

    Reasons: `too_late` (the period is closed), `no_subscription`.
    """

    seq: Seq
    items: list[tuple[Index, str]]
    account_id: str | None = None

    @property
    def key(self) -> str:
        return str(self.seq)


class IntakeCompleteThrough(Event, frozen=True, kw_only=True):
    """All that was reported before `through` has been counted in this partition, over every reported partition.

    `progress` is what is new of each reported partition; `through` is the least over all `partitions` of them, `None`
    while one has not been heard of. `guided` is the last number sent to each account partition by then.
    """

    QUIET: ClassVar[bool] = True
    HOT: ClassVar[bool] = True

    through: datetime | None = None
    progress: dict[int, datetime] = {}
    partitions: Count = 1
    guided: dict[int, int] = {}

    @property
    def key(self) -> str:
        return ""


class UndecodableBytes(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Bytes that are no JSON: their position in the reported log, and where in `usage.dead` of that partition they are.

    `reason` says why they could not be read.
    """

    position: Seq
    dead_offset: Seq
    size_bytes: Count
    reason: str


class UndecodableReported(Event, frozen=True, kw_only=True):
    """Bytes of one reported partition could not be read. Cited as `usage-3-1842-17`: partition, seq, index in `items`.

    The bytes themselves are in `usage.dead`, for 90 days: garbage is not worth keeping for ever.
    """

    HOT: ClassVar[bool] = True

    reported_partition: Count
    items: list[UndecodableBytes]

    @property
    def key(self) -> str:
        return ""


class UndecodableResolved(Event, frozen=True, kw_only=True):
    """An operator published item `item` of event `seq` once more (`requeued`), or discarded it, and why."""

    seq: Seq
    item: Count
    status: str
    reason: str | None = None

    @property
    def key(self) -> str:
        return f"{self.seq}-{self.item}"


class GuidedRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One accepted record on its way to its account; `index` points into the `UsageRecorded` it comes from."""

    index: Index
    account: str
    subscription: str
    meter: str
    quantity: int
    started_at: int
    ended_at: int
    attributes: dict[str, Any] | None = None


class GuidedUsage(Event, frozen=True, kw_only=True):
    """Records of the event `usage/{source}/{seq}` that belong to accounts of one partition. `n` is dense per pair.

    `part` marks what rating cut off a message after it had taken its number; it is never sent.
    """

    HOT: ClassVar[bool] = True

    source: Partition
    n: Seq
    seq: Seq
    records: list[GuidedRecord]
    part: bool = False

    @property
    def key(self) -> str:
        return ""

    @property
    def account(self) -> str | None:
        """The account of a part that is one account's; a whole message is never parked with an account."""
        accounts = {record.account for record in self.records} if self.part else set()
        return accounts.pop() if len(accounts) == 1 else None


class UsageWatermark(Event, frozen=True, kw_only=True):
    """Source partition `source` has sent everything reported before `through`; its last `GuidedUsage` was `after`.

    It is sent again while nothing moves, so that a reader that has just taken over learns it within seconds.
    """

    QUIET: ClassVar[bool] = True
    HOT: ClassVar[bool] = True

    source: Partition
    after: Seq
    through: datetime

    @property
    def key(self) -> str:
        return ""


EVENTS = catalogue(
    "usage",
    MeterDefined,
    ResourceRegistered,
    ResourceAssigned,
    UsageRecorded,
    UsageReturned,
    IntakeCompleteThrough,
    UndecodableReported,
    UndecodableResolved,
)

GUIDED = catalogue("usage", GuidedUsage, UsageWatermark, MeterDefined)
