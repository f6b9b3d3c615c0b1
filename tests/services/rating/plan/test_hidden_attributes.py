"""A plan is not published with a price that goes by an attribute which is sealed whole where usage comes in."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from services.rating.plan.messages import DraftPlan, PlanVersionPublished, PublishPlanVersion
from services.rating.pricing import parse_price
from services.usage.meter.messages import PersonalAttribute, PersonalAttributesMarked
from shared.kernel.outcome import CommandRejected
from tests.kit.decider import Specification
from tests.services.rating.world import rating

MATRIX: Final = {
    **{"model": "matrix", "meter": "data.octets", "dimensions": ["region"], "default": "0.02"},
    "cells": [{"match": {"region": "eu"}, "unit_price": "0.01"}],
}


def published(price: dict[str, Any], *marks: tuple[PersonalAttribute, ...]) -> Specification:
    story = rating()
    for personal in marks:
        story.when_event(PersonalAttributesMarked(meter_id=price["meter"], personal=personal))
    story.when(DraftPlan(plan_id="fiber", name="Fiber", currency="EUR", prices=[parse_price(price)]))
    return story.when(PublishPlanVersion(plan_id="fiber", version=1, effective_from=date(2026, 9, 1)))


def test_a_price_by_an_attribute_that_is_hidden_is_refused_and_told_the_way_out() -> None:
    story = published(MATRIX, (PersonalAttribute(attribute="user"), PersonalAttribute(attribute="region")))
    story.then_refused("attribute_hidden", pointer="/prices/0")
    (refusal,) = story.events
    assert isinstance(refusal, CommandRejected)
    assert "goes by region" in refusal.detail
    assert "PUT /v1/meters/data.octets/personal" in refusal.detail


@pytest.mark.parametrize(
    "marks",
    [
        [(PersonalAttribute(attribute="user"),)],
        [(PersonalAttribute(attribute="region", keep=2),)],
        [(PersonalAttribute(attribute="region"),), ()],
    ],
    ids=["of another attribute", "of which the beginning is kept", "taken back"],
)
def test_a_price_by_what_can_be_read_is_published(marks: list[tuple[PersonalAttribute, ...]]) -> None:
    (event,) = published(MATRIX, *marks).events
    assert isinstance(event, PlanVersionPublished)


def test_a_price_by_the_record_is_refused_too() -> None:
    price = {"model": "dynamic", "meter": "data.octets"}
    hidden = published(price, (PersonalAttribute(attribute="amount"),))
    hidden.then_refused("attribute_hidden", pointer="/prices/0")
