"""A clerk makes a plan with tiers, publishes it, moves a customer to it in mid-month, and reads the invoice.

In a real Chromium on a real stack; the walk itself and its amounts, worked out by hand, are console/e2e/planChange.ts.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.console.clerk import sell_home_to_alice, walk
from tests.kit.servers import Servers
from tests.stories.operator import Operator

PRICES = [{"model": "flat", "amount": "20.00", "interval": "month", "bill": "arrears"}]


@pytest.mark.servers
@pytest.mark.slow
async def test_a_clerk_moves_a_customer_to_a_new_plan_in_mid_month_and_sees_the_prorated_lines_r5(
    servers: Servers, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    await walk("planChange.ts", servers, tmp_path_factory.mktemp("plan-change"), open_shop, shots=tmp_path)


async def open_shop(op: Operator) -> None:
    """Alice has plan Home since the 1st; it is the 16th."""
    await sell_home_to_alice(op, PRICES)
    await op.advance("2026-09-16T08:00:00Z")
