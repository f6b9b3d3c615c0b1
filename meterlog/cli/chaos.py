"""`meterlog chaos`: faults of every kind for a while, and the proof that they changed nothing.

$ meterlog chaos --seconds 120 --seed 7
kill at committed          rating       recovered after   4.1 s
broker_killed              kafka        recovered after   8.9 s
…
seed 7: 14 faults in 214 s and 5 months, 12086 records, 9120 events
lost 0, duplicated 0, gaps in seq 0, gaps in invoice numbers 0, slowest recovery 11.3 s
all is well
"""

from __future__ import annotations

import asyncio
import logging
from typing import Annotated

import typer

from meterlog.cli.output import NO, Json, Save, exit_codes, print_json, save_figures, say


def chaos(
    seconds: Annotated[int, typer.Option(min=1, help="How long faults are injected; the whole takes longer.")] = 300,
    seed: Annotated[int, typer.Option(help="The same seed draws the same world and the same faults.")] = 7,
    brokers: Annotated[int, typer.Option(help="1, or 3 of which one is lost now and then.")] = 1,
    only: Annotated[
        list[str] | None, typer.Option(help="Kinds of faults, as the lines name them; all by default.")
    ] = None,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Break things on servers of its own while a provider bills its months; compare with the same months undisturbed.

    Ends with code 1 if a record, an event or a number was lost or doubled, or a sum is another.
    """
    from meterlog.chaos.experiment import RunFailed, run

    if brokers not in (1, 3):
        raise typer.BadParameter("1 or 3", param_hint="--brokers")
    with exit_codes():
        # The clients say of every broken connection what the lines say of the whole.
        logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
        kinds = _known(only or [], brokers)
        try:
            verdict = asyncio.run(run(seed=seed, seconds=seconds, brokers=brokers, kinds=kinds, say=say))
        except RunFailed as failed:
            say(f"meterlog: {failed}")
            raise typer.Exit(NO) from failed
        for line in verdict.lines():
            (say if as_json else print)(line)
        save_figures(save, "chaos", verdict.figures())
        if as_json:
            print_json(verdict.figures())
        if not verdict.well:
            raise typer.Exit(NO)


def _known(kinds: list[str], brokers: int) -> frozenset[str]:
    """Refuse a kind that no entry has: the run would wait for it for ever."""
    from meterlog.chaos.schedule import kinds_of

    unknown = set(kinds) - kinds_of(brokers=brokers)
    if unknown:
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: no such fault", param_hint="--only")
    return frozenset(kinds)
