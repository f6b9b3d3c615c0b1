"""Retracted records: each is changed once, however often it is named."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import pytest

from services.usage.record.columns import RecordedColumns
from services.usage.record.messages import UsageRecorded
from services.usage.retraction.messages import RetractedItem, RetractionSettled, UsageRestored, UsageRetracted
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import record

pytestmark = pytest.mark.servers

ITEMS: Final = [RetractedItem(1, 0), RetractedItem(1, 1), RetractedItem(1, 0)]
PLACES: Final = [(item.seq, item.index) for item in ITEMS]


async def hours(stage: Stage) -> Counter[str]:
    rows: list[Any] = await stage.pool.fetch("select state, sum(records)::int as records from usage_hour group by 1")
    return Counter({row["state"]: row["records"] for row in rows if row["records"]})


async def test_a_record_that_is_named_twice_changes_its_counts_once(stage: Stage) -> None:
    await stage.tell(
        "usage.events", UsageRecorded(records=RecordedColumns.of([record("r1"), record("r2"), record("r3")]))
    )
    await stage.tell("usage.events", UsageRetracted(retraction_id="k1", items=ITEMS, reason="bad_file"))
    assert await hours(stage) == {"accepted": 1, "retracted": 2}
    refused = [(1, 1, "too_late")]
    await stage.tell("usage.events", RetractionSettled(seq=2, places=PLACES, refused=refused))
    assert await hours(stage) == {"accepted": 2, "retracted": 1}
    await stage.tell("usage.events", UsageRestored(retraction_id="k1", items=[RetractedItem(1, 0)]))
    await stage.tell("usage.events", RetractionSettled(seq=4, places=PLACES[:1]))
    assert await hours(stage) == {"accepted": 3}
