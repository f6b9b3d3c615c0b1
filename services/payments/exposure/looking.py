"""What comes of looking at an account: figures that moved, alerts, and what its lines are asked to be. Pure.

    available 6.00 -> 4.10, alert at 5.00     ExposureMoved, WalletBalanceLow
    available 4.10 -> 0.00, prepaid           ExposureMoved, CreditLimitReached, CreditRestrictionAsked(True)
    available 0.00 -> 20.00                   ExposureMoved, CreditRestrictionAsked(False)

Everything is read at that moment, so that nobody is blocked who has paid. Looking again at once, nothing happens.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec.structs import asdict

from services.payments.balance.state import Payer
from services.payments.exposure.figures import Terms, figures, in_force
from services.payments.exposure.messages import (
    CreditLimitNear,
    CreditLimitReached,
    CreditRestrictionAsked,
    CreditSettingsTerms,
    ExposureMoved,
    WalletBalanceLow,
)
from services.payments.exposure.state import Exposure, Shown
from shared.kernel.calendar import local_date
from shared.kernel.same_fields import same_fields

Happened = ExposureMoved | WalletBalanceLow | CreditLimitNear | CreditLimitReached | CreditRestrictionAsked


def look(account: Exposure, payer: Payer, settings: CreditSettingsTerms, now: datetime) -> Iterator[Happened]:
    """What happens now. Of an account of which not all is known yet nothing does, but that it is let go."""
    if not account.known:
        if account.restricted and not account.limited:
            yield CreditRestrictionAsked(account_id=account.account_id, restricted=False)
        return
    terms = in_force(account, settings, payer.currency)
    shown = figures(account, payer, terms, local_date(now, payer.time_zone))
    if shown != account.shown:
        yield ExposureMoved(account_id=account.account_id, currency=payer.currency, **asdict(shown))
    if account.limited:
        yield from _told(account, payer, terms, shown, now)
    restricted = account.limited and wants_restriction(shown, terms)
    if restricted != account.restricted:
        yield CreditRestrictionAsked(account_id=account.account_id, restricted=restricted)


def wants_restriction(shown: Shown, terms: Terms) -> bool:
    """Whether an account that stands so is to be blocked."""
    return shown.standing == "over" and terms.at_limit == "restrict"


def _told(account: Exposure, payer: Payer, terms: Terms, shown: Shown, now: datetime) -> Iterator[Happened]:
    """Of several thresholds that were passed at once only the lowest is told."""
    before, available = account.shown, shown.available
    if available is None or terms.limit is None:
        return
    known: tuple[Decimal, ...] = before.alerted if before is not None else ()
    passed = min((at for at in shown.alerted if at not in known), default=None)
    about: dict[str, Any] = {"account_id": account.account_id, "currency": payer.currency, "at": now}
    if passed is not None and account.mode == "prepaid":
        yield WalletBalanceLow(available=available, threshold=passed, **about)
    elif passed is not None:
        yield CreditLimitNear(available=available, threshold=passed, credit_limit=terms.limit, **about)
    if shown.standing == "over" and (before is None or before.standing != "over"):
        limit = terms.limit
        yield same_fields(CreditLimitReached, shown, mode=account.mode, credit_limit=limit, **about)
