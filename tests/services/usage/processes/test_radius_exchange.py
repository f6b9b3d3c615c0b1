"""A RADIUS packet is answered once the broker has it, recorded once however often it comes, dropped when unproven."""

from __future__ import annotations

from typing import Any

import pytest

from services.usage.formats.parsing import radius_packet as rp
from services.usage.processes import radius_exchange
from services.usage.processes.radius_exchange import Answered, Dropped, Exchange, RadiusSource, Recorded
from services.usage.processes.radius_sources import RadiusSources
from tests.kit.radius import SECRET, accounting_request

BRAS = RadiusSource("bras-1", SECRET, "user", signed=False)
HERE = ("10.0.0.1", 40_000)


def recorded(exchange: Exchange, packet: bytes, now_ms: int = 0) -> Recorded:
    found = exchange.take(packet, HERE, BRAS, now_ms)
    assert isinstance(found, Recorded)
    return found


def test_nothing_is_answered_before_the_broker_has_it() -> None:
    exchange = Exchange()
    packet = accounting_request("Start", "81")
    key = recorded(exchange, packet).key
    assert exchange.take(packet, HERE, BRAS, 1) is None
    assert exchange.stored(key, 1) == [(rp.answer(packet, SECRET), HERE)]


def test_sent_again_after_its_answer_was_lost_it_is_answered_and_not_recorded() -> None:
    exchange = Exchange()
    exchange.stored(recorded(exchange, accounting_request("Stop", "81", identifier=1)).key, 0)
    again = accounting_request("Stop", "81", identifier=2, extra={"Acct-Delay-Time": 5})
    assert exchange.take(again, HERE, BRAS, 5_000) == Answered(rp.answer(again, SECRET))


def test_sent_again_under_another_identifier_while_on_its_way_both_are_answered() -> None:
    exchange = Exchange()
    first, again = (accounting_request("Stop", "81", identifier=n) for n in (1, 2))
    key = recorded(exchange, first).key
    assert exchange.take(again, HERE, BRAS, 1) is None
    assert [answer[1] for answer, _ in exchange.stored(key, 1)] == [1, 2]


def test_after_a_minute_the_dedupe_of_records_has_the_say() -> None:
    exchange = Exchange()
    packet = accounting_request("Stop", "81")
    exchange.stored(recorded(exchange, packet).key, 0)
    assert isinstance(exchange.take(packet, HERE, BRAS, 60_001), Recorded)


@pytest.mark.parametrize(
    ("datagram", "source", "reason"),
    [
        (accounting_request("Start", "81"), None, "unknown_source"),
        (accounting_request("Start", "81", secret=b"wrong"), BRAS, "bad_authenticator"),
        (accounting_request("Start", "81")[:30], BRAS, "malformed"),
        (b"\x01" + accounting_request("Start", "81")[1:], BRAS, "unexpected_code"),
        (accounting_request("Start", "81"), BRAS._replace(signed=True), "bad_message_authenticator"),
        (b"\x0c\x01\x00\x14" + bytes(16), BRAS, "bad_message_authenticator"),
    ],
)
def test_what_is_not_proven_is_dropped_without_a_word(
    datagram: bytes, source: RadiusSource | None, reason: str
) -> None:
    assert Exchange().take(datagram, HERE, source, 0) == Dropped(reason)


def test_beyond_what_may_be_on_its_way_packets_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(radius_exchange, "ON_THE_WAY_MAX", 1)
    exchange = Exchange()
    key = recorded(exchange, accounting_request("Start", "81")).key
    assert exchange.take(accounting_request("Start", "82"), HERE, BRAS, 0) == Dropped("busy")
    exchange.stored(key, 0)
    assert isinstance(exchange.take(accounting_request("Start", "82"), HERE, BRAS, 0), Recorded)


def test_an_address_is_of_the_source_with_the_longest_prefix() -> None:
    sources = RadiusSources()

    def known(name: str, *addresses: str) -> dict[str, Any]:
        return {"id": name, "addresses": addresses, "secret": "s", "line": "user", "signed": False}

    sources.replace([known("all", "10.0.0.0/8"), known("east", "10.1.0.0/16"), known("one", "10.1.0.7/32", "::1/128")])
    found = {address: sources.of(address) for address in ("10.2.0.1", "10.1.0.1", "10.1.0.7", "::1", "192.0.2.1", "x")}
    assert {address: source and source.id for address, source in found.items()} == {
        "10.2.0.1": "all", "10.1.0.1": "east", "10.1.0.7": "one", "::1": "one", "192.0.2.1": None, "x": None,
    }  # fmt: skip
    sources.replace([])
    assert sources.of("10.1.0.7") is None
