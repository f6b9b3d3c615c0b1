"""The benchmark of the rebuild writes a log as rating would have, and counts exactly."""

from __future__ import annotations

import msgspec
import pytest

from bench.rebuild import Rebuilt, measure, sentence


def test_figures_are_of_all_processes_and_say_where_they_were_measured() -> None:
    figures = Rebuilt(
        records=1_000_000, lines=1000, seconds=4.0, rss_mb_max=300, processes=2, cpu_s={"rebuild": 5.0, "kafka": 0.5}
    ).figures()
    assert (figures["records_per_s"], figures["rss_mb_max"]) == (250_000, 300)
    assert figures["cpu_us_per_record"] == {"rebuild": 5.0, "kafka": 0.5}
    assert set(figures["machine"]) == {"cores", "memory_gib", "python", "load_average"}
    assert sentence(figures).startswith("1,000,000 records in 4.0 s: 250,000 records/s")
    assert msgspec.json.encode(figures)


@pytest.mark.servers
@pytest.mark.slow
async def test_every_record_of_a_small_log_is_in_the_tables_that_are_shown() -> None:
    said: list[str] = []
    rebuilt = await measure(records=20_000, processes=2, say=said.append)
    assert rebuilt.records == 20_000
    assert rebuilt.rss_mb_max > 50
    assert said[0] == "writing a log of 20,000 records of 1,000 lines"
