"""The mixed book is sold and billed whole: every model has lines, and every record of theirs is in a charge."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from bench.close import measure
from bench.load import Shape, write_load
from bench.measure import Load, Run
from bench.mixed_book import BOOK, plan_of, prices
from bench.mixed_pipeline import Mixed
from bench.rating_decide import messages, run, world
from bench.servers import BenchFailed
from services.rating.plan.state import Plan
from services.rating.pricing import parse_price
from services.rating.rated_usage.state import UsageDetail, UsageSum

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def ran(records_per_s: int) -> Run:
    return Run(records=1000, seconds=1000 / records_per_s, published_s=0.1, cpu_s={"usage": 0.5})


def test_of_a_hundred_lines_each_plan_has_its_share() -> None:
    assert Counter(plan_of(line).plan_id for line in range(100)) == {plan.plan_id: plan.share for plan in BOOK}
    assert sum(plan.share for plan in BOOK) == 100


def test_every_price_of_the_book_can_be_read_and_names_the_meter_of_its_usage() -> None:
    for plan in BOOK:
        _, price = [parse_price(raw) for raw in prices(plan)]
        assert price.meter == plan.usage(1)[0]


def test_one_line_in_six_is_measured_beyond_sums() -> None:
    plans = world(0, mixed=True).states[Plan].values()
    detailed = {plan.plan_id for plan in plans if isinstance(plan, Plan) and plan.versions[0].detailed}
    assert sum(plan.share for plan in BOOK if plan.plan_id in detailed) == 16


def test_a_mixed_load_reports_what_the_plans_of_its_lines_measure(tmp_path: Path) -> None:
    shape = Shape(records=250, per_message=100, lines=50, mixed=True)
    assert write_load(tmp_path / "load", shape, now=NOW) == 3


def test_every_record_of_mixed_usage_is_summed_and_one_in_six_is_kept() -> None:
    held = world(200, mixed=True)
    assert run(held, messages(8, 250, 200, mixed=True)) > 0
    sums = [state for state in held.states[UsageSum].values() if isinstance(state, UsageSum)]
    tallies = [tally for state in sums for held_tallies in state.periods.values() for tally in held_tallies.values()]
    assert sum(tally.records for tally in tallies) == 2000
    # What is measured beyond sums lies with them, or in chunks where it has grown.
    assert held.states[UsageDetail] or any(state.details for state in sums)


def test_every_account_closes_with_a_flat_charge_and_one_of_its_usage() -> None:
    figures = measure(accounts=300, records=7)
    assert (figures["accounts"], figures["charges"], figures["records"]) == (300, 600, 2100)
    assert msgspec.json.encode(figures)


def test_both_runs_of_a_round_are_told_by_their_medians() -> None:
    load = Load(Path("none"), records=1000, per_message=100, lines=50, mixed=True)
    mixed = Mixed(load, ((ran(20_000), ran(18_000)), (ran(10_000), ran(10_000)), (ran(40_000), ran(20_000))))
    figures = mixed.figures()
    assert (figures["plain_records_per_s"], figures["mixed_records_per_s"]) == (20_000, 18_000)
    assert (figures["ratio"], figures["lines"]) == (0.9, 50)
    assert msgspec.json.encode(mixed.description())


def test_a_run_that_lost_records_has_no_figure() -> None:
    load = Load(Path("none"), records=1000, per_message=100, lines=50, mixed=True)
    with pytest.raises(BenchFailed, match="999"):
        load.check(999, "rated records")
