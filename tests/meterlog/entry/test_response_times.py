"""The 95th percentile of what callers waited for."""

from __future__ import annotations

import pytest

from meterlog.entry.response_times import KEPT_MAX, ResponseTimes


@pytest.mark.parametrize(
    ("seconds", "p95_ms"),
    [([], None), ([0.0], 0), ([0.0101], 11), ([0.001] * 95 + [1.0] * 5, 1), ([0.001] * 94 + [1.0] * 6, 1000)],
)
def test_95_of_100_answers_were_there_within_that_time(seconds: list[float], p95_ms: int | None) -> None:
    times = ResponseTimes()
    for one in seconds:
        times.note("rating", one, now=100.0)
    assert times.p95_ms("rating", now=101.0) == p95_ms


def test_what_is_older_than_five_minutes_counts_no_more_and_only_so_much_is_kept() -> None:
    times = ResponseTimes()
    for _ in range(KEPT_MAX * 2):
        times.note("rating", 1.0, now=100.0)
    assert len(times._taken["rating"]) == KEPT_MAX
    times.note("rating", 0.002, now=400.5)
    assert times.p95_ms("rating", now=400.5) == 2
