"""What an account would be charged if its periods closed now, by the functions that close them. Pure.

    live = live_spend(account, date(2026, 9, 15), view)
    live.amount                   # of the charges, one-time charges and corrections: what `/unbilled` shows
    live.net, live.gross          # that, apart: of prices before tax, and of prices with tax in them
    live.commitments(account)     # how far usage has come of what it is committed to

Usage of every period that is not closed, what came late for closed ones, and of each flat price what is due by today.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from services.rating.account.state import Account
from services.rating.correction.state import PendingCorrection, PendingCorrections
from services.rating.one_time_charge.state import PendingCharge, PendingCharges
from services.rating.period.charging import Charge, charges_of
from services.rating.period.lines import corrected_price, covers_of, late_usage, lines_of, open_periods
from services.rating.pricing.engine.contract import ONE, ZERO
from services.rating.pricing.engine.lines import TRUE_UP, USAGE
from services.rating.pricing.engine.usage import commitment_share
from services.rating.pricing_context import pricing_context
from services.rating.recurring.calendar import cycle_of
from shared.kernel.decider import View
from shared.kernel.decimals import exact
from shared.kernel.period import Period
from shared.kernel.rounding import round_share


@dataclass(frozen=True, slots=True)
class Commitment:
    """A price's minimum commitment in a period: how much of it usage has come to. Amounts are unrounded.

    Part of a cycle's period is committed by its days (R17).
    """

    subscription_id: str
    plan_id: str
    plan_version: int
    price_index: int
    period: Period
    used: Decimal
    committed: Decimal


@dataclass(frozen=True, slots=True)
class LiveSpend:
    """Charges as they would be fixed now, the one-time charges of today and before, corrections of earlier periods."""

    charges: Sequence[Charge]
    by_hand: Sequence[PendingCharge]
    corrections: Sequence[PendingCorrection] = ()

    @property
    def amount(self) -> Decimal:
        """As the prices say it: `net` and `gross` together, which is neither where an account has both."""
        with exact():
            return self.net + self.gross

    @property
    def net(self) -> Decimal:
        """Of prices before tax."""
        return self._sum(includes_tax=False)

    @property
    def gross(self) -> Decimal:
        """Of prices with tax in them (R42)."""
        return self._sum(includes_tax=True)

    def of_period(self, period: Period) -> LiveSpend:
        """The same as far as the close of `period`, the open one, would charge it: without usage of later periods.

        Corrections are no spending of the period, so they reach no threshold.
        """
        charges = [one for one in self.charges if not _is_later(one, period)]
        return LiveSpend(charges, [one for one in self.by_hand if one.on < period.end])

    def _sum(self, *, includes_tax: bool) -> Decimal:
        with exact():
            charged = (one.line.amount for one in self.charges if one.includes_tax == includes_tax)
            by_hand = (one.amount for one in self.by_hand if one.includes_tax == includes_tax)
            corrections = (one.amount for one in self.corrections if one.includes_tax == includes_tax)
            return sum((*charged, *by_hand, *corrections), ZERO)

    def commitments(self, account: Account) -> list[Commitment]:
        """Of each price that has one, period by period; what came late for closed periods is settled apart."""
        priced = [one for one in self.charges if one.line.kind in (USAGE, TRUE_UP) and one.settles is None]
        used: dict[tuple[str, str, int, int, Period], Decimal] = {}
        committed: dict[tuple[str, str, int, int, Period], Decimal] = {}
        with exact():
            for one in priced:
                minimum = _minimum(one)
                if minimum is None:
                    continue
                key = (one.subscription_id, one.plan.plan_id, one.plan_version, one.price_index, one.period)
                share = commitment_share(cycle_of(account.terms_of(one.period.start)), one.period)
                committed[key] = minimum * share
                used[key] = used.get(key, ZERO) + (one.line.unrounded if one.line.kind == USAGE else ZERO)
        return [Commitment(*key, used[key], amount) for key, amount in committed.items()]


def share_met(used: Decimal, committed: Decimal) -> Decimal:
    """The part of a commitment that is met, 0 to 1, to 9 decimals."""
    if used >= committed:
        return ONE
    part = Fraction(max(used, ZERO)) / Fraction(committed)
    return round_share(part.numerator, part.denominator)


def live_spend(account: Account, today: date, view: View) -> LiveSpend:
    """What all subscriptions of the account would be charged."""
    lines = lines_of(account, None, view)
    covers = covers_of(account, lines, open_periods(account, lines, today))
    charges: list[Charge] = []
    for line in lines:
        contexts = [pricing_context(account, period, view) for period in open_periods(account, [line], today)]
        charges += charges_of(
            account,
            line.subscription,
            line.plans,
            line.used,
            contexts=contexts,
            late=late_usage(account, line, view),
            covers=covers,
            target=today,
            corrected=corrected_price(account, view),
        )
    pending = view.get(PendingCharges, account.account_id)
    by_hand = [charge for charge in pending.charges if charge.on <= today] if pending else []
    corrections = view.get(PendingCorrections, account.account_id)
    return LiveSpend(charges, by_hand, corrections.corrections if corrections else ())


def _is_later(charge: Charge, period: Period) -> bool:
    return charge.line.kind in (USAGE, TRUE_UP) and charge.period.start >= period.end


def _minimum(charge: Charge) -> Decimal | None:
    price = charge.plan.versions[charge.plan_version - 1].prices[charge.price_index]
    return price.modifiers.minimum_commitment
