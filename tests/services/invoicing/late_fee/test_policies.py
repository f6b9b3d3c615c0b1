"""What a late-fee policy may say, each refusal at its field; who has it keeps it from being deleted (R54)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from services.invoicing.bill_profile.messages import AssignLateFeePolicy, LateFeePolicyAssigned
from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.late_fee_policy.bodies import LateFeePolicyChange, shown
from services.invoicing.late_fee_policy.messages import (
    ChangeLateFeePolicy,
    DefineLateFeePolicy,
    DeleteLateFeePolicy,
    LateFeePolicyChanged,
    LateFeePolicyDefined,
    LateFeePolicyDeleted,
    LateFeeTerms,
    PolicyInForce,
)
from services.invoicing.late_fee_policy.state import LateFeePolicyUse
from shared.kernel.errors import Rejection
from tests.kit.decider import Specification
from tests.services.invoicing.story import ACCOUNT, invoicing, opened, tell

BODY: dict[str, Any] = {
    "name": "Standard",
    "currency": "EUR",
    "grace_days": 3,
    "minimum_overdue": "5.00",
    "cap": {"percent": "10"},
    "tax_class": None,
    "fee_on_fees": False,
    "steps": [
        {"after_days": 1, "fee": {"flat": "5.00"}},
        {"after_days": 14, "fee": {"greater_of": {"flat": "5.00", "percent": "2"}}},
        {"after_days": 30, "fee": {"daily_interest": {"annual_rate": "9", "days_in_year": "actual"}}},
        {"after_days": 31, "fee": {"percent": "1.5"}},
    ],
}


def terms(**other: Any) -> LateFeeTerms:
    return LateFeePolicyChange.model_validate(BODY | other).terms()


def define(**other: Any) -> DefineLateFeePolicy:
    return DefineLateFeePolicy(policy_id="standard", terms=terms(**other))


def defined(spec: Specification | None = None) -> Specification:
    return (spec or invoicing()).given(LateFeePolicyDefined(policy_id="standard", terms=terms()))


def test_a_policy_is_shown_as_it_was_sent() -> None:
    assert shown(terms()) == BODY
    bare = {"name": "Bare", "steps": [{"after_days": 1, "fee": {"percent": "2"}}]}
    assert shown(LateFeePolicyChange.model_validate(bare).terms())["steps"] == bare["steps"]


def fee(**form: Any) -> list[dict[str, Any]]:
    return [{"after_days": 1, "fee": form}]


@pytest.mark.parametrize(
    ("other", "code", "pointer"),
    [
        ({"steps": fee(flat="5.005")}, "too_many_decimals", "/steps/0/fee/flat"),
        (
            {"steps": fee(flat="5.5"), "currency": "JPY", "minimum_overdue": None},
            "too_many_decimals",
            "/steps/0/fee/flat",
        ),
        ({"steps": fee(flat="0")}, "out_of_bounds", "/steps/0/fee/flat"),
        (
            {"steps": fee(greater_of={"flat": "0.001", "percent": "2"})},
            "too_many_decimals",
            "/steps/0/fee/greater_of/flat",
        ),
        (
            {"steps": fee(greater_of={"flat": "1", "percent": "101"})},
            "out_of_bounds",
            "/steps/0/fee/greater_of/percent",
        ),
        ({"steps": fee(percent="0")}, "out_of_bounds", "/steps/0/fee/percent"),
        (
            {"steps": fee(daily_interest={"annual_rate": "1001"})},
            "out_of_bounds",
            "/steps/0/fee/daily_interest/annual_rate",
        ),
        ({"currency": None}, "required", "/currency"),
        ({"minimum_overdue": "0.001"}, "too_many_decimals", "/minimum_overdue"),
        ({"cap": {"amount": "0.00"}}, "out_of_bounds", "/cap/amount"),
        ({"cap": {"amount": "5.00", "percent": "1"}}, "invalid", "/cap"),
        ({"cap": {"percent": "100.5"}}, "out_of_bounds", "/cap/percent"),
        ({"steps": [*fee(percent="1"), *fee(percent="2")]}, "invalid", "/steps/1/after_days"),
        (
            {"steps": [{"after_days": 30, "fee": {"percent": "1"}}, {"after_days": 10, "fee": {"percent": "1"}}]},
            "invalid",
            "/steps/1/after_days",
        ),
    ],
)
def test_what_can_not_be_is_refused_at_its_field(other: dict[str, Any], code: str, pointer: str) -> None:
    invoicing().when(define(**other)).then_refused(code, pointer=pointer)


@pytest.mark.parametrize(
    ("form", "code"), [({}, "required"), ({"flat": "5.00", "percent": "2"}, "invalid")], ids=["none", "two"]
)
def test_a_fee_has_exactly_one_form(form: dict[str, Any], code: str) -> None:
    with pytest.raises(Rejection) as refused:
        terms(steps=[*fee(percent="1"), {"after_days": 2, "fee": form}])
    assert (refused.value.code, refused.value.pointer) == (code, "/steps/1/fee")


def test_a_policy_is_changed_by_version_and_an_id_is_used_once() -> None:
    spec = defined()
    spec.when(define()).then_refused("late_fee_policy_exists", pointer="/id")
    spec.when(ChangeLateFeePolicy(policy_id="standard", terms=terms())).then_nothing()
    other = terms(grace_days=5)
    spec.when(ChangeLateFeePolicy(policy_id="standard", terms=other), expected_version=1).then(
        LateFeePolicyChanged(policy_id="standard", version=2, terms=other)
    )
    spec.when(ChangeLateFeePolicy(policy_id="standard", terms=terms()), expected_version=1).then_refused(
        "version_mismatch"
    )
    spec.when(ChangeLateFeePolicy(policy_id="none", terms=other)).then_refused("late_fee_policy_not_found")


def test_a_policy_that_accounts_have_is_not_deleted_and_keeps_its_currency() -> None:
    spec = defined()
    use = LateFeePolicyUse(policy_id="standard", accounts=1, examples=("acc-1",))
    spec.state.keep({LateFeePolicyUse: {"standard": use}})
    spec.when(DeleteLateFeePolicy(policy_id="standard")).then_refused("late_fee_policy_in_use")
    dollars = ChangeLateFeePolicy(policy_id="standard", terms=terms(currency="USD"))
    spec.when(dollars).then_refused("late_fee_policy_in_use")
    spec.state.keep({LateFeePolicyUse: {"standard": None}})
    spec.when(DeleteLateFeePolicy(policy_id="standard")).then(LateFeePolicyDeleted(policy_id="standard"))
    spec.when(define()).then(LateFeePolicyDefined(policy_id="standard", terms=terms()))


def test_an_account_has_the_version_that_is_in_force_and_none_without() -> None:
    spec = tell(defined(), opened())
    policy = PolicyInForce(policy_id="standard", version=1, terms=terms())
    spec.when(AssignLateFeePolicy(account_id=ACCOUNT, policy_id="standard")).then(
        LateFeePolicyAssigned(account_id=ACCOUNT, version=2, policy=policy)
    )
    spec.when(AssignLateFeePolicy(account_id=ACCOUNT, policy_id="standard")).then_nothing()
    spec.when(AssignLateFeePolicy(account_id=ACCOUNT), expected_version=1).then_refused("version_mismatch")
    spec.when(AssignLateFeePolicy(account_id=ACCOUNT)).then(LateFeePolicyAssigned(account_id=ACCOUNT, version=3))
    profile = spec.get(BillProfile, ACCOUNT)
    assert profile is not None and (profile.late_fee_policy, profile.version) == (None, 3)


def test_an_account_gets_no_policy_that_is_not_there_or_of_another_currency() -> None:
    spec = tell(defined(), opened(), opened("acc-2", currency="CHF"))
    ask = AssignLateFeePolicy(account_id=ACCOUNT, policy_id="strict")
    spec.when(ask).then_refused("late_fee_policy_not_found", pointer="/late_fee_policy")
    swiss = AssignLateFeePolicy(account_id="acc-2", policy_id="standard")
    spec.when(swiss).then_refused("currency_mismatch", pointer="/late_fee_policy")
    spec.when(AssignLateFeePolicy(account_id="acc-9", policy_id="standard")).then_refused("account_not_found")


def test_the_smallest_currencies_have_policies_without_decimals() -> None:
    yen = terms(currency="JPY", minimum_overdue="500", steps=fee(flat="300"))
    assert invoicing().when(DefineLateFeePolicy(policy_id="yen", terms=yen)).events
    assert yen.steps[0].fee.flat == Decimal(300)
