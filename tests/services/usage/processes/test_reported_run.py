"""Messages read in runs are what they are read one by one: the same records in the same commands, and the same refusals
of what is none."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import pytest
from aiokafka import ConsumerRecord
from hypothesis import given, settings
from hypothesis import strategies as st

from services.usage.processes import reported_run
from services.usage.processes.reported_message import read_message
from services.usage.processes.reported_run import read_messages
from services.usage.record import batching
from services.usage.record.batching import CommandBatcher
from services.usage.record.columns import AdmittedColumns
from services.usage.record.marks import Marks
from shared.engine.batches import UnreadableBatch
from shared.kernel.message import encode

TIMES = ["2026-11-23T01:00:00Z", "2026-11-23T01:05:00+00:00", "2026-11-24T00:00:00.25Z", "2026-12-31T23:59:60Z"]
ODD_TIMES = ["", "1999-12-31T23:59:59Z", "2200-01-01T00:00:00Z", "yesterday", "2026-02-30T00:00:00Z", 7]
NAMES = ["olt-12", "o", "mac:00-1B-44-11-3A-B7", "ip:2001:0DB8::7", "a b", "x" * 60]
ODD_NAMES: list[Any] = [
    "",
    ".",
    "..",
    "é",
    "a\x7fb",
    'a"b',
    "a\\b",
    "\x00",
    "x" * 256,
    "x" * 200,
    None,
    7,
    {"a": {}},
    "{}",
]
IDS = [
    "0192f1c0-7d1e-7c3a-9f0e-0c1d2e3f4a5b",
    "0192f1c0-7d1e-4c3a-9f0e-0c1d2e3f4a5b",
    "0192f1 0-7d1 -7c3a-9f0e-0c1d2e3f",
]
QUANTITIES = ["7", "0", "007", "999999999999999999", "1.5"]
ODD_QUANTITIES = ["", ".5", "1.1234567", "-1", "1e3", "1234567890123456789", "٣", " 7", 7, 7.0]
EXTRA = {"kind": "delta", "attributes": {"a": "b"}, "unit": "MB", "speed": 9, "ended_at": None, "id": None}


def fields(name: str, plain: Sequence[Any], odd: Sequence[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(*[st.sampled_from(plain)] * 8, st.sampled_from(odd))


RECORDS = st.fixed_dictionaries(
    {
        "id": st.one_of(st.uuids().map(str), st.sampled_from(IDS), fields("id", NAMES, ODD_NAMES)),
        "source": fields("source", NAMES, ODD_NAMES),
        "resource": fields("resource", NAMES, ODD_NAMES),
        "meter": fields("meter", ["data.octets", "voice.seconds", "mine"], ODD_NAMES),
        "quantity": fields("quantity", QUANTITIES, ODD_QUANTITIES),
        "started_at": fields("started_at", TIMES, ODD_TIMES),
    },
    optional={"ended_at": fields("ended_at", TIMES, ODD_TIMES)},
)
ODD_RECORDS = st.builds(
    lambda record, extra: {**record, **extra}, RECORDS, st.sampled_from([{k: v} for k, v in EXTRA.items()])
)
ONES = st.one_of(RECORDS, RECORDS, RECORDS, ODD_RECORDS).map(msgspec.json.encode)
STRANGE = st.sampled_from(
    [
        b"",
        b" ",
        b"[]",
        b"42",
        b"\xff",
        b"{",
        b"}",
        b'{"id":"a","source":"b"',
        b'"resource":"c","meter":"data.octets","quantity":"7","started_at":"2026-11-23T01:00:00Z"}',
        b'{"id":"a","id":"b","source":"b","resource":"c","meter":"m","quantity":"7","started_at":"2026-11-23T01:00:00Z"}',
        b'{"id":"a}',
        b'{"b","source":"b","resource":"c","meter":"m","quantity":"7","started_at":"2026-11-23T01:00:00Z"}',
        UnreadableBatch(b"what is packed"),
        None,
    ]
)
BODIES = st.one_of(
    ONES,
    ONES,
    st.lists(ONES, max_size=5).map(lambda records: b"[" + b", ".join(records) + b"]"),
    st.lists(ONES, min_size=1, max_size=4).map(b"\n".join),
    st.lists(ONES, min_size=2, max_size=3).map(b",".join),
    st.tuples(ONES, st.integers(0, 200)).map(lambda cut: cut[0][: cut[1]]),
    STRANGE,
)
HEADERS = st.sampled_from([(), (), (), (("content-type", b"text/csv"),), (("content-type", b"application/json"),)])


def reported(offset: int, value: bytes | None, headers: Any = ()) -> ConsumerRecord[Any, Any]:
    if type(value) is UnreadableBatch:
        value.why = "it can't be"
    return ConsumerRecord("local.usage.reported", 2, offset, 0, 1, None, value, None, -1, 0, headers)


def sent(batcher: CommandBatcher) -> Mapping[int, Any]:
    """What goes to each partition, however it is cut into commands."""
    found: dict[int, tuple[list[Any], list[Any], list[Any]]] = {}
    for partition, command in batcher.commands():
        assert command.records == AdmittedColumns.of([*command.records])
        records, refused, signals = found.setdefault(partition, ([], [], []))
        records += [*command.records]
        refused += command.refused
        signals += command.signals
    return found


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(BODIES, HEADERS), max_size=12), st.sampled_from([1, 3, 4]))
def test_a_run_of_messages_is_what_its_messages_are(bodies: list[tuple[bytes | None, Any]], partitions: int) -> None:
    messages = [reported(7 + n, body, headers) for n, (body, headers) in enumerate(bodies)]
    together = CommandBatcher(partitions=partitions, reported_partition=2)
    alone = CommandBatcher(partitions=partitions, reported_partition=2)
    found = [(message.offset, *what) for read in read_messages(messages, together) for message, *what in read]
    assert found == [(m.offset, *what) for m in messages for what in read_message(m, alone)]
    assert sent(together) == sent(alone)


def plain(n: int, chance: random.Random) -> dict[str, str]:
    return {
        "id": f"0192f1c0-{chance.randrange(1 << 16):04x}-7c3a-9f0e-{n:012x}",
        "source": "olt-12",
        "resource": f"mac:00:1b:44:{chance.randrange(300):06x}",
        "meter": "data.octets",
        "quantity": str(chance.randrange(10**9)),
        "started_at": chance.choice(TIMES[:2]),
        "ended_at": TIMES[1],
    }


@pytest.mark.parametrize("per_message", [1, 7, 100])
@pytest.mark.parametrize("odd", [0, 3])
def test_plain_messages_become_the_very_bytes_that_they_become_one_by_one(per_message: int, odd: int) -> None:
    chance = random.Random(per_message)
    records = [plain(n, chance) for n in range(900)]
    for n in chance.sample(range(900), odd):
        records[n] |= {"quantity": "1.5", "started_at": "2026-11-24T00:00:00Z", "ended_at": "2026-11-24T00:00:00.5Z"}
        records[n] |= {"meter": "x" * 200}
    batches = [records[n : n + per_message] for n in range(0, 900, per_message)]
    bodies = [msgspec.json.encode(some[0] if per_message == 1 else some) for some in batches]
    messages = [reported(n, body) for n, body in enumerate(bodies)]
    together = CommandBatcher(partitions=4, reported_partition=2)
    alone = CommandBatcher(partitions=4, reported_partition=2)
    assert not any(read_messages(messages, together))
    for message in messages:
        assert not read_message(message, alone)
    by_partition = [{p: encode(c) for p, c in batcher.commands()} for batcher in (together, alone)]
    assert by_partition[0] == by_partition[1]


def test_nearly_all_messages_take_the_quick_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """One record out of bounds is looked at by itself, and its neighbours are not."""
    chance = random.Random(1)
    records = [plain(n, chance) for n in range(600)]
    records[300]["quantity"] = "none"
    alone: list[int] = []

    def read_alone(message: Any, *_: object) -> list[Any]:
        alone.append(message.offset)
        return []

    monkeypatch.setattr(reported_run, "read_message", read_alone)
    batcher = CommandBatcher(partitions=4, reported_partition=2)
    assert not any(read_messages([reported(n, msgspec.json.encode(r)) for n, r in enumerate(records)], batcher))
    assert 300 in alone and len(alone) < reported_run._COLUMNS_MIN


def test_a_bug_in_the_quick_way_costs_no_record(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    chance = random.Random(1)
    monkeypatch.setattr(batching, "blocks_of", broken)
    batcher = CommandBatcher(partitions=4, reported_partition=2)
    assert not any(read_messages([reported(n, msgspec.json.encode(plain(n, chance))) for n in range(5)], batcher))
    assert sum(len(command.records) for _, command in batcher.commands()) == 5


def test_commands_of_runs_stay_within_their_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "RECORDS_MAX", 90)
    monkeypatch.setattr(batching, "BYTES_MAX", 16_000)
    chance = random.Random(1)
    records = [plain(n, chance) | {"source": "x" * (1 + n // 10)} for n in range(900)]
    messages = [reported(n, msgspec.json.encode(records[n : n + 50])) for n in range(0, 900, 50)]
    batcher = CommandBatcher(partitions=2, reported_partition=2, marks=Marks({"data.octets": {"a": 1}}))
    assert not any(read_messages(messages, batcher))
    positions: dict[int, list[int]] = {}
    for partition, command in batcher.commands():
        assert 0 < len(command.records) <= 90 and len(encode(command)) <= 16_000
        positions.setdefault(partition, []).extend(command.records.position)
    assert sum(map(len, positions.values())) == 900
    assert all(at == sorted(at) for at in positions.values())
