"""A stage for reporting: its tables on a real Postgres, a hand-moved clock, and the API without a network.

await stage.tell("rating.events", account_opened("acc-1"), partition=1)
(await stage.get("/v1/invoices", role="billing")).json()
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import asyncpg
import httpx
from fastapi import FastAPI

from services.reporting.app import SERVICE
from services.reporting.service import project
from shared.engine.postgres import Connection
from shared.engine.service import Applied, ViewService
from shared.engine.settings import Settings
from shared.http.auth import Tokens
from shared.http.openapi import describe
from shared.http.server import build_app
from shared.http.vault import Vault
from shared.kernel.envelope import Envelope
from shared.kernel.message import Catalogue, Event, encode, type_name
from tests.kit.afresh import what_is_noted
from tests.kit.built_ahead import BuiltAhead
from tests.kit.fixed_logs import FixedLogs

START = datetime(2026, 10, 12, 8, tzinfo=UTC)


@dataclass
class HandClock:
    """The time that a test says it is."""

    at: datetime = START
    test: bool = True

    def now(self) -> datetime:
        return self.at


@dataclass
class StageRuntime:
    """What the API needs of a process, without its worker."""

    settings: Settings
    pool: asyncpg.Pool[Any]
    clock: HandClock
    logs: FixedLogs
    service: ViewService = SERVICE

    async def progress(self) -> dict[str, Any]:
        return {
            "service": "reporting",
            "now": self.clock.now(),
            "next_due": None,
            "idle": True,
            "activity": 0,
            "lag": 0,
        }

    def ready(self) -> tuple[bool, str]:
        return True, ""


class SharedApi:
    """Reporting's API, built once for many stages: to build it takes longer than most of their tests."""

    def __init__(self) -> None:
        self._built = BuiltAhead.of(SERVICE)
        self._forget = what_is_noted(self._built.app)
        self._serves: StageRuntime | None = None

    def of(self, runtime: StageRuntime, vault: Vault) -> FastAPI:
        """For this stage, as if it had been built for it: of what it noted for another one it knows nothing."""
        if runtime is not self._serves:
            self._forget()
            self._serves = runtime
        return self._built.given(runtime, bus=None, vault=vault)

    def document(self) -> dict[str, Any]:
        """What GET /openapi.json answers; it is put together anew each time, for seconds."""
        return describe(self._built.app, SERVICE.name, commands=False)


@dataclass
class Stage:
    pool: asyncpg.Pool[Any]
    settings: Settings
    vault: Vault
    clock: HandClock = field(default_factory=HandClock)
    logs: FixedLogs = field(default_factory=FixedLogs)
    api: SharedApi | None = None
    """Without one a stage builds its own."""
    told: list[tuple[str, int, Applied]] = field(default_factory=list)
    _seqs: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        self._runtime = StageRuntime(self.settings, self.pool, self.clock, self.logs)
        if self.api is None:
            self._own = build_app(self._runtime, bus=None, vault=self.vault)
        self._tokens = Tokens(self.settings.secret("token_key"))

    @property
    def app(self) -> FastAPI:
        """Serves this stage until another one is asked."""
        return self.api.of(self._runtime, self.vault) if self.api else self._own

    async def tell(
        self, topic: str, *events: Event, partition: int = 1, at: datetime | None = None, actor: str | None = None
    ) -> None:
        """Let a partition of a topic report events, in one batch."""
        batch = [self._applied(topic, partition, event, at or self.clock.now(), actor) for event in events]
        self.told += ((topic, partition, applied) for applied in batch)
        await self.apply(topic, partition, batch)

    async def held(
        self, topic: str, events: Sequence[Event], *, connection: Connection, until: asyncio.Event, partition: int = 1
    ) -> None:
        """`tell`, in a transaction that stays open until then."""
        async with connection.transaction():
            batch = [self._applied(topic, partition, event, self.clock.now(), None) for event in events]
            await project(connection, topic, partition, batch)
            await until.wait()

    async def apply(self, topic: str, partition: int, batch: Sequence[Applied]) -> None:
        async with self.pool.acquire() as connection, connection.transaction():
            await project(connection, topic, partition, batch)

    def client(self, role: str | None = "admin", actor: str = "key:test") -> httpx.AsyncClient:
        """A client with a token of that role, or without any."""
        headers = {} if role is None else {"Authorization": f"Bearer {self._tokens.issue(actor, role)}"}
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=True)
        return httpx.AsyncClient(transport=transport, base_url="http://reporting", headers=headers)

    async def get(self, path: str, *, role: str | None = "admin", **parameters: Any) -> httpx.Response:
        async with self.client(role) as client:
            return await client.get(path, params=parameters or None)

    async def read(self, path: str, *, role: str | None = "admin", **parameters: Any) -> Any:
        """The JSON of a GET that must succeed."""
        answer = await self.get(path, role=role, **parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def report(self, name: str, **asked: str) -> list[dict[str, Any]]:
        """What a report says, without where its figures come from."""
        items = (await self.read(f"/v1/reports/{name}", **asked))["items"]
        return [{column: value for column, value in row.items() if column != "rows"} for row in items]

    def _applied(self, topic: str, partition: int, event: Event, at: datetime, actor: str | None) -> Applied:
        service = topic.partition(".")[0]
        self._seqs[topic, partition] += 1
        seq = self._seqs[topic, partition]
        envelope = Envelope(
            env=self.settings.env,
            service=service,
            partition=partition,
            type=type_name(service, type(event)),
            recorded_at=at,
            subject=event.key,
            seq=seq,
            actor=actor,
            correlation_id="corr-1",
        )
        read = Catalogue(service, (type(event),)).decode(envelope.type, encode(event))
        # Commit markers take offsets, so an offset is never just the number of the event.
        return Applied(read, envelope, seq * 2)
