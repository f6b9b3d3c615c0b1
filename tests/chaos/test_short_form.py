"""Each failpoint once, and an owner outlived, while months go by: the same as undisturbed.

Processes come back without importing their code anew, which is most of a start, and the undisturbed months are played
on the servers of all tests.

The long form is a command: `meterlog chaos --seconds 3600 --seed N` (docs/operations.md).
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from meterlog.chaos.experiment import run_failpoints
from meterlog.chaos.schedule import Scheduled, others
from shared.engine.failpoints import POINTS
from tests.kit.servers import Servers
from tests.kit.stacks import ArmedStack, undisturbed

pytestmark = [pytest.mark.servers, pytest.mark.slow]

SEED = 11
# What no point of the code can be: an owner that wakes after another has its partitions.
BESIDES = ("zombie",)


async def test_nothing_is_lost_or_doubled_whichever_step_a_process_dies_or_stops_at(
    servers: Servers, data_dir: Path
) -> None:
    besides = [Scheduled(kind, others()[kind]) for kind in BESIDES]
    calm = partial(undisturbed, servers, data_dir)
    verdict = await run_failpoints(seed=SEED, more=besides, stack=ArmedStack, undisturbed=calm, say=print)
    struck = {hit.kind.removeprefix("kill at ").removeprefix("stop at ") for hit in verdict.hits}
    assert verdict.missed == [] and struck == {*POINTS, *BESIDES}
    assert verdict.well, "\n".join(verdict.lines())
