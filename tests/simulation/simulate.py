"""One seed, played with faults and without, and everything that must be true of it.

    outcome = simulate(4711)
    outcome.steps, outcome.faults, outcome.log_digest

A failure carries the seed and the command that plays it again.
"""

from __future__ import annotations

import hashlib
import logging
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import structlog

from tests.simulation.invariants import check, totals
from tests.simulation.rebuild import rebuilt
from tests.simulation.world import World


class SeedFailed(AssertionError):
    """A promise was broken; the message says by which seed and how to see it again."""


@dataclass(frozen=True)
class Outcome:
    """`log_digest` is of every byte of every topic: the same seed gives the same."""

    seed: int
    steps: int
    faults: Mapping[str, int]
    deaths: int
    cpu_s: float
    log_digest: str


def simulate(seed: int, *, prepare: Callable[[World], None] = lambda world: None, compare: bool = True) -> Outcome:
    """Play a seed and check it. Raises `SeedFailed`.

    `prepare` changes the world before it begins. Without `compare` neither the run without faults nor the replay is
    looked at: half the time.
    """
    world = World(seed, faulty=True)
    prepare(world)
    with _silence():
        try:
            began_s = time.process_time()
            world.play()
            cpu_s = time.process_time() - began_s
            check(world)
            log_digest = digest(world)
            if compare:
                _compare(world, _without_faults(seed))
                _replay(world)
        except Exception as error:
            raise SeedFailed(
                f"seed {seed} fails: {type(error).__name__}: {error}\n"
                f"  after {world.steps} steps, {dict(world.faults.struck)}\n"
                f"  again: pytest tests/simulation --sim-seed {seed}"
            ) from error
    return Outcome(seed, world.steps, dict(world.faults.struck), len(world.deaths), cpu_s, log_digest)


def digest(world: World) -> str:
    """Of all topics, offsets and headers included."""
    bytes_of = hashlib.blake2b(digest_size=16)
    for partition in world.broker.partitions():
        for record in partition.read(partition.start).records:
            bytes_of.update(repr((partition.tp, record.offset, record.key, record.value, record.headers)).encode())
    return bytes_of.hexdigest()


def _without_faults(seed: int) -> World:
    world = World(seed, faulty=False)
    world.play()
    check(world)
    return world


def _compare(world: World, calm: World) -> None:
    wanted, found = totals(calm), totals(world)
    for name, value in wanted.items():
        assert found[name] == value, f"{name} differ from the run without faults: {found[name]} instead of {value}"


def _replay(world: World) -> None:
    for service, database in world.databases.items():
        again = rebuilt(world, service)
        assert again.digest() == database.digest(), f"{service}: replayed from zero the states are others"


@contextmanager
def _silence() -> Iterator[None]:
    """Deaths and takeovers by the hundred are not worth a line each."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        yield
    finally:
        structlog.configure(**before)


if __name__ == "__main__":
    outcome = simulate(int(sys.argv[1]))
    print(f"seed {outcome.seed}: {outcome.steps} steps, {outcome.deaths} deaths, {dict(outcome.faults)}")
    print(f"log {outcome.log_digest}")
