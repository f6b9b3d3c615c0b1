"""Dunning policies: what they may say, their versions, and who has them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from services.payments.dunning_policy.bodies import DunningPolicyChange, shown
from services.payments.dunning_policy.messages import (
    ChangeDunningPolicy,
    CurrencyAmount,
    DefaultDunningPolicySet,
    DefineDunningPolicy,
    DeleteDunningPolicy,
    DunningPolicyChanged,
    DunningPolicyDefined,
    DunningPolicyDeleted,
    DunningStep,
    DunningTerms,
    Letter,
    Restriction,
    SetDefaultDunningPolicy,
)
from services.payments.dunning_policy.state import DunningPolicyVersion
from tests.services.payments.dunning.stories import step
from tests.services.payments.story import payments

TERMS = DunningTerms(name="Standard", steps=(step(10), step(14, service=Restriction(access="blocked"))))
DEFINED = DunningPolicyDefined(policy_id="standard", version=1, terms=TERMS)
OTHER = DunningTerms(name="Other", steps=(step(3),))


def letter(text: str) -> dict[str, Any]:
    return {"letters": (Letter(language="en", subject="s", text=text),)}


def amount(number: str, currency: str = "EUR") -> CurrencyAmount:
    return CurrencyAmount(currency=currency, amount=Decimal(number))


@pytest.mark.parametrize(
    ("steps", "code", "pointer"),
    [
        ((), "out_of_bounds", "/steps"),
        ((step(0),), "out_of_bounds", "/steps/0/after_days"),
        ((step(14), step(10)), "invalid", "/steps/1/after_days"),
        ((step(10), step(10)), "invalid", "/steps/1/after_days"),
        ((step(10, service=Restriction(access="throttled")),), "invalid", "/steps/0/service/profile"),
        ((step(10, service=Restriction(access="blocked", profile="slow")),), "invalid", "/steps/0/service/profile"),
        ((step(10, terminate=True), step(11)), "invalid", "/steps/0/terminate"),
        ((step(10, fees=(amount("5.005"),)),), "too_many_decimals", "/steps/0/fees/0/amount"),
        ((step(10, fees=(amount("0"),)),), "out_of_bounds", "/steps/0/fees/0/amount"),
        ((step(10, fees=(amount("5"), amount("6"))),), "invalid", "/steps/0/fees/1/currency"),
        ((step(10, **letter("{amont} is overdue")),), "invalid", "/steps/0/letters/0/text"),
        ((step(10, **letter("{overdue.__class__}")),), "invalid", "/steps/0/letters/0/text"),
        ((step(10, **letter("a } brace")),), "invalid", "/steps/0/letters/0/text"),
        ((step(10, **letter("{}")),), "invalid", "/steps/0/letters/0/text"),
        ((step(10, **letter("{days:>999999999}")),), "invalid", "/steps/0/letters/0/text"),
        ((step(10, **letter("{days!r}")),), "invalid", "/steps/0/letters/0/text"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused_with_its_field(
    steps: tuple[DunningStep, ...], code: str, pointer: str
) -> None:
    command = DefineDunningPolicy(policy_id="p", terms=DunningTerms(name="P", steps=steps))
    payments().when(command).then_refused(code, pointer=pointer)


def test_minimums_are_one_a_currency_R56() -> None:
    terms = DunningTerms(name="P", steps=(step(3),), minimums=(amount("5"), amount("500", "JPY"), amount("6")))
    payments().when(DefineDunningPolicy(policy_id="p", terms=terms)).then_refused(
        "invalid", pointer="/minimums/2/currency"
    )


def test_a_policy_is_defined_changed_and_deleted_and_its_versions_stay() -> None:
    story = payments().when(DefineDunningPolicy(policy_id="standard", terms=TERMS)).then(DEFINED)
    story.when(DefineDunningPolicy(policy_id="standard", terms=OTHER)).then_refused("dunning_policy_exists")
    story.when(ChangeDunningPolicy(policy_id="standard", terms=TERMS)).then_nothing()
    story.when(ChangeDunningPolicy(policy_id="standard", terms=OTHER)).then(
        DunningPolicyChanged(policy_id="standard", version=2, terms=OTHER)
    )
    story.when(DeleteDunningPolicy(policy_id="standard")).then(DunningPolicyDeleted(policy_id="standard"))
    story.when(ChangeDunningPolicy(policy_id="standard", terms=TERMS)).then_refused("dunning_policy_not_found")
    # Its id may be given again: versions go on counting, for open cases name them.
    story.when(DefineDunningPolicy(policy_id="standard", terms=TERMS)).then(
        DunningPolicyDefined(policy_id="standard", version=3, terms=TERMS)
    )
    kept = [story.get(DunningPolicyVersion, f"standard/{n}") for n in (1, 2, 3)]
    assert [one.terms.name if one else None for one in kept] == ["Standard", "Other", "Standard"]


def test_the_operators_policy_is_one_that_there_is_and_is_not_deleted() -> None:
    story = payments().given(DEFINED)
    story.when(SetDefaultDunningPolicy(policy_id="gentle")).then_refused(
        "dunning_policy_not_found", pointer="/policy_id"
    )
    story.when(SetDefaultDunningPolicy(policy_id="standard")).then(
        DefaultDunningPolicySet(policy_id="standard", partitions=4)
    )
    story.when(SetDefaultDunningPolicy(policy_id="standard")).then_nothing()
    story.when(DeleteDunningPolicy(policy_id="standard")).then_refused("dunning_policy_in_use")
    story.when(SetDefaultDunningPolicy()).then(DefaultDunningPolicySet(partitions=4))
    story.when(DeleteDunningPolicy(policy_id="standard")).then(DunningPolicyDeleted(policy_id="standard"))


def test_a_policy_is_shown_as_it_would_be_sent() -> None:
    body = {
        "name": "Standard",
        "minimums": [{"amount": "5.00", "currency": "EUR"}],
        "steps": [
            {
                "name": "Slow",
                "after_days": 3,
                "letters": [{"language": "de", "subject": "Mahnung", "text": "{overdue} seit {oldest}"}],
                "channels": ["webhook"],
                "fees": [{"amount": "2.50", "currency": "EUR"}],
                "tax_class": "late_fee",
                "service": {"access": "throttled", "profile": "slow", "billing": "free", "paid_for": True},
                "collection": True,
                "agency": "nord",
                "terminate": False,
            }
        ],
    }
    assert shown(DunningPolicyChange.model_validate(body).terms()) == body
