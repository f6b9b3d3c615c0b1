"""What is known of an account's exposure beside what it owes and has (balance/): its terms, and what is unbilled."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

import msgspec

from services.payments.exposure.messages import (
    ONLY,
    CreditSettingsTerms,
    CreditTerms,
    HeldDraft,
    PaymentMode,
    Standing,
)
from shared.kernel.decider import Home, State, View


class Amounts(msgspec.Struct, frozen=True, kw_only=True):
    """What is charged from the period on that begins on `period_start`, by prices before tax and with tax in them."""

    period_start: date
    net: Decimal
    gross: Decimal


class Told(Amounts, frozen=True, kw_only=True, omit_defaults=True):
    """What rating has told last of the periods that are not closed."""

    sessions: int = 0
    billed_by: str | None = None


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What `ExposureMoved` has told last."""

    owed: Decimal
    credit: Decimal
    unbilled: Decimal
    earmarked: Decimal
    exposure: Decimal
    available: Decimal | None
    standing: Standing
    alerted: tuple[Decimal, ...] = ()


class Exposure(State, frozen=True, kw_only=True):
    """An account that has terms, is prepaid, or was asked about. `watched`: rating tells what moves; `asked`: once.

    `closed` are charged and not drafted; `drafts` wait to be issued, `ahead` are issued; the latter two of periods that
    `told` still has in it count nothing, until rating has been heard of again. `drafted` are the latest periods of
    which a draft was heard, so that a close that is heard of later counts no more. `tax_share`: what tax is of the net.

    `members`: what those cost that the account pays for, by period, until that is drafted; `watches` counts how often
    that was asked anew.
    """

    account_id: str
    mode: PaymentMode = "postpaid"
    terms: CreditTerms = CreditTerms()
    version: int = 0
    watched: bool = False
    asked: bool = False
    told: Told | None = None
    drafts_known: bool = False
    drafts: tuple[HeldDraft, ...] = ()
    closed: tuple[Amounts, ...] = ()
    ahead: tuple[HeldDraft, ...] = ()
    drafted: tuple[date, ...] = ()
    tax_share: Decimal = Decimal(0)
    shown: Shown | None = None
    restricted: bool = False
    members: tuple[Amounts, ...] = ()
    watches: int = 0

    @property
    def limited(self) -> bool:
        """Whether there is anything to keep an eye on."""
        return self.mode == "prepaid" or self.terms.credit_limit is not None

    @property
    def listens(self) -> bool:
        """Whether what others tell is noted."""
        return self.watched or (self.asked and not self.known)

    @property
    def known(self) -> bool:
        """Whether both have answered of whom one is asked."""
        return self.told is not None and self.drafts_known


class MemberUnbilled(State, frozen=True, kw_only=True):
    """What was told last of an account that another pays for, in the partition of that one and in its watch number
    `watch`."""

    KEY_FIELD: ClassVar[str] = "name"

    name: str
    watch: int
    period_start: date
    net: Decimal
    gross: Decimal


class CreditSettings(State, frozen=True, kw_only=True):
    """The operator's; version 0 is what holds before anybody has said anything."""

    HOME: ClassVar[Home] = Home.REFERENCE
    KEY_FIELD: ClassVar[str] = "settings_id"

    settings_id: str = ONLY
    terms: CreditSettingsTerms = CreditSettingsTerms()
    version: int = 0


def member_name(account_id: str, member_id: str) -> str:
    """Of the payer and the one it pays for; a slash is in no id."""
    return f"{account_id}/{member_id}"


def credit_settings(view: View) -> CreditSettings:
    return view.get(CreditSettings, ONLY) or CreditSettings()


def exposure_of(account_id: str, view: View) -> Exposure:
    """The account; one of which nothing was said is like any other."""
    return view.get(Exposure, account_id) or Exposure(account_id=account_id)
