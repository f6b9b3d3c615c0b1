"""Waiting for what happens in other partitions: an invoice gets its number, a run goes through all of them.

A command is answered when its own partition has decided. What follows elsewhere takes some tens of milliseconds more,
and a caller would rather have the end of it than ask again:

    run = await until(lambda: read_run(api, run_id), lambda run: run["status"] != "running")
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from fastapi import Request

from shared.http.positions import Position

T = TypeVar("T")

WAIT_S: Final = 4.0
"""A command may take most of its own 5 s only when the system is in trouble; then this wait is not the problem."""

_PAUSE_FIRST_S: Final = 0.01
_PAUSE_MAX_S: Final = 0.1


async def until(read: Callable[[], Awaitable[T]], settled: Callable[[T], bool], *, wait_s: float = WAIT_S) -> T:
    """Read until it is settled, or for `wait_s`; returns what was read last either way."""
    deadline = asyncio.get_running_loop().time() + wait_s
    pause_s = _PAUSE_FIRST_S
    while True:
        value = await read()
        if settled(value) or asyncio.get_running_loop().time() + pause_s > deadline:
            return value
        await asyncio.sleep(pause_s)
        pause_s = min(pause_s * 1.5, _PAUSE_MAX_S)


def reached(request: Request, service: str, partition: int, seq: int) -> None:
    """Let the answer's `Position` include this point of the service's events."""
    request.scope["state"].setdefault("positions", []).append(Position(service, partition, seq))
