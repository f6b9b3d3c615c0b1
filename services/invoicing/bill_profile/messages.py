"""How an account is billed: its commands and events.

AccountOpened (rating)                       -> OpenBillProfile -> BillProfileOpened
SubscriptionStarted, PeriodClosed (rating)   -> ExpectPeriod    -> PeriodExpected
AccountDetailsChanged (rating)               -> RenameCustomer  -> CustomerRenamed
AccountCycleChanged (rating)                 -> FollowCycle     -> CycleFollowed
AccountHeld, AccountReleased (rating)        -> SetHold         -> BillingHeld, BillingReleased
AccountClosed, AccountReopened (rating)      -> SetEnding       -> BillingEnded, BillingResumed
people                                       -> ChangeTaxProfile -> TaxProfileChanged
people                                       -> AssignLateFeePolicy -> LateFeePolicyAssigned
                                             -> ChangeTerms      -> TermsChanged
people                                       -> AssignLegalEntity -> LegalEntityAssigned
people                                       -> ChangeApproval   -> ApprovalChanged
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from services.invoicing.late_fee_policy.messages import PolicyInForce
from shared.kernel.bounds import Checked, Count
from shared.kernel.currency import Currency
from shared.kernel.decimals import format_decimal
from shared.kernel.message import Command, Event
from shared.kernel.period import Period
from shared.kernel.same_fields import same_fields
from shared.kernel.sealed import Sealed


class TaxTerms(Checked, frozen=True, kw_only=True):
    """How an account is taxed: a kind of tax (taxes/) and what it has to know, decimals as text."""

    kind: str
    parameters: dict[str, str | list[str]] = {}

    @property
    def rate(self) -> str | None:
        """In percent, where the account is taxed at one rate."""
        rate = self.parameters.get("rate")
        return rate if isinstance(rate, str) else None


class OpenBillProfile(Command, frozen=True, kw_only=True):
    """Take over the settings an account was opened with; invoicing owns them from then on."""

    account_id: str
    name: Sealed
    currency: Currency
    tax: TaxTerms
    cycle_id: str
    time_zone: str
    details: Sealed | None = None


class ExpectPeriod(Command, frozen=True, kw_only=True):
    """Rating will close this period next."""

    account_id: str
    period: Period


class RenameCustomer(Command, frozen=True, kw_only=True):
    """What the next documents of an account print: name and details, whole and sealed."""

    account_id: str
    name: Sealed
    details: Sealed | None = None


class FollowCycle(Command, frozen=True, kw_only=True):
    """The account bills by this cycle from now on: runs over it take the account."""

    account_id: str
    cycle_id: str


class SetHold(Command, frozen=True, kw_only=True):
    """Pass the account by before the day `until` (`None`: until the next word); without a `reason` no longer."""

    account_id: str
    reason: str | None = None
    until: date | None = None


class SetEnding(Command, frozen=True, kw_only=True):
    """The account is closed, or is not any more."""

    account_id: str
    closed: bool


class ChangeTaxProfile(Command, frozen=True, kw_only=True):
    """Tax the account's invoices by these terms from now on, drafts that are not locked yet among them.

    Refused: `account_not_found`, `invalid`, `version_mismatch`.
    """

    account_id: str
    tax: TaxTerms


class AssignLateFeePolicy(Command, frozen=True, kw_only=True):
    """Ask the account for late fees by this policy from now on; `None`: for none.

    Refused: `account_not_found`, `late_fee_policy_not_found`, `currency_mismatch`, `version_mismatch`.
    """

    account_id: str
    policy_id: str | None = None


class ChangeTerms(Command, frozen=True, kw_only=True):
    """Invoices locked from now on fall due so many days after their issue; `None`: as the operator has it for all.

    Refused: `account_not_found`, `version_mismatch`.
    """

    account_id: str
    terms_days: Count | None


class AssignLegalEntity(Command, frozen=True, kw_only=True):
    """Bill the account by this legal entity from now on; `None`: by the operator.

    Refused: `account_not_found`, `legal_entity_not_found`, `version_mismatch`.
    """

    account_id: str
    legal_entity_id: str | None = None


class ChangeApproval(Command, frozen=True, kw_only=True):
    """With `always` every invoice of the account waits for an approval; without, those that the policy says.

    Refused: `account_not_found`, `version_mismatch`.
    """

    account_id: str
    always: bool


class BillProfileOpened(Event, frozen=True, kw_only=True):
    """How an account is billed; `terms_days` from issue date to due date, `details` sealed `CustomerFields`."""

    VERSION: ClassVar[int] = 2

    account_id: str
    name: Sealed
    currency: Currency
    tax: TaxTerms
    cycle_id: str
    time_zone: str
    terms_days: Count
    details: Sealed | None = None


class BillProfileOpenedV1(Event, frozen=True, kw_only=True):
    """Version 1: every account had one rate of tax, in percent."""

    account_id: str
    name: Sealed
    currency: Currency
    tax_rate: Decimal
    cycle_id: str
    time_zone: str
    terms_days: Count
    details: Sealed | None = None

    def upcast(self) -> BillProfileOpened:
        terms = TaxTerms(kind="account_rate", parameters={"rate": format_decimal(self.tax_rate)})
        return same_fields(BillProfileOpened, self, tax=terms)


class PeriodExpected(Event, frozen=True, kw_only=True):
    """The next period of the account that rating will close; a billing run that finds it open says `not_closed`."""

    account_id: str
    period: Period


class CustomerRenamed(Event, frozen=True, kw_only=True):
    """Documents issued from now on, of drafts that are there too, print this name and these details (sealed)."""

    account_id: str
    name: Sealed
    details: Sealed | None = None


class CycleFollowed(Event, frozen=True, kw_only=True):
    """Runs over this cycle take the account from now on; a draft that waits stays with the cycle it was made under."""

    account_id: str
    cycle_id: str


class BillingHeld(Event, frozen=True, kw_only=True):
    """Billing runs pass the account by, before the day `until` or (`None`) until it is released."""

    account_id: str
    reason: str
    until: date | None = None


class BillingReleased(Event, frozen=True, kw_only=True):
    """Billing runs take the account again."""

    account_id: str


class BillingEnded(Event, frozen=True, kw_only=True):
    """The account is closed: `last_period`, which is open, is still billed, and nothing after it."""

    account_id: str
    last_period: Period | None = None


class BillingResumed(Event, frozen=True, kw_only=True):
    """The account was reopened: its periods are billed again."""

    account_id: str


class TaxProfileChanged(Event, frozen=True, kw_only=True):
    """What is locked from now on is taxed by these terms; `version` counts what was said of the profile, from 1."""

    account_id: str
    tax: TaxTerms
    version: Count


class LateFeePolicyAssigned(Event, frozen=True, kw_only=True):
    """The account is asked for late fees by this policy, or by none. What is open is under the version that is in force
    now, steps that have passed left out; invoices of later on under the version of their day."""

    account_id: str
    version: Count
    policy: PolicyInForce | None = None


class TermsChanged(Event, frozen=True, kw_only=True):
    """What is locked from now on falls due `terms_days` after its issue; `own` is false where these are the operator's.

    `version` counts what was said of the profile, from 1.
    """

    account_id: str
    terms_days: Count
    own: bool
    version: Count


class LegalEntityAssigned(Event, frozen=True, kw_only=True):
    """What is locked from now on is issued, numbered and taxed by this legal entity; `None`: by the operator.

    `version` counts what was said of the profile, from 1.
    """

    account_id: str
    version: Count
    legal_entity: str | None = None


class ApprovalChanged(Event, frozen=True, kw_only=True):
    """With `always` every invoice of the account that is to be locked from now on waits for an approval; without, those
    that the operator's policy says.

    `version` counts what was said of the profile, from 1.
    """

    account_id: str
    always: bool
    version: Count
