"""What late usage of a rerated period costs: the corrected price, as all that was charged of the period does by then.

    September was charged at 0.10 and rerated to 0.08. What comes late of September is settled with the next close:
    f(total) - f(billed), both at 0.08 (R34, R16)

Kept by the partition from the pages that it has walked, by plan. A place that a run could not compute keeps the price
that it was charged at. The latest run that reached a place counts.
"""

from __future__ import annotations

from typing import Final

import msgspec

from services.rating.pricing import Price
from services.rating.rerating.messages import ReratingPageWalked, ReratingTerms
from shared.kernel.decider import State, View
from shared.kernel.period import Period

RUNS_MAX: Final = 50
"""Of a plan, the latest: usage comes late for a bit over a month, so older ones are not asked for any more."""

Place = tuple[str, str, int]
"""Account, subscription and price; without a subscription the whole account."""


class CorrectingRun(msgspec.Struct, frozen=True, kw_only=True):
    """A run as far as it has got: through the account `through`, or of the `named` accounts those that it has walked.

    `left_out` are the places that it could not compute, of those periods (`None`: of all).
    """

    rerating_id: str
    terms: ReratingTerms
    through: str
    named: tuple[str, ...] | None
    left_out: tuple[tuple[Place, Period | None], ...] = ()

    def reached(self, account_id: str) -> bool:
        return account_id <= self.through if self.named is None else account_id in self.named


class CorrectedPrices(State, frozen=True, kw_only=True):
    """The runs that have put other prices in the places of a plan's, the latest last."""

    KEY_FIELD = "plan_id"

    plan_id: str
    runs: tuple[CorrectingRun, ...]

    def price(self, version: int, account_id: str, subscription_id: str, index: int, period: Period) -> Price | None:
        """What stands in the place now; `None` where it is the published price."""
        for run in reversed(self.runs):
            terms = run.terms
            if terms.version != version or not terms.start <= period.start < terms.end or not run.reached(account_id):
                continue
            places = ((account_id, subscription_id, index), (account_id, "", 0))
            if not any(place in places and of in (None, period) for place, of in run.left_out):
                return terms.prices[index]
        return None


def late_price(
    account_id: str, subscription_id: str, plan_id: str, version: int, index: int, period: Period, view: View
) -> Price | None:
    """The corrected price of late usage of a closed period; `None` where that is the published one."""
    known = view.get(CorrectedPrices, plan_id)
    return known.price(version, account_id, subscription_id, index, period) if known else None


def with_page(event: ReratingPageWalked, view: View) -> list[State]:
    """The prices once a page is walked; a dry run changes none."""
    if event.dry_run:
        return []
    plan_id = event.terms.plan_id
    known = view.get(CorrectedPrices, plan_id)
    runs = known.runs if known else ()
    before = next((run for run in runs if run.rerating_id == event.rerating_id), None)
    left_out = [
        ((one.account_id, one.subscription_id, one.price_index), one.period)
        for one in event.found
        if one.outcome == "not_computable"
    ]
    run = CorrectingRun(
        rerating_id=event.rerating_id,
        terms=event.terms,
        # Who has nothing that was charged is in no page, and costs the corrected price from the first unit.
        through=_LAST if event.last else event.through,
        named=None if event.account_ids is None else (*(before.named or () if before else ()), *event.walked),
        left_out=(*(before.left_out if before else ()), *left_out),
    )
    others = tuple(one for one in runs if one.rerating_id != event.rerating_id)
    return [CorrectedPrices(plan_id=plan_id, runs=(*others, run)[-RUNS_MAX:])]


_LAST: Final = "\U0010ffff"
"""Behind every id."""
