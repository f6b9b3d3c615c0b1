"""A billing clerk runs a month from an empty installation, without a manual: docs/console.md is this walk.

In a real Chromium on a real stack; the walk and its amounts, worked out by hand, are console/e2e/month.ts. Its pictures
come into the documentation with `make pictures`, which says where they go:

    CONSOLE_PICTURES=docs/images pytest tests/console/test_month.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.console.clerk import CLERK, walk
from tests.kit.servers import Servers
from tests.stories.operator import Operator


@pytest.mark.servers
@pytest.mark.slow
async def test_a_clerk_runs_the_month_from_an_empty_installation_through_the_pages_r5_r12_r46_r50(
    servers: Servers, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    wanted = os.environ.get("CONSOLE_PICTURES")
    pictures = Path(wanted).resolve() / "month" if wanted else None
    await walk("month.ts", servers, tmp_path_factory.mktemp("month"), open_shop, shots=tmp_path, pictures=pictures)


async def open_shop(op: Operator) -> None:
    """Nothing is there but the clerk, who may come in; it is the 1st of September."""
    await op.ask("PUT", "/v1/clock", json={"now": "2026-09-01T06:00:00Z"})
    await op.create("/v1/users", CLERK)
