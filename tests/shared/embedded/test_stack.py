"""The whole stack on real Kafka and Postgres: kept data, refused second starts, recovery, and a clean machine after."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import asyncpg
import httpx
import psutil
import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError

from meterlog.installation import INSTALLATION
from shared.embedded.directory import DataDirectory
from shared.embedded.ports import Ports
from shared.embedded.process import end_leftovers
from shared.embedded.programs import Program
from shared.embedded.stack import NotReady, PortTaken, Stack
from shared.engine.settings import Settings
from tests.kit import stand_in_stack
from tests.kit.servers import FreshEnvironment, data_directory

START_S = 180
"""Ten times what a start takes on two idle cores: tests may share them."""

pytestmark = [pytest.mark.servers, pytest.mark.slow]


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    """One directory for all tests here: each leaves it as a user would, and the next one starts on it."""
    with data_directory() as directory:
        yield directory
        asyncio.run(end_leftovers(DataDirectory(directory).recorded()))  # of a test that failed half way


@contextmanager
def up(data_dir: Path) -> Iterator[subprocess.Popen[str]]:
    """A stack in a process of its own, ready; killed after the block if it still runs."""
    port = Ports(data_dir / "test-port.json")["entry"]
    command = [sys.executable, "-m", stand_in_stack.__name__, str(data_dir), str(port)]
    said = data_dir / "said"
    with said.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, text=True)
    try:
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            if "data and logs" in said.read_text():
                break
            assert process.poll() is None, f"the stack did not start:\n{said.read_text()}"
            time.sleep(0.05)
        else:
            pytest.fail(f"the stack is not ready after {START_S} s:\n{said.read_text()}")
        yield process
    finally:
        process.kill()
        process.wait()


def meterlog(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    command = [Path(sys.executable).with_name("meterlog"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def survivors(pids: dict[str, int]) -> dict[str, int]:
    """Those that still run; a zombie nobody reaped has ended."""
    return {
        name: pid
        for name, pid in pids.items()
        if psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    }


def family(process: subprocess.Popen[str]) -> dict[str, int]:
    """Everything below the supervisor, Postgres's own workers too; one of those may end while it is looked at."""
    found: dict[str, int] = {}
    for child in psutil.Process(process.pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            found[f"{child.name()} {child.pid}"] = child.pid
    return found


async def write(settings: Settings) -> None:
    admin = AIOKafkaAdminClient(**settings.kafka_options())
    await admin.start()
    await admin.create_topics([NewTopic("kept", 3, 1)])
    await admin.close()
    connection = await asyncpg.connect(settings.postgres_dsn_of("rating"))
    await connection.execute("create table kept (n int); insert into kept values (42)")
    await connection.close()


async def kept(settings: Settings) -> tuple[int, int]:
    """Partitions of the topic and the number in the table."""
    admin = AIOKafkaAdminClient(**settings.kafka_options())
    try:
        await admin.start()
        [topic] = await admin.describe_topics(["kept"])
    finally:
        await admin.close()
    connection = await asyncpg.connect(settings.postgres_dsn_of("rating"))
    number = await connection.fetchval("select n from kept")
    await connection.close()
    return len(topic["partitions"]), number


def test_ctrl_c_leaves_no_process(data_dir: Path) -> None:
    with up(data_dir) as process:
        asyncio.run(write(DataDirectory(data_dir).settings()))
        everything = family(process)
        assert len(everything) > 6
        process.send_signal(signal.SIGINT)
        # Ten seconds on a machine of its own; this one may have a dozen stacks on its cores.
        assert process.wait(timeout=60) == 0
        assert survivors(everything) == {}
    assert meterlog("status", "--data-dir", data_dir).returncode == 3, "nobody answers any more"


def test_a_restart_finds_topics_and_tables_and_a_second_start_is_refused(data_dir: Path) -> None:
    with up(data_dir) as process:
        assert asyncio.run(kept(DataDirectory(data_dir).settings())) == (3, 42)

        second = meterlog("up", "--data-dir", data_dir)
        assert second.returncode == 3
        assert f"process {process.pid}" in second.stderr
        assert "meterlog status" in second.stderr

        status = meterlog("status", "--json", "--data-dir", data_dir)
        said = json.loads(status.stdout.splitlines()[-1])
        assert (status.returncode, said["ready"], said["env"]) == (0, True, "standin")
        pids = DataDirectory(data_dir).running()
        assert said["services"][:3] == [
            {"name": "usage", "pid": pids["usage"], "ready": True, "lag": 12, "detail": None},
            {"name": "rating", "pid": pids["rating"], "ready": False, "lag": 12, "detail": "it stands still"},
            {"name": "invoicing", "pid": None, "ready": False, "lag": None, "detail": None},
        ]

        # This run ends by SIGKILL, without a chance to tidy up: the next test starts on what that leaves.


def test_a_start_after_the_supervisor_was_killed_ends_what_it_left_and_recovers(data_dir: Path) -> None:
    left = DataDirectory(data_dir).running()
    assert "rating" in left, "the stubborn one outlives its supervisor"
    with up(data_dir) as process:
        assert re.search("ended what a killed run had left behind: .*rating", (data_dir / "said").read_text())
        assert survivors(left) == {}
        assert asyncio.run(kept(DataDirectory(data_dir).settings())) == (3, 42)
        process.terminate()
        assert process.wait(timeout=60) == 0


async def test_a_killed_server_comes_back_with_its_data(data_dir: Path) -> None:
    port = Ports(data_dir / "test-port.json")["entry"]
    settings = Settings(data_dir=data_dir, port=port, env="standin")
    async with Stack(settings, stand_in_stack.STAND_INS) as stack:
        before = stack.pids()
        for name in ("kafka", "postgres"):
            stack.send(name, signal.SIGKILL)
        async with asyncio.timeout(START_S):
            while True:
                try:
                    assert await kept(stack.settings) == (3, 42)
                    break
                except (KafkaError, asyncpg.PostgresError, OSError):
                    await asyncio.sleep(0.2)
        after = stack.pids()
        assert after["kafka"] != before["kafka"]
        assert after["postgres"] != before["postgres"]
        assert after["entry"] == before["entry"]
    assert survivors(after) == {}


async def test_a_taken_port_is_named_with_the_option_that_changes_it(tmp_path: Path) -> None:
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        port = somebody.getsockname()[1]
        with pytest.raises(PortTaken, match=f"port {port} is taken; choose another with --port"):
            await Stack(Settings(data_dir=tmp_path, port=port), INSTALLATION).start()
        refused = meterlog("up", "--data-dir", tmp_path, "--port", str(port))
        assert (refused.returncode, "--port" in refused.stderr) == (3, True)


async def test_given_servers_are_used_and_none_started(fresh_env: FreshEnvironment, tmp_path: Path) -> None:
    settings = fresh_env.settings.model_copy(update={"data_dir": tmp_path, "port": Ports(tmp_path / "p")["entry"]})
    async with Stack(settings, stand_in_stack.STAND_INS, external=True) as stack:
        assert sorted(stack.pids()) == ["entry", "rating", "usage"]
        async with httpx.AsyncClient() as client:
            environment = (await client.get(f"{stack.settings.service_url('usage')}/environment")).json()
        assert environment["KAFKA_BOOTSTRAP_SERVERS"] == fresh_env.servers.kafka_bootstrap_servers
        assert environment["METERLOG_USAGE_POSTGRES_DSN"] == settings.postgres_dsn_of("usage")
        assert "METERLOG_RATING_POSTGRES_DSN" not in environment


async def test_a_program_that_can_not_start_ends_the_start_with_the_end_of_its_log(
    fresh_env: FreshEnvironment, tmp_path: Path
) -> None:
    settings = fresh_env.settings.model_copy(update={"data_dir": tmp_path, "port": Ports(tmp_path / "p")["entry"]})
    broken = Program(name="rating", command=(sys.executable, "-S", "-c", "raise SystemExit('no such table: charges')"))
    stack = Stack(settings, replace(INSTALLATION, programs=(broken,)), external=True)
    with pytest.raises(NotReady, match=r"(?s)rating ends again and again.*no such table: charges"):
        await stack.start()
    assert stack.pids() == {}
