"""How an account is billed: taken over from rating, and followed period by period."""

from __future__ import annotations

from decimal import Decimal

from services.invoicing.bill_profile.messages import BillProfileOpened, BillProfileOpenedV1, PeriodExpected, TaxTerms
from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.events import EVENTS
from shared.kernel.message import encode
from shared.kernel.sealed import Sealed
from tests.services.invoicing.story import ACCOUNT, SEPTEMBER, invoicing, opened, subscribed, tell


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
