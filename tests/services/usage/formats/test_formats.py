"""Wire formats: what is a record, what is malformed, out of bounds, or no JSON at all (docs/api.md, section 3)."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from services.usage.formats import headers_of, parse
from services.usage.formats.contract import Parsed, Problem, ReportedRecord, Undecodable
from services.usage.record.admission import admit_in_unit
from services.usage.record.fields import ReportedUsage
from tests.services.usage.story import record, wire


def outcome(item: Parsed) -> str:
    """`record`, `undecodable`, or the code of the problem, bounds included."""
    if isinstance(item, Undecodable):
        return "undecodable"
    if isinstance(item, ReportedRecord):
        admitted = admit_in_unit(item, 0, "place")
        return admitted.code if isinstance(admitted, Problem) else "record"
    return item.code


def outcomes(body: bytes, headers: Mapping[str, str] | None = None) -> list[str]:
    return [outcome(item) for item in parse(body, headers or {})]


def as_json(*records: dict[str, Any]) -> bytes:
    return json.dumps(records[0] if len(records) == 1 else records).encode()


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
    ({"kind": "session", "status": "stop"}, "malformed"),
    ({"kind": "session", "session_id": "s"}, "malformed"),
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
    ({"kind": "session", "session_id": "s", "status": "pause"}, "schema_violation"),
    ({"kind": "session", "session_id": "", "status": "stop"}, "schema_violation"),
    ({"kind": "counter", "counter_bits": 16, "boot_id": "b"}, "schema_violation"),
    ({"kind": "counter", "counter_bits": 32, "boot_id": "b", "quantity": "4294967296"}, "schema_violation"),
    ({"kind": "counter", "counter_bits": 32, "uptime_s": -1}, "schema_violation"),
    (
        {"kind": "counter", "counter_bits": 32, "boot_id": "b", "attributes": {"line_speed_bps": "1G"}},
        "schema_violation",
    ),
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
    ({"kind": "session", "session_id": "s", "status": "stop"}, "record"),
    ({"kind": "session", "status": "accounting_on"}, "record"),
]


@pytest.mark.parametrize(("change", "expected"), BORDERS)
def test_every_border_is_drawn_alike_alone_in_an_array_and_on_a_line(change: dict[str, Any], expected: str) -> None:
    body = as_json(record(**change))
    assert outcomes(body) == [expected]
    assert outcomes(b"[" + body + b"]") == [expected]
    assert outcomes(as_json(record()) + b"\n" + body + b"\n") == ["record", expected]


def test_a_problem_names_its_field() -> None:
    (problem,) = parse(as_json(record(quantity=7)), {})
    assert isinstance(problem, Problem)
    assert (problem.code, problem.detail, problem.pointer) == (
        "malformed",
        'quantity is a decimal string such as "73400320", not a number',
        "/quantity",
    )
    assert bytes(problem.content) == as_json(record(quantity=7))


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


OUT_OF_RANGE = b'{"source":"olt-12","id":"x","attributes":{"x":1e400}}'
HALF_A_PAIR = b'{"source":"olt-12","id":"\\ud800"}'
DEEP = b'{"attributes":' + b"[" * 3000 + b"]" * 3000 + b"}"


@pytest.mark.parametrize(
    ("bad", "expected", "pointer"),
    [
        (OUT_OF_RANGE, "malformed", "/attributes/x"),
        (b'{"quantity":1' + b"0" * 5000 + b"}", "malformed", "/quantity"),
        (HALF_A_PAIR, "schema_violation", "/id"),
        (b'{"id":"\\udc00\\ud800"}', "schema_violation", "/id"),
        (b'{"\\ud800":1}', "schema_violation", ""),
        (b'{"id":"1","id":"2"}', "schema_violation", "/id"),
        (DEEP, "undecodable", ""),
        (b'{"id":"\xff"}', "undecodable", ""),
    ],
)
@pytest.mark.parametrize("separator", [b",", b",\n  ", b"\n", b"\r\n"])
def test_a_piece_that_has_no_value_costs_nobody_but_itself_and_keeps_its_bytes(
    bad: bytes, expected: str, pointer: str, separator: bytes
) -> None:
    good = as_json(record())
    for place in range(3):
        pieces = [good, good]
        pieces.insert(place, bad)
        body = separator.join(pieces)
        items = parse(b"[" + body + b" ]" if b"," in separator else body, {})
        assert [outcome(item) for item in items] == [expected if n == place else "record" for n in range(3)]
        item = items[place]
        if isinstance(item, Problem):
            assert (bytes(item.content), item.pointer) == (bad, pointer)
        else:
            assert isinstance(item, Undecodable)
            assert item.data == bad


def test_a_pair_of_surrogates_is_one_letter() -> None:
    body = as_json(record(id="\U0001f600"))
    assert b"ud83d" in body
    assert outcomes(b"[" + body + b"," + HALF_A_PAIR + b"]") == ["record", "schema_violation"]


@pytest.mark.parametrize("indent", [None, 2])
def test_an_array_cut_off_in_transfer_is_refused_whole(indent: int | None) -> None:
    whole = json.dumps([record(id=str(n)) for n in range(5)], indent=indent).encode()
    assert outcomes(whole) == ["record"] * 5
    for start in (b"", b"  \n", b"\xef\xbb\xbf"):
        for end in range(1, len(whole), 7):
            (item,) = parse(start + whole[:end], {})
            assert isinstance(item, Undecodable)
            assert item.data == start + whole[:end]


def test_a_wrapper_cut_off_in_transfer_is_refused_whole() -> None:
    lines = json.dumps({"records": [record(id=str(n)) for n in range(3)]}, indent=1).encode().splitlines()
    compact = [as_json(record(id=str(n))) for n in range(3)]
    assert outcomes(b"\n".join(lines[:-2])) == ["undecodable"]
    assert outcomes(b'{"records": [\n' + b",\n".join(compact)) == ["undecodable"]


@pytest.mark.parametrize("body", [b"\n", b" \n\t\r\n", b" ", b""])
def test_nothing_but_white_space_is_a_message_that_does_not_vanish(body: bytes) -> None:
    (item,) = parse(body, {})
    assert isinstance(item, Undecodable)
    assert item.data == body


# -- a key given twice -------------------------------------------------------------------------------------------------

GOOD = as_json(record())[1:-1]


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        (b'"quantity":"1000"', "/quantity"),
        (b'"quantity" : "1000"', "/quantity"),
        (b'"\\u0071uantity":"1000"', "/quantity"),
        (b'"quantity":"7"', "/quantity"),
        (b'"attributes":{"a":1,"a":2}', "/attributes/a"),
        (b'"attributes":{"b":[{"a/b":1,"a/b":null}]}', "/attributes/b/0/a~1b"),
        (b'"ended_at":null,"ended_at":null', "/ended_at"),
        (b'"uptime_s":0,"uptime_s":5', "/uptime_s"),
        (b'"counter_bits":64,"counter_bits":32,"kind":"counter","boot_id":"b"', "/counter_bits"),
        (b'"boot_id":"\\"","uptime_s":1,"uptime_s":1', "/uptime_s"),
    ],
)
def test_a_key_given_twice_is_refused_by_its_name(more: bytes, pointer: str) -> None:
    body = b"{" + GOOD + b"," + more + b"}"
    for text in (body, b"[" + body + b"]", body + b"\n" + body):
        for item in parse(text, {}):
            assert isinstance(item, Problem)
            assert (item.code, item.http_code, item.pointer) == ("schema_violation", "duplicate_key", pointer)
    assert outcomes(b"[{" + GOOD + b"}," + body + b"]") == ["record", "schema_violation"]


def test_a_doubled_key_in_a_cloud_event_is_refused_wherever_it_is() -> None:
    data = as_json(record(id=None, source=None))[:-1] + b',"meter":"x"}'
    event = b'{"specversion":"1.0","type":"meterlog.usage.v1","source":"s","id":"1","data":' + data + b"}"
    assert [i.pointer for i in parse(event, {}) if isinstance(i, Problem)] == ["/data/meter"]
    base64 = b'{"specversion":"1.0","type":"meterlog.usage.v1","source":"s","id":"1","data_base64":"'
    base64 += b64encode(data) + b'"}'
    assert [i.pointer for i in parse(base64, {}) if isinstance(i, Problem)] == ["/data_base64"]
    headers = {"ce_specversion": "1.0", "ce_type": "meterlog.usage.v1", "ce_source": "olt-12", "ce_id": "1"}
    assert [i.pointer for i in parse(data, headers) if isinstance(i, Problem)] == ["/data/meter"]
    twice = headers_of([*((name, text.encode()) for name, text in headers.items()), ("CE_ID", b"2")])
    assert [i.pointer for i in parse(b"{}", twice) if isinstance(i, Problem)] == ["/id"]


def test_the_data_of_a_cloud_event_may_be_in_base64() -> None:
    event = {"specversion": "1.0", "type": "meterlog.usage.v1", "source": "olt-12", "id": "r1"}
    data = as_json(record(id=None, source=None))
    encoded = b64encode(data).decode()
    assert parse(as_json({**event, "data_base64": encoded}), {}) == [wire(record())]
    for wrong in ("*", encoded[:-5], "", 7, None, b64encode(b"\xff").decode()):
        assert outcomes(as_json({**event, "data_base64": wrong})) == ["malformed"]
    assert outcomes(as_json({**event, "data_base64": encoded, "data": {}})) == ["schema_violation"]


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
        "kind": st.sampled_from(["delta", "counter", "session", "gauge"]),
        "counter_bits": st.sampled_from([32, 64, 16, "32"]),
        "boot_id": texts | anything,
        "uptime_s": st.integers(-2, 100) | anything,
        "session_id": texts | anything,
        "status": st.sampled_from(["start", "stop", "accounting_off", "pause"]) | anything,
        "unit": st.sampled_from(["MB", "octet", "octets", "KB", "min", "\u0007", "M" * 41, ""]) | anything,
        "more": anything,
    },
)


def is_valid(candidate: dict[str, Any]) -> bool:
    try:
        ReportedUsage.model_validate(candidate)
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


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["id", "quantity", "attributes", "uptime_s", "more"]), anything), max_size=4))
def test_no_doubled_key_is_taken_in_any_mixture(more: list[tuple[str, Any]]) -> None:
    pairs = [*record().items(), *more]
    body = "{" + ", ".join(f"{json.dumps(k)} : {json.dumps(v)}" for k, v in pairs) + "}"
    names = [name for name, _ in pairs]
    doubled = len(set(names)) < len(names)
    (item,) = parse(body.encode(), {})
    assert (isinstance(item, Problem) and item.http_code == "duplicate_key") == doubled
