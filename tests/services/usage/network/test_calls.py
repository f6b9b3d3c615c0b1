"""Calls to elements: a NAS that acknowledges, refuses, is silent or is an impostor; files and signatures."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from pyrad.packet import CoAPacket, DisconnectACK, DisconnectNAK
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from services.usage.network.calls import http, radius
from services.usage.network.calls.call import probe, tell
from services.usage.network.calls.outcome import Element, Outcome
from services.usage.network.contract import HttpRequest, Line, Rates, Wanted

SECRET = "s3cret"
ANN = Line("subscription:sub-1", ("user:ann",))
Answer = Callable[[CoAPacket], bytes | None]


class _Nas(asyncio.DatagramProtocol):
    """A NAS out of pyrad."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked: list[CoAPacket] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: object) -> None:
        packet = CoAPacket(packet=data, secret=SECRET.encode(), dict=radius.dictionary())
        assert packet.VerifyCoARequest()
        self.asked.append(packet)
        if (reply := self.answer(packet)) is not None:
            self.transport.sendto(reply, addr)  # type: ignore[attr-defined]


@asynccontextmanager
async def nas(answer: Answer) -> AsyncIterator[tuple[_Nas, Element]]:
    loop = asyncio.get_running_loop()
    transport, server = await loop.create_datagram_endpoint(lambda: _Nas(answer), local_addr=("127.0.0.1", 0))
    port = transport.get_extra_info("sockname")[1]
    try:
        yield server, Element("bng-1", "radius_coa", f"127.0.0.1:{port}", "generic", SECRET)
    finally:
        transport.close()


def ack(packet: CoAPacket) -> bytes:
    return bytes(packet.CreateReply().ReplyPacket())


def nak(cause: int) -> Answer:
    def answer(packet: CoAPacket) -> bytes:
        reply = packet.CreateReply()
        reply.code = reply.code + 1
        reply.AddAttribute("Error-Cause", cause)
        return bytes(reply.ReplyPacket())

    return answer


async def test_a_blocked_line_is_disconnected_and_a_throttled_one_is_given_its_profile() -> None:
    async with nas(ack) as (server, element):
        assert await tell(element, Wanted("blocked"), ANN) == Outcome("acknowledged", "Disconnect-ACK")
        slow = Wanted("throttled", Rates(profile="slow", down_kbps=2000, up_kbps=500))
        assert await tell(element, slow, ANN) == Outcome("acknowledged", "CoA-ACK")
    blocked, throttled = server.asked
    assert (blocked.code + 1, blocked["User-Name"]) == (DisconnectACK, ["ann"])
    assert (throttled["User-Name"], throttled["Filter-Id"]) == (["ann"], ["slow"])


async def test_a_refusal_has_its_cause_and_one_for_want_of_a_session_acknowledges() -> None:
    async with nas(nak(501)) as (_, element):
        refused = await tell(element, Wanted("blocked"), ANN)
        assert refused == Outcome("refused", "Disconnect-NAK, Error-Cause 501: administratively prohibited")
    async with nas(nak(503)) as (_, element):
        assert (await tell(element, Wanted("blocked"), ANN)).kind == "acknowledged"
        assert (await probe(element)).answer.startswith("Disconnect-NAK, Error-Cause 503")


async def test_an_answer_without_the_secret_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(radius, "WAIT_S", 0.05)

    def impostor(packet: CoAPacket) -> bytes:
        return bytes([DisconnectACK, packet.id, 0, 20]) + bytes(16)

    for answer in (impostor, lambda packet: b"?", lambda packet: None):
        async with nas(answer) as (server, element):
            assert (await tell(element, Wanted("blocked"), ANN)).kind == "timed_out"
            assert len(server.asked) == radius.TRIES
            assert len({packet.id for packet in server.asked}) == 1


async def test_a_lost_answer_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(radius, "WAIT_S", 0.05)
    lost = iter([True, False])
    async with nas(lambda packet: None if next(lost) else ack(packet)) as (_, element):
        assert (await tell(element, Wanted("blocked"), ANN)).kind == "acknowledged"


