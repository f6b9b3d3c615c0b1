"""What an account owes and will owe, what it may, and what happens when nothing is left of that.

    ChangeCreditTerms(credit_limit=100)     -> CreditTermsChanged, UnbilledAsked(watched=True)
    SetPaymentMode(mode="prepaid")          -> PaymentModeChanged, UnbilledAsked(watched=True)
    UnbilledTold (rating)                   -> NoteUnbilled  -> UnbilledNoted, ExposureMoved
    PeriodClosed (rating)                   -> NoteClosed    -> ClosedNoted
    InvoiceDrafted, … (invoicing)           -> NoteDraft, …  -> DraftNoted, …
    ReceivableOpened, PaymentRecorded, …    -> LookAtExposure -> ExposureMoved
    (4.10 is left, the account is told at 5.00)   -> WalletBalanceLow, of a postpaid account CreditLimitNear
    (nothing is left)                       -> CreditLimitReached, CreditRestrictionAsked

exposure = what is owed - credit + what is unbilled + what is earmarked for open sessions. A prepaid account may have
none of it, a postpaid one as much as its credit limit; the difference is available. The wallet of a prepaid account is
its credit: what its payments have left, and what it was granted. An invoice is paid of it as ever, and what it bills is
unbilled no longer in the same moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Final, Literal

from shared.kernel.bounds import Checked, Count, Seq
from shared.kernel.message import Command, Event, Message

PaymentMode = Literal["postpaid", "prepaid"]
AtLimit = Literal["warn", "restrict"]
"""What happens at the limit: it is told, or the lines are blocked as well."""
Standing = Literal["ok", "low", "over"]

ONLY: Final = "credit"
"""There is one set of settings."""


class CreditTerms(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """What an account may owe. `credit_limit` of a postpaid account, `None` for none. `at_limit`: `None` restricts a
    prepaid account and warns of a postpaid one. `alerts`: at how much available somebody is told; `earmark`: what is
    held for each open session of a prepaid account. `None`: as the settings say."""

    credit_limit: Decimal | None = None
    at_limit: AtLimit | None = None
    alerts: tuple[Decimal, ...] | None = None
    earmark: Decimal | None = None


class ChangeCreditTerms(Command, frozen=True, kw_only=True):
    """All of the account's terms, in its currency.

    Refused: `account_not_found`, `currency_mismatch`, `too_many_decimals`, `out_of_bounds`, `too_many_alerts`,
    `version_mismatch`.
    """

    account_id: str
    terms: CreditTerms
    currency: str | None = None


class SetPaymentMode(Command, frozen=True, kw_only=True):
    """Let the account pay so from now on. Nothing happens where it does.

    Refused: `account_not_found`; to prepaid: `account_overdue`, `billed_by_another`.
    """

    account_id: str
    mode: PaymentMode
    reason: str = ""


class AskUnbilled(Command, frozen=True, kw_only=True):
    """Ask once what of the account is unbilled, for a preview. Refused: `account_not_found`."""

    account_id: str


class NoteUnbilled(Command, frozen=True, kw_only=True):
    """Rating has said what the account would be charged. Decided in place."""

    account_id: str
    period_start: date
    net: Decimal
    gross: Decimal
    sessions: Seq = 0
    billed_by: str | None = None


class NoteClosed(Command, frozen=True, kw_only=True):
    """Rating has charged a period. Decided in place."""

    account_id: str
    period_start: date
    net: Decimal
    gross: Decimal


class HeldDraft(Checked, frozen=True, kw_only=True):
    """What a draft of the period that begins on `period_start` comes to, with its tax."""

    invoice_id: str
    period_start: date
    total: Decimal


class NoteDraft(Command, frozen=True, kw_only=True):
    """A draft is complete. `tax_share`: what its tax is of its net, `None` where it has none. Decided in place."""

    account_id: str
    draft: HeldDraft
    tax_share: Decimal | None = None


class NoteDrafts(Command, frozen=True, kw_only=True):
    """Invoicing has said which drafts wait. Decided in place."""

    account_id: str
    drafts: tuple[HeldDraft, ...]
    tax_share: Decimal | None = None


class DropDraft(Command, frozen=True, kw_only=True):
    """A draft is never issued; `into` takes over what it came to. Decided in place."""

    account_id: str
    invoice_id: str
    period_start: date
    into: str | None = None


class LookAtExposure(Command, frozen=True, kw_only=True):
    """See what is so with the account now. Decided in place."""

    account_id: str


class NoteMember(Command, frozen=True, kw_only=True):
    """Rating has said what `member_id`, which the account pays for, would be charged."""

    account_id: str
    member_id: str
    period_start: date
    net: Decimal
    gross: Decimal


class PaymentModeChanged(Event, frozen=True, kw_only=True):
    """The account pays so from the instant `at` on: after its invoices (`postpaid`), or before it uses (`prepaid`)."""

    account_id: str
    mode: PaymentMode
    at: datetime
    reason: str = ""
    currency: str = ""


class CreditTermsChanged(Event, frozen=True, kw_only=True):
    """The account may owe by these terms from now on."""

    account_id: str
    terms: CreditTerms
    currency: str
    version: Count


class UnbilledAsked(Event, frozen=True, kw_only=True):
    """Rating and invoicing are asked what of the account is unbilled: `watched` as it moves, or no longer; with `None`
    once."""

    account_id: str
    currency: str
    watched: bool | None = None


class UnbilledNoted(Event, frozen=True, kw_only=True):
    """If its periods closed now the account would be charged `net` before tax and `gross` with tax in it, from the
    period that begins on `period_start` on; `sessions` are open. With `billed_by` another account pays."""

    account_id: str
    period_start: date
    net: Decimal
    gross: Decimal
    sessions: Seq = 0
    billed_by: str | None = None


class ClosedNoted(Event, frozen=True, kw_only=True):
    """The period is charged, and not drafted yet."""

    account_id: str
    period_start: date
    net: Decimal
    gross: Decimal


class MemberNoted(Event, frozen=True, kw_only=True):
    """The account would be charged `net` and `gross` for `member_id`, which it pays for, in the period that begins on
    `period_start`; `members_net` and `members_gross` for all of them."""

    account_id: str
    member_id: str
    period_start: date
    net: Decimal
    gross: Decimal
    members_net: Decimal
    members_gross: Decimal


class DraftNoted(Event, frozen=True, kw_only=True):
    """A draft waits to be issued, and comes to that."""

    account_id: str
    draft: HeldDraft
    tax_share: Decimal | None = None


class DraftsNoted(Event, frozen=True, kw_only=True):
    """These drafts wait to be issued, and no others."""

    account_id: str
    drafts: tuple[HeldDraft, ...]
    tax_share: Decimal | None = None


class DraftDropped(Event, frozen=True, kw_only=True):
    """The draft is never issued; `into` takes over what it came to."""

    account_id: str
    invoice_id: str
    period_start: date
    into: str | None = None


class ExposureMoved(Event, frozen=True, kw_only=True):
    """What the account owes and will owe, in its currency: `exposure` = owed - credit + unbilled + earmarked.

    `unbilled` is with tax, which is a forecast for what is not drafted yet. `available` is what is left of the limit,
    `None` without one. `alerted` are the amounts of its alerts that this is at or below.
    """

    account_id: str
    currency: str
    owed: Decimal
    credit: Decimal
    unbilled: Decimal
    earmarked: Decimal
    exposure: Decimal
    available: Decimal | None
    standing: Standing
    alerted: tuple[Decimal, ...] = ()


class WalletBalanceLow(Event, frozen=True, kw_only=True):
    """What is `available` to the account has come down to `threshold` or less at the instant `at`: told once, and again
    after it was above the threshold in between. `available` is below zero where more was used than there was."""

    account_id: str
    currency: str
    available: Decimal
    threshold: Decimal
    at: datetime


class CreditLimitNear(Event, frozen=True, kw_only=True):
    """The same of a postpaid account: `available` is left of its `credit_limit`."""

    account_id: str
    currency: str
    available: Decimal
    threshold: Decimal
    credit_limit: Decimal
    at: datetime


class CreditLimitReached(Event, frozen=True, kw_only=True):
    """Nothing is left to a prepaid account, or a postpaid one owes more than its limit. Told once, and again after
    something was left in between."""

    account_id: str
    currency: str
    mode: PaymentMode
    exposure: Decimal
    credit_limit: Decimal
    at: datetime


class CreditRestrictionAsked(Event, frozen=True, kw_only=True):
    """Rating is asked to block every line of the account for want of credit, or to block them for it no longer."""

    account_id: str
    restricted: bool


class CreditSettingsTerms(Checked, frozen=True, kw_only=True):
    """What holds for accounts that say nothing: by currency at how much available somebody is told, and what is held
    for an open session. `overdue_days_max`: an account that owes for more days is not made prepaid; `None`: any is.
    `write_to_customers`: a customer is written to whenever somebody is told of him."""

    alerts: Mapping[str, tuple[Decimal, ...]] = {}
    earmarks: Mapping[str, Decimal] = {}
    overdue_days_max: Count | None = 0
    write_to_customers: bool = False


class OfCreditSettings(Message, frozen=True, kw_only=True):
    """Whatever is said of them goes to partition 0."""

    REFERENCE: ClassVar[bool] = True
    KEY_FIELD: ClassVar[str] = "settings_id"

    settings_id: str


class ChangeCreditSettings(OfCreditSettings, Command, frozen=True, kw_only=True):
    """For all accounts, from the next time that they are looked at.

    Refused: `too_many_decimals`, `out_of_bounds`, `too_many_alerts`, `version_mismatch`.
    """

    terms: CreditSettingsTerms


class CreditSettingsChanged(OfCreditSettings, Event, frozen=True, kw_only=True):
    terms: CreditSettingsTerms
    version: Count
