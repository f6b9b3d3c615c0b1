"""RADIUS accounting over UDP on real servers: a packet is in the log before it is answered, and once."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from services.usage.events import EVENTS
from services.usage.record.messages import UsageRecorded
from shared.engine.log import Log
from shared.kernel.envelope import from_headers
from tests.kit.radius import SECRET, accounting_request
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.processes import running
from tests.services.usage.test_service import Usage, read_all

pytestmark = pytest.mark.servers

PACKETS = """
User-Name = "anna", NAS-IP-Address = 10.0.0.1, NAS-Port = 7, Acct-Session-Id = "81", Acct-Status-Type = Start

User-Name = "anna", NAS-IP-Address = 10.0.0.1, NAS-Port = 7, Acct-Session-Id = "81", Acct-Status-Type = Interim-Update
Acct-Input-Octets = 1000, Acct-Output-Octets = 9000, Acct-Session-Time = 300

User-Name = "anna", NAS-IP-Address = 10.0.0.1, NAS-Port = 7, Acct-Session-Id = "81", Acct-Status-Type = Stop
Acct-Input-Octets = 1500, Acct-Output-Octets = 5, Acct-Output-Gigawords = 2, Acct-Session-Time = 600
"""


@asynccontextmanager
async def listening(servers: Servers, directory: Path) -> AsyncIterator[tuple[Usage, int]]:
    """A usage service with the source bras-1 at 127.0.0.1, and the port of its listener."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    async with fresh_environment(servers, directory) as env:
        settings = env.settings.model_copy(update={"radius_port": port})
        async with running(settings, "usage") as services:
            kafka = Log(settings)
            producer = await kafka.idempotent_producer()
            usage = Usage(services.usage, services, kafka, producer)
            body = {"id": "bras-1", "addresses": ["127.0.0.1"], "secret": SECRET.decode()}
            await defined(usage, body)
            await until(lambda: answered(port, accounting_request("Start", "first")), bool)
            yield usage, port
            await producer.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def bras(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Usage, int]]:
    async with listening(servers, tmp_path_factory.mktemp("radius")) as found:
        yield found


async def test_radclient_is_answered_and_its_session_is_in_the_log(bras: tuple[Usage, int], tmp_path: Path) -> None:
    if shutil.which("radclient") is None:
        pytest.skip("radclient is not installed (Debian: freeradius-utils)")
    usage, port = bras
    (tmp_path / "packets").write_text(PACKETS)
    client = await asyncio.create_subprocess_exec(
        *("radclient", "-x", "-f", str(tmp_path / "packets"), f"127.0.0.1:{port}", "acct", SECRET.decode()),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await client.communicate()
    assert client.returncode == 0, output.decode()
    assert output.decode().count("Received Accounting-Response") == 3, output.decode()
    frames = b"".join([record.value for record in await read_all(usage.kafka, "usage.reported")])
    assert frames.count(b"\x2c\x0481") == 3
    assert await until(lambda: used_of(usage, "10.0.0.1/7/81/"), lambda used: used.total() == 2 * 2**32 + 1505) == {
        "up": 1500,
        "down": 2 * 2**32 + 5,
    }


async def test_a_packet_sent_three_times_is_answered_three_times_and_recorded_once(bras: tuple[Usage, int]) -> None:
    usage, port = bras
    packets = [accounting_request("Stop", "82", identifier=n, extra={"Acct-Delay-Time": n}) for n in (1, 2, 3)]
    answers = await asyncio.gather(*(answered(port, packet) for packet in packets))
    assert [answer and (answer[0], answer[1]) for answer in answers] == [(5, 1), (5, 2), (5, 3)]
    frames = b"".join([record.value for record in await read_all(usage.kafka, "usage.reported")])
    assert frames.count(b"\x2c\x0482") == 1


async def test_what_is_not_proven_is_neither_answered_nor_kept(bras: tuple[Usage, int]) -> None:
    usage, port = bras
    assert await answered(port, accounting_request("Stop", "83", secret=b"wrong")) is None
    assert await answered(port, b"\x04\x01\x00\x14") is None
    frames = b"".join([record.value for record in await read_all(usage.kafka, "usage.reported")])
    assert b"\x2c\x0483" not in frames
    metrics = (await usage.http.get("/metrics")).text
    assert 'meterlog_radius_packets_total{outcome="dropped_bad_authenticator"}' in metrics


async def test_a_source_that_is_deleted_is_answered_no_more(bras: tuple[Usage, int]) -> None:
    usage, port = bras
    other = {"id": "bras-2", "addresses": ["127.0.0.0/8"], "secret": "other"}
    await defined(usage, other)
    assert (await usage.http.delete("/v1/sources/bras-1")).status_code == 204
    packet = accounting_request("Stop", "84", secret=b"other")
    assert await until(lambda: answered(port, packet), bool)


async def used_of(usage: Usage, session: str) -> Counter[str]:
    """Octets that were counted of a session, by direction."""
    used: Counter[str] = Counter()
    for record in await read_all(usage.kafka, "usage.events"):
        envelope = from_headers(record.headers)
        if envelope.type == "usage.UsageRecorded.v2":
            event = EVENTS.decode(envelope.type, record.value)
            assert isinstance(event, UsageRecorded)
            for each in event.records:
                if each.id.startswith(session) and each.attributes is not None:
                    used[each.attributes["direction"]] += each.quantity // 1_000_000
    return used


async def defined(usage: Usage, body: dict[str, Any]) -> None:
    headers = {"Idempotency-Key": body["id"]}
    await until(lambda: usage.http.post("/v1/sources", json=body, headers=headers), lambda a: a.status_code == 201)


async def answered(port: int, packet: bytes) -> bytes | None:
    """The answer within a second, from a socket of its own."""
    loop = asyncio.get_running_loop()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.setblocking(False)
        client.connect(("127.0.0.1", port))
        try:
            await loop.sock_sendall(client, packet)
            async with asyncio.timeout(1):
                return await loop.sock_recv(client, 4096)
        except (TimeoutError, ConnectionRefusedError):
            return None
