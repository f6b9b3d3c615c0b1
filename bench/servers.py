"""The servers and processes of a benchmark: real Kafka and Postgres in a directory that is gone afterwards.

    async with servers() as sandbox:
        worker = await sandbox.start("usage", [sys.executable, "-m", "services.usage.app"], environment)
        before = sandbox.cpu()
        ...
        print(sandbox.cpu() - before)       # {"usage": 2.1, "kafka": 1.4, ...} seconds of processor time

Processor time is taken beside the clock's because it says what a figure is made of, and is steadier on a busy machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from meterlog.installation import INSTALLATION
from shared.embedded.directory import DataDirectory
from shared.embedded.ports import Ports
from shared.embedded.process import Child
from shared.embedded.servers import start_servers
from shared.embedded.supervisor import Supervisor
from shared.engine.settings import Settings

START_DEADLINE_S = 300


class BenchFailed(Exception):
    """A process of the benchmark ended, or a count is not what was published: there is no figure."""


@dataclass
class Sandbox:
    """Running servers, and what a benchmark starts on them."""

    settings: Settings
    """Reaches the servers: addresses, a DSN for each database, keys."""
    admin_dsn: str
    ports: Ports
    directory: Path
    pids: dict[str, int]
    kind: type[Child] = Child
    """How its processes are started."""
    _children: list[Child] = field(default_factory=list)

    async def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> Child:
        child = self.kind(
            name=name, command=command, environment=environment, log=self.directory / "logs" / f"bench-{name}.log"
        )
        self.pids[name] = child.start()
        self._children.append(child)
        return child

    async def stop(self, child: Child) -> None:
        await child.stop(grace_s=10)
        self._children.remove(child)
        self.pids.pop(child.name, None)

    def check(self) -> None:
        """Raises `BenchFailed` with the end of its log if a process has ended."""
        for child in self._children:
            if not child.running:
                raise BenchFailed(f"{child.name} ended with code {child.returncode}; {child.last_words(12)}")

    async def until_said(self, child: Child, word: str) -> None:
        """Return once a process has written `word` to its log."""
        async with asyncio.timeout(START_DEADLINE_S):
            while word not in (child.log.read_text() if child.log.exists() else ""):
                self.check()
                await asyncio.sleep(0.05)

    def memory_mb(self) -> dict[str, int]:
        """The most that each process of ours has had so far; what Postgres shares between its backends says little."""
        return {name: _peak_mb(pid) for name, pid in self.pids.items() if name != "postgres"}

    def kafka_bytes(self) -> int:
        """What the broker's log segments hold."""
        return sum(file.stat().st_size for file in (self.directory / "kafka").rglob("*.log"))

    def cpu(self) -> Counter[str]:
        """Seconds of processor time so far, by process; Postgres with all its backends."""
        return Counter({name: processor_seconds(pid) for name, pid in self.pids.items()})

    async def end(self) -> None:
        for child in list(self._children):
            await self.stop(child)


@asynccontextmanager
async def servers(
    on: Sandbox | None = None, *, at: Path | None = None, partitions: int = 4, kind: type[Child] = Child
) -> AsyncIterator[Sandbox]:
    """Kafka and Postgres as `meterlog up` starts them, with the product's databases and topics; or those that run
    already, which go on afterwards. What is in the directory `at` stays, for the next run. `kind`: how what is started
    on them is started.
    """
    if on is not None:
        yield on
        return
    with _directory(at) as name:
        directory = DataDirectory(Path(name))
        supervisor = Supervisor()
        with directory.locked():
            try:
                ports = Ports(directory.ports_file)
                settings = await start_servers(
                    Settings(data_dir=Path(name), partitions=partitions),
                    *(INSTALLATION, directory, supervisor, ports),
                    say=lambda line: None,
                )
                password = directory.secrets().postgres
                admin = f"postgresql://postgres:{password}@127.0.0.1:{ports['postgres']}/postgres"
                sandbox = Sandbox(settings, admin, ports, Path(name), supervisor.pids(), kind)
                try:
                    yield sandbox
                finally:
                    await sandbox.end()
            finally:
                await supervisor.stop(("kafka", "postgres"), grace_s=5)


def _peak_mb(pid: int) -> int:
    """0 where the process has ended, or where the kernel keeps no such figure."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return round(int(line.split()[1]) * 1024 / 1e6)
    return 0


@contextlib.contextmanager
def _directory(at: Path | None) -> Iterator[str]:
    if at is not None:
        yield str(at.resolve())
        return
    with tempfile.TemporaryDirectory(prefix="meterlog-bench-", ignore_cleanup_errors=True) as name:
        yield name


def processor_seconds(pid: int) -> float:
    """Of a process and its children so far; 0 where it has ended."""
    total = 0.0
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        for member in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess):
                times = member.cpu_times()
                total += times.user + times.system
    return total
