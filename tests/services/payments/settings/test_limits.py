"""How much a role may refund and write off at a time, as the settings of payments say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from services.payments.refund.messages import PaymentRefunded
from services.payments.settings.messages import ONLY, ChangePaymentSettings, PaymentSettingsChanged, SettingsTerms
from services.payments.write_off.messages import ReceivableWrittenOff
from tests.kit.decider import Specification
from tests.services.payments.refund.test_refunds import refund
from tests.services.payments.story import OPENED, owed, pay, payments
from tests.services.payments.write_off.test_write_offs import write_off

LIMITS = {"support": {"EUR": Decimal("20.00")}, "billing": {"EUR": Decimal("30.00")}}


def limited() -> Specification:
    terms = SettingsTerms(refund_limits=LIMITS, write_off_limits=LIMITS)
    return payments().given(PaymentSettingsChanged(settings_id=ONLY, terms=terms, version=1), OPENED)


@pytest.mark.parametrize(
    ("role", "amount", "allowed"),
    [
        ("support", "20.00", True),
        ("support", "20.01", False),
        ("billing", "30.00", True),
        ("billing", "30.01", False),
        ("admin", "50.00", True),
        ("support", None, False),
    ],
)
def test_a_role_refunds_up_to_its_limit(role: str, amount: str | None, allowed: bool) -> None:
    spec = limited().when(pay("50.00")).when(refund(amount, role=role))
    if allowed:
        assert isinstance(spec.events[-1], PaymentRefunded)
    else:
        spec.then_refused("above_approval_limit", pointer="/amount")


def test_support_refunds_nothing_until_somebody_has_said_how_much() -> None:
    spec = payments().given(OPENED).when(pay("50.00"))
    spec.when(refund("0.01", role="support")).then_refused("above_approval_limit")
    spec.when(refund("50.00", role="billing"))
    assert isinstance(spec.events[-1], PaymentRefunded)


def test_what_is_written_off_at_once_counts_together() -> None:
    spec = limited().given(owed(1, "18.00"), owed(2, "13.00"))
    all_of_it = replace(write_off(None), role="billing")
    spec.when(all_of_it).then_refused("above_approval_limit")
    spec.when(replace(write_off("inv-1"), role="billing"))
    assert isinstance(spec.events[0], ReceivableWrittenOff)
    spec.when(replace(write_off(None, n=2), role="admin"))
    assert isinstance(spec.events[0], ReceivableWrittenOff)


ONE = {"support": {"EUR": Decimal("1.001")}}


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        (SettingsTerms(refund_limits=ONE), "/refund_limits/support/EUR"),
        (SettingsTerms(write_off_limits=ONE), "/write_off_limits/support/EUR"),
    ],
)
def test_a_limit_has_the_decimals_of_its_currency(wrong: SettingsTerms, at: str) -> None:
    spec = payments().given(OPENED).when(ChangePaymentSettings(settings_id=ONLY, terms=wrong))
    spec.then_refused("too_many_decimals", pointer=at)
