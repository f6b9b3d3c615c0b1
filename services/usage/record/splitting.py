"""A command to count records that met a bug, split so that one record is dead-lettered and not a thousand.

    RecordUsage([17, 18, 19, 20])   ->   [17, 18]   [19, 20]      in order of position, the malformed ones among them
    RecordUsage([19])               ->   [19] without its position
    RecordUsage([17, 18], [3, 4])   ->   [17, 18]   [3, 4]        of two reported partitions

Once the records behind it have been counted, a record with its position counts as recorded, and would be dropped
without a trace if an operator sent it again. So what goes to the dead letters has given its position up; its dedupe key
remains.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from services.usage.record.columns import AdmittedColumns
from services.usage.record.messages import AdmittedRecord, RecordUsage, SetAside
from services.usage.session.messages import NasSignal
from shared.kernel.message import Message

_NO_POSITION = -1

_Item = AdmittedRecord | SetAside | NasSignal


def split(message: Message) -> Sequence[RecordUsage]:
    """Two halves, or one record freed of its position; none for what cannot be split. Records of several reported
    partitions are split by these."""
    if not isinstance(message, RecordUsage):
        return ()
    if message.reported_counts:
        alone = msgspec.structs.replace(message, reported_counts=[])
        return tuple(
            msgspec.structs.replace(
                alone, records=AdmittedColumns.of(message.records[places]), reported_partition=partition
            )
            for partition, places in message.reported
        )
    items: list[tuple[int, _Item]] = [(record.position, record) for record in message.records]
    items += [(signal.position, signal) for signal in message.signals]
    items = sorted([*items, *message.refused], key=lambda item: item[0])
    if len(items) > 1:
        half = len(items) // 2
        return _with(message, items[:half]), _with(message, items[half:])
    if message.reported_partition < 0 or not items:
        return ()
    freed = [(_NO_POSITION, _freed(item)) for _, item in items]
    return (msgspec.structs.replace(_with(message, freed), reported_partition=-1),)


def _with(message: RecordUsage, items: Sequence[tuple[int, _Item]]) -> RecordUsage:
    return msgspec.structs.replace(
        message,
        records=[item for _, item in items if isinstance(item, AdmittedRecord)],
        refused=[(position, item) for position, item in items if isinstance(item, SetAside)],
        signals=[item for _, item in items if isinstance(item, NasSignal)],
    )


def _freed(item: _Item) -> _Item:
    return item if isinstance(item, SetAside) else msgspec.structs.replace(item, position=_NO_POSITION)
