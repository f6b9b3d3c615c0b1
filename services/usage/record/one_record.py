"""A usage record by itself, as it goes from stage to stage; in messages they stand by columns (columns.py).

    AdmittedRecord     reported, and within all bounds
    RecordedUsage      counted: accepted for an account, or in quarantine with its reason
    GuidedRecord       accepted, and on its way to its account

Quantities are integers of 1e-6 units, instants integers of microseconds since the Unix epoch (UTC).
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from shared.kernel.bounds import Count, Index, Seq


class AdmittedRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A reported record that keeps all bounds, on its way to its usage partition.

    `dedupe_key` and `content` are those of the recorded one (`RecordedUsage`). `quantity` is in 1e-6 units: the delta,
    or what has come together so far. Of that, `cumulative` says for a counter `[bits, boot_id, uptime_s]`, for a
    session `[session_id, status, boot_id, uptime_s]`. `position` is -1 for HTTP. `unit` is what `quantity` is in where
    that is not known to be the unit of its meter.
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
    cumulative: list[Any] | None = None
    unit: str | None = None


CounterReading = tuple[Annotated[str, msgspec.Meta(pattern="^[0-9]{1,30}$")], Count, str | None, Seq | None]
"""Of a counter: value in 1e-6 units (text, for it may exceed 64 bits), bits, boot_id, uptime_s."""


class RecordedUsage(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One record of `UsageRecorded`: accepted, and guided if `account` is set, else quarantined with `reason`.

    `dedupe_key` (16 bytes) stands for (source, id, UTC day); `content` (8 bytes) that of everything else.
    `quantity` is the delta in 1e-6 units. `counter` is the reading `[value, bits, boot_id, uptime_s]` behind a delta,
    set where it adds to the readings that are known. `detail` says more about `reason`, or how a delta was found
    (`baseline`, `wrap`, `restart`, `late`, `resolved`; of a session `no_start`, `late`, `after_stop`, `restart`,
    `corrected`). Of a session, `started_at` is when what it counts began: with the report before. `position` is where
    it stood in the reported log, `None` for HTTP.
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
