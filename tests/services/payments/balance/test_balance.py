"""The balance of an account: allocation by R48 and R49, and credit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from services.payments.payer_name.messages import PayerNamed
from services.rating.account.messages import AccountOpened
from services.rating.billing_cycle.messages import CycleTerms
from shared.kernel.sealed import Sealed
from tests.services.payments.story import ACCOUNT, OPENED, allocated, issued, owed, paid, pay, payments


def test_an_account_opened_in_rating_can_owe_and_pay() -> None:
    opened = AccountOpened(
        account_id=ACCOUNT,
        name=Sealed("v1.k.x"),
        currency="EUR",
        cycle=CycleTerms(cycle_id="monthly", frequency="month", anchor_day=1, time_zone="UTC"),
        tax_rate=Decimal("20"),
        opened_on=date(2026, 9, 1),
    )
    named = PayerNamed(account_id=ACCOUNT, name=Sealed("v1.k.x"))
    payments().when_event(opened, service="rating").then(OPENED, named)


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


def test_the_place_in_the_series_is_the_order_whatever_a_number_looks_like_R48() -> None:
    """2026/0009 was issued before 26-10: as texts, and by their length, they would stand the other way round."""
    first = msgspec.structs.replace(owed(9, "40.00"), number="2026/0009", series_n=9)
    second = msgspec.structs.replace(owed(10, "25.00"), number="26-10", series_n=10)
    spec = payments().given(OPENED, second, first).when(pay("50.00"))
    spec.then(
        paid("50.00"),
        allocated(9, "40.00", open="0.00", left="10.00"),
        allocated(10, "10.00", open="15.00", left="0.00"),
    )


def test_an_invoice_from_before_places_were_told_is_older_than_one_with_a_place_R48() -> None:
    numbered = msgspec.structs.replace(owed(2, "25.00"), number="A1", series_n=1)
    spec = payments().given(OPENED, numbered, owed(1, "40.00")).when(pay("40.00"))
    spec.then(paid("40.00"), allocated(1, "40.00", open="0.00", left="0.00"))


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
