"""Dunning policies: what happens to an account that stays overdue, in steps of days.

    DefineDunningPolicy("standard", terms=DunningTerms(name="Standard", steps=(
        DunningStep(name="Reminder", after_days=10, letters=(Letter(language="en", subject="…", text="…"),)),
        DunningStep(name="Block", after_days=14, service=Restriction(access="blocked")),
        DunningStep(name="Terminate", after_days=21, terminate=True))))
    -> DunningPolicyDefined, version 1
    ChangeDunningPolicy(...)     -> DunningPolicyChanged, version 2: for cases that open from then on
      with a lower minimum       -> (timer) DunningPolicyAnnounced: whoever owes is looked at
    DeleteDunningPolicy(...)     -> DunningPolicyDeleted, unless an account has it or it is the operator's
    SetDefaultDunningPolicy(...) -> DefaultDunningPolicySet: of all accounts that have none of their own

Reference data: it lives in partition 0. A case keeps the version that was in force when it opened.
"""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Literal

from shared.kernel.bounds import Checked, Count
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event, Message

Access = Literal["throttled", "blocked"]
"""What a step leaves of service: little (soft), or nothing (hard)."""

Billing = Literal["continue", "free"]
"""What recurring prices cost meanwhile: what they always cost, or nothing (R57)."""

Channel = Literal["email", "webhook"]


class Letter(Checked, frozen=True, kw_only=True):
    """What a customer who reads `language` is written. `{overdue}`, `{days}`, `{account}`, `{oldest}` stand for what
    is so at that moment."""

    language: str
    subject: str
    text: str


class CurrencyAmount(Checked, frozen=True, kw_only=True):
    """An amount in one of the currencies that accounts under the policy have."""

    currency: Currency
    amount: Decimal


class Restriction(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """What becomes of every subscription of the account; `profile` is the bandwidth profile of `throttled`. `paid_for`:
    and of every account that it pays for."""

    access: Access
    profile: str | None = None
    billing: Billing = "continue"
    paid_for: bool = False


class DunningStep(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """What is done `after_days` days after the earliest day on which something unpaid was due.

    `fees` are asked for as late fees, one a currency. `channels` is how letters go out; empty: as the account gets its
    documents. `collection`: what is overdue is handed to a collection agency, to `agency` where there are several.
    `terminate`: its subscriptions end.
    """

    name: str
    after_days: Count
    letters: tuple[Letter, ...] = ()
    channels: tuple[Channel, ...] = ()
    fees: tuple[CurrencyAmount, ...] = ()
    tax_class: str | None = None
    service: Restriction | None = None
    collection: bool = False
    agency: str | None = None
    terminate: bool = False

    def fee_in(self, currency: str) -> Decimal | None:
        """What the step costs an account of that currency."""
        return next((fee.amount for fee in self.fees if fee.currency == currency), None)


class DunningTerms(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """All that a policy says; `steps` in the order of their days. Nobody is dunned for less than the minimum of his
    currency (R56); where there is none, for any amount."""

    name: str
    steps: tuple[DunningStep, ...]
    minimums: tuple[CurrencyAmount, ...] = ()

    def minimum(self, currency: str) -> Decimal:
        """The least overdue amount that counts."""
        return next((least.amount for least in self.minimums if least.currency == currency), Decimal(0))


class OfDunningPolicy(Message, frozen=True, kw_only=True):
    """What is asked or said of a policy."""

    KEY_FIELD = "policy_id"
    REFERENCE: ClassVar[bool] = True

    policy_id: str


class DefineDunningPolicy(OfDunningPolicy, Command, frozen=True, kw_only=True):
    """Refused: `dunning_policy_exists`, `required`, `invalid`, `out_of_bounds`, `too_many_decimals`."""

    terms: DunningTerms


class ChangeDunningPolicy(OfDunningPolicy, Command, frozen=True, kw_only=True):
    """Say something else of a policy, all of it. Cases that are open keep the version they have.

    Refused: `dunning_policy_not_found`, `version_mismatch`, and as `DefineDunningPolicy`.
    """

    terms: DunningTerms


class DeleteDunningPolicy(OfDunningPolicy, Command, frozen=True, kw_only=True):
    """Cases that are open go on. Refused: `dunning_policy_not_found`, `dunning_policy_in_use`, `version_mismatch`."""


class SetDefaultDunningPolicy(Command, frozen=True, kw_only=True):
    """Dun all accounts that have no policy of their own by this one; by none where it is `None`.

    Refused: `dunning_policy_not_found`.
    """

    REFERENCE: ClassVar[bool] = True
    KEY_FIELD = "setting"

    policy_id: str | None = None
    setting: str = "default"


class AnnounceDunningPolicy(OfDunningPolicy, Command, frozen=True, kw_only=True):
    """Less is overdue enough than before, so all partitions look at who owes. A timer sends it: by then the tables have
    the policy that they read."""


class DunningPolicyDefined(OfDunningPolicy, Event, frozen=True, kw_only=True):
    """A policy. `version` is 1, or goes on where one of this id was deleted."""

    version: Count
    terms: DunningTerms


class DunningPolicyChanged(OfDunningPolicy, Event, frozen=True, kw_only=True):
    """This is said of the policy from now on."""

    version: Count
    terms: DunningTerms


class DunningPolicyDeleted(OfDunningPolicy, Event, frozen=True, kw_only=True):
    """The policy is gone, but for the cases that have it; its id may be given again."""


class DunningPolicyAnnounced(OfDunningPolicy, Event, frozen=True, kw_only=True):
    """So many `partitions` look at their accounts by what the policy says now."""

    partitions: Count


class DefaultDunningPolicySet(Event, frozen=True, kw_only=True):
    """The operator's policy from now on. So many `partitions` look at their accounts anew."""

    REFERENCE: ClassVar[bool] = True
    KEY_FIELD = "setting"

    partitions: Count
    policy_id: str | None = None
    setting: str = "default"
