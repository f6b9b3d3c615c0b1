"""What is well formed and makes no sense: values, elements and cells that no equipment sends break no format."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.usage import formats
from services.usage.formats.contract import Example, Format, Parsed, Undecodable
from services.usage.formats.radius import EXAMPLES as RADIUS
from services.usage.formats.radius import MEDIA_TYPE, framed
from tests.services.usage.formats.test_formats import outcome

EVERY = [(each, one) for each in formats.formats().values() for one in each.examples if one.body]


def read(each: Format, body: bytes, headers: dict[str, str]) -> list[Parsed]:
    """What a message comes to; every piece has an outcome within the bounds, and its bytes."""
    found = formats.parse(body, headers)
    for item in found:
        outcome(item)
    assert len(formats.split(body, headers)) == len(found) or not found, each.name
    return found


# -- objects ---------------------------------------------------------------------------------------------------------


def as_json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


OBJECTS = [(each, one, value) for each, one in EVERY if isinstance(value := as_json(one.body), dict | list)]

NUMBERS = st.integers() | st.sampled_from([0, -1, 2**31, 2**32, 2**63, 2**64, 10**30, 10**400]) | st.floats()
WORDS = st.sampled_from(["", "0", "-1", "1e999", "NaN", "2026-11-23T01:00:00Z", "9999-12-31T23:59:59Z", "\ud800", "\0"])
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inner:
        yield from places(child, (*path, key))


def replaced(value: Any, path: tuple[Any, ...], put: Any) -> Any:
    if not path:
        return put
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], put)
    return copy


def test_every_format_of_objects_is_among_those_that_are_fuzzed() -> None:
    assert {each.name for each, _, _ in OBJECTS} >= {"cloudevents", "gnmic", "goflow2", "json", "nchf", "telegraf"}


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(OBJECTS), st.lists(st.tuples(st.integers(0, 10_000), VALUES), min_size=1, max_size=3))
def test_no_value_anywhere_in_an_object_breaks_its_format(
    seed: tuple[Format, Example, Any], puts: list[tuple[int, Any]]
) -> None:
    each, example, value = seed
    for at, put in puts:
        paths = list(places(value))
        value = replaced(value, paths[at % len(paths)], put)
    read(each, json.dumps(value).encode(), dict(example.headers))


# -- XML -------------------------------------------------------------------------------------------------------------

IPDR = {"usage-format": "ipdr", "usage-source": "cmts1"}
TAGS = ["CMmacAddress", "CmMacAddr", "RecType", "ServiceFlowChIdx", "ServiceOctetsPassed", "IPDRcreationTime", "x"]
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=12)
SAID = TEXTS | st.sampled_from(["1", "2", "-1", "9" * 40, "00:1b:44:11:3a:b7", "2026-11-23T01:00:00Z", "1e9"])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.tuples(st.sampled_from(TAGS), SAID, st.booleans()), max_size=8), max_size=4))
def test_no_elements_break_a_document_of_ipdr(records: list[list[tuple[str, str, bool]]]) -> None:
    root = Element("IPDRDoc")
    for fields in records:
        inner = record = SubElement(root, "IPDR")
        for tag, text, deeper in fields:
            child = SubElement(inner, tag)
            child.text = text
            inner = child if deeper else record
    read(formats.formats()["ipdr"], tostring(root), IPDR)


def laughs() -> bytes:
    """Ten entities, each ten times the one before it: 10^10 letters of a kilobyte."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 11))
    return (
        f'<!DOCTYPE d [<!ENTITY e0 "ha">{entities}]><IPDRDoc><IPDR><RecType>&e10;</RecType></IPDR></IPDRDoc>'.encode()
    )


def with_entity(declared: str, used: str = "&x;") -> bytes:
    return f"<!DOCTYPE d [{declared}]><IPDRDoc><IPDR><SubscriberId>{used}</SubscriberId></IPDR></IPDRDoc>".encode()


