"""The life of a subscription as terms: what holds from a day until the next term begins.

    started on 1 September with fiber, 3 of them
    10 September   suspended, free
    20 September   resumed
    1 October      plan fiber-pro

    terms   1 September fiber × 3 active | 10 September suspended | 20 September active | 1 October fiber-pro × 3

Changes are kept in the order of their days, those of a day in the order in which they were recorded; terms are folded
from them, so a change that is cancelled leaves no trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Literal, assert_never

import msgspec

from services.rating.plan.state import Plan, PlanVersion
from services.rating.subscription.messages import (
    ContractTerm,
    PlanChanged,
    QuantityChanged,
    SubscriptionPaused,
    SubscriptionResumed,
    SubscriptionSuspended,
)

Status = Literal["active", "suspended", "paused"]
Kind = Literal["plan", "quantity", "suspend", "pause", "resume", "trial_end"]


class Contract(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The customer is bound from `start` to `end` (exclusive); leaving costs `percent` of the rest, or `amount`."""

    start: date
    end: date
    notice_days: int = 30
    percent: Decimal | None = None
    amount: Decimal | None = None

    @classmethod
    def of(cls, term: ContractTerm | None, start: date) -> Contract | None:
        """The contract of a term as events have it."""
        if term is None or term.end is None:
            return None
        return cls(start=start, end=term.end, notice_days=term.notice_days, percent=term.percent, amount=term.amount)


class Term(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What holds from `start` on. `plan_version` `None` follows the plan's published versions.

    Recurring prices cost nothing where `free`, and `fee` for a whole period of the account where there is one.
    `profile`: while it is suspended its line is not blocked, but has that bandwidth profile.
    """

    start: date
    plan_id: str
    plan_version: int | None = None
    quantity: int = 1
    status: Status = "active"
    trial: bool = False
    free: bool = False
    fee: Decimal | None = None
    extends: bool = False
    contract: Contract | None = None
    profile: str | None = None

    def version_of(self, plan: Plan, day: date) -> PlanVersion | None:
        """The version of its plan that prices the day; none is a draft."""
        if self.plan_version is None:
            return plan.version_in_force(day)
        pinned = plan.versions[self.plan_version - 1]
        return None if pinned.effective_from is None else pinned


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One change of the timeline; which fields it has depends on its kind."""

    change_id: str
    kind: Kind
    effective_on: date
    plan_id: str | None = None
    plan_version: int | None = None
    quantity: int | None = None
    free: bool = False
    fee: Decimal | None = None
    extends: bool = False
    contract: Contract | None = None
    profile: str | None = None


def with_change(changes: Iterable[Change], change: Change) -> tuple[Change, ...]:
    """The changes with one more, the last one of its day."""
    held = [*changes, change]
    held.sort(key=lambda one: one.effective_on)  # keeps the order of those of a day
    return tuple(held)


def moot(first: Term, changes: Iterable[Change]) -> Iterator[Change]:
    """Resumptions of what is active by then: somebody has resumed it earlier, or does not suspend it any more."""
    term = first
    for change in changes:
        if change.kind == "resume" and term.status == "active":
            yield change
        else:
            term = _after(term, change)


def terms_of(first: Term, changes: Iterable[Change]) -> tuple[Term, ...]:
    """The terms, each beginning on a day of its own."""
    terms = [first]
    for change in changes:
        after = _after(terms[-1], change)
        if after.start == terms[-1].start:
            terms.pop()
        terms.append(after)
    return tuple(terms)


def _after(term: Term, change: Change) -> Term:
    """The term that begins with the change, when `term` held before it."""
    day = change.effective_on
    match change.kind:
        case "plan":
            return msgspec.structs.replace(
                term,
                start=day,
                plan_id=change.plan_id or term.plan_id,
                plan_version=change.plan_version,
                quantity=change.quantity or term.quantity,
                contract=change.contract or term.contract,
            )
        case "quantity":
            return msgspec.structs.replace(term, start=day, quantity=change.quantity or term.quantity)
        case "suspend" | "pause":
            status: Status = "suspended" if change.kind == "suspend" else "paused"
            return msgspec.structs.replace(
                term,
                start=day,
                status=status,
                free=change.free,
                fee=change.fee,
                extends=change.extends,
                profile=change.profile,
            )
        case "resume":
            return msgspec.structs.replace(
                term, start=day, status="active", free=False, fee=None, extends=False, profile=None
            )
        case "trial_end":
            return msgspec.structs.replace(term, start=day, trial=False)


def change_of(
    event: PlanChanged | QuantityChanged | SubscriptionSuspended | SubscriptionPaused | SubscriptionResumed,
) -> Change:
    """The change that the event reports."""
    change_id, day = event.change_id, event.effective_on
    match event:
        case PlanChanged():
            return Change(
                change_id=change_id,
                kind="plan",
                effective_on=day,
                plan_id=event.plan_id,
                plan_version=event.plan_version,
                quantity=event.quantity,
                contract=Contract.of(event.term, day),
            )
        case QuantityChanged():
            return Change(change_id=change_id, kind="quantity", effective_on=day, quantity=event.quantity)
        case SubscriptionSuspended():
            free = event.billing == "free"
            return Change(
                change_id=change_id,
                kind="suspend",
                effective_on=day,
                free=free,
                fee=event.fee,
                profile=event.profile if event.access == "throttled" else None,
            )
        case SubscriptionPaused():
            extends, free = event.billing == "extend", event.billing != "fee"
            return Change(
                change_id=change_id, kind="pause", effective_on=day, free=free, fee=event.fee, extends=extends
            )
        case SubscriptionResumed():
            return Change(change_id=change_id, kind="resume", effective_on=day)
        case _:
            assert_never(event)
