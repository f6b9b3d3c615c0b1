"""A benchmark is run, and its figures shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import typer

from meterlog.cli.output import NO, print_json, say

T = TypeVar("T")


def show(figures: dict[str, Any], sentence: Callable[[dict[str, Any]], str], *, as_json: bool) -> None:
    if as_json:
        print_json(figures)
    else:
        print(sentence(figures))


def measured(benchmark: Coroutine[Any, Any, T]) -> T:
    """Run a benchmark; one whose counts are not exact has no figure, and ends the command with code 1."""
    from bench.servers import BenchFailed

    try:
        return asyncio.run(benchmark)
    except BenchFailed as failed:
        say(f"meterlog: {failed}")
        raise typer.Exit(NO) from failed
