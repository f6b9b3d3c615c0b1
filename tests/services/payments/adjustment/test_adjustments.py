"""Adjustments: within what a role may, a debit is owed and a credit pays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.payments.adjustment.messages import AdjustBalance, BalanceAdjusted
from services.payments.balance.state import Payer
from services.payments.settings.messages import (
    ONLY,
    ChangePaymentSettings,
    PaymentSettingsChanged,
    SettingsTerms,
)
from shared.kernel.money import Money
from tests.kit.decider import Specification
from tests.services.payments.story import ACCOUNT, OPENED, owed, pay, payments


def adjust(direction: str, amount: str, *, role: str = "admin", **said: object) -> AdjustBalance:
    fields = {"adjustment_id": "7f3a2b10ff", "account_id": ACCOUNT, "reason_code": "correction", **said}
    return AdjustBalance(direction=direction, amount=Money(Decimal(amount), "EUR"), role=role, **fields)  # type: ignore[arg-type]


def limited() -> Specification:
    terms = SettingsTerms(limits={"support": {"EUR": Decimal("50.00")}, "billing": {"EUR": Decimal("500.00")}})
    return payments().given(PaymentSettingsChanged(settings_id=ONLY, terms=terms, version=1), OPENED)


@pytest.mark.parametrize(
    ("role", "amount", "allowed"),
    [
        ("support", "50.00", True),
        ("support", "50.01", False),
        ("billing", "500.00", True),
        ("billing", "500.01", False),
        ("admin", "99999.00", True),
    ],
)
def test_a_role_adjusts_up_to_its_limit(role: str, amount: str, allowed: bool) -> None:
    spec = limited().when(adjust("credit", amount, role=role))
    if allowed:
        assert isinstance(spec.events[0], BalanceAdjusted)
    else:
        spec.then_refused("above_approval_limit", pointer="/amount/amount")


def test_support_adjusts_nothing_until_somebody_has_said_how_much() -> None:
    spec = payments().given(OPENED)
    spec.when(adjust("credit", "0.01", role="support")).then_refused("above_approval_limit")
    spec.when(adjust("credit", "9999.00", role="billing"))
    assert isinstance(spec.events[0], BalanceAdjusted)


def test_a_debit_is_owed_by_its_day_and_a_payment_may_name_it() -> None:
    spec = payments().given(OPENED, owed(1, "40.00")).when(adjust("debit", "7.00", due_on=date(2026, 10, 31)))
    spec.when(pay("7.00", invoice="7f3a2b10ff"))
    payer = spec.get(Payer, ACCOUNT)
    assert payer is not None and [one.invoice_id for one in payer.owed] == ["inv-1"]


def test_credit_that_is_there_pays_a_debit_at_once_and_a_credit_pays_the_invoice_it_names() -> None:
    spec = payments().given(OPENED).when(pay("5.00")).when(adjust("debit", "7.00"))
    payer = spec.get(Payer, ACCOUNT)
    assert payer is not None and not payer.credits and [str(one.open) for one in payer.owed] == ["2.00"]
    named = payments().given(OPENED, owed(1, "40.00"), owed(2, "25.00", "2026-12-01"))
    named.when(adjust("credit", "10.00", invoice_id="inv-2"))
    after = named.get(Payer, ACCOUNT)
    assert after is not None and after.open_of("inv-2") == Decimal("15.00")


def test_an_adjustment_that_can_not_be_is_refused() -> None:
    spec = payments().given(OPENED, owed(1, "40.00"))
    spec.when(adjust("debit", "1.00", invoice_id="inv-1")).then_refused("not_of_debits", pointer="/invoice_id")
    spec.when(adjust("credit", "1.00", due_on=date(2026, 11, 1))).then_refused("not_of_credits", pointer="/due_on")
    spec.when(adjust("debit", "1.00", due_on=date(2026, 10, 8))).then_refused("in_past", pointer="/due_on")
    spec.when(adjust("credit", "1.00", invoice_id="inv-9")).then_refused("invoice_not_found", pointer="/invoice_id")
    spec.when(adjust("credit", "0.00")).then_refused("amount_not_positive")


@pytest.mark.parametrize(
    ("terms", "code", "pointer"),
    [
        (SettingsTerms(tolerances={"EUR": Decimal("0.051")}), "too_many_decimals", "/tolerances/EUR"),
        (SettingsTerms(tolerances={"EUR": Decimal("1.00")}), "out_of_bounds", "/tolerances/EUR"),
        (SettingsTerms(limits={"support": {"EUR": Decimal(-1)}}), "out_of_bounds", "/adjustment_limits/support/EUR"),
    ],
)
def test_settings_that_can_not_be_are_refused(terms: SettingsTerms, code: str, pointer: str) -> None:
    payments().when(ChangePaymentSettings(settings_id=ONLY, terms=terms)).then_refused(code, pointer=pointer)


def test_settings_are_changed_by_version() -> None:
    terms = SettingsTerms(allocation="pro_rata")
    spec = payments().when(ChangePaymentSettings(settings_id=ONLY, terms=terms))
    spec.then(PaymentSettingsChanged(settings_id=ONLY, terms=terms, version=1))
    spec.when(ChangePaymentSettings(settings_id=ONLY, terms=terms)).then_nothing()
    spec.when(ChangePaymentSettings(settings_id=ONLY, terms=SettingsTerms()), expected_version=0)
    spec.then_refused("version_mismatch")
