"""A clerk sends a file of usage with one bad line, takes another back, mends what waits, follows a record to the cent.

In a real Chromium on a real stack; the walk itself and its amounts, worked out by hand, are console/e2e/usageFile.ts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.console.clerk import sell_home_to_alice, walk
from tests.kit.servers import Servers
from tests.stories.operator import GB, Operator

PRICES: list[dict[str, Any]] = [
    {"model": "flat", "amount": "20.00", "interval": "month", "bill": "arrears"},
    {
        "model": "graduated",
        "meter": "data.octets",
        "tiers": [{"up_to": None, "unit_price": "0.50", "unit_size": str(GB)}],
    },
    {"model": "per_unit", "meter": "sms.messages", "unit_price": "0.10"},
]


@pytest.mark.servers
@pytest.mark.slow
async def test_a_clerk_sends_a_file_takes_a_bad_one_back_and_follows_a_record_to_its_invoice(
    servers: Servers, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    await walk("usageFile.ts", servers, tmp_path_factory.mktemp("usage-file"), open_shop, shots=tmp_path)


async def open_shop(op: Operator) -> None:
    """Alice has plan Home since the 1st, and her line is `user:alice`; it is the 16th. Nobody defined text messages."""
    await sell_home_to_alice(op, PRICES)
    await op.create("/v1/resources", {"id": "user:alice"})
    assignment = {"account_id": "alice", "subscription_id": "alice-line", "from": "2026-09-01T00:00:00Z"}
    await op.create("/v1/resources/user:alice/assignments", assignment)
    await op.advance("2026-09-16T08:00:00Z")
