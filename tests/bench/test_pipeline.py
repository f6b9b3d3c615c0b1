"""The benchmarks run and count exactly. How fast they are is not a test's business: see bench/results."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from bench.command import Latency
from bench.load import LINES, Shape, write_load
from bench.measure import Load, Run
from bench.pipeline import PIPELINES, Compared
from bench.servers import BenchFailed
from services.usage.formats import parse
from services.usage.formats.contract import ReportedRecord

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def messages(file: Path) -> list[bytes]:
    import pickle

    loaded: list[bytes] = pickle.loads(file.read_bytes())
    return loaded


def run(records_per_s: int) -> Run:
    return Run(records=1000, seconds=1000 / records_per_s, published_s=0.1, cpu_s={"usage": 0.5})


def test_a_load_is_the_records_of_lines_that_report_in_turn_before_now(tmp_path: Path) -> None:
    assert write_load(tmp_path / "load", Shape(records=2 * LINES + 50, per_message=100), now=NOW) == 21
    items = [item for message in messages(tmp_path / "load") for item in parse(message, {})]
    records = [item for item in items if type(item) is ReportedRecord]
    assert len(records) == len(items) == 2 * LINES + 50
    assert len({record.id for record in records}) == len(records)
    assert [r.id for r in records] == sorted(r.id or "" for r in records)
    assert len({record.resource for record in records}) == LINES
    assert max(record.ended_at or "" for record in records) < "2026-11-23T12:00:00Z"


def test_the_same_load_is_written_twice(tmp_path: Path) -> None:
    for name in ("first", "second"):
        write_load(tmp_path / name, Shape(records=500, per_message=7), now=NOW)
    assert messages(tmp_path / "first") == messages(tmp_path / "second")


def test_a_count_that_is_not_exact_has_no_figure() -> None:
    load = Load(Path("none"), records=1000, per_message=100)
    load.check(1000, "rated records")
    for found in (999, 1001):
        with pytest.raises(BenchFailed, match="rated records"):
            load.check(found, "rated records")


def test_rounds_are_told_by_their_medians() -> None:
    speeds = ((80_000, 99_000, 32_000), (90_000, 110_000, 30_000), (40_000, 50_000, 20_000))
    rounds = tuple(dict(zip(PIPELINES, map(run, each), strict=True)) for each in speeds)
    compared = Compared(Load(Path("none"), records=1000, per_message=100), rounds)
    assert compared.figures() == {
        "records_per_s": 30_000,
        "bare_records_per_s": 80_000,
        "columns_records_per_s": 99_000,
        "ratio": 0.4,
        "records": 1000,
        "per_message": 100,
        "partitions": 4,
        "replicas": 1,
    }
    assert msgspec.json.encode(compared.description())


@pytest.mark.parametrize(
    ("times_s", "p50_ms", "p99_ms"),
    [
        ([0.010],                             10.0, 10.0),
        ([0.030, 0.010, 0.020],               20.0, 30.0),
        ([n / 1000 for n in range(1, 301)],  150.0, 297.0),
    ],
)  # fmt: skip
def test_percentiles_are_times_that_were_measured(times_s: list[float], p50_ms: float, p99_ms: float) -> None:
    assert Latency.of(times_s).figures() == {"p50_ms": p50_ms, "p99_ms": p99_ms}
