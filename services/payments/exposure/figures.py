"""What an account owes and will owe, and what of its limit is left: sums of what is known. Pure.

    owed 40.00   credit 0.00   unbilled 12.00   limit 50.00      exposure 52.00   available  -2.00   over
    owed  0.00   credit 20.00  unbilled 12.00   earmarked 2.00   exposure -6.00   available   6.00   prepaid

Unbilled is what rating would charge now, what it has charged and invoicing not drafted, and what waits as a draft; each
once, whichever of the two was heard of first. Of a draft tax is known; for the rest it is a forecast: the share that it
was of the last draft.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from services.payments.balance.state import Payer
from services.payments.exposure.messages import AtLimit, CreditSettingsTerms, Standing
from services.payments.exposure.state import Amounts, Exposure, Shown
from shared.kernel.decimals import EXACT, exact
from shared.kernel.rounding import HALF_UP, round_amount

ZERO: Final = Decimal(0)


class Terms(NamedTuple):
    """What holds for an account, of its own terms and the settings: `limit` is `None` where it may owe any amount."""

    limit: Decimal | None
    at_limit: AtLimit
    alerts: tuple[Decimal, ...]
    earmark: Decimal


def in_force(account: Exposure, settings: CreditSettingsTerms, currency: str) -> Terms:
    own, prepaid = account.terms, account.mode == "prepaid"
    alerts = settings.alerts.get(currency, ()) if own.alerts is None else own.alerts
    earmark = settings.earmarks.get(currency, ZERO) if own.earmark is None else own.earmark
    return Terms(
        limit=ZERO if prepaid else own.credit_limit,
        at_limit=own.at_limit or ("restrict" if prepaid else "warn"),
        alerts=alerts,
        earmark=earmark if prepaid else ZERO,
    )


def figures(account: Exposure, payer: Payer, terms: Terms, today: date) -> Shown:
    """How the account stands. A limit that is not there leaves nothing available to speak of."""
    owed = _sum(invoice.open for invoice in payer.owed)
    credit = _sum(one.left for one in payer.credits if one.counts_on(today))
    waiting = EXACT.add(unbilled(account, payer.currency), paid_for(account, payer.currency))
    held = EXACT.multiply(terms.earmark, Decimal(account.told.sessions)) if account.told is not None else ZERO
    with exact():
        exposure = owed - credit + waiting + held
        available = None if terms.limit is None else terms.limit - exposure
    alerted = () if available is None else tuple(at for at in sorted(terms.alerts) if available <= at)
    return Shown(
        owed=owed,
        credit=credit,
        unbilled=waiting,
        earmarked=held,
        exposure=exposure,
        available=available,
        standing=_standing(account, available, alerted),
        alerted=alerted,
    )


def paid_for(account: Exposure, currency: str) -> Decimal:
    """What those will cost that the account pays for, with tax, as far as it is not drafted."""
    return _sum(with_tax(one, account.tax_share, currency) for one in account.members)


def unbilled(account: Exposure, currency: str) -> Decimal:
    """With tax. What another account pays for is not this one's, but for what it has to pay itself already."""
    told = account.told
    if told is None:
        return _sum(draft.total for draft in account.drafts)
    since = told.period_start
    drafts = _sum(draft.total for draft in account.drafts if draft.period_start < since)
    closed = _sum(with_tax(one, account.tax_share, currency) for one in account.closed if one.period_start < since)
    running = ZERO if told.billed_by is not None else with_tax(told, account.tax_share, currency)
    issued = _sum(one.total for one in account.ahead if one.period_start >= since)
    with exact():
        if issued:
            running = max(running - issued, ZERO)
        return running + closed + drafts


def with_tax(amounts: Amounts, tax_share: Decimal, currency: str) -> Decimal:
    """Rounded half-up to the currency."""
    with exact():
        return round_amount(amounts.net * (1 + tax_share) + amounts.gross, HALF_UP, currency)


def _standing(account: Exposure, available: Decimal | None, alerted: tuple[Decimal, ...]) -> Standing:
    """A prepaid account has to have something; a postpaid one may owe all of its limit."""
    if available is None:
        return "ok"
    if available < 0 or (account.mode == "prepaid" and available == 0):
        return "over"
    return "low" if alerted else "ok"


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    with exact():
        return sum(amounts, ZERO)
