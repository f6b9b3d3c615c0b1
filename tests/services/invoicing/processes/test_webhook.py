"""Webhooks against a real receiver, which checks signatures with the library of Standard Webhooks."""

from __future__ import annotations

import asyncio
import socket
import zlib
from contextlib import suppress
from typing import Any

import pytest

from services.invoicing.processes import webhook
from services.invoicing.processes.webhook import Refused, check_address, post
from tests.services.invoicing.processes.receiver import SECRET, answers, never, receiver

BODY = b'{"type":"invoice.issued"}'


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, "sent"),
        (204, "sent"),
        (410, "gone"),
        (302, "deferred"),
        (400, "deferred"),
        (404, "deferred"),
        (429, "deferred"),
        (500, "deferred"),
    ],
)
async def test_what_the_receiver_answers_is_the_outcome(status: int, kind: str) -> None:
    async with receiver() as there:
        there.answer = answers(status)
        outcome = await post(there.url, SECRET, "d-1", BODY)
        assert (outcome.kind, outcome.code) == (kind, str(status))
        assert (there.calls, there.forged) == ([("d-1", {"type": "invoice.issued"})], 0)


async def test_another_secret_is_another_signature() -> None:
    async with receiver() as there:
        await post(there.url, "another secret of ours", "d-1", BODY)
        assert (there.calls, there.forged) == ([], 1)


async def test_a_receiver_that_hangs_is_left_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "TIMEOUT_S", 0.5)
    async with receiver() as there:
        there.answer = never
        outcome = await post(there.url, SECRET, "d-1", BODY)
        assert (outcome.kind, outcome.code, len(there.calls)) == ("deferred", "timeout", 1)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://no.such.host.invalid/", "https://127.0.0.1:1/"], ids=["port", "name", "tls"]
)
async def test_nobody_there_is_tried_again(url: str) -> None:
    assert (await post(url, SECRET, "d-1", BODY)).kind == "deferred"


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "169.254.0.1",
        "::ffff:169.254.169.254",
        "fe80::1",
        "fe80::1%eth0",
        "fd00:ec2::254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
        "100.100.100.200",
        "fd20:ce::254",
        "192.0.0.192",
        "168.63.129.16",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "ff02::1",
    ],
)
def test_addresses_where_clouds_keep_their_credentials_are_not_called(address: str) -> None:
    with pytest.raises(Refused):
        check_address(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.7", "192.168.1.1", "203.0.113.9", "2001:db8::1", "fd12::1"])
def test_receivers_outside_and_beside_us_are(address: str) -> None:
    assert str(check_address(address)) == address


async def test_a_name_that_means_such_an_address_is_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolved(host: str, port: int, *rest: Any, **more: Any) -> list[Any]:
        there = [("127.0.0.1", port), ("169.254.169.254", port)]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address) for address in there]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    outcome = await post("http://innocent.example/", SECRET, "d-1", BODY)
    assert (outcome.kind, outcome.code) == ("failed", "address_refused")


def bomb() -> bytes:
    """Some kilobytes that are 100 MB of zeros."""
    packed = zlib.compressobj(wbits=31)
    return packed.compress(bytes(100_000_000)) + packed.flush()


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (
            b"HTTP/1.1 302 F\r\nlocation: http://169.254.169.254/latest/meta-data\r\ncontent-length: 0\r\n\r\n",
            "deferred",
        ),
        (b"HTTP/1.1 307 T\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n", "deferred"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n" + b"x" * 1_000_000, "sent"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffff\r\n" + b"x" * 1_000_000, "sent"),
        (b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n" + bomb(), "sent"),
        (b"HTTP/1.1 200 OK\r\n" + b"x-more: y\r\n" * 100_000, "deferred"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, "deferred"),
        (b"SSH-2.0-OpenSSH_9.9\r\n", "deferred"),
        (b"HTTP/1.1 999 What\r\ncontent-length: 0\r\n\r\n", "deferred"),
        (b"", "deferred"),
    ],
    ids=["redirect", "to_itself", "endless", "chunks", "bomb", "headers", "continue", "ssh", "no_status", "closes"],
)
async def test_nothing_of_a_strange_answer_is_followed_or_read(
    monkeypatch: pytest.MonkeyPatch, answer: bytes, kind: str
) -> None:
    monkeypatch.setattr(webhook, "TIMEOUT_S", 3.0)
    calls = 0

    async def strange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal calls
        calls += 1
        with suppress(ConnectionError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            await writer.drain()
        writer.close()

    listening = await asyncio.start_server(strange, "127.0.0.1", 0)
    async with listening:
        port = listening.sockets[0].getsockname()[1]
        outcome = await post(f"http://127.0.0.1:{port}/", SECRET, "d-1", BODY)
    assert (outcome.kind, calls) == (kind, 1)
