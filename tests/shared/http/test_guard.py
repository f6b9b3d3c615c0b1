"""A connection costs little and for a short time only, whatever its other end does or leaves out."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from shared.http.guard import HEAD_BYTES_MAX, Deadlines, Guard
from tests.shared.http.sockets import exchanged, header_of, listening_on, request, status_of

QUICK = Deadlines(head_s=0.3, body_s=0.3, body_bytes=100, answer_s=0.3)


class Echo:
    """Answers with the length of the body that it got; `/large` with more than any socket holds."""

    def __init__(self) -> None:
        self.broken_off = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        length, more = 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                self.broken_off.set()
                return
            length += len(message["body"])
            more = message["more_body"]
        size = 64 * 1024 * 1024 if scope["path"] == "/large" else 0
        headers = [(b"content-length", str(size or len(str(length))).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        while size > 0:
            await send({"type": "http.response.body", "body": b"x" * 65_536, "more_body": size > 65_536})
            size -= 65_536
        if scope["path"] != "/large":
            await send({"type": "http.response.body", "body": str(length).encode()})


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
async def port(echo: Echo) -> AsyncIterator[int]:
    async with listening_on(echo, Guard(deadlines=QUICK)) as port:
        yield port


@pytest.mark.parametrize(
    "sent",
    [b"", b"\r\n", b"GET / HT", b"GET / HTTP/1.1\r\nHost: m.test\r\n", b"GET / HTTP/1.1\r\nHost: m.test\r\nX: "],
    ids=["nothing", "an empty line", "half a line", "half a head", "half a header"],
)
async def test_a_head_that_does_not_come_is_not_waited_for(port: int, sent: bytes) -> None:
    answer = await exchanged(port, sent)
    assert (status_of(answer), b"urn:meterlog:problem:too_slow" in answer) == (408, True)


async def test_half_a_head_on_a_connection_that_was_kept_is_not_waited_for(port: int) -> None:
    whole = b"GET / HTTP/1.1\r\nHost: m.test\r\n\r\n"
    answer = await exchanged(port, whole + whole[:20])
    assert [status_of(part) for part in (answer, answer[answer.index(b"HTTP/1.1 4") :])] == [200, 408]


@pytest.mark.parametrize("framing", ["Content-Length: 1000", "Transfer-Encoding: chunked"])
async def test_a_body_by_the_byte_is_not_waited_for(port: int, echo: Echo, framing: str) -> None:
    answer = await exchanged(port, request("/", framing, method="POST", body=b"1\r\na\r\n"))
    assert status_of(answer) == 408
    await asyncio.wait_for(echo.broken_off.wait(), 30)


async def test_a_body_that_keeps_coming_may_take_longer_than_any_silence(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request("/", "Content-Length: 5000", method="POST"))
    for _ in range(10):
        writer.write(b"x" * 500)
        await asyncio.sleep(0.06)
    answer = await asyncio.wait_for(reader.read(), 30)
    assert (status_of(answer), answer.endswith(b"5000")) == (200, True)
    writer.close()


async def test_only_a_head_has_the_size_of_a_head(port: int) -> None:
    large = request("/", method="POST", body=b"x" * 1_000_000).replace(b"Connection: close\r\n", b"")
    answer = await exchanged(port, large + request("/", method="POST", body=b"x" * 200_000))
    assert answer.count(b"HTTP/1.1 200") == 2


async def test_an_answer_that_nobody_takes_is_given_up(echo: Echo) -> None:
    guard = Guard(deadlines=QUICK)
    async with listening_on(echo, guard) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
        writer.write(request("/large"))
        async with asyncio.timeout(30):
            await reader.readexactly(1)
            while guard.connections:  # until the other side gives up; nothing is read meanwhile
                await asyncio.sleep(0.01)
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await reader.readexactly(64 * 1024 * 1024)
        writer.close()


async def test_endless_headers_are_refused(port: int) -> None:
    answer = await exchanged(port, b"GET / HTTP/1.1\r\nHost: m.test\r\nX: " + b"x" * (HEAD_BYTES_MAX + 1))
    assert status_of(answer) == 431


async def test_a_whole_head_that_is_too_large_is_refused_however_it_comes(port: int) -> None:
    line = b"X-Name: " + b"x" * 1000 + b"\r\n"
    for lines, status in ((50, 200), (70, 431), (200, 431)):
        answer = await exchanged(
            port, b"GET / HTTP/1.1\r\nHost: m.test\r\nConnection: close\r\n" + lines * line + b"\r\n"
        )
        assert status_of(answer) == status, lines


async def test_idle_connections_make_room_and_busy_ones_do_not(echo: Echo) -> None:
    async with listening_on(echo, Guard(deadlines=Deadlines(), connections_max=2)) as port:
        idle, _ = await asyncio.open_connection("127.0.0.1", port)
        _, busy = await asyncio.open_connection("127.0.0.1", port)
        busy.write(request("/", "Content-Length: 9", method="POST"))
        await busy.drain()
        assert status_of(await exchanged(port, request("/"))) == 200
        with contextlib.suppress(ConnectionError):
            assert await idle.read() == b"", "the idle one had to go for it"
        _, second = await asyncio.open_connection("127.0.0.1", port)
        second.write(request("/", "Content-Length: 9", method="POST"))
        await second.drain()
        refused = await exchanged(port, b"")
        assert (status_of(refused), header_of(refused, "retry-after")) == (503, "1")
        busy.close()
        second.close()


@pytest.mark.parametrize(
    "sent",
    [
        request("http://m.test/internal/exchange"),
        request("//m.test:80/x#fragment"),
        request("/v1/accounts#/../../internal"),
        request("m.test:443", method="CONNECT"),
        request("*", method="OPTIONS"),
        request("/a b"),
        request("/", "Host: other.test"),
        b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        request("/", "Content-Length: 3", "Content-Length: 4", method="POST", body=b"abc"),
        request("/", "Content-Length: 3", "Transfer-Encoding: chunked", method="POST", body=b"0\r\n\r\n"),
        request("/", "Transfer-Encoding: chunked, identity", method="POST", body=b"0\r\n\r\n"),
        request("/", "Transfer-Encoding: xchunked", method="POST", body=b"0\r\n\r\n"),
        request("/", "Content-Length: +3", method="POST", body=b"abc"),
        request("/", "Content-Length: 0x3", method="POST", body=b"abc"),
        request("/", "Content-Length : 3", method="POST", body=b"abc"),
        request("/", "X: a\rb"),
        request("/", "X: a\0b"),
        b"GET / HTTP/1.1\nHost: m.test\n\n",
        b"GET / HTTP/1.1\r\nHost: m.test\r\n continued: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
async def test_what_two_servers_could_read_differently_is_refused(echo: Echo, port: int, sent: bytes) -> None:
    assert status_of(await exchanged(port, sent)) == 400
