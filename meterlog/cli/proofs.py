"""Proofs of rebuilds and verifications on a terminal, and how the commands that make them end.

rating      DIFFERS      48,211 rows   digest 5f0c2a…   3.2 s
  charge_row, partition 2: sum(amount) is 812.40, rebuilt 812.50; content differs
    (2,ch-9f3) differs
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import typer

from meterlog.cli.output import NO, say

if TYPE_CHECKING:
    from shared.engine.rebuild.proof import Differing, Proof

_WORDS: Final = {True: "equal", False: "DIFFERS", None: "not compared"}


def named(service: str) -> str:
    """A service's name as given. Raises `BadParameter` (exit code 2) for any other word."""
    from meterlog.installation import SERVICES

    if service not in SERVICES:
        raise typer.BadParameter(f"{service!r} is no service: use one of {', '.join(SERVICES)}", param_hint="SERVICE")
    return service


@contextmanager
def outcomes() -> Iterator[None]:
    """Where there is no proof, the reason on stderr and exit code 1."""
    from shared.engine.generation import WrongPartitions
    from shared.engine.rebuild.job import AnotherRuns, NotShown
    from shared.engine.rebuild.worker_pool import WorkerFailed
    from shared.engine.takeover import LogLost, PoisonedEvent
    from shared.kernel.sequence_gap import SequenceGap

    try:
        yield
    except (AnotherRuns, NotShown, WorkerFailed, LogLost, PoisonedEvent, SequenceGap, WrongPartitions) as error:
        say(f"meterlog: {error}")
        raise typer.Exit(NO) from error


def show(proof: Proof) -> None:
    """For a person."""
    shown = "   now shown" if proof.shown else ""
    print(
        f"{proof.service:<11} {_WORDS[proof.equal]:<12} {proof.rows:>11,} rows   digest {proof.digest}"
        f"   {proof.seconds:.1f} s{shown}"
    )
    if proof.why is not None:
        print(f"  {proof.why}" + (f": {', '.join(proof.not_compared)}" if proof.not_compared else ""))
    for differing in proof.differences:
        for line in lines_of(differing):
            print(line)


def lines_of(differing: Differing) -> list[str]:
    """What is different, and the rows that were found."""
    facts = [
        "content differs" if d.what == "content" else f"{d.what} is {d.shown}, rebuilt {d.rebuilt}"
        for d in differing.what
    ]
    head = f"  {differing.table}, partition {differing.partition}: {'; '.join(facts)}"
    return [head, *(f"    {row.key} {row.found}" for row in differing.rows)]
