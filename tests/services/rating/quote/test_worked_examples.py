"""Every worked example costs what its source says, its steps add up to it, and order changes nothing."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from services.rating.plan.summary import summaries
from services.rating.pricing.engine.catalogue import CONTRACT_WORDS
from services.rating.quote.quote import quote
from tests.services.rating.quote import (
    worked_call_bands,
    worked_calls,
    worked_levels,
    worked_records,
    worked_time,
    worked_units,
)
from tests.services.rating.quote.worked import Worked

EXAMPLES = (
    *worked_units.EXAMPLES,
    *worked_records.EXAMPLES,
    *worked_levels.EXAMPLES,
    *worked_calls.EXAMPLES,
    *worked_call_bands.EXAMPLES,
    *worked_time.EXAMPLES,
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_a_worked_example_costs_what_its_source_says(example: Worked) -> None:
    answer = quote(example.body)
    assert answer["amount"] == {"amount": example.amount, "currency": example.body["currency"]}
    for line in answer["lines"]:
        assert sum(Decimal(step["amount"]) for step in line["steps"]) == Decimal(line["unrounded"])
    assert sum(Decimal(line["amount"]) for line in answer["lines"]) == Decimal(example.amount)


@pytest.mark.parametrize(
    "example", [one for one in EXAMPLES if "records" in one.body], ids=lambda example: example.name
)
def test_a_worked_example_of_records_costs_the_same_backwards_r16(example: Worked) -> None:
    backwards = example.body | {"records": example.body["records"][::-1]}
    assert quote(backwards) == quote(example.body)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_price_of_a_worked_example_is_told_in_a_sentence_whatever_it_leaves_out(example: Worked) -> None:
    prices = example.body.get("prices", [example.body.get("price")])
    assert all(summaries(prices, example.body["currency"], {}))


def test_there_are_a_hundred_worked_examples_and_four_of_each_model() -> None:
    models = Counter(price["model"] for one in EXAMPLES for price in one.body.get("prices", [one.body.get("price")]))
    assert len(EXAMPLES) >= 100
    assert {model for model, count in models.items() if count >= 4} >= CONTRACT_WORDS
