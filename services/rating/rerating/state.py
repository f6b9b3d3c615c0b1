"""What a rerating needs to know: that it exists, and what accounts were charged and used, read for one batch."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import msgspec

from services.rating.correction_run.walking import AccountFacts, AccountPage, CorrectionRun, PageQuestion, RunKind
from services.rating.rerating.messages import ReratingTerms
from shared.kernel.period import Period


class Rerating(CorrectionRun, frozen=True, kw_only=True):
    """A rerating as it was asked for."""

    KEY_FIELD = "rerating_id"
    KIND: ClassVar = RunKind(
        name="rerating",
        code="rerating_confirmed",
        amounts="differences",
        amount="difference",
        outcomes=("corrected", "not_computable"),
        counted=("unchanged",),
        again="; start another rerating to correct again",
    )

    rerating_id: str
    terms: ReratingTerms
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


class ChargedAccount(AccountFacts, frozen=True, kw_only=True):
    """What an account was charged of the version, over periods that touch the range, and its `closed` ones of it."""

    closed: list[Period] = []
    charges: list[Charged] = []
    usage: list[UsedOfPeriod] = []


class ChargedPage(AccountPage[ChargedAccount], frozen=True, kw_only=True):
    """Some accounts with what they were charged."""


class ChargedQuestion(PageQuestion, frozen=True, array_like=True):
    plan_id: str
    version: int
    start: date
    end: date
    after: str
    account_ids: list[str] | None
