"""Options of the simulation: which seeds are played."""

from __future__ import annotations

import pytest

SEEDS = 10


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("simulation")
    group.addoption("--sim-seed", type=int, help="play this one seed")
    group.addoption("--sim-seeds", type=int, help=f"how many seeds to play (default {SEEDS})")
    group.addoption("--sim-from", type=int, help="the first of them (default 1)")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test with an argument `seed` is run once for each seed asked for."""
    if "seed" in metafunc.fixturenames:
        option = metafunc.config.getoption
        only, first = option("--sim-seed", None), option("--sim-from", None) or 1
        seeds = [only] if only is not None else range(first, first + (option("--sim-seeds", None) or SEEDS))
        metafunc.parametrize("seed", seeds)
