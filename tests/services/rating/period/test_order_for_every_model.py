"""From what equipment reports to the charges, for each of the price models: no order, batch or duplicate matters (R16).

A plan has one price of the model, with parameters drawn at random; records are reported in any order, cut into commands
anywhere, some of them twice, some only after their period was closed (R34). Prices of time charge what they charge
whatever is used beside them.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.rating.period.messages import ChargeFixed
from services.rating.pricing import parse_price
from services.rating.pricing.engine.aggregation import SUM
from services.rating.pricing.engine.catalogue import models
from services.usage.meter.messages import MeterDefined
from services.usage.record.messages import GuidedUsage
from tests.kit.decider import Specification
from tests.services.rating.pricing.random_prices import NUMBERS, PARAMETERS
from tests.services.rating.world import account, at, close, cycle, plan, rating, subscription
from tests.services.usage.story import MAC, command, record, with_line

EVERY = {
    **PARAMETERS,
    "flat": st.fixed_dictionaries({"amount": NUMBERS}, optional={"bill": st.sampled_from(["advance", "arrears"])}),
    "one_time": st.fixed_dictionaries({"amount": NUMBERS}),
}
OWN = ("max", "level")
"""What a meter has to aggregate by itself; records and sums every meter has."""
# A story takes some 20 ms, and a smaller one would be looked for thousands of times.
WITHOUT_SHRINKING = [Phase.explicit, Phase.reuse, Phase.generate]
PER_UNIT = {"model": "per_unit", "unit_price": "0.01", "meter": "a"}
BEFORE_THE_CLOSE, AFTER_IT = at("2026-10-01 00:00"), at("2026-10-05 00:00")

Report = dict[str, Any]
Charged = tuple[Any, ...]


def test_every_model_is_drawn() -> None:
    assert set(models()) == set(EVERY)


@st.composite
def prices(draw: st.DrawFn, model: str) -> list[dict[str, Any]]:
    """One of the model; a price of time has one of usage beside it."""
    price = {"model": model, **draw(EVERY[model])}
    if models()[model].recurring:
        return [price, PER_UNIT]
    return [price] if model == "capacity" else [{**price, "meter": "a"}]


@st.composite
def reports(draw: st.DrawFn, meters: str) -> list[Report]:
    """Records of September, many of one instant, none alike."""
    return [_report(draw, n, draw(st.sampled_from(meters))) for n in range(draw(st.integers(0, 10)))]


def _report(draw: st.DrawFn, n: int, meter: str) -> Report:
    day, length = draw(st.integers(1, 29)), draw(st.integers(0, 1))
    said = {
        "destination": "33612345678",
        "amount": draw(st.decimals(0, 100, places=4).map(str)),
        "direction": draw(st.sampled_from([None, "in", "out"])),
        "region": draw(st.sampled_from([None, "a", "b"])),
    }
    return record(
        id=f"r{n}",
        source=draw(st.sampled_from(("olt-1", "olt-2"))),
        meter=meter,
        quantity=str(draw(st.integers(0, 900))),
        started_at=f"2026-09-{day:02}T10:00:00Z",
        ended_at=f"2026-09-{day + length:02}T12:00:00Z",
        resource=MAC,
        attributes={name: word for name, word in said.items() if word is not None},
    )


class Customer:
    """The partition of usage that counts what is reported, and the account that is billed for it."""

    def __init__(self, plan_prices: list[dict[str, Any]]) -> None:
        asked = [measure for price in plan_prices for measure in parse_price(price).measures]
        kinds = {one.meter or "": one.aggregation or SUM for one in asked if one.aggregation in OWN}
        meters = [MeterDefined(meter_id=name, unit="one", aggregation=kinds.get(name, SUM)) for name in "ab"]
        self._usage = with_line(now=BEFORE_THE_CLOSE).given(*meters)
        self._rating: Specification = rating(
            cycle(),
            *plan(*plan_prices, aggregations=kinds),
            account(account_id="acme"),
            subscription(account_id="acme"),
            now=datetime(2026, 9, 1, tzinfo=UTC),
        )
        self.charges: list[ChargeFixed] = []

    def report(self, batch: list[Report], now: datetime = BEFORE_THE_CLOSE) -> None:
        if not batch:
            return
        self._usage.when(command(*batch), now=now)
        for sent in self._usage.sends:
            assert isinstance(sent.message, GuidedUsage)
            self._rating.when_event(sent.message, now=now)

    def close(self) -> None:
        close(self._rating, "acme")
        self.charges += [event for event in self._rating.events if isinstance(event, ChargeFixed)]

    def billed(self) -> list[Charged]:
        """The charges of September and October."""
        self.close()
        self.close()
        return [
            (c.kind, c.meter, c.period.start, str(c.quantity), str(c.amount), c.records, [*c.steps])
            for c in self.charges
        ]


def batches_of(data: st.DataObject, whole: list[Report]) -> list[list[Report]]:
    """All of it and some once more, in any order and cut anywhere."""
    again = data.draw(st.lists(st.sampled_from(whole), max_size=3)) if whole else []
    shuffled = data.draw(st.permutations([*whole, *again]))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(shuffled)), max_size=3)))
    return [shuffled[start:end] for start, end in pairwise([0, *cuts, len(shuffled)])]


@pytest.mark.parametrize("model", sorted(EVERY))
@settings(max_examples=15, phases=WITHOUT_SHRINKING, deadline=None)
@for_all(data=st.data())
def test_r16_order_batches_and_duplicates_change_no_charge(model: str, data: st.DataObject) -> None:
    chosen = data.draw(prices(model))
    whole = data.draw(reports("ab" if model == "capacity" else "a"))
    at_once, as_it_came = Customer(chosen), Customer(chosen)
    at_once.report(whole)
    for batch in batches_of(data, whole):
        as_it_came.report(batch)
    assert as_it_came.billed() == at_once.billed()


@pytest.mark.parametrize("model", sorted(EVERY))
@settings(max_examples=15, phases=WITHOUT_SHRINKING, deadline=None)
@for_all(data=st.data())
def test_r34_what_comes_after_the_close_changes_no_sum_of_its_period(model: str, data: st.DataObject) -> None:
    chosen = data.draw(prices(model))
    whole = data.draw(reports("ab" if model == "capacity" else "a"))
    at_once, late = Customer(chosen), Customer(chosen)
    at_once.report(whole)
    batches = batches_of(data, whole)
    cut = data.draw(st.integers(0, len(batches)))
    for batch in batches[:cut]:
        late.report(batch)
    late.close()
    for batch in batches[cut:]:
        late.report(batch, now=AFTER_IT)
    at_once.billed()
    late.close()
    assert sums(late.charges) == sums(at_once.charges)


def sums(charges: list[ChargeFixed]) -> dict[Any, Decimal]:
    """What each kind of line comes to for each period, and the records behind them."""
    found: Counter[Any] = Counter()
    for charge in charges:
        of = (charge.settles or charge.period).start if charge.meter else charge.period.start
        found[charge.kind, of] += charge.amount  # type: ignore[assignment]
        found["records", of] += charge.records
    return {key: value for key, value in found.items() if value}  # type: ignore[misc]
