"""bench/REPORT.md is what the results say, and several runs are told by what was measured."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
import typer

from bench.catalogue import BENCHMARKS, Goal, named
from bench.charts import spent_chart
from bench.flood import HOUR, PER_MESSAGE, ROUND, write_messages
from bench.report import REPORT, read_flame_graphs, read_results, report
from bench.rounds import combined
from meterlog.cli.bench import app
from services.usage.formats import parse
from services.usage.formats.contract import ReportedRecord

BENCH = Path(__file__).parents[2] / "bench"


def test_the_page_is_what_the_results_say() -> None:
    assert (BENCH / REPORT).read_text() == report(read_results(BENCH), read_flame_graphs(BENCH)), (
        "run: meterlog bench report"
    )


def test_each_chart_is_of_its_result() -> None:
    results = read_results(BENCH)
    drawn = {one.name: spent_chart(results.get(one.name, {})) for one in BENCHMARKS}
    kept = {file.stem: file.read_text() for file in (BENCH / "charts").glob("*.svg")}
    assert kept == {name: picture for name, picture in drawn.items() if picture}


@pytest.mark.parametrize("name", [one.name for one in BENCHMARKS if one.command])
def test_a_benchmark_is_run_by_a_command_that_there_is(name: str) -> None:
    command, *options = named(name).command
    known = typer.main.get_command(app).commands[command]  # type: ignore[attr-defined]
    known.make_context(command, [*options, "--save", "result.json"])


@pytest.mark.parametrize(
    ("goal", "figures", "met"),
    [
        (Goal("n", "at least", 5, ""), {"n": 5}, True),
        (Goal("n", "at least", 5, ""), {"n": 4.99}, False),
        (Goal("n", "at most", 5, ""), {"n": 5}, True),
        (Goal("n", "at most", 5, ""), {"n": 5.01}, False),
        (Goal("n", "at most", 5, ""), {}, False),
    ],
)
def test_a_goal_that_nothing_was_measured_for_is_not_met(goal: Goal, figures: dict[str, Any], met: bool) -> None:
    assert goal.is_met(figures) is met


def test_of_several_runs_the_middle_one_counts_and_the_spread_is_told() -> None:
    runs = [{"p50_ms": p50, "n": 300, "well": True, "cpu": {"usage": p50}} for p50 in (22.0, 20.1, 21.4, 30.0)]
    assert combined(runs) == {
        "p50_ms": 21.4,
        "n": 300,
        "well": True,
        "cpu": {"usage": 22.0},
        "runs": 4,
        "spread": {"p50_ms": [20.1, 30.0]},
    }
    assert combined(runs[:1]) == runs[0]


def test_a_flood_has_no_id_twice_in_any_round(tmp_path: Path) -> None:
    write_messages(tmp_path / "messages", lines=25)
    messages = pickle.loads((tmp_path / "messages").read_bytes())
    ids = [
        item.id
        for number in range(2)
        for message in messages
        for item in parse(message.replace(ROUND, b"%08x" % (0x0192F1C0 + number)).replace(HOUR, b"2026-11-23T12"), {})
        if type(item) is ReportedRecord
    ]
    assert len(ids) == len(set(ids)) == 2 * 3 * PER_MESSAGE
