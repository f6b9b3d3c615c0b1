"""RADIUS packets: taken apart and answered as pyrad does, and nothing a stranger sends raises."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrad.packet import AcctPacket

from services.usage.formats import radius
from services.usage.formats.contract import ReportedRecord
from services.usage.formats.parsing import radius_packet as rp
from tests.kit.radius import SECRET, accounting_request, dictionary


def test_what_pyrad_signs_is_signed_and_its_attributes_are_read() -> None:
    packet = accounting_request("Interim-Update", "81", octets=(1000, 9000), extra={"User-Name": "zoë@example.net"})
    assert rp.is_signed(packet, SECRET)
    assert not rp.is_signed(packet, b"another")
    found = rp.attributes_of(packet)
    assert found[rp.USER_NAME] == ["zoë@example.net".encode()]
    assert int.from_bytes(found[rp.ACCT_OUTPUT_OCTETS][0], "big") == 9000


def test_what_we_answer_pyrad_takes_for_the_answer() -> None:
    request = accounting_request("Start", "81", extra={"Proxy-State": b"\x01\x02"})
    answer = rp.answer(request, SECRET)
    asked = AcctPacket(packet=request, secret=SECRET, dict=dictionary())
    told = asked.CreateReply(packet=answer)
    assert asked.VerifyReply(told, answer)
    assert told.code == rp.ACCOUNTING_RESPONSE
    assert told["Proxy-State"] == [b"\x01\x02"]


def test_a_message_authenticator_is_checked_and_given_back() -> None:
    signed = accounting_request("Start", "81", message_authenticator=True)
    assert rp.is_signed(signed, SECRET)
    assert rp.message_authenticator_fits(signed, SECRET) is True
    assert rp.message_authenticator_fits(signed, b"another") is False
    assert rp.message_authenticator_fits(accounting_request("Start", "81"), SECRET) is None
    assert rp.MESSAGE_AUTHENTICATOR in rp.attributes_of(rp.answer(signed, SECRET))


@pytest.mark.parametrize(
    ("datagram", "kept"),
    [
        (b"", None),
        (b"\x04\x01\x00\x14" + bytes(15), None),  # shorter than a header
        (b"\x04\x01\x00\x14" + bytes(16), 20),
        (b"\x04\x01\x00\x14" + bytes(30), 20),  # padding
        (b"\x04\x01\x00\x20" + bytes(16), None),  # cut off
        (b"\x04\x01\x00\x05" + bytes(16), None),  # says it is shorter than a header
        (b"\x04\x01\x10\x01" + bytes(4093), None),  # longer than 4,096
    ],
)
def test_a_datagram_is_a_packet_of_the_length_that_it_says(datagram: bytes, kept: int | None) -> None:
    packet = rp.trimmed(datagram)
    assert (None if packet is None else len(packet)) == kept


@given(st.binary(max_size=300))
def test_no_bytes_raise_but_as_a_malformed_packet(data: bytes) -> None:
    packet = rp.trimmed(b"\x04\x01" + (20 + len(data)).to_bytes(2, "big") + bytes(16) + data)
    assert packet is not None
    rp.is_signed(packet, SECRET)
    rp.message_authenticator_fits(packet, SECRET)
    try:
        rp.attributes_of(packet)
        rp.answer(packet, SECRET)
    except rp.MalformedPacket:
        pass


@given(st.binary(max_size=400))
def test_no_message_raises_and_every_piece_has_its_bytes(data: bytes) -> None:
    for body in (data, radius.EXAMPLES[0].body + data):
        assert len(radius.parse(body, {})) == len(radius.split(body, {}))


def _records(packet: bytes, *, line: str = "user", arrived_us: int = 1_795_395_600_000_000) -> list[Any]:
    return radius.parse(radius.framed(arrived_us, line, "bras-1", packet), {})


def test_octets_are_gigawords_and_octets_in_both_directions_r25() -> None:
    packet = accounting_request("Interim-Update", "81", octets=(7, 9), gigawords=(0, 2))
    up, down = _records(packet)
    assert (up.quantity, up.attributes) == ("7", {"direction": "up"})
    assert (down.quantity, down.attributes) == (str(2 * 2**32 + 9), {"direction": "down"})


def test_a_record_is_of_when_its_packet_arrived_less_its_delay_r27() -> None:
    (first, _) = _records(accounting_request("Stop", "81", extra={"Acct-Delay-Time": 90}))
    assert first.ended_at == "2026-11-23T00:58:30.000000Z"


def test_a_session_is_told_by_nas_port_and_its_id_r24() -> None:
    def session(**extra: Any) -> str:
        (first, _) = _records(accounting_request("Start", "81", extra=extra))
        assert isinstance(first, ReportedRecord) and first.session_id is not None
        return first.session_id

    told = {
        session(),
        session(**{"NAS-Port": 8}),
        session(**{"NAS-Identifier": "bras-east"}),
    }
    assert len(told) == 3


@pytest.mark.parametrize(
    ("line", "resource"),
    [
        ("user", "user:anna"),
        ("mac", "mac:00-1B-44-11-3A-B7"),
        ("ip", "ip:100.64.0.7"),
        ("circuit", "circuit:ge-0/0/1.100"),
    ],
)
def test_the_source_says_which_attribute_names_the_line(line: str, resource: str) -> None:
    extra = {
        "Calling-Station-Id": "00-1B-44-11-3A-B7",
        "Framed-IP-Address": "100.64.0.7",
        "NAS-Port-Id": "ge-0/0/1.100",
    }
    (first, _) = _records(accounting_request("Start", "81", extra=extra), line=line)
    assert first.resource == resource


def test_without_an_ipv4_address_the_delegated_prefix_names_the_line() -> None:
    prefix = {"Delegated-IPv6-Prefix": "2001:db8:7::/56"}
    (first, _) = _records(accounting_request("Start", "81", extra=prefix), line="ip")
    assert first.resource == "ip:2001:db8:7::/56"


def test_sent_again_with_another_delay_it_is_the_same_event() -> None:
    first = accounting_request("Stop", "81", extra={"Acct-Delay-Time": 0}, identifier=1)
    again = accounting_request("Stop", "81", extra={"Acct-Delay-Time": 5}, identifier=2)
    other = accounting_request("Stop", "82", extra={"Acct-Delay-Time": 5}, identifier=3)
    assert radius.event_key(first) == radius.event_key(again) != radius.event_key(other)


@given(st.binary(max_size=60))
def test_a_packet_is_well_formed_where_it_can_be_taken_apart(body: bytes) -> None:
    packet = b"\x04\x01" + (20 + len(body)).to_bytes(2, "big") + bytes(16) + body
    try:
        rp.attributes_of(packet)
    except rp.MalformedPacket:
        assert not rp.is_well_formed(packet)
    else:
        assert rp.is_well_formed(packet)


@given(st.lists(st.tuples(st.sampled_from([1, 33, 40, 41, 80]), st.binary(max_size=4)), max_size=6))
def test_a_key_leaves_out_what_a_packet_sent_again_says_otherwise(said: list[tuple[int, bytes]]) -> None:
    body = b"".join(bytes((kind, len(value) + 2)) + value for kind, value in said)
    packet = b"\x04\x01" + (20 + len(body)).to_bytes(2, "big") + bytes(16) + body
    assert all(rp.may_have(packet, kind) for kind, _ in said)
    kept = b"".join(bytes((kind, len(value) + 2)) + value for kind, value in said if kind in (1, 40))
    assert radius.event_key(packet) == kept
