"""A whole toy service in this process: its API, the log, and an owner of partition 1 that can crash and comes back.

    async with open_desk(settings) as desk:
        answer = await desk.put("jar-1", 5, key="k1")
        desk.crash_next("between log and Postgres")
        again = await desk.put("jar-1", 5, key="k1")        # answered by the next owner

The owner is a real worker; what a crash leaves behind is what SIGKILL at that step leaves, except for the open
transaction, which the next owner fences.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

import httpx
from aiokafka.errors import KafkaError
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict

from shared.engine.rebuild.job import RebuildJob
from shared.engine.sender import Sender
from shared.engine.settings import Settings
from shared.engine.store import GenerationMoved
from shared.engine.worker import Worker
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.command_bus import CommandBus
from shared.kernel.partition import partition_of
from tests.kit.driven_worker import PARTITION, DrivenWorker, driven
from tests.kit.toy import COMMANDS, CoinsPut, Projection, PutCoins, toy_service
from tests.shared.http.stub import StubRuntime, as_role, client_of

BIND_AND_PRODUCE: Final = "between bind and produce"
PRODUCE_AND_DECIDE: Final = "between produce and decide"
DECIDE_AND_LOG: Final = "between decide and log"
LOG_AND_POSTGRES: Final = "between log and Postgres"
STEPS: Final = (BIND_AND_PRODUCE, PRODUCE_AND_DECIDE, DECIDE_AND_LOG, LOG_AND_POSTGRES)


class Crashed(Exception):
    """The process ended here."""


class Coins(BaseModel):
    model_config = ConfigDict(extra="forbid")
    account_id: str
    coins: int


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/coins", status_code=201, dependencies=[api.roles(*WRITERS)])
    async def put(body: Coins, request: Request) -> Response:
        outcome = await api.command(request, PutCoins(account_id=body.account_id, coins=body.coins))
        return Answer({"id": api.new_id(request, "coins"), "subject": outcome.subject}, status_code=201)

    return routes


def jar(n: int) -> str:
    """The name of the n-th jar that lives in the owner's partition."""
    names = (f"jar-{k}" for k in range(1000))
    return [name for name in names if partition_of(name, 4) == PARTITION][n]


class FailingSender:
    """The API's producer; `fail_next` ends the process before it sends."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self.fail_next = False

    async def send_and_wait(self, topic: str, value: bytes, **how: Any) -> Any:
        if self.fail_next:
            self.fail_next = False
            raise KafkaError("the process ended")
        return await self._sender.send_and_wait(topic, value, **how)


class Desk:
    def __init__(
        self, shop: DrivenWorker, projection: Projection, producer: FailingSender, client: httpx.AsyncClient
    ) -> None:
        self.shop = shop
        self.client = client
        self.bus: CommandBus
        self.crashes = 0
        self._projection = projection
        self._producer = producer
        self._step: str | None = None
        self._closing = False
        self._worker: Worker | None = None
        self._office: asyncio.Task[None] | None = None
        client.event_hooks = {"request": [self._sign]}
        client.headers.update(as_role("billing", settings=shop.settings))

    async def open(self) -> None:
        """The owner takes office, and again after each crash."""
        opened, self._closing = asyncio.Event(), False
        self._office = asyncio.create_task(self._keep_open(opened))
        waiting = asyncio.create_task(opened.wait())
        await asyncio.wait([self._office, waiting], return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._office.done():
            await self._office

    async def close(self) -> None:
        """The owner leaves in good order."""
        if self._office is not None:
            office, self._office = self._office, None
            self._closing = True  # whoever takes over at this moment leaves again
            if self._worker is not None:
                self._worker.stop()
            await office

    def crash_next(self, step: str) -> None:
        """Where the process that takes the next command ends."""
        match step:
            case "between bind and produce":
                self._producer.fail_next = True
            case "between log and Postgres":
                self._projection.fail_next = True
            case _:
                self._step = step

    async def put(self, account: str, coins: int, *, key: str | None, **headers: str) -> httpx.Response:
        keyed = {} if key is None else {"Idempotency-Key": key}
        return await self.client.post(
            "/v1/coins", json={"account_id": account, "coins": coins}, headers=keyed | headers
        )

    async def put_until_taken(self, account: str, coins: int, *, key: str, tries: int = 8) -> httpx.Response:
        """As a client with patience does: the same request until it is answered for good."""
        for _ in range(tries):
            answer = await self.put(account, coins, key=key)
            if answer.status_code not in (202, 503):
                return answer
        return answer

    async def rebuild(self) -> None:
        """All projected tables from the log, while the owner works; what is to crash is the owner."""
        proof = await RebuildJob(self.shop.settings, toy_service(), processes=0, watch=lambda step: None).rebuild()
        assert proof.equal is True, proof.differences

    async def effects(self, account: str) -> list[int]:
        """The coins of each event of a jar."""
        found = [event for _, _, event in await self.shop.events() if isinstance(event, CoinsPut)]
        return [event.coins for event in found if event.account_id == account]

    async def total(self, account: str) -> int | None:
        rows = await self.shop.rows("select total from jar where account_id = $1", account)
        return int(rows[0][0]) if rows else None

    async def _sign(self, request: httpx.Request) -> None:
        """As the entry does: a token lives a minute."""
        request.headers.update(as_role("billing", settings=self.shop.settings))

    async def _keep_open(self, opened: asyncio.Event) -> None:
        while not self._closing:
            self.shop.gen = await self.shop.pool.fetchval("select gen from meterlog.generation where active")
            self._worker = worker = await self.shop.owner()
            self._haunt(worker)
            opened.set()
            try:
                if not self._closing:
                    await worker.run()
                return
            except (Crashed, ConnectionError, GenerationMoved):
                self.crashes += 1
            finally:
                self.shop.workers.remove(worker)
                await worker.close()
                await worker.commands.stop()

    def _haunt(self, worker: Worker) -> None:
        """Let the worker end where the test says. The step is over once it was reached."""
        process, commit = worker._process, worker._outbox.commit

        async def processing(batch: Any, room: Any) -> None:
            if self._step == PRODUCE_AND_DECIDE:
                self._step = None
                raise Crashed(PRODUCE_AND_DECIDE)
            await process(batch, room)

        async def committing(*arguments: Any) -> Any:
            if self._step == DECIDE_AND_LOG:
                self._step = None
                raise Crashed(DECIDE_AND_LOG)
            return await commit(*arguments)

        worker._process = processing  # type: ignore[method-assign]
        worker._outbox.commit = committing  # type: ignore[method-assign, assignment]


@asynccontextmanager
async def open_desk(settings: Settings) -> AsyncIterator[Desk]:
    """A desk whose owner has not taken office yet."""
    projection = Projection()
    async with driven(toy_service(projection), settings) as shop:
        runtime = StubRuntime(router, settings=settings, pool=shop.pool, commands=COMMANDS, service="payments")
        sender = Sender(shop.kafka)
        producer = FailingSender(sender)
        bus = CommandBus(
            service="payments",
            catalogue=COMMANDS,
            settings=settings,
            producer=producer,
            pool=shop.pool,
            clock=shop.clock,
        )
        async with client_of(runtime, bus=bus) as client:
            desk = Desk(shop, projection, producer, client)
            desk.bus = bus
            try:
                yield desk
            finally:
                with suppress(Crashed, ConnectionError):
                    await desk.close()
                await sender.stop()
