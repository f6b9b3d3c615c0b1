"""Servers, services and their signals: everything that a fault may do something to.

    async with Sandbox(directory, brokers=1, say=print) as sandbox:
        sandbox.stack.send("rating", signal.SIGKILL)
        await sandbox.back_up()
        await sandbox.restore()

Servers run beside the installation, not inside it, so that they can be stopped, exchanged and brought back; otherwise
all is as `meterlog up` starts it, but for a session timeout of two seconds and armed failpoints.
"""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Final, Self, TypeVar

import psutil
from pydantic import SecretStr

from meterlog.chaos.vault_tables import VaultTables
from meterlog.cli.keys import make_key
from meterlog.installation import INSTALLATION
from shared.embedded.cluster import cluster
from shared.embedded.directory import DataDirectory
from shared.embedded.kafka import EmbeddedKafka
from shared.embedded.ports import Ports
from shared.embedded.postgres import EmbeddedPostgres
from shared.embedded.process import Child
from shared.embedded.stack import Stack
from shared.embedded.supervisor import Supervisor
from shared.engine.environment import environment_of, inherited_environment
from shared.engine.log import Log
from shared.engine.settings import Settings

T = TypeVar("T")

SESSION_TIMEOUT_MS: Final = 2000
POSTGRES: Final = "postgres"
_SERVER_GRACE_S: Final = 5.0


