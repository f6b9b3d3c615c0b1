"""Services of tests wait longer for what a busy machine has not done yet.

In production a write that has no result after five seconds answers 202, and a read that does not see a `Position` after
two answers 503; a test that says 201 means the result. Both answers have tests of their own
(tests/shared/http/test_commands.py), and processes with failpoints keep to production.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import Any, Final

PATIENCE_S: Final = 15.0
"""In all less than the thirty seconds after which the entry, and a client of these tests, give up."""

Send = Callable[[Any, Any, str, Any, float], Awaitable[Any]]


def be_patient() -> None:
    """From now on, in this process, if it has imported what waits."""
    if bus := sys.modules.get("shared.http.command_bus"):
        bus.CommandBus._send_and_wait = _later(bus.CommandBus._send_and_wait)
    if positions := sys.modules.get("shared.http.positions"):
        vars(positions)["WAIT_S"] = PATIENCE_S


def _later(send: Send) -> Send:
    async def send_and_wait(bus: Any, message: Any, command_id: str, after: Any, deadline: float) -> Any:
        return await send(bus, message, command_id, after, deadline + PATIENCE_S)

    return send_and_wait
