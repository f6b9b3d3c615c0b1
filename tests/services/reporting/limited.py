"""An account that comes to its credit limit, for the story of the projections."""

from __future__ import annotations

from decimal import Decimal

from services.payments.exposure.messages import CreditRestrictionAsked, ExposureMoved, UnbilledAsked
from shared.kernel.message import Event


def limited() -> tuple[Event, ...]:
    zero = Decimal("0.00")
    moved = ExposureMoved(
        account_id="acc-1",
        currency="EUR",
        owed=Decimal("14.88"),
        credit=zero,
        unbilled=Decimal("40.00"),
        earmarked=zero,
        exposure=Decimal("54.88"),
        available=Decimal("-4.88"),
        standing="over",
    )
    asked = UnbilledAsked(account_id="acc-1", currency="EUR", watched=True)
    return asked, moved, CreditRestrictionAsked(account_id="acc-1", restricted=True)
