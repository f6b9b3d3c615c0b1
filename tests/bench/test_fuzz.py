"""The fuzz at 2,000 messages and bodies: `meterlog bench fuzz` sends as many as one likes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.fuzz.run import fuzz
from tests.kit.servers import Servers, fresh_environment
from tests.services.processes import running

pytestmark = [pytest.mark.servers, pytest.mark.slow]


async def test_everything_strange_is_accounted_for_and_nothing_stands_still(servers: Servers, tmp_path: Path) -> None:
    async with fresh_environment(servers, tmp_path) as env, running(env.settings, "usage") as services:
        figures = await fuzz(env.settings, services.usage, seed=4711, messages=2000, check=services.check)
    assert figures["bodies"] == 250
    assert min(figures[state] for state in ("accepted", "duplicate", "malformed", "dead_letters")) > 0
    assert {"202", "400", "415", "422"} <= set(figures["answers"])
