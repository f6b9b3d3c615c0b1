"""The payments that are recorded, and those that are refused."""

from __future__ import annotations

import msgspec
import pytest

from services.payments.balance.messages import PayerOpened
from services.payments.payment.messages import PaymentRecorded
from tests.services.payments.story import OPENED, allocated, owed, paid, pay, payments


@pytest.mark.parametrize(
    ("amount", "currency", "code", "pointer"),
    [
        ("10.00", "CHF", "currency_mismatch", "/amount/currency"),
        ("0.00", "EUR", "amount_not_positive", "/amount/amount"),
        ("-5.00", "EUR", "amount_not_positive", "/amount/amount"),
        ("1.005", "EUR", "too_many_decimals", "/amount/amount"),
    ],
)
def test_an_amount_that_can_not_be_is_refused(amount: str, currency: str, code: str, pointer: str) -> None:
    spec = payments().given(OPENED, owed(1, "15.00")).when(pay(amount, currency=currency))
    spec.then_refused(code, pointer=pointer)


def test_an_amount_written_short_is_recorded_with_the_decimals_of_its_currency_R4() -> None:
    payments().given(OPENED).when(pay("5")).then(paid("5.00"))


def test_the_same_external_key_twice_is_refused_R52() -> None:
    spec = payments().given(OPENED, paid("5.00", key="bank-77"))
    spec.when(pay("5.00", payment="pay-2", key="bank-77")).then_refused(
        "duplicate_external_key", pointer="/external_key"
    )


def test_the_same_payment_id_twice_is_refused() -> None:
    payments().given(OPENED, paid("5.00")).when(pay("6.00")).then_refused("payment_exists", pointer="/id")


def test_a_retry_of_the_same_command_records_nothing_twice() -> None:
    spec = payments().given(OPENED).when(pay("5.00"), command_id="c-7").then(paid("5.00"))
    spec.when(pay("5.00"), command_id="c-7").then()


def test_a_payment_for_an_unknown_account_is_refused_and_may_be_tried_again() -> None:
    spec = payments().when(pay("5.00")).then_refused("account_not_found", pointer="/account_id")
    spec.given(OPENED).when(pay("5.00"), command_id="c1").then(paid("5.00"))


@pytest.mark.parametrize("invoice", ["inv-9", "inv-2"])
def test_a_payment_can_name_only_an_issued_invoice_of_its_account(invoice: str) -> None:
    other = payments().given(OPENED, owed(1, "40.00"))
    other.given(type(OPENED)(account_id="acc-2", currency="EUR"), owed(2, "40.00", account="acc-2"))
    other.when(pay("40.00", invoice=invoice)).then_refused("invoice_not_found", pointer="/invoice_id")


def test_a_payment_names_its_invoice_by_the_number_that_customers_quote() -> None:
    spec = payments().given(OPENED, owed(1, "40.00", "2026-10-15"), owed(2, "25.00", "2026-11-15"))
    spec.when(pay("25.00", invoice="inv-000002")).then(
        paid("25.00", invoice="inv-2"), allocated(2, "25.00", open="0.00", left="0.00")
    )
    spec.when(pay("40.00", payment="pay-2", invoice="INV-000003")).then_refused("invoice_not_found")


def test_a_number_of_another_account_and_one_that_is_an_id_too_pay_nothing() -> None:
    other = owed(2, "25.00", account="acc-2")
    spec = payments().given(OPENED, PayerOpened(account_id="acc-2", currency="EUR"), other, owed(1, "40.00"))
    spec.when(pay("25.00", invoice="INV-000002")).then_refused("invoice_not_found", pointer="/invoice_id")
    odd = msgspec.structs.replace(owed(3, "5.00"), invoice_id="INV-000001")
    spec.given(odd).when(pay("5.00", invoice="INV-000001")).then_refused("invoice_ambiguous", pointer="/invoice_id")


@pytest.mark.parametrize(
    ("zone", "received_on", "taken"),
    [
        ("UTC", "2026-10-09", True),
        ("UTC", "2026-10-10", True),
        ("UTC", "2026-10-11", False),
        ("UTC", "2027-10-09", False),
        ("Pacific/Kiritimati", "2026-10-11", True),  # the 10th since ten in the morning UTC
        ("Pacific/Kiritimati", "2026-10-12", False),
    ],
)
def test_money_comes_in_by_tomorrow_where_the_account_is(zone: str, received_on: str, taken: bool) -> None:
    opened = msgspec.structs.replace(OPENED, time_zone=zone)
    spec = payments().given(opened).when(pay("5.00", received_on=received_on))
    if taken:
        assert isinstance(spec.events[0], PaymentRecorded)
    else:
        spec.then_refused("in_future", pointer="/received_on")
