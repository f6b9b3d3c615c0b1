"""How accounts are billed, as rows: one each, with the period that closes next.

acc-1   EUR   {"kind": "account_rate", ...}   monthly   14 days   expects 2026-09-01 to 2026-10-01
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from services.invoicing.bill_profile.messages import (
    ApprovalChanged,
    BillingHeld,
    BillingReleased,
    BillProfileOpened,
    CustomerRenamed,
    CycleFollowed,
    LateFeePolicyAssigned,
    LegalEntityAssigned,
    PeriodExpected,
    TaxProfileChanged,
    TermsChanged,
)
from services.invoicing.delivery.messages import DeliveryPreferencesChanged
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update


class BillProfileKey(Columns, frozen=True, kw_only=True):
    """Which row of `bill_profile`."""

    TABLE = "bill_profile"
    KEY = ("account_id",)

    account_id: str


class BillProfileRow(BillProfileKey, Row, frozen=True, kw_only=True):
    """An account as it is billed; `name` is sealed, `tax` its terms, `expected_…` the period that closes next."""

    name: str
    currency: str
    tax: Jsonb
    cycle_id: str
    time_zone: str
    terms_days: int
    expected_start: date | None = None
    expected_end: date | None = None
    held_reason: str | None = None
    held_until: date | None = None
    profile_version: int = 1
    late_fee_policy: str | None = None
    own_terms: bool = False
    legal_entity: str | None = None
    always_approved: bool = False


class ExpectedPeriod(BillProfileKey, Change, frozen=True, kw_only=True):
    expected_start: date
    expected_end: date


class CustomerName(BillProfileKey, Change, frozen=True, kw_only=True):
    name: str


class CycleOf(BillProfileKey, Change, frozen=True, kw_only=True):
    cycle_id: str


class HoldOf(BillProfileKey, Change, frozen=True, kw_only=True):
    """A hold, or none."""

    held_reason: str | None
    held_until: date | None


class TaxProfileOf(BillProfileKey, Change, frozen=True, kw_only=True):
    tax: Jsonb
    profile_version: int


class VersionOf(BillProfileKey, Change, frozen=True, kw_only=True):
    """Something was said of the profile that other tables have."""

    profile_version: int


def _newer(earlier: VersionOf, later: VersionOf) -> VersionOf:
    return later


class LateFeePolicyOf(BillProfileKey, Change, frozen=True, kw_only=True):
    """The policy by which late fees are asked for, or none."""

    late_fee_policy: str | None
    profile_version: int


class LegalEntityOf(BillProfileKey, Change, frozen=True, kw_only=True):
    """Who bills it, or (null) the operator does."""

    legal_entity: str | None
    profile_version: int


class ApprovalOf(BillProfileKey, Change, frozen=True, kw_only=True):
    """Whether each of its invoices waits for an approval."""

    always_approved: bool
    profile_version: int


class TermsOf(BillProfileKey, Change, frozen=True, kw_only=True):
    terms_days: int
    own_terms: bool
    profile_version: int


TABLES: Final = Tables(
    insert(BillProfileRow),
    update(ExpectedPeriod),
    update(CustomerName),
    update(CycleOf),
    update(HoldOf),
    update(TaxProfileOf),
    update(VersionOf, sets={"profile_version": "greatest(t.profile_version, new.profile_version)"}, merge=_newer),
    update(LateFeePolicyOf),
    update(TermsOf),
    update(LegalEntityOf),
    update(ApprovalOf),
)


Shown = (
    BillProfileOpened
    | TaxProfileChanged
    | DeliveryPreferencesChanged
    | LateFeePolicyAssigned
    | LegalEntityAssigned
    | TermsChanged
    | ApprovalChanged
    | PeriodExpected
    | CustomerRenamed
    | CycleFollowed
    | BillingHeld
    | BillingReleased
)
"""The events that these rows are made of."""


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    match applied.event:
        case BillProfileOpened() as event:
            yield BillProfileRow.of(event, tax=jsonb(event.tax))
        case TaxProfileChanged() as event:
            yield TaxProfileOf.of(event, tax=jsonb(event.tax), profile_version=event.version)
        case DeliveryPreferencesChanged() as event:
            yield VersionOf.of(event, profile_version=event.version)
        case LateFeePolicyAssigned() as event:
            policy_id = None if event.policy is None else event.policy.policy_id
            yield LateFeePolicyOf.of(event, late_fee_policy=policy_id, profile_version=event.version)
        case LegalEntityAssigned() as event:
            yield LegalEntityOf.of(event, profile_version=event.version)
        case ApprovalChanged() as event:
            yield ApprovalOf.of(event, always_approved=event.always, profile_version=event.version)
        case TermsChanged() as event:
            yield TermsOf.of(event, own_terms=event.own, profile_version=event.version)
        case PeriodExpected() as event:
            yield ExpectedPeriod.of(event, expected_start=event.period.start, expected_end=event.period.end)
        case CustomerRenamed() as event:
            yield CustomerName.of(event)
        case CycleFollowed() as event:
            yield CycleOf.of(event)
        case BillingHeld() as event:
            yield HoldOf.of(event, held_reason=event.reason, held_until=event.until)
        case BillingReleased() as event:
            yield HoldOf.of(event, held_reason=None, held_until=None)
