"""UsageRecorded -> rows of `usage_record` as COPY takes them, and how many records of each state there are of an hour.

Hot: made of the columns of the event. A value that repeats becomes bytes once, whatever lines it stands in, and an hour
is asked for once for each instant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any, Final

import msgspec

from services.reporting.usage_record.counts import HOUR_US, Counts, add_count
from services.usage.record.messages import Coded, Fate, RecordedColumns, SetAside
from shared.engine.binary_copy import NULL, instant, int4, int8, numeric, numerics, places, rows, text, texts
from shared.kernel.envelope import Envelope
from shared.kernel.instants import as_micros, clamped_micros

# What is the same for all records of an event comes first, then as `recorded_rows` puts it together.
COLUMNS: Final = (
    *("partition", "seq", "recorded_at", "index", "id", "quantity", "source", "resource", "meter", "kind"),
    *("started_at", "ended_at", "account_id", "subscription_id", "reason", "detail", "state", "attributes"),
)
_ACCEPTED: Final = "accepted"
_QUARANTINED: Final = "quarantined"
_encode = msgspec.json.Encoder().encode


def recorded_rows(records: RecordedColumns, partition: int, envelope: Envelope, counts: Counts) -> bytes:
    """The records of an event, each in a row; `counts` gets them by hour and state."""
    count = records.count
    _count(records, counts)
    return rows(
        len(COLUMNS),
        _alike(partition, envelope),
        places(count),
        texts(records.id),
        numerics(records.quantity),
        _each(records.source, map(text, records.source.values), count),
        _each(records.resource, map(text, records.resource.values), count),
        _each(records.meter, map(text, records.meter.values), count),
        _each(records.kind, map(text, records.kind.values), count),
        _each(records.started_at, map(_instant, records.started_at.values), count),
        _each(records.ended_at, map(_instant, records.ended_at.values), count),
        _each(records.fate, map(_fate, records.fate.values), count),
        _attributes(records, count),
    )


def set_aside_rows(items: Sequence[SetAside], partition: int, envelope: Envelope, counts: Counts) -> bytes:
    """What was set aside in an event: from -1 downwards."""
    recorded_hour = as_micros(envelope.recorded_at) // HOUR_US
    made: list[bytes] = []
    for n, item in enumerate(items, start=1):
        state = _QUARANTINED if item.state == "malformed" else item.state
        started_at = None if item.started_at is None else clamped_micros(item.started_at)
        hour = recorded_hour if started_at is None else started_at // HOUR_US
        fields = (
            *(int4(-n), text(item.id), numeric(item.quantity), text(item.source), text(item.resource)),
            *(text(item.meter), NULL, NULL if started_at is None else instant(started_at), NULL, NULL, NULL),
            *(text(item.reason), text(item.detail), text(state), NULL),
        )
        made.append(b"".join(fields))
        add_count(counts, hour, item.meter, state, item.reason, 1, item.quantity or 0)
    return rows(len(COLUMNS), _alike(partition, envelope), made)


def _alike(partition: int, envelope: Envelope) -> bytes:
    return int4(partition) + int8(envelope.seq) + instant(as_micros(envelope.recorded_at))


def _each(column: Coded[Any], fields: Iterable[bytes], count: int) -> Sequence[bytes]:
    """The field of each row."""
    return Coded([*fields], column.codes).column(count)


# Equipment reports on the same marks, event after event.
@lru_cache(maxsize=16_384)
def _instant(micros: int) -> bytes:
    return instant(clamped_micros(micros))


def _fate(fate: Fate) -> bytes:
    account, subscription, reason, detail = fate
    return b"".join(map(text, (account, subscription, reason, detail, _state_of(reason))))


def _state_of(reason: str | None) -> str:
    return _ACCEPTED if reason is None else _QUARANTINED


def _attributes(records: RecordedColumns, count: int) -> Sequence[bytes] | repeat[bytes]:
    """As JSON."""
    said = records.attributes
    if not said:
        return repeat(NULL, count)
    return [text(_encode(said[place]).decode()) if place in said else NULL for place in range(count)]


def _count(records: RecordedColumns, counts: Counts) -> None:
    """Each record in its hour."""
    count = records.count
    hours = [clamped_micros(started_at) // HOUR_US for started_at in records.started_at.values]
    reasons = [reason for _, _, reason, _ in records.fate.values]
    if count and len(records.meter.values) == 1 and len(set(hours)) == 1 and len(set(reasons)) == 1:
        # As nearly always: equipment reports what it has just measured.
        state, reason = _state_of(reasons[0]), reasons[0]
        add_count(counts, hours[0], records.meter.values[0], state, reason, count, sum(records.quantity))
        return
    sums: dict[tuple[int, str, str | None], list[int]] = {}
    for hour, meter, reason, quantity in zip(
        Coded(hours, records.started_at.codes).column(count),
        records.meter.column(count),
        Coded(reasons, records.fate.codes).column(count),
        records.quantity,
        strict=True,
    ):
        held = sums.get((hour, meter, reason))
        if held is None:
            sums[hour, meter, reason] = [1, quantity]
        else:
            held[0] += 1
            held[1] += quantity
    for (hour, meter, reason), (number, quantity) in sums.items():
        add_count(counts, hour, meter, _state_of(reason), reason, number, quantity)
