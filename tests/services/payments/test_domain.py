"""What payments decides: allocation by R48 and R49, credit, and the payments it refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from services.invoicing.invoice.messages import InvoiceIssued
from services.payments.domain import Payer, UnknownPayer
from services.payments.events import PayerOpened, PaymentRecorded
from services.rating.events import AccountOpened, CycleTerms
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed
from tests.services.payments.story import ACCOUNT, OPENED, allocated, owed, paid, pay, payments


def issued(number: int, total: str, due_on: date = date(2026, 10, 15)) -> InvoiceIssued:
    return InvoiceIssued(
        invoice_id=f"inv-{number}",
        account_id=ACCOUNT,
        number=f"INV-{number:06d}",
        currency="EUR",
        issued_on=date(2026, 10, 1),
        due_on=due_on,
        period=Period(date(2026, 9, 1), date(2026, 10, 1)),
        lines=[],
        tax_groups=[],
        net=Decimal(total),
        tax=Decimal("0.00"),
        total=Decimal(total),
        cycle_id="monthly",
        name=Sealed("v1.k.x"),
    )


def test_an_account_opened_in_rating_can_owe_and_pay() -> None:
    opened = AccountOpened(
        account_id=ACCOUNT,
        name=Sealed("v1.k.x"),
        currency="EUR",
        cycle=CycleTerms(cycle_id="monthly", frequency="month", anchor_day=1, time_zone="UTC"),
        tax_rate=Decimal("20"),
        opened_on=date(2026, 9, 1),
    )
    payments().when_event(opened, service="rating").then(OPENED)


def test_a_payment_pays_the_oldest_due_date_first_and_keeps_the_rest_as_credit_R48() -> None:
    payments().given(OPENED, owed(1, "40.00", "2026-11-15"), owed(2, "25.00", "2026-10-15")).when(pay("70.00")).then(
        paid("70.00"),
        allocated(2, "25.00", open="0.00", left="45.00"),
        allocated(1, "40.00", open="0.00", left="5.00"),
    )


def test_of_two_invoices_due_the_same_day_the_lowest_number_is_paid_first_R48() -> None:
    spec = payments().given(OPENED, owed(1_000_000, "40.00"), owed(999_999, "25.00"))
    spec.when(pay("30.00")).then(
        paid("30.00"),
        allocated(999_999, "25.00", open="0.00", left="5.00"),
        allocated(1_000_000, "5.00", open="35.00", left="0.00"),
    )


def test_a_named_invoice_is_paid_before_older_ones_R48() -> None:
    spec = payments().given(OPENED, owed(1, "40.00", "2026-10-15"), owed(2, "25.00", "2026-11-15"))
    spec.when(pay("50.00", invoice="inv-2")).then(
        paid("50.00", invoice="inv-2"),
        allocated(2, "25.00", open="0.00", left="25.00"),
        allocated(1, "25.00", open="15.00", left="0.00"),
    )


def test_a_payment_naming_an_invoice_that_is_paid_already_pays_the_others_R48() -> None:
    spec = payments().given(OPENED, owed(1, "10.00"), owed(2, "25.00")).when(pay("10.00", invoice="inv-1"))
    spec.when(pay("20.00", payment="pay-2", invoice="inv-1")).then(
        paid("20.00", payment="pay-2", invoice="inv-1"),
        allocated(2, "20.00", open="5.00", left="0.00", payment="pay-2"),
    )


def test_credit_pays_a_new_invoice_at_once_oldest_payment_first_R48() -> None:
    spec = payments().given(OPENED, paid("10.00"), paid("8.00", payment="pay-2"))
    spec.when_event(issued(1, "15.00"), service="invoicing").then(
        owed(1, "15.00", credit="15.00"),
        allocated(1, "10.00", open="5.00", left="0.00"),
        allocated(1, "5.00", open="0.00", left="3.00", payment="pay-2"),
    )


def test_an_invoice_of_nothing_is_never_open() -> None:
    spec = payments().given(OPENED).when_event(issued(1, "0.00"), service="invoicing").then(owed(1, "0.00"))
    payer = spec.get(Payer, ACCOUNT)
    assert payer is not None and payer.owed == ()
    spec.when(pay("5.00")).then(paid("5.00"))


def test_an_invoice_heard_of_twice_is_owed_once() -> None:
    payments().given(OPENED, owed(1, "15.00")).when_event(issued(1, "15.00"), service="invoicing").then()


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


def test_an_invoice_of_an_account_never_opened_is_parked_not_lost() -> None:
    with pytest.raises(UnknownPayer):
        payments().when_event(issued(1, "15.00"), service="invoicing")


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
