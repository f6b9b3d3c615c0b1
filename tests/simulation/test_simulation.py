"""Nothing lost, nothing twice, whatever order things happen in and whatever dies meanwhile (docs/guarantees.md).

Each seed draws a story (accounts, plans, usage, two periods, bills, payments), an order of events and faults, and plays
it with the real workers, takeover, timers and deciders of four services on a log and a store in memory. Then it is
checked: each record has one fate, sums and numbers agree, the log replayed from zero gives the same states, and the
totals are those of the same story without faults.

    pytest tests/simulation                                    10 seeds, some seconds
    pytest tests/simulation --sim-seeds 2000 --sim-from 100    more of them
    pytest tests/simulation --sim-seed 4711                    the one that failed, again
    python -m tests.simulation.simulate 4711                   the same, with what it met on the way
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulation.faults import WEIGHTS
from tests.simulation.simulate import Outcome, SeedFailed, simulate

_OUTCOMES: list[Outcome] = []


def test_a_seed_keeps_every_promise(seed: int) -> None:
    _OUTCOMES.append(simulate(seed))


def test_a_seed_is_hundreds_of_steps_and_their_speed_is_printed() -> None:
    """A step is one choice of what happens next. The speed is measured in CPU time on the seeds played before."""
    played = _OUTCOMES or [simulate(1)]
    steps, cpu_s = sum(outcome.steps for outcome in played), sum(outcome.cpu_s for outcome in played)
    print(f"{len(played)} seeds, {steps:,} steps, {steps / cpu_s:,.0f} steps a second")
    assert steps > 500 * len(played)


def test_the_seeds_together_meet_every_kind_of_fault() -> None:
    """A fault that never strikes proves nothing."""
    if len(_OUTCOMES) < 10:
        pytest.skip("only with ten seeds or more")
    struck = {kind for outcome in _OUTCOMES for kind in outcome.faults}
    assert struck == set(WEIGHTS)
    assert sum(outcome.deaths for outcome in _OUTCOMES) > 10


def test_the_same_seed_gives_the_same_bytes() -> None:
    """In another process too, where sets and hashes come in another order."""
    program = [sys.executable, "-m", "tests.simulation.simulate", "7"]
    root = Path(__file__).parents[2]
    again = subprocess.run(program, capture_output=True, text=True, check=True, cwd=root)
    here = simulate(7)
    assert f"log {here.log_digest}" in again.stdout, again.stdout


def test_a_failing_seed_says_how_to_play_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(world: object) -> None:
        raise AssertionError("record usage/1/7#3 was rated twice")

    monkeypatch.setattr("tests.simulation.simulate.check", fail)
    with pytest.raises(SeedFailed, match=r"(?s)rated twice.*pytest tests/simulation --sim-seed 3"):
        simulate(3)