async def test_a_row_of_a_line_is_replaced_and_the_file_is_never_half(tmp_path: Path) -> None:
    file = tmp_path / "ShapedDevices.csv"
    file.write_text("Circuit ID,Circuit Name\nother,kept\n")
    element = Element("shaper", "shaped_devices", str(file))
    line = Line("subscription:sub-1", ("ip:192.0.2.7",))
    for wanted in (Wanted("throttled", Rates(profile="slow", down_kbps=2000, up_kbps=500)), Wanted("blocked")):
        assert (await tell(element, wanted, line)).kind == "acknowledged"
    header, other, row = file.read_text().splitlines()
    assert header.startswith("Circuit ID,Circuit Name,Device ID") and other == "other,kept"
    assert row.endswith("192.0.2.7,,0.1,0.1,0.1,0.1,blocked")
    assert not (tmp_path / "ShapedDevices.csv.new").exists()


def test_a_webhook_is_signed_as_the_standard_has_it() -> None:
    """An example that the makers of the standard publish."""
    request = HttpRequest("msg_loFOjxBNrRLzqYUf", b'{"event_type":"ping","data":{"success":true}}')
    headers = http.signed(request, "whsec_plJ3nmyCDGBKInavdOK15jsl", datetime.fromtimestamp(1_731_705_121, UTC))
    assert headers["webhook-signature"] == "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="
    assert headers["webhook-timestamp"] == "1731705121"


@asynccontextmanager
async def receiver(secret: str) -> AsyncIterator[tuple[list[Any], str]]:
    """A controller of somebody else's, which trusts what the library of the standard verifies; and its URL."""
    taken: list[Any] = []

    async def take(request: web.Request) -> web.Response:
        try:
            said = Webhook(secret).verify(await request.read(), dict(request.headers))
        except WebhookVerificationError:
            return web.Response(status=401)
        taken.append((request.headers["webhook-id"], said))
        return web.Response(status=204)

    async def elsewhere(request: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect("/")

    app = web.Application()
    app.add_routes([web.post("/", take), web.post("/moved", elsewhere)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield taken, f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def test_a_receiver_with_the_library_of_the_standard_takes_what_its_secret_signed_and_nothing_else() -> None:
    secret = "whsec_" + base64.b64encode(b"0123456789abcdef01234567").decode()
    wanted = Wanted("throttled", Rates(profile="slow", down_kbps=2000, up_kbps=500), 3, "fair_use")
    async with receiver(secret) as (taken, url):
        element = Element("controller", "webhook", url, secret=secret)
        for _ in range(2):
            assert await tell(element, wanted, ANN) == Outcome("acknowledged", "HTTP 204")
        other = element._replace(secret="whsec_" + base64.b64encode(b"another").decode())
        assert await tell(other, wanted, ANN) == Outcome("refused", "HTTP 401")
        # What is signed for one address is not sent to another.
        assert await tell(element._replace(address=f"{url}/moved"), wanted, ANN) == Outcome("refused", "HTTP 307")
        assert await probe(element) == Outcome("acknowledged", "HTTP 204")
    (first, said), (again, _), (_, probed) = taken
    assert first == again == "subscription:sub-1/3"
    assert (said["type"], said["data"]["state"], said["data"]["profile"]["down_kbps"]) == (
        "network.access_wanted",
        "throttled",
        2000,
    )
    assert probed["type"] == "network.test"


async def test_the_secret_stands_in_no_answer() -> None:
    element = Element("db", "radius_sql", "postgresql://radius@127.0.0.1:1/radius", secret="hunter2")
    outcome = await tell(element, Wanted("blocked"), ANN)
    assert outcome.kind == "timed_out" and "hunter2" not in outcome.answer


def test_the_codes_of_pyrad_are_those_of_the_rfc() -> None:
    assert (DisconnectACK, DisconnectNAK) == (41, 42)
