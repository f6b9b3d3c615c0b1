"""A record as the row of its event keeps it: to say later what it was that rating gives back, or that is recycled.

returnable(3, 1842) = [[1000, [["olt-12"], []], ["0192f1c0", ...], [["mac:00:1b", ...], [0, 1, ...]], ...], {}]
await recorded_at(connection, 3, [1842])    # {1842: [ReturnableRecord("olt-12", "0192f1c0", ...), ...]}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from services.usage.record.messages import RecordedColumns, RecordedUsage, UsageRecorded
from shared.engine.postgres import Connection


class ReturnableRecord(msgspec.Struct, frozen=True, array_like=True):
    """A record as its event's row keeps it; `quantity` is text, for it may exceed 64 bits.

    `unit` is what it is in, where that is not known to be the unit of its meter.
    """

    source: str
    id: str
    resource: str
    meter: str
    quantity: str
    started_at: int
    ended_at: int
    kind: str
    account: str | None = None
    subscription: str | None = None
    attributes: dict[str, Any] | None = None
    unit: str | None = None

    def recorded(self) -> RecordedUsage:
        """As it is counted once more: its dedupe key stays with the event that recorded it first."""
        return RecordedUsage(
            self.source,
            self.id,
            self.resource,
            self.meter,
            self.kind,
            int(self.quantity),
            self.started_at,
            self.ended_at,
            b"",
            b"",
            self.account,
            self.subscription,
            attributes=self.attributes,
        )


_decode = msgspec.json.Decoder(tuple[RecordedColumns, dict[int, str]]).decode
_encode = msgspec.json.Encoder().encode


async def recorded_at(
    connection: Connection, partition: int, seqs: Iterable[int]
) -> Mapping[int, Sequence[ReturnableRecord]]:
    """The records of each of these events; none of one that has none."""
    asked = [*dict.fromkeys(seqs)]
    rows = await connection.fetch(_RECORDS, partition, asked) if asked else []
    return {**dict.fromkeys(asked, ()), **{row["seq"]: decode_records(row["records"]) for row in rows}}


_RECORDS: Final = "select seq, records from returnable where partition = $1 and seq = any($2::bigint[])"


def records_body(event: UsageRecorded) -> bytes:
    """Its columns but for the hashes, which the dedupe keys have, and what says a unit of its own."""
    columns = replace(event.records, dedupe_key=b"", content=b"", counter={}, position=[-1] * event.records.count)
    return _encode((columns, event.units))


def decode_records(body: bytes) -> list[ReturnableRecord]:
    """The records of an event, of what its row keeps."""
    columns, units = _decode(body)
    return [_kept(record, units.get(index)) for index, record in enumerate(columns)]


def _kept(r: RecordedUsage, unit: str | None) -> ReturnableRecord:
    return ReturnableRecord(
        r.source,
        r.id,
        r.resource,
        r.meter,
        str(r.quantity),
        r.started_at,
        r.ended_at,
        r.kind,
        r.account,
        r.subscription,
        r.attributes,
        unit,
    )
