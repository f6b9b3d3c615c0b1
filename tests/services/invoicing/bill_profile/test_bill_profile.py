"""How an account is billed: taken over from rating, and followed period by period."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from services.invoicing.bill_profile.messages import (
    BillingHeld,
    BillingReleased,
    BillProfileOpened,
    BillProfileOpenedV1,
    CustomerRenamed,
    CycleFollowed,
    PeriodExpected,
    TaxTerms,
)
from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.events import EVENTS
from services.invoicing.invoice.messages import InvoiceIssued
from services.rating.account.messages import (
    AccountCycleChanged,
    AccountDetailsChanged,
    AccountHeld,
    AccountReleased,
)
from services.rating.billing_cycle.messages import CycleTerms
from shared.kernel.message import encode
from shared.kernel.sealed import Sealed
from tests.services.invoicing.story import ACCOUNT, SEPTEMBER, Partitions, invoicing, opened, subscribed, tell


def test_an_account_takes_its_settings_from_rating_and_terms_of_14_days() -> None:
    spec = tell(invoicing(), opened())
    [profile] = spec.events
    assert isinstance(profile, BillProfileOpened)
    assert (profile.currency, profile.tax, profile.cycle_id, profile.time_zone, profile.terms_days) == (
        "EUR",
        TaxTerms(kind="account_rate", parameters={"rate": "20"}),
        "monthly",
        "Europe/Paris",
        14,
    )
    tell(spec, opened()).then()


def test_the_first_subscription_says_which_period_will_close_first() -> None:
    spec = tell(invoicing(), opened(), subscribed()).then(PeriodExpected(account_id=ACCOUNT, period=SEPTEMBER))
    tell(spec, subscribed()).then()


def test_an_account_opened_with_a_rate_is_taxed_by_it() -> None:
    earlier = BillProfileOpenedV1(
        account_id="acc-1",
        name=Sealed("v1.k.x"),
        currency="EUR",
        tax_rate=Decimal("5.50"),
        cycle_id="monthly",
        time_zone="Europe/Paris",
        terms_days=14,
    )
    account = (
        invoicing().given(EVENTS.decode("invoicing.BillProfileOpened.v1", encode(earlier))).get(BillProfile, "acc-1")
    )
    assert account is not None and account.tax == TaxTerms(kind="account_rate", parameters={"rate": "5.5"})


def test_what_is_issued_from_now_on_prints_the_customer_as_he_is_now() -> None:
    """The draft of September was there before he moved."""
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    renamed = AccountDetailsChanged(
        account_id=ACCOUNT, name=Sealed("v1.k.new"), details=Sealed("v1.k.moved"), changed=["name"], version=2
    )
    tell(partitions.of(ACCOUNT), renamed).then(
        CustomerRenamed(account_id=ACCOUNT, name=Sealed("v1.k.new"), details=Sealed("v1.k.moved"))
    )
    (issued,) = [event for event in partitions.finalise(ACCOUNT) if isinstance(event, InvoiceIssued)]
    assert (issued.name, issued.details) == ("v1.k.new", "v1.k.moved")


def test_an_account_follows_its_cycle_and_its_hold() -> None:
    terms = CycleTerms(cycle_id="mid-month", frequency="month", anchor_day=15, time_zone="Europe/Paris")
    changed = AccountCycleChanged(account_id=ACCOUNT, cycle=terms, version=2)
    spec = tell(invoicing(), opened(), changed).then(CycleFollowed(account_id=ACCOUNT, cycle_id="mid-month"))
    tell(spec, changed).then()
    held = AccountHeld(account_id=ACCOUNT, reason="moving", until=date(2026, 11, 1), version=3)
    tell(spec, held).then(BillingHeld(account_id=ACCOUNT, reason="moving", until=date(2026, 11, 1)))
    released = AccountReleased(account_id=ACCOUNT, version=4)
    tell(spec, released).then(BillingReleased(account_id=ACCOUNT))
    tell(spec, released).then()
