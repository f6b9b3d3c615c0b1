"""`meterlog simulate` against the whole product: with every fault on, what is counted is what it says must be."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from meterlog.installation import with_processes
from services.usage.events import EVENTS
from services.usage.record.messages import UsageRecorded
from shared.embedded.stack import Stack
from shared.engine.groups import Groups
from shared.engine.log import Log
from shared.kernel.envelope import from_headers
from tests.kit.keys import make_key
from tests.kit.ports import free_port
from tests.kit.servers import Servers, fresh_environment
from tests.kit.stacks import QuickStack
from tests.kit.waiting import until
from tests.services.usage.test_service import read_all

pytestmark = pytest.mark.servers

ALL = "duplicates,late,reorder,wrong-clock,unknown-resource,malformed,lost-stop,nas-restart"
AT_ONCE = "duplicates,wrong-clock,unknown-resource,malformed,lost-stop,nas-restart"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def stack(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Stack, str]]:
    """The product with a RADIUS listener and two processes of usage and of rating, and an admin's key."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        radius_port = probe.getsockname()[1]
    async with fresh_environment(servers, tmp_path_factory.mktemp("simulate")) as fresh:
        settings = fresh.settings.model_copy(update={"port": free_port(), "radius_port": radius_port})
        async with QuickStack(settings, with_processes(2), external=True) as running:
            key = (await make_key(running.settings.postgres_dsn_of("reporting"), "admin", "simulate"))["key"]
            yield running, key


@pytest.mark.parametrize("service", ["usage", "rating"])
async def test_two_processes_of_a_service_share_its_partitions(stack: tuple[Stack, str], service: str) -> None:
    running, _ = stack
    groups = Groups(Log(running.settings))
    try:
        group = await until(
            lambda: groups.describe(service, f"{service}.commands"), lambda group: len(set(group.owners.values())) == 2
        )
    finally:
        await groups.stop()
    assert group.unowned(running.settings.partitions) == []
    assert group.members == {f"{running.settings.env}.{service}-{service}{n}" for n in ("", "-2")}


@pytest.mark.parametrize(
    ("over", "seed", "faults"), [("http", "1", ALL), ("kafka", "2", ALL), ("radius", "3", AT_ONCE)]
)
async def test_each_record_of_a_faulty_network_is_counted_once_r4_r24(
    stack: tuple[Stack, str], tmp_path: Path, over: str, seed: str, faults: str
) -> None:
    running, key = stack
    before = await statement(running, key)
    told = await simulated(
        *(running, key, "--over", over, "--seed", seed, "--lines", "40", "--for", "5h", "--rate", "1500"),
        *(("--start", f"{_last_wednesday():%Y-%m-%d}T15:00:00Z") if over != "radius" else ()),
        *("--faults", faults, "--set-up", "--expect", str(tmp_path / "expected.json")),
    )
    expected = json.loads((tmp_path / "expected.json").read_text())
    assert told["expected"] == expected
    # Packets tell of now, and at some hours no session ends.
    by_hour = {"nas-restart", "lost-stop"} if over == "radius" else {"nas-restart"}
    assert set(told["faults"]) - by_hour == set(faults.split(",")) - by_hour
    assert told["refused"] == expected["rejected"]
    await until(lambda: statement(running, key, before), lambda said: said == _stated(expected))
    assert await until(lambda: quantities(running, f"sim{seed}-"), lambda found: found == expected["quantity"])
    assert (await asked(running, key, "/v1/proof/conservation"))["balanced"]


def _last_wednesday() -> date:
    """So that a seed is the same network whenever this runs: people use most in the evening, and offices no Sunday."""
    today = datetime.now(UTC).date()
    return today - timedelta(days=(today.weekday() - 3) % 7 + 1)


async def simulated(running: Stack, key: str, *options: str) -> dict[str, Any]:
    environment = {**os.environ, "METERLOG_API_KEY": key, "METERLOG_DATA_DIR": str(running.settings.data_dir)}
    environment["METERLOG_RADIUS_PORT"] = str(running.settings.radius_port)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "meterlog.cli.main", "simulate", "--json", *options),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment,
    )
    output, said = await process.communicate()
    assert process.returncode == 0, said.decode()
    told: dict[str, Any] = json.loads(output.splitlines()[-1])
    return told


COUNTS = ("records_in", "accepted", "duplicates", "conflicts", "malformed")


def _stated(expected: dict[str, Any]) -> dict[str, int]:
    reasons = {f"quarantined {reason}": count for reason, count in expected["quarantined"].items()}
    return {**{name: expected.get(name, 0) for name in COUNTS}, **reasons}


async def statement(running: Stack, key: str, before: dict[str, int] | None = None) -> dict[str, int]:
    """What the statement of conservation says, less what it said before."""
    now = Counter(_stated(await asked(running, key, "/v1/proof/conservation")))
    now.subtract(before or {})
    return {name: count for name, count in now.items() if count or name in COUNTS}


async def quantities(running: Stack, source: str) -> dict[str, str]:
    """What the log has accepted of that network, by meter."""
    used: Counter[str] = Counter()
    for record in await read_all(Log(running.settings), "usage.events"):
        envelope = from_headers(record.headers)
        if envelope.type == "usage.UsageRecorded.v2":
            event = EVENTS.decode(envelope.type, record.value)
            assert isinstance(event, UsageRecorded)
            for each in event.records:
                if each.source.startswith(source) and each.reason is None:
                    used[each.meter] += each.quantity // 1_000_000
    return {meter: str(total) for meter, total in sorted(used.items())}


async def asked(running: Stack, key: str, path: str) -> Any:
    async with httpx.AsyncClient(base_url=running.base_url, headers={"Authorization": f"Bearer {key}"}) as client:
        answer = await client.get(path, timeout=120)
        assert answer.status_code == 200, answer.text
        return answer.json()
