"""How a process ends that can't answer for itself any longer: at once, uncommitted. Its supervisor starts it again."""

from __future__ import annotations

import os

import structlog

log = structlog.get_logger()


def die(error: BaseException) -> None:
    """Unrecoverable: leave at once. Takeover finds out what has happened."""
    log.error("process_gave_up", error=f"{type(error).__name__}: {error}", exc_info=error)
    os._exit(70)
