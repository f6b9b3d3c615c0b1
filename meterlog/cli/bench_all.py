"""`meterlog bench all` and `meterlog bench report`: every benchmark one after the other, and the page of them."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from meterlog.cli.output import NO, Json, exit_codes, print_json, save_figures, say

_FOLDER = Path(__file__).parents[2] / "bench"
Folder = Annotated[Path, typer.Option("--folder", help="Where results and the page lie.", show_default="bench")]


def all_of_them(
    runs: Annotated[int, typer.Option(min=1, help="Of each benchmark; the median counts.")] = 3,
    only: Annotated[list[str] | None, typer.Option(help="A name of bench/REPORT.md; several may be given.")] = None,
    folder: Folder = _FOLDER,
    as_json: Json = False,
) -> None:
    """Every benchmark, one after the other, into bench/results and bench/REPORT.md. Ends with code 1 if one failed."""
    from bench.catalogue import BENCHMARKS, named
    from bench.report import RESULTS, write
    from bench.rounds import combined

    try:
        chosen = [named(name) for name in only] if only else [one for one in BENCHMARKS if not one.by_hand]
    except KeyError as error:
        known = ", ".join(one.name for one in BENCHMARKS)
        raise typer.BadParameter(f"{error.args[0]} is none of {known}") from error
    if alone := [one.name for one in chosen if not one.command]:
        raise typer.BadParameter(f"{', '.join(alone)} is run by itself; see bench/README.md")
    failed = []
    with exit_codes():
        for one in chosen:
            say(f"{one.name}: {runs} times about {one.minutes} min")
            found = [figures for _ in range(runs) if (figures := _run(one.command))]
            if len(found) < runs:
                failed.append(one.name)
                say(f"{one.name}: {runs - len(found)} of {runs} runs failed; its result stays as it was")
                continue
            save_figures(folder / RESULTS / f"{one.name}.json", found[0].pop("benchmark"), combined(found))
        page = write(folder)
    if as_json:
        print_json({"measured": [one.name for one in chosen if one.name not in failed], "failed": failed})
    else:
        print(page)
    if failed:
        raise typer.Exit(NO)


def report(folder: Folder = _FOLDER) -> None:
    """Write bench/REPORT.md and its charts from the results that are there."""
    from bench.report import write

    with exit_codes():
        print(write(folder))


def _run(command: tuple[str, ...]) -> dict[str, Any] | None:
    """What one run saved, without where and when; `None` where it failed, which it has said."""
    with tempfile.TemporaryDirectory() as directory:
        result = Path(directory) / "result.json"
        words = [sys.executable, "-m", "meterlog.cli.main", "bench", *command, "--save", str(result)]
        if subprocess.run(words, stdout=subprocess.DEVNULL, check=False).returncode != 0 or not result.exists():
            return None
        figures: dict[str, Any] = json.loads(result.read_text())
        return {name: value for name, value in figures.items() if name not in ("date", "commit", "machine")}
