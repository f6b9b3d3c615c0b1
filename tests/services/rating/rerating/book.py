"""A story with what the tables would hold of it: the charges, the closed periods and the usage behind them.

book = Book(plan(OCTETS), account(), subscription())
book.use(used(1000, "2026-09-05 10:00"))
book.close()
book.rerate(corrected(...))
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from services.rating.account.state import Account
from services.rating.period.messages import ChargeFixed, PeriodClosed
from services.rating.rated_usage.messages import UsageRated, came_late, in_time
from services.rating.rerating.messages import (
    ConfirmRerating,
    RerateAccounts,
    Rerated,
    ReratingPageWalked,
    ReratingTerms,
    StartRerating,
)
from services.rating.rerating.state import Charged, ChargedAccount, ChargedPage, ChargedQuestion, UsedOfPeriod
from services.usage.record.messages import GuidedRecord
from shared.kernel.message import Event
from shared.kernel.period import Period
from tests.services.rating.world import close, cycle, guided, priced, rating


class Book:
    """One account, `acc-1`, and all that was charged and used."""

    def __init__(self, *given: Event) -> None:
        self.story = rating(cycle(), *given)
        self.charges: list[ChargeFixed] = []
        self.closed: list[Period] = []
        self.usage: list[tuple[int, UsedOfPeriod]] = []
        self.messages = 0
        self.reratings = 0

    def use(self, *records: GuidedRecord) -> Book:
        self.messages += 1
        self.story.when_event(guided(*records, n=self.messages))
        for event in self.story.events:
            if isinstance(event, UsageRated):
                self.usage += [(one.version, _used(one, None)) for one in in_time(event)]
                self.usage += [(one.version, _used(one, billed_in)) for one, billed_in in came_late(event)]
        return self

    def close(self) -> list[ChargeFixed]:
        """Close the open period; its charges."""
        close(self.story)
        fixed = [event for event in self.story.events if isinstance(event, ChargeFixed)]
        self.charges += fixed
        self.closed += [event.period for event in self.story.events if isinstance(event, PeriodClosed)]
        return fixed

    def rerate(
        self, *prices: dict[str, Any], start: str = "2026-09-01", end: str = "2027-01-01", dry_run: bool = False
    ) -> list[Rerated]:
        """Rerate the plan's first version; what the run found."""
        self.reratings += 1
        terms = ReratingTerms(
            plan_id="fiber",
            version=1,
            prices=priced(*prices),
            start=date.fromisoformat(start),
            end=date.fromisoformat(end),
        )
        name = f"rr-{self.reratings}"
        self.story.when(StartRerating(rerating_id=name, terms=terms, reason="a price error", dry_run=dry_run))
        return self._walk()

    def confirm(self) -> list[Rerated]:
        """Put the differences of the last dry run on the account."""
        self.story.when(ConfirmRerating(rerating_id=f"rr-{self.reratings}"))
        return self._walk()

    def differences(self, *prices: dict[str, Any], **options: Any) -> list[tuple[str, str | None]]:
        """First day and difference of each line that a rerating finds."""
        return [
            (str(one.period.start) if one.period else "", None if one.difference is None else str(one.difference))
            for one in self.rerate(*prices, **options)
        ]

    def in_all(self, start: str) -> Decimal:
        """What has been charged for a period in all, whenever it was charged."""
        day = date.fromisoformat(start)
        return sum(
            (c.amount for c in self.charges if (c.settles.start if c.settles else c.period.start) == day), Decimal(0)
        )

    def _walk(self) -> list[Rerated]:
        """The page of the partition that the account lives in, with what its tables would give."""
        walk = next(send.message for send in self.story.sends if isinstance(send.message, RerateAccounts))
        terms = walk.terms
        question = ChargedQuestion(terms.plan_id, terms.version, terms.start, terms.end, walk.after, walk.account_ids)
        page = ChargedPage(question=question.key, accounts=[self._facts(terms)], last=True)
        self.story.state.keep({ChargedPage: {page.key: page}})
        self.story.when(walk)
        (walked,) = [event for event in self.story.events if isinstance(event, ReratingPageWalked)]
        return walked.found

    def _facts(self, terms: ReratingTerms) -> ChargedAccount:
        account = self.story.get(Account, "acc-1")
        assert account is not None
        assert account.open_period is not None
        return ChargedAccount(
            account_id="acc-1",
            open_start=account.open_period.start,
            closed=[period for period in self.closed if terms.start <= period.start < terms.end],
            charges=[_charged(charge) for charge in self.charges if charge.plan_version == terms.version],
            usage=[
                used for v, used in self.usage if v == terms.version and terms.start <= used.period_start < terms.end
            ],
        )


def _used(one: Any, billed_in: date | None) -> UsedOfPeriod:
    return UsedOfPeriod(
        subscription_id=one.subscription,
        meter=one.meter,
        period_start=one.period_start,
        quantity=one.quantity,
        records=len(one.indexes),
        billed_in=billed_in,
    )


def _charged(charge: ChargeFixed) -> Charged:
    return Charged(
        charge_id=charge.charge_id,
        subscription_id=charge.subscription_id,
        price_index=charge.price_index,
        kind=charge.kind,
        period=charge.period,
        of=(charge.settles or charge.billing_period).start,
        amount=charge.amount,
        fraction=charge.fraction,
        quantity=charge.quantity,
        steps=msgspec.to_builtins(charge.steps),
    )
