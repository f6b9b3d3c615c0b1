"""Flows of a real exporter through a real collector: softflowd reads captured packets, goflow2 writes to Kafka, and
what is counted is what was captured."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote

import httpx
import pytest
import pytest_asyncio

from services.usage.events import EVENTS
from services.usage.record.messages import UsageRecorded
from services.usage.resource.messages import AssignResource
from shared.engine.log import Log
from shared.kernel.envelope import from_headers
from shared.kernel.partition import partition_of
from tests.kit import pcap
from tests.kit.ports import free_port
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.processes import running
from tests.services.usage.test_service import Usage, read_all

pytestmark = pytest.mark.servers

LINES: Final = "203.0.113.0/24,2001:db8:7::/48"
SINCE_US: Final = 1_795_395_600_000_000  # 23 November 2026, 01:00 UTC
TEN: Final = 10
"""Packets of a flow come in tens, so that one in ten of them, times ten, is exact."""

CAPTURED: Final = [
    ("198.51.100.1", "203.0.113.7", 1200, 30),
    ("203.0.113.7", "198.51.100.1", 200, 20),
    ("203.0.113.8", "203.0.113.7", 500, 10),
    ("2001:db8:99::1", "2001:db8:7::7", 1400, 40),
    ("192.0.2.5", "198.51.100.9", 1500, 50),
]
"""From, to, octets and packets; the last is nobody's."""

USED: Final = {
    ("ip:203.0.113.7", "down"): 30 * 1200 + 10 * 500,
    ("ip:203.0.113.7", "up"): 20 * 200,
    ("ip:203.0.113.8", "up"): 10 * 500,
    ("ip:2001:db8:7::7", "down"): 40 * 1400,
}


def tool(name: str, remedy: str) -> str:
    """Where it is. The test is skipped where it is not."""
    cached = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "meterlog" / "bin"
    found = shutil.which(name) or shutil.which(name, path=str(cached))
    if found is None:
        pytest.skip(f"{name} is not installed ({remedy})")
    return found


class Flows:
    """A usage service, and the collector that writes to its topic."""

    def __init__(self, kafka: Log, collector: int, exporter: str) -> None:
        self._kafka = kafka
        self._collector = collector
        self._exporter = exporter

    async def export(self, directory: Path, *options: str) -> None:
        """Have the exporter read what was captured, and say what it found to the collector."""
        capture = directory / "capture.pcap"
        packets: list[pcap.Packet] = []
        for n, (source, destination, octets, count) in enumerate(CAPTURED):
            at_us = SINCE_US + n * 1_000_000
            packets += pcap.datagrams(source, destination, octets=octets, count=count, at_us=at_us)
        pcap.write(capture, packets)
        # Without a control socket it ends where the file does.
        control = ("-c", "none", "-p", str(directory / "pid"))
        process = await asyncio.create_subprocess_exec(
            *(self._exporter, "-r", str(capture), "-d", "-6", "-n", f"127.0.0.1:{self._collector}", *control, *options),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await asyncio.wait_for(process.communicate(), 30)
        assert process.returncode == 0, said.decode()

    async def used(self) -> Counter[tuple[str, str]]:
        """Octets that were counted of each line and direction since the beginning."""
        found: Counter[tuple[str, str]] = Counter()
        for message in await read_all(self._kafka, "usage.events"):
            envelope = from_headers(message.headers)
            if envelope.type != "usage.UsageRecorded.v2":
                continue
            event = EVENTS.decode(envelope.type, message.value)
            assert isinstance(event, UsageRecorded) and not event.set_aside
            for record in event.records:
                assert (record.source, record.reason) == ("127.0.0.1", None), record
                assert abs(record.started_at - SINCE_US) < 60_000_000, "when it was captured, not when it was read"
                assert record.attributes is not None
                found[record.resource, record.attributes["direction"]] += record.quantity // 1_000_000
        return found


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def flows(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Flows]:
    exporter = tool("softflowd", "Debian: softflowd")
    collector = tool("goflow2", "go install github.com/netsampler/goflow2/v2/cmd/goflow2@v2.2.6")
    directory = tmp_path_factory.mktemp("flows")
    async with fresh_environment(servers, directory) as env:
        settings = env.settings.model_copy(update={"usage_lines": LINES})
        async with running(settings, "usage") as services:
            kafka = Log(settings)
            producer = await kafka.idempotent_producer()
            await known(Usage(services.usage, services, kafka, producer))
            await producer.stop()
            async with collecting(collector, kafka, directory / "goflow2.log") as port:
                yield Flows(kafka, port, exporter)


async def known(usage: Usage) -> None:
    """The lines are of a subscription that rating has told of."""
    name, since = "subscription:sub-1", datetime(2026, 1, 1, tzinfo=UTC)
    owner = {"account_id": "acme", "subscription_id": "sub-1"}
    assign = AssignResource(
        resource_id=name, account_id="acme", subscription_id="sub-1", valid_from=since, register=True
    )
    await usage.ask(assign, partition_of(name, usage.kafka.settings.partitions))
    for line in {line for line, _ in USED}:
        answer = await usage.http.post("/v1/resources", json={"id": line})
        assert answer.status_code == 201, answer.text
        body = {**owner, "from": since.isoformat()}
        answer = await usage.http.post(f"/v1/resources/{quote(line, safe='')}/assignments", json=body)
        assert answer.status_code == 201, answer.text


@asynccontextmanager
async def collecting(collector: str, kafka: Log, log: Path) -> AsyncIterator[int]:
    """goflow2 as docs/equipment.md starts it, on this machine alone; its port for NetFlow and IPFIX.

    What it has read it writes five seconds later, unless told otherwise.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    web = free_port()
    with log.open("wb") as said:
        process = await asyncio.create_subprocess_exec(
            *(collector, "-listen", f"netflow://127.0.0.1:{port}", "-addr", f"127.0.0.1:{web}", "-format=json"),
            *("-transport=kafka", f"-transport.kafka.brokers={kafka.settings.kafka_bootstrap_servers}"),
            *(f"-transport.kafka.topic={kafka.topic('usage.reported')}", "-transport.kafka.flushfreq=100ms"),
            stdout=said,
            stderr=said,
        )
    try:

        async def listens() -> bool:
            assert process.returncode is None, log.read_text()
            try:
                async with httpx.AsyncClient() as client:
                    return (await client.get(f"http://127.0.0.1:{web}/metrics")).status_code == 200
            except httpx.TransportError:
                return False

        await until(listens)
        yield port
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


# NetFlow v5 has no IPv6. Of its NetFlow v9 goflow2 reads no flow, of its IPFIX no sampling rate (docs/equipment.md).
@pytest.mark.parametrize(
    ("options", "has_ipv6"),
    [(("-v", "10", "-A", "milli"), True), (("-v", "5"), False), (("-v", "5", "-s", str(TEN)), False)],
    ids=["IPFIX", "NetFlow v5", "NetFlow v5, one packet in ten"],
)
async def test_what_was_captured_is_counted_to_the_octet(
    flows: Flows, tmp_path: Path, options: tuple[str, ...], has_ipv6: bool
) -> None:
    before = await flows.used()
    await flows.export(tmp_path, *options)
    wanted = before + Counter({place: used for place, used in USED.items() if has_ipv6 or "db8" not in place[0]})
    assert await until(flows.used, lambda found: found.total() >= wanted.total()) == wanted
