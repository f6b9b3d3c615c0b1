"""Late-fee policies: what is asked for when an invoice stays unpaid, in steps of days.

    DefineLateFeePolicy("standard", terms=LateFeeTerms(name="Standard", currency="EUR", grace_days=3, steps=(
        LateFeeStep(after_days=1, fee=Fee(kind="flat", flat=Decimal("5.00"))),
        LateFeeStep(after_days=30, fee=Fee(kind="daily_interest", annual_rate=Decimal(9), days_in_year="365")))))
    -> LateFeePolicyDefined, version 1
    ChangeLateFeePolicy(...)  -> LateFeePolicyChanged, version 2: for invoices that are issued from then on
    DeleteLateFeePolicy(...)  -> LateFeePolicyDeleted, unless an account has it

Reference data: it lives in partition 0. An invoice keeps the version that was in force when it was issued.
"""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Final, Literal

from shared.kernel.bounds import Checked, Count
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event, Message

FeeKind = Literal["flat", "percent", "greater_of", "daily_interest"]
DaysInYear = Literal["365", "360", "actual"]

LATE_FEE: Final = "late_fee"
"""The kind of an invoice line that is a late fee."""


class Fee(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """What a step asks for: `flat`, `percent` of the overdue amount, the greater of both, or interest by day from the
    step on: overdue amount × `annual_rate` percent ÷ `days_in_year` (`actual`: 366 on the days of a leap year)."""

    kind: FeeKind
    flat: Decimal | None = None
    percent: Decimal | None = None
    annual_rate: Decimal | None = None
    days_in_year: DaysInYear | None = None


class LateFeeStep(Checked, frozen=True, kw_only=True):
    """The step begins with the day that is `after_days` after the due date and the days of grace."""

    after_days: Count
    fee: Fee


class LateFeeTerms(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """All that a policy says; `steps` in the order of their days. Nothing is asked for where less than
    `minimum_overdue` is overdue. All fees of an invoice together are at most `cap`, or `cap_percent` of its total.

    Without `tax_class` a fee is outside the scope of VAT; with one it is taxed like other lines of that class. Fees
    that the invoice itself has are not part of what is overdue, unless `fee_on_fees`.
    """

    name: str
    steps: tuple[LateFeeStep, ...]
    currency: Currency | None = None
    grace_days: Count = 0
    minimum_overdue: Decimal | None = None
    cap: Decimal | None = None
    cap_percent: Decimal | None = None
    tax_class: str | None = None
    fee_on_fees: bool = False


class PolicyInForce(Checked, frozen=True, kw_only=True):
    """The version of a policy that an invoice or an account has, whatever becomes of the policy."""

    policy_id: str
    version: Count
    terms: LateFeeTerms


class OfLateFeePolicy(Message, frozen=True, kw_only=True):
    """What is asked or said of a policy."""

    KEY_FIELD = "policy_id"
    REFERENCE: ClassVar[bool] = True

    policy_id: str


class DefineLateFeePolicy(OfLateFeePolicy, Command, frozen=True, kw_only=True):
    """Refused: `late_fee_policy_exists`, `required`, `invalid`, `out_of_bounds`, `too_many_decimals`."""

    terms: LateFeeTerms


class ChangeLateFeePolicy(OfLateFeePolicy, Command, frozen=True, kw_only=True):
    """Say something else of a policy, all of it. Invoices that are issued keep the version they have.

    Refused: `late_fee_policy_not_found`, `late_fee_policy_in_use` for another currency, `version_mismatch`, and as
    `DefineLateFeePolicy`.
    """

    terms: LateFeeTerms


class DeleteLateFeePolicy(OfLateFeePolicy, Command, frozen=True, kw_only=True):
    """Refused: `late_fee_policy_not_found`, `late_fee_policy_in_use`, `version_mismatch`."""


class LateFeePolicyDefined(OfLateFeePolicy, Event, frozen=True, kw_only=True):
    """A policy, version 1 of it."""

    terms: LateFeeTerms


class LateFeePolicyChanged(OfLateFeePolicy, Event, frozen=True, kw_only=True):
    """This is said of the policy from now on."""

    version: Count
    terms: LateFeeTerms


class LateFeePolicyDeleted(OfLateFeePolicy, Event, frozen=True, kw_only=True):
    """The policy is gone; its id may be given again."""
