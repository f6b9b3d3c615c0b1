"""From what equipment reports to the charge: neither order, nor batches, nor duplicates change an amount (R16).

Every aggregation is priced at once, by a plan with a price for a meter of each. The same records are counted by usage
in any order, cut into commands anywhere, some of them reported twice; what usage guides is rated, the period is closed.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from services.rating.period.messages import ChargeFixed
from services.rating.pricing.engine.aggregation import aggregations
from services.usage.meter.messages import MeterDefined
from services.usage.record.messages import GuidedUsage
from tests.kit.decider import Specification
from tests.services.rating.world import account, at, close, cycle, plan, rating, subscription
from tests.services.usage.story import MAC, command, record, with_line

VALUES = sorted(aggregations())
EVENTS = {"model": "percentage", "rate": "1.2", "fixed": "0.30", "free_events": "2", "free_amount": "25"}
TIERED = {"model": "graduated", "tiers": [{"up_to": "9", "unit_price": "1.5"}, {"up_to": None, "unit_price": "0.5"}]}

Report = dict[str, Any]


@st.composite
def reports(draw: st.DrawFn) -> list[Report]:
    """Records of September, no two alike; many of one instant, of one id on other days, and longer than a day."""
    found: dict[tuple[Any, ...], Report] = {}
    for _ in range(draw(st.integers(1, 14))):
        meter, name = draw(st.sampled_from(VALUES)), draw(st.sampled_from("abc"))
        day, hours = draw(st.integers(1, 30)), draw(st.integers(0, 60))
        start = f"2026-09-{day:02}T{draw(st.sampled_from((0, 10, 23))):02}:00:00Z"
        found[name, day] = record(
            id=name,
            source=draw(st.sampled_from(("olt-1", "olt-2"))),
            meter=f"m.{meter}",
            quantity=str(draw(st.integers(0, 20))),
            started_at=start,
            ended_at=_later(start, hours),
            resource=MAC,
        )
    return list(found.values())


def _later(start: str, hours: int) -> str:
    day, hour = divmod(int(start[11:13]) + hours, 24)
    total = int(start[8:10]) + day
    month, day_of_month = (9, total) if total <= 30 else (10, total - 30)
    return f"2026-{month:02}-{day_of_month:02}T{hour:02}:00:00Z"


def customer() -> Specification:
    prices = [{**(EVENTS if name == "per_record" else TIERED), "meter": f"m.{name}"} for name in VALUES]
    named = {f"m.{name}": name for name in VALUES if name != "sum"}
    return rating(cycle(), *plan(*prices, aggregations=named), account(account_id="acme"), started())


def started() -> Any:
    return subscription(account_id="acme")


def billed(batches: list[list[Report]]) -> list[tuple[Any, ...]]:
    """The charges of September and October for those records, reported in those batches."""
    meters = [MeterDefined(meter_id=f"m.{name}", unit="one", aggregation=name) for name in VALUES]
    usage, story = with_line(now=at("2026-10-01 00:00")).given(*meters), customer()
    for batch in filter(None, batches):
        usage.when(command(*batch))
        for sent in usage.sends:
            assert isinstance(sent.message, GuidedUsage)
            story.when_event(sent.message, now=at("2026-10-01 00:00"))
    fixed: list[ChargeFixed] = []
    for _ in ("September", "October"):
        close(story, "acme")
        fixed += [event for event in story.events if isinstance(event, ChargeFixed)]
    return [(c.meter, c.period.start, str(c.quantity), str(c.amount), c.records) for c in fixed]


@settings(max_examples=60, deadline=None)
@for_all(reports(), st.data())
def test_r16_order_batches_and_duplicates_change_no_amount(whole: list[Report], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(whole), max_size=5))
    shuffled = data.draw(st.permutations([*whole, *again]))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(shuffled)), max_size=4)))
    bounds = [0, *cuts, len(shuffled)]
    batches = [shuffled[start:end] for start, end in pairwise(bounds)]
    assert billed(batches) == billed([whole])
