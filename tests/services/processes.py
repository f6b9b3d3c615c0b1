"""Services as real processes on real servers, with rating played by the test: its facts go straight onto its log.

async with running(environment, "invoicing", "payments") as services:
    await services.rating_says(opened("acc-1"), ...)
    answer = await services.invoicing.post("/v1/billing-runs", json={...})
"""

from __future__ import annotations

import asyncio
import signal
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx

from meterlog.installation import create_topics
from services.rating.billing_cycle.messages import BillingCycleDefined
from services.rating.events import EVENTS as RATING_EVENTS
from shared.embedded.process import POLL_S
from shared.engine.clock import ClockSet, send_clock
from shared.engine.environment import environment_of, inherited_environment
from shared.engine.log import Log
from shared.engine.settings import Settings
from shared.http.auth import Tokens
from shared.http.vault import Vault
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.message import Event, encode
from shared.kernel.partition import partition_of
from tests.kit.nursery import Started, born, prepare
from tests.kit.ports import free_port
from tests.kit.waiting import until

# Generous, for a machine that runs other tests at the same time.
READY_S = 60.0
STOPPED_S = 30.0


class Services:
    """The running services: an HTTP client each, with an admin's token, and a pen for rating's log."""

    def __init__(self, settings: Settings, kafka: Log, vault: Vault) -> None:
        self.settings = settings
        self.vault = vault
        self.usage: httpx.AsyncClient
        self.rating: httpx.AsyncClient
        self.invoicing: httpx.AsyncClient
        self.payments: httpx.AsyncClient
        self.reporting: httpx.AsyncClient
        self.processes: dict[str, Process] = {}
        self._kafka = kafka
        self._producer: Any = None
        self._next_seq: dict[int, int] = defaultdict(lambda: 1)

    async def rating_says(self, *facts: Event) -> None:
        """Put rating's events onto its log, in order."""
        if self._producer is None:
            self._producer = await self._kafka.idempotent_producer()
        for fact in facts:
            cycle = isinstance(fact, BillingCycleDefined)
            partition = 0 if cycle else partition_of(fact.key, self.settings.partitions)
            envelope = Envelope(
                env=self.settings.env,
                service="rating",
                partition=partition,
                type=RATING_EVENTS.name_of(fact),
                recorded_at=datetime.now(UTC),
                subject=fact.key,
                seq=self._next_seq[partition],
            )
            self._next_seq[partition] += 1
            await self._producer.send_and_wait(
                self._kafka.topic("rating.events"),
                encode(fact),
                key=fact.key.encode(),
                partition=partition,
                headers=to_headers(envelope),
            )

    def token(self, role: str) -> dict[str, str]:
        """The header of a caller with that role."""
        token = Tokens(self.settings.secret("token_key")).issue("tester", role, life_s=3600)
        return {"Authorization": f"Bearer {token}"}

    def check(self) -> None:
        """Raises if a process has ended."""
        ended = [name for name, process in self.processes.items() if process.has_ended]
        assert not ended, f"{ended} ended"

    @asynccontextmanager
    async def killed(self, name: str) -> AsyncIterator[None]:
        """SIGKILL. After the block another process is ready in its place, whatever failed in it: the tests that follow
        use the same services. Kill it beforehand where the moment matters: what is dead stays so.
        """
        await self.processes[name].kill()
        try:
            yield
        finally:
            await self.processes[name].start()
            await until_ready(getattr(self, name))

    async def crash(self, name: str) -> None:
        """SIGKILL, and another process is ready in its place."""
        async with self.killed(name):
            pass

    async def close(self) -> None:
        if self._producer is not None:
            await self._producer.stop()
        await self.vault.close()


class Process:
    """One service process on a port of its own, which can be killed and started again.

    `instance`: the name of a further replica. Of two with one name the group lets only the younger stay.
    """

    def __init__(self, settings: Settings, name: str, *, instance: str | None = None) -> None:
        self.name = name
        self.instance = instance or name
        self.port = free_port()
        environment = environment_of(name, settings, port=self.port, inherited=inherited_environment())
        self._environment = {**environment, "METERLOG_INSTANCE": self.instance}
        self._running: Started | None = None

    async def start(self) -> None:
        self._running = born(_module(self.name), self._environment, stdout=1, stderr=2)

    @property
    def has_ended(self) -> bool:
        return self._running is not None and self._running.poll() is not None

    @property
    def pid(self) -> int:
        assert self._running is not None
        return self._running.pid

    async def kill(self) -> None:
        """SIGKILL: nothing is finished, nothing is said. One that has ended meanwhile is as dead."""
        if self._running is not None:
            self._running.send_signal(signal.SIGKILL)
            await self._ended()

    async def stop(self) -> None:
        """SIGTERM, and the time to obey."""
        if self._running is not None:
            self._running.send_signal(signal.SIGTERM)
            await asyncio.wait_for(self._ended(), STOPPED_S)

    async def _ended(self) -> None:
        while not self.has_ended:
            await asyncio.sleep(POLL_S)


async def _stop_together(processes: Iterable[Process]) -> None:
    """All at once: an end is mostly waiting, for a last poll and for connections to close."""
    await asyncio.gather(*(process.stop() for process in processes))


@asynccontextmanager
async def running(settings: Settings, *names: str) -> AsyncIterator[Services]:
    """These services, ready; they are stopped as an operator would stop them."""
    if settings.failpoints is None:
        prepare(*map(_module, names))
    await create_topics(settings)
    services = Services(settings, Log(settings), Vault(settings))
    async with AsyncExitStack() as stack:
        stack.push_async_callback(services.close)
        stack.push_async_callback(_stop_together, services.processes.values())
        for name in names:
            process = services.processes[name] = Process(settings, name)
            await process.start()
            client = httpx.AsyncClient(
                base_url=f"http://127.0.0.1:{process.port}", headers=services.token("admin"), timeout=30
            )
            setattr(services, name, await stack.enter_async_context(client))
        for name in names:
            await until_ready(getattr(services, name))
        yield services


async def until_ready(client: httpx.AsyncClient) -> None:
    """Returns when the service has taken over its partitions."""

    async def ready() -> bool:
        try:
            return (await client.get("/readyz")).status_code == 200
        except httpx.TransportError:
            return False  # not listening yet

    await until(ready, within_s=READY_S, every_s=0.1)


async def clock_is(settings: Settings, *, now: datetime) -> None:
    """Set the test clock, which then stands still; the processes have `test_clock` in their settings."""
    kafka = Log(settings)
    producer = await kafka.idempotent_producer()
    await send_clock(producer, kafka, ClockSet(now=now), actor="tester")
    await producer.stop()


def _module(name: str) -> str:
    return f"services.{name}.app"
