"""What is wrong with the allowances of a plan is refused, each by its pointer."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from services.rating.allowance.messages import Allowance, FairUseStep, Validity
from services.rating.buckets.bodies import AllowanceBodies
from services.rating.plan.allowances import check_allowances, check_summed
from shared.kernel.bodies import refusals
from shared.kernel.errors import Rejections
from tests.services.rating.allowance.story import METER, UNITS, allowance
from tests.services.rating.world import FLAT, priced


def refused(*allowances: Allowance, prices: tuple[dict[str, Any], ...] = (UNITS,)) -> list[tuple[str, str | None]]:
    with pytest.raises(Rejections) as caught:
        check_allowances(allowances, priced(*prices))
    return [(refusal.code, refusal.pointer) for refusal in caught.value.all]


def test_an_allowance_is_of_a_meter_that_the_version_prices_as_one_quantity() -> None:
    check_allowances([allowance("100")], priced(UNITS))
    assert refused(allowance("100"), prices=(FLAT,)) == [("invalid", "/allowances/0/meter")]
    calls = {"model": "percentage", "rate": "1", "meter": METER}
    assert ("invalid", "/allowances/0/meter") in refused(allowance("100"), prices=(calls,))


def test_r18_free_units_are_said_in_one_place() -> None:
    free = {**UNITS, "modifiers": {"free_quantity": "10"}}
    assert refused(allowance("100"), prices=(free,)) == [("invalid", "/allowances/0/meter")]


def test_ids_are_unique_quantities_positive_and_steps_rising() -> None:
    falling = (FairUseStep(at="80%", profile="a"), FairUseStep(at="80%", profile="b"))
    assert refused(allowance("1"), allowance("0"), allowance("1", "x", then=falling)) == [
        ("out_of_bounds", "/allowances/1/quantity"),
        ("invalid", "/allowances/1/id"),
        ("invalid", "/allowances/2/then/1/at"),
    ]
    check_allowances([allowance("1", shared=True, then=falling[:1])], priced(UNITS))


def test_a_meter_that_does_not_add_up_has_no_allowance() -> None:
    check_summed([allowance("1")], lambda meter: "sum")
    with pytest.raises(Rejections, match="aggregation_mismatch"):
        check_summed([allowance("1")], lambda meter: "max")


class _Body(BaseModel):
    allowances: AllowanceBodies


def read(**fields: Any) -> Allowance:
    given = {"id": "data", "meter": METER, "quantity": "100", **fields}
    return _Body.model_validate({"allowances": [given]}).allowances[0].terms()


def test_a_body_reads_as_the_allowance_of_messages() -> None:
    assert read() == allowance("100")
    assert read(validity={"days": 30}).validity == Validity(days=30)
    assert read(shared="family").shared == "family"
    assert read(rollover={"periods": 2, "max_quantity": "50"}) == allowance("100", rollover=(2, "50"))


@pytest.mark.parametrize(
    ("field", "value", "pointer"),
    [
        ("quantity", 100, "/allowances/0/quantity"),
        ("validity", {"days": 0}, "/allowances/0/validity"),
        ("validity", {"days": 1, "periods": 1}, "/allowances/0/validity"),
        ("validity", "month", "/allowances/0/validity"),
        ("shared", 3, "/allowances/0/shared"),
        ("then", [{"at": "most", "profile": "slow"}], "/allowances/0/then/0/at"),
        ("rollover", {"periods": 0}, "/allowances/0/rollover/periods"),
        ("colour", "red", "/allowances/0/colour"),
    ],
)
def test_a_bad_field_is_named_by_its_pointer(field: str, value: Any, pointer: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read(**{field: value})
    assert [refusal.pointer for refusal in refusals(caught.value)] == [pointer]
