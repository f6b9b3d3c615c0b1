"""The frame of a clerk's walk: a stack with a shop on it, and a script of console/e2e in a real Chromium.

    await walk("planChange.ts", servers, tmp_path_factory.mktemp("plan-change"), open_shop, shots=tmp_path)

Alice has plan Home since the 1st; it is the 16th. What the plan costs and what else there is, each walk says itself.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from tests.kit.keys import make_key
from tests.kit.servers import Servers
from tests.kit.stacks import running_stack
from tests.stories.operator import Operator

CONSOLE: Final = Path(__file__).parents[2] / "console"
NODE: Final = Path(sys.executable).parent / "node"
CLERK: Final = {"email": "clerk@example.com", "password": "a long enough password", "role": "billing"}

# A walk takes half a minute on free cores; in ten it hangs.
WALK_TIMEOUT_S: Final = 600


async def walk(
    script: str,
    servers: Servers,
    folder: Path,
    open_shop: Callable[[Operator], Awaitable[None]],
    *,
    shots: Path,
    pictures: Path | None = None,
) -> None:
    """Opens the shop and walks through it. A walk that saw something wrong fails with what it printed."""
    if not (CONSOLE / "node_modules").is_dir():
        pytest.fail("console/node_modules is missing: run `make console` first")
    async with running_stack(servers, folder) as stack:
        key = (await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "story"))["key"]
        operator = Operator(stack, key)
        await open_shop(operator)
        await operator.http.aclose()
        walking = await asyncio.create_subprocess_exec(
            str(NODE),
            f"e2e/{script}",
            "--base-url", stack.base_url,
            "--email", CLERK["email"],
            f"--password={CLERK['password']}",
            f"--key={key}",
            "--shots", str(shots), "--wrong-only",
            *(("--pictures", str(pictures)) if pictures else ()),
            "--pids", json.dumps(stack.pids()),
            cwd=CONSOLE,
            env={**os.environ, "PATH": os.pathsep.join((str(NODE.parent), os.environ["PATH"]))},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        try:
            said, _ = await asyncio.wait_for(walking.communicate(), WALK_TIMEOUT_S)
        finally:
            if walking.returncode is None:
                walking.kill()
        print(said.decode())
        assert walking.returncode == 0, f"{said.decode()}\nscreenshots: {shots}"


async def sell_home_to_alice(op: Operator, prices: Sequence[Mapping[str, Any]]) -> None:
    """A month's cycle, plan Home at these prices, and Alice, who has it; the clerk may come in."""
    await op.ask("PUT", "/v1/clock", json={"now": "2026-09-01T06:00:00Z"})
    cycle = {"id": "monthly", "name": "Monthly", "frequency": "month", "anchor_day": 1, "time_zone": "UTC"}
    await op.create("/v1/billing-cycles", cycle)
    await op.create("/v1/plans", {"id": "home", "name": "Home", "currency": "EUR", "prices": [*prices]})
    await op.ask("POST", "/v1/plans/home/versions/1/publish", json={"effective_from": "2026-09-01"})
    account: dict[str, Any] = {"id": "alice", "name": "Alice", "currency": "EUR", "cycle_id": "monthly"}
    await op.create("/v1/accounts", account | {"tax_rate": "20"})
    subscription = {"id": "alice-line", "account_id": "alice", "plan_id": "home", "start": "2026-09-01"}
    await op.create("/v1/subscriptions", subscription)
    await op.create("/v1/users", CLERK)
