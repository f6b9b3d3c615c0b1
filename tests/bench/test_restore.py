"""The bench of restoring counts exactly, and says what its figures are of."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from bench import restore
from bench.command import Latency
from tests.kit.servers import Servers
from tests.kit.stacks import undisturbed


def test_figures_are_percentiles_of_both_ways() -> None:
    idle = Latency.of([0.001 * n for n in range(1, 101)])
    found = restore.figures(idle, Latency.of([0.5]), 100, records=4_000, blocked_s=3.21)
    assert (found["p50_ms"], found["p95_ms"], found["p99_ms"], found["flowing_p95_ms"]) == (50.0, 95.0, 99.0, 500.0)
    assert restore.sentence(found).startswith(
        "100 payments on an idle installation: restored at the NAS after p50 50.0"
    )
    assert msgspec.json.encode(found)


@pytest.mark.servers
@pytest.mark.slow
async def test_every_line_of_a_few_that_pay_is_restored(servers: Servers, data_dir: Path) -> None:
    async with undisturbed(servers, data_dir) as whole:
        found = await restore.measure_on(whole, accounts=10, say=lambda line: None)
    assert found["accounts"] == 10 and found["p99_ms"] >= found["p50_ms"] > 0 and found["records_while_flowing"] > 0
