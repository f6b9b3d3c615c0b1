"""Wire formats: what is a record, what is malformed, out of bounds, or no JSON at all (docs/api.md, section 3)."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from services.usage.admission import admit, home
from services.usage.commands import ReportedRecord
from services.usage.cutting import BYTES_MAX, POSITIONS_PER_MESSAGE, RECORDS_MAX, Cutter
from services.usage.formats import cloudevents, parse, structured
from services.usage.records import Item, Problem, Undecodable, UsageRecord, WireRecord
from shared.kernel.message import encode
from tests.services.usage.story import record, wire


def outcome(item: Item) -> str:
    """`record`, `undecodable`, or the code of the problem, bounds included."""
    if isinstance(item, Undecodable):
        return "undecodable"
    if isinstance(item, WireRecord):
        admitted = admit(item, 0, "place")
        return "record" if isinstance(admitted, ReportedRecord) else admitted.code
    return item.code


def outcomes(body: bytes, headers: dict[str, str] | None = None) -> list[str]:
    return [outcome(item) for item in parse(body, headers or {})]


def as_json(*records: dict[str, Any]) -> bytes:
    return json.dumps(records[0] if len(records) == 1 else records).encode()


@pytest.mark.parametrize(("headers", "body", "expected"), [*structured.EXAMPLES, *cloudevents.EXAMPLES])
def test_the_examples_of_each_format_are_true(headers: dict[str, str], body: bytes, expected: list[str]) -> None:
    assert outcomes(body, headers) == expected


# One field changed, and what becomes of the record. `None` leaves the field out.
BORDERS: list[tuple[dict[str, Any], str]] = [
    # a field missing or of the wrong type
    ({"source": None}, "malformed"),
    ({"resource": None}, "malformed"),
    ({"meter": None}, "malformed"),
    ({"quantity": None}, "malformed"),
    ({"started_at": None}, "malformed"),
    ({"quantity": 7}, "malformed"),
    ({"quantity": 7.5}, "malformed"),
    ({"quantity": True}, "malformed"),
    ({"quantity": "seven"}, "malformed"),
    ({"quantity": ""}, "malformed"),
    ({"quantity": "7e3"}, "malformed"),
    ({"quantity": ".5"}, "malformed"),
    ({"quantity": "+5"}, "malformed"),
    ({"quantity": "NaN"}, "malformed"),
    ({"quantity": "٧"}, "malformed"),
    ({"id": 17}, "malformed"),
    ({"attributes": []}, "malformed"),
    ({"attributes": "down"}, "malformed"),
    ({"started_at": "yesterday"}, "malformed"),
    ({"started_at": "2026-11-23T01:00:00"}, "malformed"),
    ({"started_at": "2026-11-23"}, "malformed"),
    ({"started_at": "2026-02-30T01:00:00Z"}, "malformed"),
    ({"started_at": 1795395600}, "malformed"),
    ({"started_at": "2026-W48-1T01:00:00Z"}, "malformed"),
    ({"started_at": "2026-11-23T01:00:60Z"}, "malformed"),
    ({"started_at": "0000-01-01T00:00:00Z"}, "malformed"),
    ({"kind": 1}, "malformed"),
    ({"kind": "counter"}, "malformed"),
    ({"kind": "counter", "counter_bits": 32}, "malformed"),
    ({"kind": "counter", "counter_bits": "32", "boot_id": "b"}, "malformed"),
    # of the right type and out of bounds
    ({"quantity": "-1"}, "schema_violation"),
    ({"quantity": "0.0000001"}, "schema_violation"),
    ({"quantity": "1000000000000000000"}, "schema_violation"),
    ({"source": ""}, "schema_violation"),
    ({"id": ""}, "schema_violation"),
    ({"id": "x" * 256}, "schema_violation"),
    ({"resource": "mac:\u0000"}, "schema_violation"),
    ({"resource": "mac:\n"}, "schema_violation"),
    ({"ended_at": "2026-11-23T00:59:59Z"}, "schema_violation"),
    ({"started_at": "1970-01-01T00:00:00Z"}, "schema_violation"),
    ({"started_at": "0001-01-01T00:00:00+10:00"}, "schema_violation"),
    ({"started_at": "9999-12-31T23:59:59-12:00"}, "schema_violation"),
    ({"started_at": "2200-01-01T00:00:00Z"}, "schema_violation"),
    ({"started_at": "2199-12-31T23:59:59-00:01"}, "schema_violation"),
    ({"ended_at": "2200-01-01T00:00:00Z"}, "schema_violation"),
    ({"started_at": None, "ended_at": "9999-12-31T23:59:59-12:00"}, "schema_violation"),
    ({"kind": "gauge"}, "schema_violation"),
    ({"kind": "session", "session_id": "s", "status": "stop"}, "schema_violation"),
    ({"kind": "sample"}, "schema_violation"),
    ({"kind": "counter", "counter_bits": 16, "boot_id": "b"}, "schema_violation"),
    ({"kind": "counter", "counter_bits": 32, "boot_id": "b", "quantity": "4294967296"}, "schema_violation"),
    ({"kind": "counter", "counter_bits": 32, "uptime_s": -1}, "schema_violation"),
    ({"attributes": {"note": "x" * 4096}}, "schema_violation"),
    ({"attributes": {"note": "\u0000"}}, "schema_violation"),
    ({"attributes": {"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": {"i": 1}}}}}}}}}}, "schema_violation"),
    ({"speed": "9"}, "schema_violation"),
    # and what is right
    ({}, "record"),
    ({"id": None}, "record"),
    ({"quantity": "0"}, "record"),
    ({"quantity": "0.000001"}, "record"),
    ({"quantity": "999999999999999999.999999"}, "record"),
    ({"started_at": None, "ended_at": "2026-11-23T01:00:00Z"}, "record"),
    ({"ended_at": "2026-11-23T01:00:00Z"}, "record"),
    ({"ended_at": "2199-12-31T23:59:59Z"}, "record"),
    ({"ended_at": "2026-12-31T23:59:60Z"}, "record"),
    ({"started_at": "2016-12-31T15:59:60-08:00"}, "record"),
    ({"started_at": "2026-11-23T02:00:00.123456+01:00"}, "record"),
    ({"attributes": {"direction": "down", "n": 1, "big": 10**30}}, "record"),
    ({"attributes": {"note": "x" * 3500}}, "record"),
    ({"source": "é" * 255}, "record"),
    ({"kind": "delta"}, "record"),
    ({"kind": "counter", "counter_bits": 64, "uptime_s": 0}, "record"),
]


@pytest.mark.parametrize(("change", "expected"), BORDERS)
def test_every_border_is_drawn_alike_alone_in_an_array_and_on_a_line(change: dict[str, Any], expected: str) -> None:
    body = as_json(record(**change))
    assert outcomes(body) == [expected]
    assert outcomes(b"[" + body + b"]") == [expected]
    assert outcomes(as_json(record()) + b"\n" + body + b"\n") == ["record", expected]


def test_a_problem_names_its_field() -> None:
    (problem,) = parse(as_json(record(quantity=7)), {})
    assert problem == Problem(
        "malformed",
        'quantity is a decimal string such as "73400320", not a number',
        "/quantity",
        content=record(quantity=7),
    )


NO_JSON = [
    b"",
    b"   ",
    b"\xff\xfe",
    b"{",
    b"[1, 2",
    b'{"a": \xff}',
    b"NaN",
    b"olt;7",
    b"[" * 5000,
    b"{'a': 1}",
    b"\xef\xbb\xbf{}",
]


@pytest.mark.parametrize("body", NO_JSON)
def test_what_is_no_json_is_one_undecodable_message(body: bytes) -> None:
    (item,) = parse(body, {})
    assert isinstance(item, Undecodable)
    assert item.data == body


@pytest.mark.parametrize("body", [b"42", b'"text"', b"null", b"true", b"1e999"])
def test_json_that_is_no_object_is_malformed(body: bytes) -> None:
    assert outcomes(body) == ["malformed"]
    assert outcomes(b"[" + body + b"]") == ["malformed"]


def test_a_bad_piece_costs_its_neighbours_nothing() -> None:
    good = as_json(record())
    assert outcomes(b"[" + good + b", [1], 7, {}, " + good + b"]") == ["record", *["malformed"] * 3, "record"]
    assert outcomes(good + b"\n\n{oops\r\n7\n" + good) == ["record", "undecodable", "malformed", "record"]


def test_an_empty_array_holds_nothing() -> None:
    assert parse(b"[]", {}) == []


def test_one_record_may_be_spread_over_lines() -> None:
    assert outcomes(json.dumps(record(), indent=2).encode()) == ["record"]


def test_a_cloud_event_has_its_identity_in_the_envelope() -> None:
    headers = {
        "ce-specversion": "1.0",
        "ce-type": "meterlog.usage.v1",
        "ce-source": "olt-12",
        "ce-id": "r1",
        "ce-time": "2026-11-23T01:00:00Z",
        "ce-traceparent": "an extension",
    }
    data = record(id=None, source=None, started_at=None)
    assert parse(as_json(data), headers) == [wire(record())]
    doubled = {**data, "id": "r2"}
    assert outcomes(as_json(doubled), headers) == ["schema_violation"]


def test_structured_events_come_alone_and_in_arrays() -> None:
    event = {
        "specversion": "1.0",
        "type": "meterlog.usage.v1",
        "source": "olt-12",
        "id": "r1",
        "data": record(id=None, source=None),
    }
    assert parse(as_json(event), {}) == [wire(record())]
    assert parse(as_json(event, record()), {}) == [wire(record()), wire(record())]
    assert outcomes(as_json({**event, "time": 7, "data": record(id=None, source=None, started_at=None)})) == [
        "malformed"
    ]


# -- the fast path says what the public model says -------------------------------------------------------------------

texts = st.text(min_size=0, max_size=12) | st.sampled_from(["olt-12", "mac:00", "data.octets", ""])
quantities = st.sampled_from(["7", "0", "7.5", "-1", "1e3", "x", "0.0000001", "9" * 18, "9" * 19]) | st.integers()
instants = st.sampled_from(["2026-11-23T01:00:00Z", "2026-11-23T01:05:00+01:00", "2026-11-23", "soon"]) | st.none()
anything = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=2)
fields = st.fixed_dictionaries(
    {
        "source": st.just("olt-12") | texts | anything,
        "resource": st.just("mac:00") | texts,
        "meter": st.just("data.octets") | texts,
        "quantity": st.just("7") | quantities,
        "started_at": st.just("2026-11-23T01:00:00Z") | instants,
    },
    optional={
        "id": st.just("r1") | texts | anything,
        "ended_at": instants,
        "attributes": st.dictionaries(st.text(max_size=3), anything, max_size=2) | anything,
        "kind": st.sampled_from(["delta", "counter", "gauge"]),
        "counter_bits": st.sampled_from([32, 64, 16, "32"]),
        "boot_id": texts | anything,
        "uptime_s": st.integers(-2, 100) | anything,
        "session_id": texts | anything,
        "status": st.sampled_from(["start", "stop", "pause"]) | anything,
        "more": anything,
    },
)


def is_valid(candidate: dict[str, Any]) -> bool:
    try:
        UsageRecord.model_validate(candidate)
    except ValidationError:
        return False
    return True


@settings(max_examples=150, deadline=None)
@given(fields)
def test_the_hot_path_takes_what_the_public_model_takes(candidate: dict[str, Any]) -> None:
    (found,) = outcomes(msgspec.json.encode(candidate))
    assert (found == "record") == is_valid(candidate), (found, candidate)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_bytes_break_the_parser(body: bytes) -> None:
    for item in parse(body, {}):
        outcome(item)


# -- cutting ---------------------------------------------------------------------------------------------------------


def test_commands_stay_within_their_bounds_and_in_order_of_positions() -> None:
    cutter = Cutter(partitions=3, reported_partition=1)
    for offset in range(40):
        for index in range(100):
            fields = record(id=f"{offset}-{index}", attributes={"note": "x" * (offset * 50)})
            cutter.add(wire(fields), offset * POSITIONS_PER_MESSAGE + index, "")
    positions: dict[int, list[int]] = {}
    for partition, command in cutter.commands():
        assert len(command.records) <= RECORDS_MAX
        assert len(encode(command)) <= BYTES_MAX * 1.05
        for reported in command.records:
            assert home(reported, 3) == partition
            positions.setdefault(partition, []).append(reported.position)
    assert sum(map(len, positions.values())) == 4000
    assert all(at == sorted(at) for at in positions.values())


def test_a_counter_lives_with_its_other_readings_and_a_delta_with_its_identity() -> None:
    def place(**fields: Any) -> int:
        admitted = admit(wire(record(**fields)), 0, "")
        assert isinstance(admitted, ReportedRecord)
        return home(admitted, 64)

    counter = {"kind": "counter", "counter_bits": 64, "boot_id": "b"}
    assert len({place(id=str(n), **counter) for n in range(20)}) == 1
    assert len({place(id=str(n)) for n in range(20)}) > 10
    assert place(resource="mac:a") == place(resource="mac:b")


def test_a_malformed_record_keeps_what_could_be_read_of_it() -> None:
    cutter = Cutter(partitions=4, reported_partition=2)
    (problem,) = parse(as_json(record(quantity=7, resource="mac:\u0000")), {})
    assert isinstance(problem, Problem)
    cutter.refuse(problem, None, 5, "reported/2/0#5")
    ((partition, command),) = cutter.commands()
    ((position, aside),) = command.refused
    assert (partition, position) == (1, 5)
    assert (aside.state, aside.reason, aside.source, aside.id, aside.resource) == (
        "malformed",
        "malformed",
        "olt-12",
        "r1",
        None,
    )
    assert aside.started_at is not None
    assert aside.raw is not None
    assert json.loads(aside.raw)["quantity"] == 7
