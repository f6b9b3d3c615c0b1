"""What collectors and network elements send becomes the right records, whatever else they send costs nothing."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.usage import formats
from services.usage.formats.cdr_3gpp import FORMAT as CDR
from services.usage.formats.contract import LINES, Example, Format, Headers, ReportedRecord
from services.usage.formats.parsing.ber import NotBer, element_at

Flow = dict[str, Any]

FLOW: Flow = {
    "type": "NETFLOW_V9",
    "time_received_ns": 1795395600_000_000_000,
    "sampling_rate": 100,
    "sampler_address": "192.0.2.1",
    "time_flow_start_ns": 1795395000_000_000_000,
    "time_flow_end_ns": 1795395300_000_000_000,
    "bytes": 1500,
    "src_addr": "203.0.113.7",
    "dst_addr": "198.51.100.1",
}


def records(body: Any, headers: Headers | None = None) -> list[ReportedRecord]:
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    found = formats.parse(text, headers or {})
    assert all(isinstance(item, ReportedRecord) for item in found), found
    return [item for item in found if isinstance(item, ReportedRecord)]


# -- flows -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "lines", "expected"),
    [
        ({}, "203.0.113.0/24", [("ip:203.0.113.7", "up", "150000")]),
        ({}, "198.51.100.0/24", [("ip:198.51.100.1", "down", "150000")]),
        ({}, "0.0.0.0/0", [("ip:203.0.113.7", "up", "150000"), ("ip:198.51.100.1", "down", "150000")]),
        ({}, "10.0.0.0/8", []),
        ({"sampling_rate": 0}, "203.0.113.0/24", [("ip:203.0.113.7", "up", "1500")]),
        ({"src_addr": "2001:db8::7"}, "2001:db8::/32", [("ip:2001:db8::7", "up", "150000")]),
    ],
)
def test_a_flow_counts_for_the_ends_that_are_lines_times_its_sampling_rate(
    change: Flow, lines: str, expected: list[tuple[str, str, str]]
) -> None:
    found = records({**FLOW, **change}, {LINES: lines})
    assert [(r.resource, (r.attributes or {})["direction"], r.quantity) for r in found] == expected
    assert {(r.started_at, r.ended_at, r.kind) for r in found} <= {
        ("2026-11-23T00:50:00Z", "2026-11-23T00:55:00Z", "delta")
    }


def test_a_total_of_ipfix_is_a_session_of_its_flow_and_a_delta_is_none_r33() -> None:
    ours = {LINES: "203.0.113.0/24"}
    first, later = (
        records({**FLOW, "octet_total_count": total, "time_flow_end_ns": end}, ours)[0]
        for total, end in ((1000, 1795395300_000_000_000), (4000, 1795395600_000_000_000))
    )
    assert (first.kind, first.status, first.session_id) == ("session", "interim", later.session_id)
    assert (first.quantity, later.quantity) == ("100000", "400000")
    assert first.id != later.id
    assert records({**FLOW, "src_port": 1, "octet_total_count": 1}, ours)[0].session_id != first.session_id


# -- counters --------------------------------------------------------------------------------------------------------


def metric(**fields: Any) -> dict[str, Any]:
    tags = {"agent_host": "core1", "ifIndex": "3", "uptime": "36000"}
    return {"name": "interface", "timestamp": 1795395600, "tags": tags, "fields": fields}


def test_64_bit_octets_of_an_interface_are_one_counter_and_32_bit_ones_are_two_r30() -> None:
    wide = metric(ifHCInOctets=7000, ifHCOutOctets=500, ifInOctets=1, ifOutOctets=2)
    narrow = metric(ifInOctets=4294967295, ifOutOctets=2)
    found = [(r.resource, r.counter_bits, r.quantity, r.uptime_s) for r in records([wide, narrow])]
    assert found == [
        ("ifindex:core1/3", 64, "7500", 360),
        ("ifindex:core1/3/in", 32, "4294967295", 360),
        ("ifindex:core1/3/out", 32, "2", 360),
    ]


def test_the_same_reading_has_the_same_id_however_it_is_sent() -> None:
    one, batch = (
        records(metric(ifHCInOctets=1, ifHCOutOctets=2)),
        records({"metrics": [metric(ifHCInOctets=1, ifHCOutOctets=2)]}),
    )
    assert one == batch
    assert one[0].id == "ifindex:core1/3@2026-11-23T01:00:00Z"


# -- service flows, calls, charging records --------------------------------------------------------------------------


def example(name: str, n: int = 0) -> Example:
    return formats.formats()[name].examples[n]


def test_a_service_flow_is_a_session_that_counts_up_until_it_stops_r31() -> None:
    found = records(example("ipdr").body, example("ipdr").headers)
    assert [(r.kind, r.status, r.quantity, r.resource, r.uptime_s) for r in found] == [
        ("session", "interim", "73400320", "mac:00-1B-44-11-3A-B7", 618782),
        ("session", "stop", "73400320", "mac:00-1B-44-11-3A-B7", 618782),
    ]
    assert {r.session_id for r in found} == {"00-1B-44-11-3A-B7/2501/1850600"}


def test_a_service_flow_made_anew_after_a_reset_is_another_session_r31() -> None:
    again = example("ipdr").body.replace(b"Created>1850600", b"Created>200")
    sessions = {r.session_id for body in (example("ipdr").body, again) for r in records(body, example("ipdr").headers)}
    assert len(sessions) == 2


def test_a_call_begins_when_it_is_answered_on_the_clocks_of_the_exchange() -> None:
    call = records(example("asterisk").body, example("asterisk").headers)[0]
    assert (call.resource, call.meter, call.quantity, call.id) == (
        "tel:33123456789",
        "voice.seconds",
        "120",
        "1763892000.1",
    )
    assert (call.started_at, call.ended_at) == ("2026-11-23T10:00:05+01:00", "2026-11-23T10:02:05+01:00")
    assert (call.attributes or {})["destination"] == "0033612345678"
    assert (call.attributes or {})["dialled_at"] == "2026-11-23T10:00:00+01:00"


def test_a_call_that_nobody_answered_has_no_seconds_r22() -> None:
    (call,) = records(example("freeswitch", 1).body, example("freeswitch", 1).headers)
    assert (call.quantity, call.started_at) == ("0", "2026-11-23T10:00:00+00:00")


# Two partial records of a P-GW, encoded by an ASN.1 compiler from TS 32.298 V16: rating groups 10 and 20, then 10.
PGW = (
    "bf4f81cd800155830802980300000000f3a4068004c000021e85021268a6068004c000020a8708696e7465726e65748d092611230100002b0000"
    "8e020e108f01119101019204706777319607913316325476f897020800bf2271303581010a84010185092611230100002b000086092611230115"
    "002b0000880500000000008c01648d0203848e092611230115002b0000303881011484010285092611230105002b000086092611230120002b00"
    "00880500000000008c01078d05012a05f2008e092611230120002b0000bf23030a0102",
    "bf4f8192800155830802980300000000f3a4068004c000021e85021268a6068004c000020a8708696e7465726e65748d092611230200002b0000"
    "8e020e108f01009101029204706777319607913316325476f897020800bf2236303481010a84010385092611230200002b000086092611230215"
    "002b0000880500000000008c01018d01028e092611230215002b0000bf23030a0102",
)


def test_partial_records_of_a_session_add_up_by_their_containers_r32() -> None:
    found = records(bytes.fromhex("".join(PGW)), {"content-type": "application/vnd.3gpp.cdr"})
    assert [(r.id, r.quantity, (r.attributes or {})["rating_group"]) for r in found] == [
        ("4712/1/0", "1000", 10),
        ("4712/1/1", "5000000007", 20),
        ("4712/2/0", "3", 10),
    ]
    assert {(r.source, r.resource) for r in found} == {("192.0.2.30", "tel:33612345678")}
    assert (found[0].started_at, found[0].ended_at) == ("2026-11-23T01:00:00+00:00", "2026-11-23T01:15:00+00:00")
    (attributes,) = (r.attributes for r in found[2:])
    assert attributes == {"apn": "internet", "cause": 0, "uplink": "1", "downlink": "2", "rating_group": 10}


def test_traffic_volumes_of_an_s_gw_follow_on_one_another_r32() -> None:
    found = records(example("cdr_3gpp").body, example("cdr_3gpp").headers)
    assert [(r.id, r.quantity, r.started_at, r.ended_at) for r in found] == [
        ("4711/1/0", "3000", "2026-11-23T01:30:00+01:00", "2026-11-23T02:00:00+01:00"),
        ("4711/1/1", "70500", "2026-11-23T02:00:00+01:00", "2026-11-23T02:30:00+01:00"),
        ("4711/2/0", "5000000006", "2026-11-23T02:30:00+01:00", "2026-11-23T03:00:00+01:00"),
    ]


# -- whatever else ---------------------------------------------------------------------------------------------------

SEEDS = [(each, one) for each in formats.formats().values() for one in each.examples if one.body]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(SEEDS), st.integers(0, 10_000), st.binary(max_size=12), st.integers(0, 40))
def test_no_damage_to_a_message_breaks_its_format(seed: tuple[Format, Example], at: int, put: bytes, cut: int) -> None:
    body = seed[1].body
    place = at % (len(body) + 1)
    damaged = body[:place] + put + body[place + cut :]
    found = formats.parse(damaged, seed[1].headers)
    assert len(formats.split(damaged, seed[1].headers)) == len(found) or not found


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(formats.formats())), st.binary(max_size=200))
def test_no_bytes_break_any_format(name: str, body: bytes) -> None:
    headers = {"usage-format": name, "usage-source": "s"}
    assert len(formats.split(body, headers)) >= len(formats.parse(body, headers))


FILES = [(each, one) for each, one in SEEDS if each.cutter and "undecodable" not in one.outcomes]


def cut_up(each: Format, body: bytes, size: int) -> list[bytes]:
    """The bodies of a file that arrives in chunks."""
    assert each.cutter is not None
    cutter = each.cutter()
    bodies = [cut for n in range(0, len(body), size) for cut in cutter.feed(body[n : n + size])]
    return bodies + cutter.end()


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(FILES), st.integers(1, 400))
def test_a_file_cut_into_bodies_has_the_pieces_of_the_whole(seed: tuple[Format, Example], size: int) -> None:
    each, one = seed
    bodies = cut_up(each, one.body, size)
    cut = [item for text in bodies for item in each.parse(text, one.headers) if isinstance(item, ReportedRecord)]
    whole = [item for item in each.parse(one.body, one.headers) if isinstance(item, ReportedRecord)]
    assert cut == whole


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(FILES), st.integers(1, 400), st.integers(1, 400))
def test_a_file_that_breaks_off_gives_what_was_whole(seed: tuple[Format, Example], size: int, missing: int) -> None:
    each, one = seed
    body = one.body[: max(0, len(one.body) - missing)]
    bodies = cut_up(each, body, size)
    cut = [item for text in bodies for item in each.parse(text, one.headers) if isinstance(item, ReportedRecord)]
    whole = [item for item in each.parse(one.body, one.headers) if isinstance(item, ReportedRecord)]
    # Of a line that breaks off within its last cell nobody can tell that there was more.
    assert [r.id for r in cut[:-1]] == [r.id for r in whole[: max(0, len(cut) - 1)]]


HOSTILE = [
    ({"usage-format": "ipdr"}, b"<IPDRDoc>" + b"<IPDR>" * 30_000),
    ({"usage-format": "ipdr"}, b"<IPDRDoc><IPDR>" + b"<a>" * 50_000 + b"</a>" * 50_000 + b"</IPDR></IPDRDoc>"),
    ({"usage-format": "ipdr"}, b"<a/>" * 200_000),
    ({"usage-format": "cdr_3gpp"}, b"\xbf\x4e\x80" * 50_000),
    ({"usage-format": "cdr_3gpp"}, b"\xa0\x80" * 50_000),
    ({"usage-format": "cdr_3gpp"}, b"\x30\x00" * 50_000),
    ({"usage-format": "csv"}, b"," * 1_000_000 + b"\n" + b"," * 1_000_000),
    ({"usage-format": "csv"}, b'"' * 1_000_000),
    ({"usage-format": "asterisk", "usage-source": "s"}, b'a\n"' * 30_000),
    ({}, b'{"metrics":[' + b",".join([b"{}"] * 30_000) + b"]}"),
    ({}, b'{"sampler_address":"' + b"a" * 1_000_000 + b'","type":"IPFIX"}'),
    ({LINES: "10.0.0.0/8," * 30_000}, json.dumps(FLOW).encode()),
]


@pytest.mark.parametrize(("headers", "body"), HOSTILE)
def test_hostile_bytes_are_read_in_bounded_time(headers: Headers, body: bytes) -> None:
    began = time.process_time()
    formats.parse(body, headers)
    cutter = formats.format_of(headers).cutter
    if cutter is not None:
        cut = cutter()
        for n in range(0, len(body), 65_536):
            assert sum(map(len, cut.feed(body[n : n + 65_536]))) <= 2_000_000
        cut.end()
    assert time.process_time() - began < 8


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=100))
def test_ber_is_read_to_its_end_or_refused(data: bytes) -> None:
    try:
        _, end = element_at(data, 0)
    except NotBer:
        return
    assert 0 < end <= len(data)


def test_a_cdr_file_is_read_without_its_headers() -> None:
    one, two = (bytes.fromhex(text) for text in PGW)
    header = (54).to_bytes(4, "big")
    framed = b"".join(len(cdr).to_bytes(2, "big") + b"\x65\x2e" + cdr for cdr in (one, two))
    file = (54 + len(framed)).to_bytes(4, "big") + header + bytes(46) + framed
    assert CDR.cutter is not None
    for size in (1, 7, 100, len(file)):
        cutter = CDR.cutter()
        bodies = [cut for n in range(0, len(file), size) for cut in cutter.feed(file[n : n + size])] + cutter.end()
        assert b"".join(bodies) == one + two
