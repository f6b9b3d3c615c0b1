"""A clerk sends a file of usage with one bad line, mends what waits, and follows a record to the cent on the invoice.

In a real Chromium on a real stack; the walk itself and its amounts, worked out by hand, are console/e2e/usageFile.ts.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest

from meterlog.cli.keys import make_key
from tests.kit.servers import Servers
from tests.kit.stacks import running_stack
from tests.stories.operator import GB, Operator

CONSOLE = Path(__file__).parents[2] / "console"
NODE = Path(sys.executable).parent / "node"

CLERK = {"email": "clerk@example.com", "password": "a long enough password", "role": "billing"}
HOME = {
    "id": "home",
    "name": "Home",
    "currency": "EUR",
    "prices": [
        {"model": "flat", "amount": "20.00", "interval": "month", "bill": "arrears"},
        {
            "model": "graduated",
            "meter": "data.octets",
            "tiers": [{"up_to": None, "unit_price": "0.50", "unit_size": str(GB)}],
        },
        {"model": "per_unit", "meter": "sms.messages", "unit_price": "0.10"},
    ],
}

# The walk takes half a minute on free cores.
WALK_TIMEOUT_S = 300


@pytest.mark.servers
@pytest.mark.slow
async def test_a_clerk_sends_a_file_sees_why_a_line_was_refused_and_follows_a_record_to_its_invoice(
    servers: Servers, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if not (CONSOLE / "node_modules").is_dir():
        pytest.fail("console/node_modules is missing: run `make console` first")
    async with running_stack(servers, tmp_path_factory.mktemp("usage-file")) as stack:
        key = (await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "story"))["key"]
        operator = Operator(stack, key)
        await open_shop(operator)
        await operator.http.aclose()
        walk = await asyncio.create_subprocess_exec(
            str(NODE),
            "e2e/usageFile.ts",
            "--base-url", stack.base_url,
            "--email", CLERK["email"],
            f"--password={CLERK['password']}",
            f"--key={key}",
            "--shots", str(tmp_path),
            cwd=CONSOLE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        said, _ = await asyncio.wait_for(walk.communicate(), WALK_TIMEOUT_S)
        assert walk.returncode == 0, f"{said.decode()}\nscreenshots: {tmp_path}"


async def open_shop(op: Operator) -> None:
    """Alice has plan Home since the 1st, and her line is `user:alice`; it is the 16th. Nobody defined text messages."""
    await op.ask("PUT", "/v1/clock", json={"now": "2026-09-01T06:00:00Z"})
    cycle = {"id": "monthly", "name": "Monthly", "frequency": "month", "anchor_day": 1, "time_zone": "UTC"}
    await op.create("/v1/billing-cycles", cycle)
    await op.create("/v1/plans", HOME)
    await op.ask("POST", "/v1/plans/home/versions/1/publish", json={"effective_from": "2026-09-01"})
    account: dict[str, Any] = {"id": "alice", "name": "Alice", "currency": "EUR", "cycle_id": "monthly"}
    await op.create("/v1/accounts", account | {"tax_rate": "20"})
    subscription = {"id": "alice-line", "account_id": "alice", "plan_id": "home", "start": "2026-09-01"}
    await op.create("/v1/subscriptions", subscription)
    await op.create("/v1/resources", {"id": "user:alice"})
    assignment = {"account_id": "alice", "subscription_id": "alice-line", "from": "2026-09-01T00:00:00Z"}
    await op.create("/v1/resources/user:alice/assignments", assignment)
    await op.create("/v1/users", CLERK)
    await op.advance("2026-09-16T08:00:00Z")
