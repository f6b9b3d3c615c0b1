"""How much usage is taken, how fast it is acknowledged, and how many RADIUS packets are answered.

    meterlog bench intake [--records 400000] [--packets 40000] [--seconds 20] [--json]
    HTTP    52,300 records/s with the workers stopped
    HTTP    p95 88.4 ms to a durable answer, 10,000 records/s with everything running
    RADIUS  8,400 packets/s, none lost and none answered before it was in the log

Batches have a thousand records. With the workers stopped the usage process does nothing but take them; with everything
running they go through the entry, while all five services count, rate and show them. Clients are processes of their
own. No figure is printed before the log has exactly what was acknowledged.
"""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import socket
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import asyncpg
import httpx
from aiokafka import TopicPartition

from bench.command import Latency
from bench.load import Shape, write_load
from bench.measure import Load
from bench.product_run import SUFFIX, fresh, service_process, sign_up, until_ready
from bench.radius_client import session_of
from bench.servers import BenchFailed, Sandbox, servers
from bench.taken_group import taken_group
from meterlog.cli.keys import make_key
from meterlog.installation import DATABASES, INSTALLATION
from services.usage.commands import COMMANDS
from services.usage.record.messages import RecordUsage
from shared.embedded.databases import drop_databases
from shared.embedded.stack import Stack
from shared.engine.log import Log
from shared.engine.settings import Settings
from shared.http.auth import Tokens
from shared.kernel.envelope import from_headers

PER_BODY: Final = 1000
RATE: Final = 10_000
SECRET: Final = "bench-secret"
LINES: Final = 200
_WARM_UP_BODIES: Final = 20
_COUNTED_DEADLINE_S: Final = 300


