"""A service process for tests of its API: a router, a fixed clock, and as much of a database as the test gives it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import asyncpg
import httpx
from fastapi import APIRouter
from pydantic import SecretStr

from shared.engine.held import NOTHING_HELD
from shared.engine.settings import Settings
from shared.http.api import Api
from shared.http.auth import Tokens
from shared.http.command_bus import CommandBus
from shared.http.server import build_app
from shared.http.vault import Vault
from shared.kernel.message import Catalogue, Command, catalogue
from tests.kit.fixed_logs import FixedLogs

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
KEY = "a key for tests"


class FixedClock:
    test = True

    def now(self) -> datetime:
        return NOW


class StubService:
    def __init__(self, name: str, router: Callable[[Api], APIRouter], commands: Catalogue[Command]) -> None:
        self.name = name
        self.routers = (router,)
        self.commands = commands
        self.takes = (f"{name}.events",)
        self.follows = frozenset({name, "invoicing"})
        self.uploads: dict[str, int] = {}
        self.holding = NOTHING_HELD


class StubRuntime:
    """What a `Runtime` shows, without a worker behind it."""

    def __init__(
        self,
        router: Callable[[Api], APIRouter],
        *,
        settings: Settings | None = None,
        pool: asyncpg.Pool[Any] | None = None,
        commands: Catalogue[Command] | None = None,
        service: str = "rating",
    ) -> None:
        self.service = StubService(service, router, commands or catalogue(service))
        self.settings = settings or Settings(token_key=SecretStr(KEY))
        self.clock = FixedClock()
        self.logs = FixedLogs()
        self.is_ready = True
        self._pool = pool

    @property
    def pool(self) -> asyncpg.Pool[Any]:
        assert self._pool is not None, "this test has no database"
        return self._pool

    async def progress(self) -> dict[str, Any]:
        return {"service": self.service.name, "idle": True}

    def ready(self) -> tuple[bool, str]:
        return self.is_ready, "" if self.is_ready else "joining the group"


@asynccontextmanager
async def client_of(runtime: StubRuntime, *, bus: CommandBus | None = None) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the service's app, in this process."""
    app = build_app(runtime, bus=bus, vault=Vault(runtime.settings))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://rating") as client:
        yield client


def as_role(role: str, *, actor: str = "key:k1", settings: Settings | None = None) -> dict[str, str]:
    """Headers of a caller whom the entry has let in."""
    key = KEY if settings is None else settings.secret("token_key")
    return {"Authorization": f"Bearer {Tokens(key).issue(actor, role)}"}
