"""A RADIUS listener that is flooded, spoofed, held up or killed: real packets are answered, or we are seen away."""

from __future__ import annotations

import os
import random
import signal
import socket
import time
from collections.abc import AsyncIterator
from threading import Event, Thread
from typing import Final

import psutil
import pytest
import pytest_asyncio

from services.usage.processes.radius import QUIET_S
from tests.kit.radius import accounting_request
from tests.kit.servers import Servers
from tests.kit.waiting import until
from tests.services.processes import until_ready
from tests.services.usage.processes.test_radius import answered, listening
from tests.services.usage.test_service import Usage, read_all

pytestmark = pytest.mark.servers

GARBAGE: Final = 60_000
BURST: Final = 100
PAUSE_S: Final = 0.005


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def bras(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Usage, int]]:
    async with listening(servers, tmp_path_factory.mktemp("radius")) as found:
        yield found


def flood(port: int, stop: Event) -> None:
    """At most so many datagrams that are no packets, too short, too long or wrongly signed, from here and elsewhere."""
    chance = random.Random(4711)
    wrong = [accounting_request("Stop", f"flood-{n}", secret=b"wrong", identifier=n) for n in range(50)]
    good = accounting_request("Stop", "flood-spoofed")
    senders = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2)]
    senders[1].bind(("127.0.0.2", 0))
    for n in range(GARBAGE):
        if stop.is_set():
            break
        made = (
            chance.randbytes(chance.randrange(1, 200)),
            chance.choice(wrong),
            chance.choice(wrong)[: chance.randrange(1, 40)],
            b"\x04\x01\xff\xff" + bytes(1400),
        )[n % 4]
        senders[0].sendto(made, ("127.0.0.1", port))
        # What our source would have sent, from an address that is nobody's.
        senders[1].sendto(good, ("127.0.0.1", port))
        if n % BURST == 0:
            time.sleep(PAUSE_S)
    for sender in senders:
        sender.close()


async def sent_until_answered(port: int, session: str, tries: int = 5) -> bool:
    """As a NAS does: once more each second."""
    for _ in range(tries):
        if await answered(port, accounting_request("Stop", session)):
            return True
    return False


async def test_a_flood_of_garbage_does_not_stop_real_packets_and_none_of_it_is_kept(bras: tuple[Usage, int]) -> None:
    usage, port = bras
    stop = Event()
    thread = Thread(target=flood, args=(port, stop))
    thread.start()
    try:
        heard: list[bool] = []
        while thread.is_alive() and len(heard) < 200:
            heard.append(await sent_until_answered(port, f"real-{len(heard)}"))
    finally:
        stop.set()
        thread.join()
    assert len(heard) >= 5 and all(heard)
    frames = b"".join([record.value for record in await read_all(usage.kafka, "usage.reported")])
    assert b"flood" not in frames
    for number in range(len(heard)):
        session = f"real-{number}".encode()
        assert frames.count(bytes((44, len(session) + 2)) + session) == 1

    async def told() -> str:
        return (await usage.http.get("/metrics")).text

    reasons = ("malformed", "bad_authenticator", "unknown_source")
    wanted = [f'meterlog_radius_packets_total{{outcome="dropped_{reason}"}}' for reason in reasons]
    await until(told, lambda text: all(name in text for name in wanted))
    assert (await usage.http.get("/readyz")).status_code == 200


def listener_of(usage: Usage) -> psutil.Process:
    (found,) = [
        child
        for child in psutil.Process(usage.services.processes["usage"].pid).children()
        if any("radius_listener" in word for word in child.cmdline())
    ]
    return found


async def test_a_listener_that_is_held_up_turns_readiness_red_until_it_speaks_again(bras: tuple[Usage, int]) -> None:
    usage, _ = bras
    listener = listener_of(usage)
    listener.suspend()
    try:
        red = await until(
            lambda: usage.http.get("/readyz"), lambda answer: answer.status_code == 503, within_s=4 * QUIET_S
        )
        assert "RADIUS listener has said nothing" in red.text
    finally:
        listener.resume()
    await until_ready(usage.http)


async def test_a_listener_that_is_killed_ends_its_service_and_the_next_one_answers(bras: tuple[Usage, int]) -> None:
    usage, port = bras
    process = usage.services.processes["usage"]
    os.kill(listener_of(usage).pid, signal.SIGKILL)
    try:
        await until(lambda: process.has_ended)
    finally:
        async with usage.services.killed("usage"):
            assert await answered(port, accounting_request("Stop", "nobody")) is None
    assert await sent_until_answered(port, "again")
