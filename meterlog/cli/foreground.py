"""Run a stack in the foreground until somebody ends it.

    await in_foreground(Stack(settings, say=say), work)

Ctrl-C, SIGTERM and a closed terminal end it in good order (entry, services, Kafka, Postgres, within ten seconds);
a second Ctrl-C at once.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable

from meterlog.cli.output import say
from shared.embedded.stack import Stack


async def in_foreground(stack: Stack, work: Callable[[Stack], Awaitable[None]]) -> bool:
    """Start the stack, do `work` with it, stop it; whether somebody ended it before the work was done."""
    body = asyncio.create_task(_run(stack, work))
    told = 0

    def tell() -> None:
        nonlocal told
        told += 1
        if told == 1:
            say("stopping")
            body.cancel()
        else:
            stack.kill()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, tell)
    try:
        await body
    except asyncio.CancelledError:
        if not told:
            raise
    finally:
        await stack.stop()
    return told > 0


async def until_ended(_stack: Stack) -> None:
    """Work that never ends by itself."""
    await asyncio.Event().wait()


async def _run(stack: Stack, work: Callable[[Stack], Awaitable[None]]) -> None:
    await stack.start()
    await work(stack)
