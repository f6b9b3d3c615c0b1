"""What holds of every usage model, whatever its parameters: no order and no split of records changes an amount.

f(all) is the same for every order and every way in which records arrived in batches; what was billed before and what is
new add up to it (R16); nothing costs less than nothing, and the steps are the amount.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rating.pricing import Line, Price, parse_price
from services.rating.pricing.engine.catalogue import models
from services.rating.pricing.engine.contract import Measured, PricingContext
from services.rating.pricing.engine.usage import price_measured
from shared.kernel.decimals import exact
from shared.kernel.errors import Rejection
from shared.kernel.period import Period
from tests.services.rating.pricing.random_prices import MODIFIERS, PARAMETERS, RECORDS, Record, measured

JUNE = PricingContext(currency="EUR", period=Period(date(2026, 6, 1), date(2026, 7, 1)))


def lines(price: Price, all_of_it: tuple[Measured, ...], billed: tuple[Measured, ...] | None = None) -> list[Line]:
    return price_measured(price, all_of_it, already_billed=billed, context=JUNE)


def unrounded(found: list[Line]) -> Decimal:
    with exact():
        return sum((line.unrounded for line in found), Decimal(0))


def drawn(name: str, data: st.DataObject) -> tuple[Price, list[Record]]:
    given_terms: dict[str, Any] = {"model": name, **data.draw(PARAMETERS[name])}
    if modifiers := data.draw(MODIFIERS):
        given_terms["modifiers"] = modifiers
    return parse_price(given_terms), data.draw(RECORDS)


def test_every_usage_model_is_drawn() -> None:
    usage_models = {name for name, model in models().items() if not model.recurring}
    assert usage_models == set(PARAMETERS)


@pytest.mark.parametrize("name", PARAMETERS)
@settings(max_examples=40)
@given(data=st.data())
def test_no_order_and_no_batches_change_an_amount_r16(name: str, data: st.DataObject) -> None:
    price, records = drawn(name, data)
    shuffled = data.draw(st.permutations(records))
    cut = data.draw(st.integers(0, len(records)))
    as_it_came = lines(price, measured(price, shuffled[:cut], shuffled[cut:]))
    assert as_it_came == lines(price, measured(price, records))


@pytest.mark.parametrize("name", PARAMETERS)
@settings(max_examples=40)
@given(data=st.data())
def test_what_was_billed_and_what_is_new_add_up_r16(name: str, data: st.DataObject) -> None:
    price, records = drawn(name, data)
    cut = data.draw(st.integers(0, len(records)))
    before, whole = measured(price, records[:cut]), measured(price, records)
    new = lines(price, whole, before)
    with exact():
        assert unrounded(lines(price, before)) + unrounded(new) == unrounded(lines(price, whole))
        for line in new:
            assert sum((step.amount for step in line.steps), Decimal(0)) == line.unrounded


@pytest.mark.parametrize("name", PARAMETERS)
@settings(max_examples=40)
@given(data=st.data())
def test_nothing_costs_less_than_nothing_and_the_steps_are_the_amount(name: str, data: st.DataObject) -> None:
    price, records = drawn(name, data)
    for line in lines(price, measured(price, records)):
        assert line.amount >= 0 and line.unrounded >= 0
        with exact():
            assert sum((step.amount for step in line.steps), Decimal(0)) == line.unrounded


@pytest.mark.parametrize("name", PARAMETERS)
@settings(max_examples=40)
@given(data=st.data())
def test_free_units_are_refused_where_a_model_counts_no_one_quantity_r18(name: str, data: st.DataObject) -> None:
    given_terms = {"model": name, **data.draw(PARAMETERS[name]), "modifiers": {"free_quantity": "5"}}
    counts_one = name in ("per_unit", "graduated", "volume", "package", "graduated_percentage")
    if counts_one:
        assert parse_price(given_terms).modifiers.free_quantity == 5
        return
    with pytest.raises(Rejection) as refused:
        parse_price(given_terms)
    assert [(one.code, one.pointer) for one in refused.value.all] == [("invalid", "/price/modifiers/free_quantity")]
