"""Everything together: Kafka, Postgres, the services and the entry, started and stopped as one.

    async with Stack(Settings(data_dir=Path(".meterlog")), installation, say=print) as stack:
        print(stack.base_url)                      # answers: /readyz is 200
        stack.send("rating", signal.SIGKILL)       # a chaos test: it comes back by itself

This is what `meterlog up` and `meterlog demo` run. Start: leftovers of a killed run end first, then servers, databases,
services and entry, topics. Stop: entry, services, Kafka, Postgres, within ten seconds however long they would like to
take (2 + 4 + 2.5 + 1.5). Run it in the main thread: its children end with the thread that started them.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Final, Self

import httpx

from shared.embedded.directory import DataDirectory
from shared.embedded.ports import Ports, is_free
from shared.embedded.process import Child, Identity, end_leftovers
from shared.embedded.programs import ENTRY, Installation, Program
from shared.embedded.servers import start_servers, use_servers
from shared.embedded.supervisor import Supervisor
from shared.engine.environment import VAULT, environment_of, inherited_environment
from shared.engine.settings import Settings

READY_DEADLINE_S: Final = 120
RESTARTS_MAX: Final = 5
"""A program that ends this often before everything is ready won't get there by itself."""


_THIS_MACHINE: Final = "127.0.0.0/8,::1"
"""Where receivers of webhooks may stand if nobody says: the programs of who tries things out."""


class PortTaken(Exception):
    """Somebody else listens on the entry's port."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} is taken; choose another with --port (or METERLOG_PORT)")
        self.port = port


class NotReady(Exception):
    """The stack did not become ready; the message says which program did not, and where its log is."""


class Stack:
    """One installation, running between `start` and `stop`."""

    def __init__(
        self,
        settings: Settings,
        installation: Installation,
        *,
        external: bool = False,
        say: Callable[[str], None] = lambda _line: None,
    ) -> None:
        """`external` uses the Kafka and Postgres of the settings."""
        self.settings = settings
        """As given; after `start` with all addresses and keys."""
        self.directory = DataDirectory(settings.data_dir)
        self._external = external
        self._installation = installation
        self._programs = installation.programs
        self._say = say
        self._supervisor = Supervisor(say=say, changed=self._record)
        self._held = ExitStack()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    def pids(self) -> dict[str, int]:
        """What runs at this moment: `kafka`, `postgres`, the services, `entry`."""
        return self._supervisor.pids()

    def send(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Signal one process. If it ends, it is started again."""
        self._supervisor.send(name, number)

    async def start(self) -> None:
        """Start everything and return when the entry says that all is ready.

        Raises `AlreadyRunning`, `PortTaken`, `NotReady` or what the servers raise; whatever had started is stopped.
        """
        self._held.enter_context(self.directory.locked())
        try:
            await self._start()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Stop everything; returns with no process left. Safe to call twice."""
        others = [program.name for program in self._other_programs()]
        for names, grace_s in (([ENTRY], 2.0), (others, 4.0), (["kafka"], 2.5), (["postgres"], 1.5)):
            await self._supervisor.stop(names, grace_s=grace_s)
        self._held.close()

    def kill(self) -> None:
        """End everything at once, without order or grace."""
        self._supervisor.kill_all()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _start(self) -> None:
        await self._end_leftovers()
        if not is_free(self.settings.port, self.settings.host):
            raise PortTaken(self.settings.port)
        ports = Ports(self.directory.ports_file)
        if self._external:
            self._start_programs(await use_servers(self.settings, self._installation, self.directory), ports)
        else:
            await start_servers(
                self.settings,
                self._installation,
                self.directory,
                self._supervisor,
                ports,
                say=self._say,
                connect=lambda servers: self._start_programs(servers, ports),
            )
        await self._wait_until_ready()

    def _start_programs(self, servers: Settings, ports: Ports) -> None:
        services = [program for program in self._other_programs() if program.replica_of is None]
        urls = {program.name: f"http://127.0.0.1:{ports[program.name]}" for program in services}
        networks = self.settings.webhook_networks
        own = {
            "url": self.base_url,
            "data_dir": self.directory.path,
            "webhook_networks": _THIS_MACHINE if networks is None else networks,
        }
        self.settings = servers.with_services(urls).model_copy(update=own)
        self.directory.note(self.settings)
        self._say("starting services")
        for program in self._programs:
            self._supervisor.keep(self._child(program, ports))

    async def _end_leftovers(self) -> None:
        """Those of a run that was killed: we hold the lock, so nobody else's can be recorded here."""
        if names := await end_leftovers(self.directory.recorded()):
            self._say(f"ended what a killed run had left behind: {', '.join(names)}")

    def _child(self, program: Program, ports: Ports) -> Child:
        settings = self.settings
        databases: tuple[str, ...] | None = () if program.name == ENTRY else None
        if program.replica_of is not None:
            # One process of a machine has the port that packets are sent to.
            settings = settings.model_copy(update={"radius_port": None})
            databases = (program.replica_of, VAULT)
        return Child(
            name=program.name,
            command=program.command,
            log=self.directory.logs / f"{program.name}.log",
            nice=program.nice,
            environment=environment_of(
                program.name,
                settings,
                port=ports[program.name],
                inherited=inherited_environment(),
                databases=databases,
            ),
        )

    def _other_programs(self) -> list[Program]:
        return [program for program in self._programs if program.name != ENTRY]

    def _record(self, identities: list[Identity]) -> None:
        self.directory.record(identities)

    async def _wait_until_ready(self) -> None:
        async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
            deadline = asyncio.get_running_loop().time() + READY_DEADLINE_S
            while not await _is_ready(client, f"{self.base_url}/readyz"):
                for program in self._programs:
                    if self._supervisor.restarts[program.name] >= RESTARTS_MAX:
                        why = self._supervisor.child(program.name).last_words()
                        raise NotReady(f"{program.name} ends again and again; {why}")
                if asyncio.get_running_loop().time() > deadline:
                    raise NotReady(f"not ready after {READY_DEADLINE_S} s; see {self.directory.logs}")
                await asyncio.sleep(0.1)


async def _is_ready(client: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(url)).status_code == 200
    except httpx.TransportError:
        return False