class Sandbox:
    """One installation on servers of its own, between `async with`."""

    def __init__(
        self,
        directory: Path,
        *,
        brokers: int = 1,
        session_timeout_ms: int = SESSION_TIMEOUT_MS,
        test_clock: bool = True,
        changes: Mapping[str, object] = MappingProxyType({}),
        broker_settings: Mapping[str, str] = MappingProxyType({}),
        stack: type[Stack] = Stack,
        say: Callable[[str], None] = lambda _line: None,
    ) -> None:
        """`changes` go over the settings of all processes, `broker_settings` over those of a single broker.
        `stack` is how its processes are started.
        """
        self.directory = DataDirectory(directory)
        self.points = self.directory.path / "failpoints"
        self.brokers: list[EmbeddedKafka] = []
        self.key = ""
        """An admin's API key."""
        self.kafka: Log
        self.stack: Stack
        self._brokers_wanted = brokers
        self._session_timeout_ms = session_timeout_ms
        self._test_clock = test_clock
        self._changes = changes
        self._broker_settings = broker_settings
        self._kind = stack
        self._say = say
        self._servers = Supervisor(say=say)
        self._postgres: EmbeddedPostgres

    @property
    def settings(self) -> Settings:
        return self.stack.settings

    async def __aenter__(self) -> Self:
        self.points.mkdir(parents=True)
        try:
            await self._start()
        except BaseException:
            await self._stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stop()

    # -- servers -----------------------------------------------------------------------------------------------------

    def server_pids(self) -> dict[str, int]:
        """What runs of `kafka` (or `kafka-1` to `kafka-3`) and `postgres`."""
        return self._servers.pids()

    def broker_names(self) -> list[str]:
        return [broker.child.name for broker in self.brokers if broker.child is not None]

    def signal_server(self, name: str, number: signal.Signals) -> None:
        """If it ends, it is started again."""
        self._servers.send(name, number)

    async def take_away(self, name: str, *, at_once: bool = False) -> Child:
        """End a server; it stays away until it is given back."""
        child = self._servers.child(name)
        if at_once:
            child.send(signal.SIGKILL)
        await self._servers.stop([name], grace_s=_SERVER_GRACE_S)
        return child

    def give_back(self, child: Child) -> None:
        self._servers.keep(child)

    async def until_servers_answer(self) -> None:
        for broker in self.brokers:
            async with asyncio.timeout(120):
                while not broker.healthy():
                    await asyncio.sleep(0.1)
        async with asyncio.timeout(120):
            while not await self._postgres.healthy():
                await asyncio.sleep(0.1)

    async def back_up(self) -> None:
        """A cold copy of the database's files, to come back to."""
        child = await self.take_away(POSTGRES)
        await asyncio.to_thread(_run, "cp", "-a", str(self._data), str(self._backup))
        self.give_back(child)
        await self.until_servers_answer()

    async def restore(self) -> None:
        """Put the copy in the place of the data, and keep those as the next copy. The vault stays as it is."""
        child = await self.take_away(POSTGRES)
        # On a port that no service knows: nobody may make a key before those of today are there.
        vault = await self._unseen(VaultTables.taken)
        aside = self._data.with_suffix(".aside")
        self._data.rename(aside)
        self._backup.rename(self._data)
        aside.rename(self._backup)
        await self._unseen(vault.put)
        self.give_back(child)
        await self.until_servers_answer()

    async def _unseen(self, work: Callable[[str], Awaitable[T]]) -> T:
        """With a server of the data's own, by its administrator's DSN."""
        server = EmbeddedPostgres(self._data, port=free_port(), password=self.directory.secrets().postgres)
        try:
            return await work(await server.start())
        finally:
            await server.stop(grace_s=_SERVER_GRACE_S)

    def server_processes(self, name: str) -> list[psutil.Process]:
        """A server's process and those it started; none while it is being started again."""
        pid = self.server_pids().get(name)
        return [] if pid is None else _family(pid)

    # -- services ----------------------------------------------------------------------------------------------------

    def replica(self, service: str, number: int = 2) -> Child:
        """Another process of a service, started: it joins the group under a name of its own and takes its share."""
        program = next(program for program in INSTALLATION.programs if program.name == service)
        name = f"{service}-{number}"
        environment = environment_of(service, self.settings, port=free_port(), inherited=inherited_environment())
        child = Child(
            name=name,
            command=program.command,
            log=self.directory.logs / f"{name}.log",
            environment={**environment, "METERLOG_INSTANCE": name},
        )
        child.start()
        return child

    async def _start(self) -> None:
        ports = Ports(self.directory.ports_file)
        if self._brokers_wanted == 1:
            kafka = EmbeddedKafka(
                self.directory.path / "kafka",
                broker_port=ports["kafka"],
                controller_port=ports["kafka-controller"],
                log=self.directory.logs / "kafka.log",
                say=self._say,
                settings=self._broker_settings,
            )
            self.brokers = [kafka]
        else:
            self.brokers = cluster(self.directory.path / "kafka", ports, logs=self.directory.logs)
        self._postgres = EmbeddedPostgres(
            self._data,
            port=ports[POSTGRES],
            password=self.directory.secrets().postgres,
            log=self.directory.logs / "postgres.log",
            # More replicas than one installation has come and go at once.
            settings={"max_connections": "400"},
        )
        self._say("starting Kafka and Postgres")
        self._servers.keep(await self._postgres.prepare())
        for broker in self.brokers:
            self._servers.keep(await broker.prepare())
        await self.until_servers_answer()
        self.stack = self._kind(self._given(), INSTALLATION, external=True, say=self._say)
        await self.stack.start()
        self.kafka = Log(self.settings)
        self.key = (await make_key(self.settings.postgres_dsn_of("reporting"), "admin", "chaos"))["key"]

    def _given(self) -> Settings:
        return Settings.model_validate(
            {
                "data_dir": self.directory.path,
                "port": free_port(),
                "test_clock": self._test_clock,
                "session_timeout_ms": self._session_timeout_ms,
                "replication": self._brokers_wanted,
                "failpoints": self.points,
                "kafka_bootstrap_servers": ",".join(broker.bootstrap_servers for broker in self.brokers),
                "postgres_dsn": SecretStr(self._postgres.dsn),
                **self._changes,
            }
        )

    async def _stop(self) -> None:
        if hasattr(self, "stack"):
            await self.stack.stop()
        names = [*self.broker_names(), POSTGRES]
        await self._servers.stop(names, grace_s=_SERVER_GRACE_S)

    @property
    def _data(self) -> Path:
        return self.directory.path / "postgres"

    @property
    def _backup(self) -> Path:
        return self.directory.path / "postgres.backup"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _family(pid: int) -> list[psutil.Process]:
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