def hostile(secret: Path) -> list[bytes]:
    return [
        laughs(),
        with_entity('<!ENTITY x "harmless">'),
        with_entity(f'<!ENTITY x SYSTEM "file://{secret}">'),
        with_entity(f'<!ENTITY % p SYSTEM "file://{secret}"> %p;', ""),
        with_entity("<!ENTITY x '" + "a" * 50_000 + "'>", "&x;" * 5_000),
        f'<!DOCTYPE IPDRDoc SYSTEM "file://{secret}"><IPDRDoc><IPDR/></IPDRDoc>'.encode(),
    ]


@pytest.mark.parametrize("which", range(6))
def test_a_document_type_is_refused_whole_and_no_entity_is_fetched_or_grows(which: int, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("of nobody's business")
    body = hostile(tmp_path / "secret")[which]
    began = time.process_time()
    cutter = formats.formats()["ipdr"].cutter
    assert cutter is not None
    cut = cutter()
    for each in (body, *cut.feed(body), *cut.end()):
        (found,) = formats.parse(each, IPDR)
        assert isinstance(found, Undecodable)
        assert "of nobody's business" not in found.detail
    assert time.process_time() - began < 2


# -- rows, and what is binary -----------------------------------------------------------------------------------------

ROWS = ["asterisk", "csv", "freeswitch"]
CELLS = st.text(max_size=12) | st.sampled_from(["", "1", "-1", "2026-11-23 10:00:05", "9" * 30, "ANSWERED", "\0", '"'])


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(ROWS),
    st.sampled_from(["", "UTC", "Europe/Paris", "Mars/Phobos"]),
    st.lists(st.lists(CELLS, max_size=20), max_size=5),
    st.booleans(),
)
def test_no_cells_break_a_format_of_rows(name: str, zone: str, rows: list[list[str]], headed: bool) -> None:
    each = formats.formats()[name]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    head = b"" if not headed else each.examples[0].body.split(b"\n")[0] + b"\n"
    headers = {"usage-format": name, "usage-source": "s", **({"usage-time-zone": zone} if zone else {})}
    read(each, head + text.getvalue().encode(errors="replace"), headers)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 255), st.binary(max_size=20)), max_size=12),
    st.sampled_from(["user", "mac", "ip", "circuit"]),
    st.integers(0, 2**64 - 1),
)
def test_no_attributes_break_a_packet_of_radius(said: list[tuple[int, bytes]], line: str, arrived_us: int) -> None:
    body = b"".join(bytes((kind, len(value) + 2)) + value for kind, value in said)
    packet = b"\x04\x01" + (20 + len(body)).to_bytes(2, "big") + bytes(16) + body
    message = framed(arrived_us, line, "bras-1", packet) + RADIUS[0].body
    assert len(read(formats.formats()["radius"], message, {"content-type": MEDIA_TYPE})) >= 3


TAGGED = st.binary(min_size=1, max_size=2) | st.sampled_from(
    [b"\xbf\x4f", b"\xbf\x4e", b"\x80", b"\xa4", b"\xbf\x22", b"0"]
)
BER = st.recursive(
    st.tuples(TAGGED, st.binary(max_size=8)),
    lambda inner: st.tuples(TAGGED, st.lists(inner, max_size=4)),
    max_leaves=12,
)


def encoded(element: tuple[bytes, Any]) -> bytes:
    tag, content = element
    value = content if isinstance(content, bytes) else b"".join(map(encoded, content))
    return tag + b"\x82" + len(value).to_bytes(2, "big") + value


@settings(max_examples=300, deadline=None)
@given(st.lists(BER, max_size=4))
def test_no_elements_break_a_charging_record(elements: list[Any]) -> None:
    body = b"".join(map(encoded, elements))
    read(formats.formats()["cdr_3gpp"], body, {"usage-format": "cdr_3gpp", "usage-source": "pgw1"})
