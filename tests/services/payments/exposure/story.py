"""What rating and invoicing tell of the account of these tests, and short ways to say it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from services.invoicing.draft_sums.messages import DraftsTold
from services.invoicing.invoice.messages import InvoiceDrafted
from services.payments.exposure.messages import (
    ChangeCreditTerms,
    CreditTerms,
    ExposureMoved,
    PaymentMode,
    SetPaymentMode,
)
from services.payments.exposure.state import Exposure
from services.rating.period.messages import PeriodClosed
from services.rating.unbilled_watch.messages import UnbilledTold
from shared.kernel.period import Period
from tests.kit.decider import Specification
from tests.services.payments.story import ACCOUNT, OPENED, payments

SEPTEMBER = Period(date(2026, 9, 1), date(2026, 10, 1))
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))


def mode(mode: PaymentMode, reason: str = "") -> SetPaymentMode:
    return SetPaymentMode(account_id=ACCOUNT, mode=mode, reason=reason)


def terms(limit: str | None = None, **options: Any) -> ChangeCreditTerms:
    known = CreditTerms(credit_limit=None if limit is None else Decimal(limit), **options)
    return ChangeCreditTerms(account_id=ACCOUNT, terms=known, currency="EUR")


def told(net: str, gross: str = "0", *, period: Period = OCTOBER, **options: Any) -> UnbilledTold:
    return UnbilledTold(
        account_id=ACCOUNT, period=period, net=Decimal(net), gross=Decimal(gross), currency="EUR", **options
    )


def closed(net: str, gross: str = "0", *, period: Period = SEPTEMBER) -> PeriodClosed:
    return PeriodClosed(
        account_id=ACCOUNT,
        period=period,
        lines=1,
        sum=Decimal(net) + Decimal(gross),
        currency="EUR",
        next_period=OCTOBER,
        gross=Decimal(gross),
    )


def drafted(total: str, number: int = 1, *, period: Period = SEPTEMBER, tax: str = "0") -> InvoiceDrafted:
    return InvoiceDrafted(
        invoice_id=f"inv-{number}",
        account_id=ACCOUNT,
        currency="EUR",
        period=period,
        lines=1,
        net=Decimal(total) - Decimal(tax),
        tax=Decimal(tax),
        total=Decimal(total),
    )


def none_waits(rate: str | None = None) -> DraftsTold:
    return DraftsTold(account_id=ACCOUNT, currency="EUR", tax_rate=rate)


def prepaid(net: str = "0", *, rate: str | None = None, **options: Any) -> Specification:
    """A prepaid account of which rating and invoicing have told all."""
    story = payments().given(OPENED).when(mode("prepaid"))
    return story.when_event(none_waits(rate)).when_event(told(net, **options))


def postpaid(limit: str, net: str = "0", **options: Any) -> Specification:
    """A postpaid one with a credit limit."""
    story = payments().given(OPENED).when(terms(limit, **options))
    return story.when_event(none_waits()).when_event(told(net))


def now(story: Specification) -> Exposure:
    found = story.get(Exposure, ACCOUNT)
    assert found is not None
    return found


def available(story: Specification) -> str | None:
    """As it was told last."""
    shown = now(story).shown
    return None if shown is None or shown.available is None else f"{shown.available:.2f}"


def moved(story: Specification) -> list[str]:
    """How much was available after each of the last step's moves."""
    return [f"{event.available:.2f}" for event in story.events if isinstance(event, ExposureMoved)]


def kinds(story: Specification) -> list[str]:
    """The names of what happened in the last step, without the result of its command."""
    return [type(event).__name__ for event in story.events if type(event).__name__ != "CommandDone"]
