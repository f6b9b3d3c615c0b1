"""The entry process: `python -m meterlog.entry.app`. One address for the console, the documentation and the five APIs.

It holds no data and decides nothing: it finds out who calls, sends the request where it belongs, and answers what
concerns the whole system (health, clock, proof). It listens on METERLOG_PORT and reaches the services by
METERLOG_<SERVICE>_URL; it starts whether they are up or not.
"""

from __future__ import annotations

import asyncio
import signal
from datetime import datetime
from typing import Final

import structlog
import uvloop
from aiokafka.errors import KafkaError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from meterlog.entry import docs
from meterlog.entry.clock import ClockApi, ClockControl
from meterlog.entry.credentials import Credentials
from meterlog.entry.document import Document
from meterlog.entry.health import Health
from meterlog.entry.methods import EntryMethods
from meterlog.entry.proxy import Proxy
from meterlog.entry.rebuilds import Rebuilds
from meterlog.entry.security import SecurityHeaders
from meterlog.entry.services import Services
from meterlog.entry.static import Console
from meterlog.entry.uploads import UPLOADS
from meterlog.entry.watch import Watch
from meterlog.installation import topic_names
from shared.engine.clock import Clock, send_clock
from shared.engine.groups import Groups
from shared.engine.log import Log
from shared.engine.log_offsets import LogOffsets
from shared.engine.logging import configure_logging
from shared.engine.sender import Sender
from shared.engine.settings import Settings
from shared.engine.startup import servers_up
from shared.http.logs import Logs
from shared.http.methods import Allowed
from shared.http.problems import Unavailable, install_problems
from shared.http.request_middleware import RequestMiddleware
from shared.http.uvicorn_server import Listening
from shared.kernel.errors import Rejection
from shared.kernel.message import Event

log = structlog.get_logger()

# A broker that restarts, or a partition that gets another leader, takes seconds; a caller waits no longer than this.
_MOVE_S: Final = 15.0
_ANY = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


def build_entry(settings: Settings, services: Services, control: ClockControl, watch: Watch) -> Starlette:
    """The application alone; tests give it services behind stub transports, and logs of their own to the watch."""
    credentials = Credentials(services)
    proxy = Proxy(services, credentials)
    health = Health(services, watch, proxy, control.now)
    clock = ClockApi(control, services, proxy)
    own = [
        Route("/healthz", health.healthz),
        Route("/readyz", health.readyz),
        Route("/metrics", health.metrics),
        Route("/openapi.json", Document(services).serve),
        Route("/docs", docs.page),
        Route("/docs/{name}", docs.asset),
        Route("/docs/events/{name}", docs.schema),
        Route("/v1/health/services", health.services, methods=["GET"]),
        Route("/v1/overview/attention", health.attention, methods=["GET"]),
        Route("/v1/clock", clock.show, methods=["GET"]),
        Route("/v1/clock", clock.set, methods=["PUT"]),
        Route("/v1/clock", clock.release, methods=["DELETE"]),
        Route("/v1/clock/advance", clock.advance, methods=["POST"]),
        Route("/v1/proof/conservation", proxy.forward),
        Route("/v1/proof/conservation/records", proxy.forward),
        Route("/v1/proof/rebuilds", Rebuilds(services, proxy).list),
    ]
    app = Starlette(
        routes=[
            *own,
            Route("/v1/{rest:path}", proxy.forward, methods=_ANY),
            Route("/internal/{rest:path}", _nothing, methods=_ANY),
            Mount("/", Console(settings.console_dir)),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(RequestMiddleware, service="entry", uploads=UPLOADS),
            Middleware(EntryMethods, own=Allowed(lambda: own), services=services),
        ],
    )
    install_problems(app)
    return app


class Entry:
    """The running entry."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kafka = Log(settings)
        self._sender = Sender(self._kafka)
        self._clock = Clock(self._kafka, test=settings.test_clock)
        self._log_offsets = LogOffsets(self._kafka)
        self._groups = Groups(self._kafka)
        self._watching: asyncio.Task[None] | None = None
        self._services: Services | None = None
        self._listening: Listening | None = None

    async def start(self) -> int:
        """Returns the port. Raises `OSError` when it is taken."""
        await servers_up(self._settings, topic_names())
        await self._clock.start()
        await self._log_offsets.start()
        self._services = Services(self._settings)
        watch = Watch(
            self._services,
            Logs(self._kafka, self._log_offsets, self._groups),
            partitions=self._settings.partitions,
            standstill_s=self._settings.standstill_s,
        )
        control = ClockTopicControl(self._clock, self._kafka, self._sender)
        app = build_entry(self._settings, self._services, control, watch)
        self._watching = asyncio.create_task(watch.run(), name="watch")
        trusted = tuple(name.strip() for name in self._settings.trusted_proxies.split(",") if name.strip())
        self._listening = Listening(app, self._settings.host, self._settings.port, trusted_proxies=trusted)
        return await self._listening.start()

    async def stop(self) -> None:
        if self._listening is not None:
            await self._listening.stop()
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.wait([self._watching])
            await self._log_offsets.stop()
        await self._groups.stop()
        if self._services is not None:
            await self._services.close()
        await self._clock.stop()
        await self._sender.stop()


class ClockTopicControl:
    """Moves the test clock by writing to its topic."""

    def __init__(self, clock: Clock, kafka: Log, sender: Sender) -> None:
        self._clock = clock
        self._kafka = kafka
        self._sender = sender

    @property
    def test(self) -> bool:
        return self._clock.test

    @property
    def started(self) -> bool:
        return self._clock.started

    def now(self) -> datetime:
        return self._clock.now()

    async def move(self, event: Event, *, actor: str) -> int:
        """Raises `Unavailable` while Kafka does not take the new time, or does not give it back."""
        try:
            async with asyncio.timeout(_MOVE_S):
                offset = await send_clock(self._sender, self._kafka, event, actor=actor)
                await self._clock.wait_for(offset)
        except (KafkaError, OSError, TimeoutError) as error:
            raise Unavailable(
                "service_unavailable",
                "kafka does not answer; whether the clock was moved is unknown, read it and retry",
            ) from error
        return offset


async def _nothing(request: Request) -> Response:
    """What services say to each other is not for the outside."""
    raise Rejection("not_found", f"there is nothing at {request.url.path}; /docs lists every path", status=404)


async def _main(settings: Settings) -> None:
    stop = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, stop.set)
    entry = Entry(settings)
    port = await entry.start()
    log.info("entry_started", host=settings.host, port=port)
    await stop.wait()
    await entry.stop()


def run() -> None:
    """Serve until SIGTERM or SIGINT."""
    settings = Settings()
    configure_logging(settings, service="entry")
    uvloop.run(_main(settings))


if __name__ == "__main__":
    run()
