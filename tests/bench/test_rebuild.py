"""The benchmark of the rebuild writes a log as rating would have, and counts exactly."""

from __future__ import annotations

import msgspec

from bench.rebuild import Rebuilt, sentence


def test_figures_are_of_all_processes_and_say_where_they_were_measured() -> None:
    figures = Rebuilt(
        records=1_000_000, lines=1000, seconds=4.0, rss_mb_max=300, processes=2, cpu_s={"rebuild": 5.0, "kafka": 0.5}
    ).figures()
    assert (figures["records_per_s"], figures["rss_mb_max"]) == (250_000, 300)
    assert figures["cpu_us_per_record"] == {"rebuild": 5.0, "kafka": 0.5}
    assert set(figures["machine"]) == {"cores", "memory_gib", "python", "load_average"}
    assert sentence(figures).startswith("1,000,000 records in 4.0 s: 250,000 records/s")
    assert msgspec.json.encode(figures)
