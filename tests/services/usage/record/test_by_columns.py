"""What is counted by columns is what comes of it record by record; and columns are the rows that they were made of."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from services.usage.meter.state import BUILT_IN
from services.usage.record.by_columns import counted_by_columns
from services.usage.record.columns import AdmittedColumns, GuidedColumns, RecordedColumns
from services.usage.record.counting import Counting
from services.usage.record.decide import one_by_one
from services.usage.record.messages import (
    AdmittedRecord,
    GuidedRecord,
    GuidedUsage,
    GuidedUsageV1,
    RecordedUsage,
    RecordUsage,
    UsageRecorded,
    UsageRecordedV1,
)
from services.usage.record.state import DAY_US
from services.usage.resource.state import Assignment, Resource
from shared.kernel import wire
from shared.kernel.decider import Context
from shared.kernel.message import encode
from tests.kit.decider import MemoryState

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NOW_US = int(NOON.timestamp()) * 1_000_000
METERS = [*BUILT_IN][:2]


class Held(MemoryState):
    """Lines of every history."""

    def __init__(self) -> None:
        super().__init__()
        month, hour_ago = 30 * DAY_US, NOW_US - 3_600_000_000
        histories = (
            (Assignment(0, None, "acc-1", "sub-1"),),
            (Assignment(0, hour_ago, "acc-2", "sub-2"), Assignment(hour_ago, None, "acc-3", "sub-3")),
            (Assignment(0, NOW_US - month, "acc-4", "sub-4"),),
            (Assignment(NOW_US + month, None, "acc-5", "sub-5"),),
            (),
        )
        names = [f"line:{n}" for n in range(len(histories))]
        lines = {name: Resource(resource_id=name, assignments=h) for name, h in zip(names, histories, strict=True)}
        self.keep({Resource: {**lines}})


def admitted(n: int, chance: random.Random, *, odd: bool) -> AdmittedRecord:
    start = NOW_US - chance.randrange(1, 40) * 300_000_000
    if odd and chance.random() < 0.1:
        start = NOW_US + chance.choice([-40, -36, 2]) * DAY_US
    key = (n if not odd or chance.random() < 0.95 else 0).to_bytes(16, "big")
    return AdmittedRecord(
        n,
        "olt-12",
        f"r{n}",
        f"line:{chance.randrange(6)}",
        chance.choice(METERS) if not odd or chance.random() < 0.95 else "strange",
        "sample" if odd and chance.random() < 0.05 else "delta",
        chance.randrange(10**24),
        start,
        start + 300_000_000,
        key,
        n.to_bytes(8, "big"),
        {"direction": "down"} if chance.random() < 0.2 else None,
    )


@pytest.mark.parametrize("seed", range(60))
def test_a_command_is_counted_by_columns_as_it_is_record_by_record(seed: int) -> None:
    chance = random.Random(seed)
    odd, view = seed % 3 == 0, Held()
    lines = chance.sample(range(6), chance.randrange(1, 7))
    records = [admitted(n, chance, odd=odd) for n in range(chance.randrange(1, 30))]
    records = [msgspec.structs.replace(r, resource=f"line:{chance.choice(lines)}") for r in records]
    command = RecordUsage(records=AdmittedColumns.of(records), reported_partition=0)
    context = Context(now=NOON, partition=0, partitions=4, command_id="c")
    by_columns = counted_by_columns(command.records, Counting(command, view, context), view)
    alone = one_by_one(records, Counting(command, view, context), [], view)
    assert by_columns is None or by_columns == alone
    assert by_columns is not None or odd or "line:1" in {record.resource for record in records}


def test_a_line_that_changes_hands_before_or_after_is_counted_by_columns() -> None:
    chance = random.Random(1)
    view, context = Held(), Context(now=NOON, partition=0, partitions=4, command_id="c")
    record = msgspec.structs.replace(admitted(1, chance, odd=False), resource="line:1", started_at=NOW_US - DAY_US)
    command = RecordUsage(records=AdmittedColumns.of([record]), reported_partition=0)
    found = counted_by_columns(command.records, Counting(command, view, context), view)
    assert found is not None and found[0].account == "acc-2"


@pytest.mark.parametrize("seed", range(20))
def test_columns_are_the_rows_that_they_were_made_of_and_are_read_as_they_were_written(seed: int) -> None:
    chance = random.Random(seed)
    rows = [_recorded(n, chance) for n in range(chance.randrange(0, 12))]
    event = UsageRecorded(records=RecordedColumns.of(rows))
    again = wire.read(UsageRecorded, encode(event))
    assert [*event.records] == [*again.records] == rows
    assert again == event == UsageRecordedV1(records=rows).upcast()
    assert event.records.parked == sum(row.reason is not None for row in rows)
    guided = [
        GuidedRecord(n, f"acc-{n % 3}", "sub", "m", 10**n, n, n + 1, {"a": n} if n % 4 == 0 else None)
        for n in range(seed)
    ]
    sent = GuidedUsage(source=1, n=2, seq=3, records=GuidedColumns.of(guided))
    assert [*wire.read(GuidedUsage, encode(sent)).records] == guided
    assert sent == GuidedUsageV1(source=1, n=2, seq=3, records=guided).upcast()


def _recorded(n: int, chance: random.Random) -> RecordedUsage:
    fate: tuple[Any, ...] = chance.choice([("acc-1", "sub-1", None, None), (None, None, "unknown_meter", "which")])
    return RecordedUsage(
        chance.choice(["olt", "bng"]),
        f"r{n}",
        f"line:{n % 3}",
        "data.octets",
        chance.choice(["delta", "counter"]),
        chance.choice([0, 10**30]),
        chance.randrange(3),
        chance.randrange(3),
        n.to_bytes(16, "big"),
        n.to_bytes(8, "big"),
        fate[0],
        fate[1],
        fate[2],
        fate[3],
        chance.choice([None, {"a": [1]}]),
        chance.choice([None, ("7", 32, None, 5)]),
        chance.choice([None, 4]),
    )


def test_hashes_of_all_or_of_none_are_packed() -> None:
    rows = [_recorded(n, random.Random(n)) for n in range(2)]
    with pytest.raises(ValueError, match="all have one or none"):
        RecordedColumns.of([rows[0], msgspec.structs.replace(rows[1], dedupe_key=b"")])


def test_a_column_that_is_too_short_is_refused() -> None:
    columns = RecordedColumns.of([_recorded(n, random.Random(n)) for n in range(2)])
    broken = encode(UsageRecorded(records=columns)).replace(b'["r0","r1"]', b'["r0"]')
    with pytest.raises(msgspec.ValidationError, match="1 values where there are 2 rows"):
        wire.read(UsageRecorded, broken)
