"""`meterlog bench`: how fast this is, on this machine, now.

    $ meterlog bench pipeline --json
    {"records_per_s": 31400, "bare_records_per_s": 79100, "ratio": 0.397, "records": 400000, "per_message": 100}
    $ meterlog bench command --json
    {"p50_ms": 21.4, "p99_ms": 38.0, "n": 300}

Each starts servers of its own in a directory that is gone afterwards, and touches no installation. The figures of a
quiet machine are in bench/results.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Annotated, Any, TypeVar

import typer

from shared.cli.output import NO, Json, exit_codes, print_json, say

T = TypeVar("T")

app = typer.Typer(no_args_is_help=True, help="Measure this version on this machine.")


@app.callback()
def group() -> None:
    """Measure this version on this machine."""


@app.command("pipeline")
def pipeline(
    records: Annotated[int, typer.Option(min=1000, help="Usage records to publish.")] = 400_000,
    per_message: Annotated[int, typer.Option(min=1, max=1000, help="Records in a Kafka message.")] = 100,
    rounds: Annotated[int, typer.Option(min=1, help="Repetitions; medians are shown.")] = 1,
    as_json: Json = False,
) -> None:
    """Records per second from `usage.reported` to rated rows, beside a bare pipeline without any product code."""
    from bench.pipeline import compare, show

    with exit_codes():
        compared = _measured(compare(records=records, per_message=per_message, rounds=rounds, say=say))
        if as_json:
            print_json(compared.figures())
        else:
            show(compared)


@app.command("command")
def command(
    writes: Annotated[int, typer.Option(min=1, help="Requests, one after the other.")] = 300,
    as_json: Json = False,
) -> None:
    """Milliseconds from an HTTP command to its projected result, on an idle installation."""
    from bench.command import latency, sentence

    with exit_codes():
        figures = _measured(latency(writes=writes)).figures()
        if as_json:
            print_json(figures)
        else:
            print(sentence(figures))


def _measured(benchmark: Coroutine[Any, Any, T]) -> T:
    """Run a benchmark; one whose counts are not exact has no figure, and ends the command with code 1."""
    from bench.servers import BenchFailed

    try:
        return asyncio.run(benchmark)
    except BenchFailed as failed:
        say(f"meterlog: {failed}")
        raise typer.Exit(NO) from failed
