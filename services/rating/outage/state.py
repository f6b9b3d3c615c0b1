"""What an outage needs to know: that it exists, and what accounts were charged for its time, read for one batch."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Final

import msgspec

from services.rating.outage.messages import OutageTerms
from services.rating.period.messages import OutageEvidence
from shared.kernel.decider import State
from shared.kernel.period import Period

ACCOUNTS_PER_PAGE: Final = 50
LINES_PER_PAGE: Final = 1_000


class Outage(State, frozen=True, kw_only=True):
    """An outage as it was recorded; `applied` once its credits are put on the accounts."""

    KEY_FIELD = "outage_id"

    outage_id: str
    terms: OutageTerms
    partitions: int
    applied: bool = False
    version: int = 1


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


class AccountTime(msgspec.Struct, frozen=True, kw_only=True):
    """What an account was charged for time that touches the outage. `open_start`: where its open period began then.

    `affected`: its subscriptions that had one of the outage's resources; `None` where it names none.
    """

    account_id: str
    open_start: date | None
    lines: list[TimeLine] = []
    too_many: bool = False
    affected: list[str] | None = None


class TimePage(State, frozen=True, kw_only=True):
    """Some accounts of a partition with their charges; `last` when none follow. Read from tables (loading.py)."""

    STORED: ClassVar[bool] = False

    question: str
    accounts: list[AccountTime]
    last: bool

    @property
    def key(self) -> str:
        return self.question


class TimeQuestion(msgspec.Struct, frozen=True, array_like=True):
    """Which accounts a page is about: the key of `TimePage`, as JSON."""

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

    @property
    def key(self) -> str:
        return msgspec.json.encode(self).decode()

    @classmethod
    def parse(cls, key: str) -> TimeQuestion:
        return msgspec.json.decode(key, type=cls)
