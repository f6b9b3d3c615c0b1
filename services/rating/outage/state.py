"""What an outage needs to know: that it exists, and what accounts were charged for its time, read for one batch."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

import msgspec

from services.rating.correction_run.walking import AccountFacts, AccountPage, CorrectionRun, PageQuestion, RunKind
from services.rating.outage.messages import OutageTerms
from services.rating.period.messages import OutageEvidence
from shared.kernel.period import Period


class Outage(CorrectionRun, frozen=True, kw_only=True):
    """An outage as it was recorded."""

    KEY_FIELD = "outage_id"
    KIND: ClassVar = RunKind(
        name="outage",
        code="outage_confirmed",
        amounts="credits",
        amount="credit",
        outcomes=("credited", "not_credited"),
    )

    outage_id: str
    terms: OutageTerms


class TimeLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A charge for time, or what was given back of one or made good since."""

    charge_id: str
    subscription_id: str
    plan_id: str
    plan_version: int
    price_index: int
    kind: str
    period: Period
    amount: Decimal
    corrects: list[str] = []
    evidence: OutageEvidence | None = None


class AccountTime(AccountFacts, frozen=True, kw_only=True):
    """What an account was charged for time that touches the outage.

    `affected`: its subscriptions that had one of the outage's resources; `None` where it names none.
    """

    lines: list[TimeLine] = []
    affected: list[str] | None = None


class TimePage(AccountPage[AccountTime], frozen=True, kw_only=True):
    """Some accounts with their charges."""


class TimeQuestion(PageQuestion, frozen=True, array_like=True):
    start: datetime
    end: datetime
    after: str
    subscription_ids: list[str] | None
    account_ids: list[str] | None
    plan_id: str | None
    resources: list[str] | None = None

    @classmethod
    def of(cls, terms: OutageTerms, after: str) -> TimeQuestion:
        return cls(
            *(terms.start, terms.end, after, terms.subscription_ids, terms.account_ids, terms.plan_id),
            resources=terms.resources,
        )
