"""Services of tests wait longer for what a busy machine has not done yet.

In production a write that has no result after five seconds answers 202, and a read that does not see a `Position` after
two answers 503; a test that says 201 means the result. Both answers have tests of their own
(tests/shared/http/test_commands.py), and processes with failpoints keep to production.
"""

from __future__ import annotations

import sys
from typing import Final

PATIENCE_S: Final = 15.0
"""In all less than the thirty seconds after which the entry, and a client of these tests, give up."""


def be_patient() -> None:
    """From now on, in this process, if it has imported what waits."""
    if bus := sys.modules.get("shared.http.command_bus"):
        bus.CommandBus.wait_s += PATIENCE_S
    if middleware := sys.modules.get("shared.http.request_middleware"):
        vars(middleware)["CATCH_UP_S"] += PATIENCE_S
    if pages := sys.modules.get("shared.http.waiting"):
        pages.until.__kwdefaults__["wait_s"] += PATIENCE_S
    for name in ("positions", "upstream"):
        if waiting := sys.modules.get(f"shared.http.{name}"):
            vars(waiting)["WAIT_S"] = PATIENCE_S
