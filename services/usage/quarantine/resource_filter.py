"""Which events may have a guided record of a resource: a Bloom filter an event, a byte for each of its resources, and
when its records begin.

    kept = filter_of({"mac:00:1b:44:11:3a:b7", "ip:10.1.2.7"})
    may_have(kept, "ip:10.1.2.7")        -> True
    may_have(kept, "ip:10.1.2.8")        -> False, nearly always

Of a thousand resources one event in twenty is a wrong yes. An index would be right at once, and cost each record that
is counted as much again as its dedupe key does; this is asked for only where a resource is reassigned in the past.
`HAS` asks the same of a table, and looks for the name in what the filter has left.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final
from zlib import crc32

from services.usage.record.messages import RecordedColumns
from shared.kernel.instants import clamped

_BYTES_MIN: Final = 8


def found_by(records: RecordedColumns) -> dict[str, Any]:
    """The columns of an event's row by which its guided records are found; `None` where there are none."""
    resources, starts = records.resource.values, records.started_at.values
    if any(account is None for account, *_ in records.fate.values):
        guided = [record for record in records if record.account is not None]
        resources, starts = [*{record.resource for record in guided}], [record.started_at for record in guided]
    return {
        "resources": filter_of(resources),
        "earliest": clamped(min(starts)) if starts else None,
        "latest": clamped(max(starts)) if starts else None,
    }


def filter_of(resources: Collection[str]) -> bytes:
    """Two bits for each resource in at least eight times as many, a power of two."""
    kept = bytearray(_BYTES_MIN if len(resources) <= _BYTES_MIN else 1 << (len(resources) - 1).bit_length())
    mask = len(kept) * 8 - 1
    for resource in resources:
        found = crc32(resource.encode())
        one, two = found & mask, found >> 16 & mask
        kept[one >> 3] |= 1 << (one & 7)
        kept[two >> 3] |= 1 << (two & 7)
    return bytes(kept)


def may_have(kept: bytes, resource: str) -> bool:
    """Whether the resource may be one of those; never `False` for one that is."""
    mask = len(kept) * 8 - 1
    return all(kept[bit >> 3] >> (bit & 7) & 1 for bit in (at & mask for at in places_of(resource)))


def places_of(resource: str) -> tuple[int, int]:
    """Where its two bits are, in a filter of any size."""
    found = crc32(resource.encode())
    return found, found >> 16


HAS: Final = """
exists (
    select from unnest({ones}::bigint[], {twos}::bigint[], {texts}::bytea[]) as at (one, two, text)
     where case when get_bit(resources, at.one & (length(resources) * 8 - 1)::bigint) = 0 then false
                when get_bit(resources, at.two & (length(resources) * 8 - 1)::bigint) = 0 then false
                else position(at.text in records) > 0 end
)
"""
"""That a row of `returnable` has one of the resources whose places, and names in JSON, are in the three arrays."""
