"""bench/REPORT.md, written from the results: the goals with what was found, then each benchmark with its figures.

    write(Path("bench"))

Every figure stands beside the day, the version and the machine's load; a result is what a run of this repository wrote
into bench/results, and nothing here is typed by hand but the sentence on what limits it (catalogue.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bench.catalogue import BENCHMARKS, Benchmark
from bench.charts import spent_chart

RESULTS: Final = "results"
REPORT: Final = "REPORT.md"
CHARTS: Final = "charts"
FLAME_GRAPHS: Final = "flame-graphs"
_DESCRIBED: Final = frozenset({"benchmark", "date", "commit", "machine", "runs", "spread"})
_LOADED: Final = 4.0
"""A load beyond which a result says that the machine was busy."""

HEAD: Final = """# What Meterlog does in a second

Written by `meterlog bench report` from [results](results); [README.md](README.md) says what each one measures.
`meterlog bench all` measures again, three runs each, and writes this page anew. Two cores carry everything: the load,
Kafka, Postgres and all five services.
"""


def write(folder: Path) -> Path:
    """The page and its charts, in the place of those before."""
    results = read_results(folder)
    charts = folder / CHARTS
    charts.mkdir(exist_ok=True)
    for old in charts.glob("*.svg"):
        old.unlink()
    for one in BENCHMARKS:
        if picture := spent_chart(results.get(one.name, {})):
            (charts / f"{one.name}.svg").write_text(picture)
    page = folder / REPORT
    page.write_text(report(results, read_flame_graphs(folder)))
    return page


def read_results(folder: Path) -> dict[str, dict[str, Any]]:
    """By the name of the file."""
    return {file.stem: json.loads(file.read_text()) for file in sorted((folder / RESULTS).glob("*.json"))}


def read_flame_graphs(folder: Path) -> dict[str, list[str]]:
    """By benchmark, the processes that left one."""
    found: dict[str, list[str]] = {}
    for file in sorted((folder / FLAME_GRAPHS).glob("*/*.svg")):
        found.setdefault(file.parent.name, []).append(file.stem)
    return found


def report(results: Mapping[str, Mapping[str, Any]], flame_graphs: Mapping[str, Sequence[str]]) -> str:
    """The page."""
    parts = [HEAD, _goals(results)]
    parts += [
        _section(one, results[one.name], flame_graphs.get(one.name, ())) for one in BENCHMARKS if one.name in results
    ]
    missing = [f"`{one.name}`" for one in BENCHMARKS if one.name not in results]
    if missing:
        parts.append(f"## Not measured yet\n\n{', '.join(missing)}\n")
    return "\n".join(parts)


def _goals(results: Mapping[str, Mapping[str, Any]]) -> str:
    lines = ["## Goals", "", "| what | goal | found | | measured |", "|---|---|--:|---|---|"]
    for one in BENCHMARKS:
        figures = results.get(one.name, {})
        for goal in one.goals:
            found = goal.found(figures)
            state = "not measured" if found is None else "met" if goal.is_met(figures) else "**missed**"
            shown = "" if found is None else _number(found)
            lines.append(f"| {goal.what} | {goal.said()} | {shown} | {state} | {figures.get('date', '')} |")
    return "\n".join(lines) + "\n"


def _section(one: Benchmark, figures: Mapping[str, Any], flame_graphs: Sequence[str]) -> str:
    machine = figures.get("machine", {})
    load = machine.get("load_average")
    busy = ", **beside other work**" if load is not None and load > _LOADED else ""
    command = f"`meterlog bench {' '.join(one.command)}`, " if one.command else ""
    runs = f"median of {figures['runs']} runs, " if "runs" in figures else ""
    lines = [
        f"## {one.title}",
        "",
        f"{command}{runs}{figures.get('date')}, version {figures.get('commit') or 'not recorded'}, "
        f"{machine.get('cores')} cores, {_runtime(machine)}, load {load}{busy}",
        "",
        "| figure | value | between |",
        "|---|--:|---|",
        *_rows(figures),
    ]
    if spent_chart(figures):
        lines += ["", f"![Processor time of {one.title}]({CHARTS}/{one.name}.svg)"]
    if flame_graphs:
        shown = [f"[{process}]({FLAME_GRAPHS}/{one.name}/{process}.svg)" for process in flame_graphs]
        lines += ["", f"Flame graphs of the last round: {', '.join(shown)}"]
    if one.limit:
        lines += ["", f"Limited by: {one.limit}"]
    return "\n".join(lines) + "\n"


def _runtime(machine: Mapping[str, Any]) -> str:
    return f"Node {machine['node']}" if "node" in machine else f"Python {machine.get('python')}"


def _rows(figures: Mapping[str, Any]) -> Iterator[str]:
    spread = figures.get("spread", {})
    for name, value in figures.items():
        if name in _DESCRIBED or isinstance(value, dict | list):
            continue
        between = " to ".join(_number(limit) for limit in spread[name]) if name in spread else ""
        yield f"| {name} | {_number(value)} | {between} |"


def _number(value: object) -> str:
    """
    >>> _number(62005), _number(0.487), _number(True), _number("xlsx")
    ('62,005', '0.487', 'yes', 'xlsx')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int | float) else str(value)
