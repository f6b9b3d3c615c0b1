"""Structured logs: the event's name first, in the past tense, then what it is about.

    configure_logging(settings, service="rating")
    log = structlog.get_logger()
    structlog.contextvars.bind_contextvars(partition=2)
    log.info("period_closed", account="acme", charges=12)

    {"event": "period_closed", "level": "info", "at": "2026-11-23T06:00:01.5Z", "service": "rating", ...}

Ids are bound once (`bind_contextvars`) and appear on every line below. Lines of libraries (uvicorn, aiokafka) take the
same way out, so one stream of a process is one format. Counts and durations belong in metrics, not here.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Final, TextIO

import structlog

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor, WrappedLogger

    from shared.engine.settings import Settings

LIBRARY_LEVELS: Final = {
    # A send right after a commit is refused for a few milliseconds and retried; each retry is a warning there.
    "aiokafka.producer.sender": logging.ERROR,
    # Each (re)join of a group and each metadata refresh, at INFO.
    "aiokafka": logging.WARNING,
    # Every access to a topic that is being created is a warning there.
    "aiokafka.cluster": logging.ERROR,
    "asyncio": logging.WARNING,
    "faststream": logging.WARNING,
    "httpx": logging.WARNING,
    "uvicorn.access": logging.WARNING,
}
"""Libraries that say more than an operator can use, and from which level on they are heard."""


def configure_logging(settings: Settings, *, service: str, stream: TextIO | None = None) -> None:
    """Set up structlog and the standard library's loggers of this process. `stream` is stderr unless given.

    uvicorn has to be started with `log_config=None`, or it replaces this set-up by its own.
    """
    out = sys.stderr if stream is None else stream
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        structlog.processors.StackInfoRenderer(),
        _naming(service),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(settings, out)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for name, level in LIBRARY_LEVELS.items():
        logging.getLogger(name).setLevel(max(level, root.level))


def _naming(service: str) -> Processor:
    def name(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        event.setdefault("service", service)
        return event

    return name


def _renderers(settings: Settings, out: TextIO) -> list[Processor]:
    if settings.log_format == "console":
        return [structlog.dev.ConsoleRenderer(colors=out.isatty(), exception_formatter=_PLAIN)]
    return [structlog.processors.format_exc_info, _event_first, structlog.processors.JSONRenderer(default=str)]


# The default shows every local variable: tokens and names among them, at some seconds a traceback.
_PLAIN: Final = structlog.dev.plain_traceback


def _event_first(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    first = {key: event.pop(key) for key in ("event", "level", "at", "service") if key in event}
    return {**first, **event}
