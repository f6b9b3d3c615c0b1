"""What a rerating needs to know: that it exists, and what accounts were charged and used, read for one batch."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final

import msgspec

from services.rating.rerating.messages import ReratingTerms
from shared.kernel.decider import State
from shared.kernel.period import Period

ACCOUNTS_PER_PAGE: Final = 50
LINES_PER_PAGE: Final = 1_000
"""Charges of a page, so that it is decided in some tens of milliseconds and fits into one event."""


class Rerating(State, frozen=True, kw_only=True):
    """A rerating as it was asked for; `applied` once its differences are put on the accounts."""

    KEY_FIELD = "rerating_id"

    rerating_id: str
    terms: ReratingTerms
    partitions: int
    applied: bool
    version: int = 1
    account_ids: list[str] | None = None


class Charged(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A charge of the plan version, as its row has it. `of` is the first day of the billing period it is for."""

    charge_id: str
    subscription_id: str
    price_index: int
    kind: str
    period: Period
    of: date
    amount: Decimal
    fraction: str | None = None
    quantity: Decimal | None = None
    steps: list[dict[str, Any]] = []


class UsedOfPeriod(msgspec.Struct, frozen=True, kw_only=True):
    """The sum of a meter in a closed period; usage that came late says in which period it is `billed_in`."""

    subscription_id: str
    meter: str
    period_start: date
    quantity: int
    records: int
    billed_in: date | None = None


class ChargedAccount(msgspec.Struct, frozen=True, kw_only=True):
    """What an account was charged of the version, over periods that touch the range, and its `closed` ones of it.

    `open_start` is where its open period began when this was read. `too_many`: it has more lines than a page takes,
    and none is read.
    """

    account_id: str
    open_start: date | None
    closed: list[Period] = []
    charges: list[Charged] = []
    usage: list[UsedOfPeriod] = []
    too_many: bool = False


class ChargedPage(State, frozen=True, kw_only=True):
    """Some accounts of a partition with what they were charged; `last` when none follow. Read from tables (rows.py)."""

    STORED: ClassVar[bool] = False

    question: str
    accounts: list[ChargedAccount]
    last: bool

    @property
    def key(self) -> str:
        return self.question


class PageQuestion(msgspec.Struct, frozen=True, array_like=True):
    """Which accounts a page is about: the key of `ChargedPage`, as JSON."""

    plan_id: str
    version: int
    start: date
    end: date
    after: str
    account_ids: list[str] | None

    @property
    def key(self) -> str:
        return msgspec.json.encode(self).decode()

    @classmethod
    def parse(cls, key: str) -> PageQuestion:
        return msgspec.json.decode(key, type=cls)
