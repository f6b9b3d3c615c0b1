"""A log that holds an event twice: readers say so, and the places are named."""

from __future__ import annotations

from datetime import UTC, datetime

from aiokafka import TopicPartition

from shared.engine.rebuild.duplicate_events import NAMED_MAX, Doubled, doubled_in, said
from shared.engine.settings import Settings
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.sequence_gap import SequenceGap
from tests.kit.memory_log import Broker, MemoryLog

EVENTS = TopicPartition("local.rating.events", 0)


def event(seq: int) -> Envelope:
    at = datetime(2026, 9, 1, tzinfo=UTC)
    return Envelope(env="local", service="rating", partition=0, type="rating.X.v1", recorded_at=at, subject="", seq=seq)


async def found_in(*numbers: int) -> tuple[list[Doubled], int]:
    broker = Broker()
    broker.create_topic(EVENTS.topic, partitions=1)
    for seq in numbers:
        broker.append(EVENTS, None, b"{}", to_headers(event(seq)))
    reader = await MemoryLog(Settings(), broker).reader()
    reader.assign([EVENTS])
    return await doubled_in(reader, EVENTS)


async def test_both_offsets_of_each_doubled_event_are_found() -> None:
    found, count = await found_in(1, 2, 3, 4, 3, 4, 5)
    assert found == [Doubled("rating/0/3", 2, 4), Doubled("rating/0/4", 3, 5)]
    assert count == 2
    assert "rating/0/3 at 2 and 4; rating/0/4 at 3 and 5; 2 in all" in said("rating.events/0", found, count)


async def test_a_sound_log_and_one_with_a_gap_have_none() -> None:
    assert await found_in(1, 2, 5) == ([], 0)


async def test_of_many_the_first_are_named_and_all_are_counted() -> None:
    numbers = range(1, 101)
    found, count = await found_in(*numbers, *numbers)
    assert (len(found), count) == (NAMED_MAX, 100)


def test_a_reader_that_meets_a_number_again_says_doubled_and_one_that_misses_some_says_missing() -> None:
    doubled, missing = (str(SequenceGap.at("rating.events/0", 1108, event(seq))) for seq in (1101, 1110))
    assert doubled.startswith("expected rating.events/0@1108, read rating/0/1101: ")
    assert "holds events doubled" in doubled and "`meterlog verify rating`" in doubled
    assert missing.startswith("expected rating.events/0@1108, read rating/0/1110: ")
    assert "are missing. Restore the log" in missing
