"""The HTTP server of a service process, inside the loop that its partition workers run in.

    run(SERVICE, serve=Server)           # the last line of every process: the engine starts the server and ends it

    server = Server(engine)
    port = await server.start()          # listening on settings.host; 0 in settings.service_port: any free port
    ...
    await server.stop()                  # requests in flight are answered, for at most 8 s

`build_app` makes the application alone, without servers behind it: for tests and for the OpenAPI document.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any

import asyncpg
from fastapi import FastAPI, Response

from shared.engine.log import Log
from shared.engine.sender import Sender
from shared.engine.service import Service
from shared.engine.settings import Settings
from shared.http import dead_letters, rebuilds
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.command_bus import CommandBus
from shared.http.logs import Logs
from shared.http.made_once import MadeOnce
from shared.http.methods import Allowed, Methods
from shared.http.openapi import api_routes, describe, operation_id, roles_of
from shared.http.personal_reads import PersonalReads
from shared.http.ports import Clock, Engine, Runtime, ServiceFacts
from shared.http.positions import Position, wait_until_applied
from shared.http.problems import install_problems
from shared.http.request_middleware import RequestMiddleware
from shared.http.system import system_router
from shared.http.upstream import wait_for_upstream
from shared.http.uvicorn_server import Listening
from shared.http.vault import Vault


class UnguardedRoute(Exception):
    """A route says nothing about who may call it: give it `api.roles(...)` or `api.public`."""


def build_app(
    runtime: Runtime, *, bus: CommandBus | None, vault: Vault, caught_up: Callable[[], bool] = lambda: True
) -> FastAPI:
    """The application of one service; it answers 503 until `caught_up`. Raises `UnguardedRoute`."""
    name = runtime.service.name
    app = FastAPI(
        title=f"Meterlog {name}",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        default_response_class=Answer,
        generate_unique_id_function=operation_id(name),
        redirect_slashes=False,
    )
    api = Api(runtime, bus=lambda: _needed(bus, name), vault=vault)

    async def wait_for(positions: list[Position]) -> None:
        await wait_until_applied(
            runtime.pool, positions, listens=runtime.service.follows, partitions=runtime.settings.partitions
        )

    install_problems(app)
    app.add_middleware(Methods, allowed=Allowed(lambda: app.routes))
    around: dict[str, Any] = {
        "uploads": runtime.service.uploads,
        "reads": PersonalReads(vault, name),
        "caught_up": caught_up,
    }
    app.add_middleware(RequestMiddleware, service=name, wait_for=wait_for, **around)
    app.include_router(system_router(runtime, api, bus))
    app.include_router(rebuilds.router(api))
    for router in runtime.service.routers:
        app.include_router(router(api), tags=[name])
    if isinstance(runtime.service, Service):
        app.include_router(dead_letters.router(api, runtime.service.undecodable))

    described = MadeOnce(lambda: describe(app, name, commands=isinstance(runtime.service, Service)))

    @app.get("/openapi.json", include_in_schema=False, dependencies=[api.public])
    async def document() -> Response:
        return Response(await described.text(), media_type="application/json")

    for route in api_routes(app):
        if roles_of(route) is None:
            raise UnguardedRoute(f"{sorted(route.methods or ())} {route.path} of {name}")
    return app


@dataclass(frozen=True)
class _Served:
    """A process and the logs around it, as its API sees them."""

    settings: Settings
    service: ServiceFacts
    clock: Clock
    pool: asyncpg.Pool[Any]
    logs: Logs
    progress: Callable[[], Coroutine[Any, Any, dict[str, Any]]]
    ready: Callable[[], tuple[bool, str]]


class Server:
    """Serves one service's API. The command producer and the vault's connection belong to it."""

    def __init__(self, engine: Engine) -> None:
        self._runtime = _Served(
            settings=engine.settings,
            service=engine.service,
            clock=engine.clock,
            pool=engine.pool,
            logs=Logs(engine.kafka, engine.log_offsets, engine.groups),
            progress=engine.progress,
            ready=engine.ready,
        )
        self._caught_up = engine.caught_up
        self._vault = Vault(engine.settings)
        self._sender = Sender(Log(engine.settings))
        self._listening: Listening | None = None

    async def start(self) -> int:
        """Returns the port once requests are taken. Raises `OSError` if it is taken."""
        bus = self._command_bus()
        if bus is not None:
            await self._sender.start()
        app = build_app(self._runtime, bus=bus, vault=self._vault, caught_up=self._caught_up)
        settings = self._runtime.settings
        self._listening = Listening(app, settings.host, settings.service_port)
        return await self._listening.start()

    async def stop(self) -> None:
        if self._listening is not None:
            await self._listening.stop()
        await self._sender.stop()
        await self._vault.close()

    def _command_bus(self) -> CommandBus | None:
        catalogue = getattr(self._runtime.service, "commands", None)
        if catalogue is None:
            return None
        return CommandBus(
            service=self._runtime.service.name,
            catalogue=catalogue,
            settings=self._runtime.settings,
            producer=self._sender,
            pool=self._runtime.pool,
            clock=self._runtime.clock,
            wait_for_upstream=partial(wait_for_upstream, self._runtime),
        )


def _needed(bus: CommandBus | None, service: str) -> CommandBus:
    if bus is None:
        raise RuntimeError(f"{service} takes no commands")
    return bus
