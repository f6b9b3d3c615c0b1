"""A meter is defined once, and rating is told of it."""

from __future__ import annotations

import pytest

from services.usage.meter.messages import DefineMeter, MeterDefined
from services.usage.meter.state import AGGREGATIONS
from tests.services.usage.story import partition

DEFINE = DefineMeter(meter_id="sms.messages", unit="message", name="Text messages")
DEFINED = MeterDefined(meter_id="sms.messages", unit="message", aggregation="sum", name="Text messages")


def test_a_meter_is_defined_and_rating_told_where_it_keeps_reference_data() -> None:
    spec = partition().when(DEFINE)
    spec.then(DEFINED)
    assert [(sent.to, sent.partition, sent.message) for sent in spec.sends] == [("usage.guided", 0, DEFINED)]


@pytest.mark.parametrize("meter", ["sms.messages", "data.octets", "voice.seconds"])
def test_its_definition_never_changes_and_built_in_ones_are_taken(meter: str) -> None:
    partition().given(DEFINED).when(DefineMeter(meter_id=meter, unit="x")).then_refused("meter_exists", pointer="/id")


@pytest.mark.parametrize("aggregation", AGGREGATIONS)
def test_a_meter_has_any_aggregation_of_the_contract(aggregation: str) -> None:
    asked = DefineMeter(meter_id="peak", unit="x", aggregation=aggregation)
    partition().when(asked).then(MeterDefined(meter_id="peak", unit="x", aggregation=aggregation))


def test_an_aggregation_that_there_is_not_is_refused() -> None:
    story = partition().when(DefineMeter(meter_id="peak", unit="x", aggregation="median"))
    story.then_refused("invalid", pointer="/aggregation")


def test_a_unique_meter_may_name_the_attribute_that_it_counts_and_no_other_does() -> None:
    asked = DefineMeter(meter_id="users", unit="user", aggregation="unique", unique_of="user_id")
    spec = partition().when(asked)
    spec.then(MeterDefined(meter_id="users", unit="user", aggregation="unique", unique_of="user_id"))
    assert [getattr(sent.message, "unique_of", None) for sent in spec.sends] == ["user_id"]
    summed = DefineMeter(meter_id="users", unit="user", unique_of="user_id")
    partition().when(summed).then_refused("not_allowed", pointer="/unique_of")