@dataclass(frozen=True)
class Intake:
    """What was measured; latencies in milliseconds. `cpu_us_per_record` is the processor time of the usage process that
    takes records with its workers stopped, in microseconds."""

    records_per_s: int
    cpu_us_per_record: float
    latency: Latency
    radius_per_s: int
    records: int
    packets: int

    def figures(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {
            "records_per_s": self.records_per_s,
            "cpu_us_per_record": self.cpu_us_per_record,
            "p95_ms": self.latency.percentile(95),
            "radius_per_s": self.radius_per_s,
            "p50_ms": self.latency.percentile(50),
            "records": self.records,
            "packets": self.packets,
            "load": [round(load, 1) for load in os.getloadavg()],
        }


async def measure(
    *,
    records: int,
    packets: int,
    seconds: int,
    warm_up: int = _WARM_UP_BODIES,
    on: Sandbox | None = None,
    stack: type[Stack] = Stack,
) -> Intake:
    """`warm_up` bodies are sent before time is taken. Raises `BenchFailed` where a count is not exact.
    `stack` is how the whole product is started.
    """
    records_per_s, cpu_us_per_record = await _taken_alone(records, warm_up, on)
    with tempfile.TemporaryDirectory(prefix="meterlog-bench-", ignore_cleanup_errors=True) as name:
        directory = Path(name)
        given = Settings() if on is None else await fresh(on, "intake-all", names=())
        ports = {"port": _free_port(socket.SOCK_STREAM), "radius_port": _free_port(socket.SOCK_DGRAM)}
        settings = given.model_copy(update={"data_dir": directory, **ports})
        async with stack(settings, INSTALLATION, external=on is not None) as whole:
            key = (await make_key(whole.settings.postgres_dsn_of("reporting"), "admin", "bench"))["key"]
            latency = await _acknowledged(whole, key, directory, seconds * RATE, warm_up)
            radius_per_s = await _answered(whole, key, directory / "answers.bin", packets)
    if on is not None:
        await drop_databases(on.admin_dsn, dict.fromkeys(DATABASES, ""), suffix=SUFFIX)
    return Intake(records_per_s, cpu_us_per_record, latency, radius_per_s, records, packets)


async def _taken_alone(records: int, warm_up: int, on: Sandbox | None) -> tuple[int, float]:
    """Records a second over HTTP and the processor time of one, with a usage process that owns no partition."""
    async with servers(on) as sandbox:
        settings = await fresh(sandbox, "intake")
        # Written first: who is busy for seconds loses its place in the group.
        first = _bodies(sandbox.directory / "warm-up.bin", warm_up * PER_BODY, seed=1)
        bodies = _bodies(sandbox.directory / "bodies.bin", records, seed=2)
        try:
            async with taken_group(settings, "usage") as owned:
                child = await service_process(sandbox, settings, "usage")
                try:
                    seconds, spent_s = await _taken(sandbox, settings, first, bodies)
                    if len(ours := owned()) != settings.partitions:
                        raise BenchFailed(f"workers were at work: of {settings.partitions} partitions we own {ours}")
                finally:
                    await sandbox.stop(child)
            found = await _in_commands(settings) - warm_up * PER_BODY
            if found != records:
                raise BenchFailed(f"{found} records are in the log where {records} were acknowledged")
        finally:
            await drop_databases(sandbox.admin_dsn, dict.fromkeys(DATABASES, ""), suffix=SUFFIX)
        return round(records / seconds), round(spent_s * 1e6 / records, 1)


async def _taken(sandbox: Sandbox, settings: Settings, first: Path, bodies: Path) -> tuple[float, float]:
    """Seconds, and those of the processor, for `bodies`."""
    await until_ready(sandbox, ("usage",))
    token = Tokens(settings.secret("token_key")).issue("bench", "ingest", life_s=3600)
    url = settings.service_url("usage")
    await _posted(first, url, token)
    before_s = sandbox.cpu()["usage"]
    told = await _posted(bodies, url, token)
    return float(told["seconds"]), sandbox.cpu()["usage"] - before_s


async def _acknowledged(stack: Stack, key: str, directory: Path, records: int, warm_up: int) -> Latency:
    """Times from when a batch was due to its 202, through the entry, with all services at work."""
    usage_db = await asyncpg.connect(stack.settings.postgres_dsn_of("usage"))
    rating_db = await asyncpg.connect(stack.settings.postgres_dsn_of("rating"))
    try:
        await sign_up(stack.settings, Load(directory / "none", records, PER_BODY, lines=LINES), usage_db, rating_db)
        await _posted(_bodies(directory / "warm-up.bin", warm_up * PER_BODY, seed=1), stack.base_url, key)
        told = await _posted(_bodies(directory / "bodies.bin", records, seed=2), stack.base_url, key, "--rate", RATE)
        await _until_counted(usage_db, records + warm_up * PER_BODY)
        return Latency.of([ms / 1000 for ms in told["ms"]])
    finally:
        await usage_db.close()
        await rating_db.close()


async def _answered(stack: Stack, key: str, file: Path, packets: int) -> int:
    """Packets a second; each answered once its bytes were in the log, and each there once."""
    source = {"id": "bench-nas", "addresses": ["127.0.0.1"], "secret": SECRET}
    async with httpx.AsyncClient(base_url=stack.base_url, headers={"Authorization": f"Bearer {key}"}) as client:
        answer = await client.post("/v1/sources", json=source, timeout=30)
        if answer.status_code != 201:
            raise BenchFailed(f"POST /v1/sources: {answer.status_code} {answer.text[:300]}")
    told = await _output(
        *("bench.radius_client", "--port", stack.settings.radius_port, "--packets", packets),
        *("--secret", SECRET, "--save", file),
    )
    if told["unanswered"] or told["wrong"]:
        raise BenchFailed(f"of {packets} packets {told['unanswered']} were not answered, {told['wrong']} wrongly")
    answered_at: dict[int, float] = pickle.loads(file.read_bytes())
    await _check_log(stack.settings, answered_at)
    return round(packets / float(told["seconds"]))


async def _check_log(settings: Settings, answered_at: dict[int, float]) -> None:
    """The broker says when it has appended a message: no answer may be of an earlier instant."""
    appended_ms: dict[bytes, list[int]] = {}
    wanted = {session_of(number).encode(): number for number in answered_at}
    for message in await _all_of(settings, "usage.reported"):
        for part in message.value.split(b"bench-")[1:]:
            session = b"bench-" + part[:8]
            if session in wanted:
                appended_ms.setdefault(session, []).append(message.timestamp)
    early = 0
    for session, number in wanted.items():
        times = appended_ms.get(session, [])
        if len(times) != 1:
            raise BenchFailed(f"the answered packet {number} is {len(times)} times in the log")
        early += answered_at[number] * 1000 < times[0]
    if early:
        raise BenchFailed(f"{early} packets were answered before the broker had them")


async def _in_commands(settings: Settings) -> int:
    found = 0
    for message in await _all_of(settings, "usage.commands"):
        command = COMMANDS.decode(from_headers(message.headers).type, message.value)
        found += len(command.records) if isinstance(command, RecordUsage) else 0
    return found


async def _all_of(settings: Settings, topic: str) -> list[Any]:
    kafka = Log(settings)
    reader = await kafka.reader()
    try:
        places = [TopicPartition(kafka.topic(topic), number) for number in range(settings.partitions)]
        reader.assign(places)
        for place in places:
            reader.seek(place, 0)
        ends, found = await reader.end_offsets(places), []
        while any([await reader.position(place) < end for place, end in ends.items()]):
            for messages in (await reader.getmany(timeout_ms=200)).values():
                found.extend(messages)
        return found
    finally:
        await reader.stop()


async def _until_counted(usage_db: asyncpg.Connection[asyncpg.Record], records: int) -> None:
    deadline = time.monotonic() + _COUNTED_DEADLINE_S
    while (found := int(await usage_db.fetchval("select count(*) from live.dedupe_key"))) != records:
        if time.monotonic() > deadline or found > records:
            raise BenchFailed(f"{found} records are counted where {records} were acknowledged")
        await asyncio.sleep(0.5)


def _bodies(file: Path, records: int, *, seed: int) -> Path:
    shape = Shape(records=records, per_message=PER_BODY, lines=LINES)
    write_load(file, shape, now=datetime.now(UTC), seed=seed)
    return file


async def _posted(file: Path, url: str, key: str, *options: object) -> dict[str, Any]:
    return await _output("bench.http_client", file, "--url", url, "--key", key, "--at-once", 8, *options)


async def _output(module: str, *options: object) -> dict[str, Any]:
    """What a client of ours prints. Raises `BenchFailed` where it fails."""
    client = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *map(str, options)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=os.environ,
    )
    output, errors = await client.communicate()
    if client.returncode != 0:
        raise BenchFailed(f"{module} ended with code {client.returncode}; {errors.decode()[-500:]}")
    told: dict[str, Any] = json.loads(output)
    return told


def _free_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def sentence(figures: dict[str, Any]) -> str:
    return "\n".join(
        (
            f"HTTP    {figures['records_per_s']:,} records/s with the workers stopped",
            f"HTTP    p95 {figures['p95_ms']} ms to a durable answer, {RATE:,} records/s with everything running",
            f"RADIUS  {figures['radius_per_s']:,} packets/s, none lost and none answered before it was in the log",
        )
    )
