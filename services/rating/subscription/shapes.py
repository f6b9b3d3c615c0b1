"""A subscription as the API shows it: what it is today, its timeline, what is scheduled, what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final, Literal

from pydantic import BaseModel

from services.rating.subscription.state import Subscription, Term
from shared.http.actions import ActionShape, action
from shared.kernel.decimals import format_decimal

Status = Literal["pending", "active", "suspended", "paused", "ended"]
STATUSES: Final = ("pending", "active", "suspended", "paused", "ended")
TermBilling = Literal["normal", "trial", "free", "fee"]


class TermShape(BaseModel):
    """What holds from `start` to `end` (exclusive; `null`: it goes on).

    `plan_version` `null` follows the plan's published versions. `billing`: recurring prices, none in a trial or while
    service rests for free, or `fee` for a whole period.
    """

    start: date
    end: date | None
    plan_id: str
    plan_version: int | None
    quantity: int
    status: Literal["active", "suspended", "paused"]
    billing: TermBilling
    fee: str | None


class ScheduledShape(BaseModel):
    """A change of a later day; `plan_id` and `quantity` where it is about them. `POST …/changes/{id}/cancel`."""

    change_id: str
    action: str
    effective_on: date
    plan_id: str | None
    plan_version: int | None
    quantity: int | None


class SubscriptionShape(BaseModel):
    """A subscription; plan, quantity and `status` as of today in the account's time zone, before its start as of then.

    `trial_until` is the first day that recurring prices cost something. `parent_id`: an add-on of that subscription.
    """

    id: str
    account_id: str
    plan_id: str
    plan_version: int | None
    quantity: int
    start: date
    end: date | None
    status: Status
    trial_until: date | None
    parent_id: str | None
    started_at: datetime
    timeline: list[TermShape]
    scheduled: list[ScheduledShape]
    version: int
    allowed_actions: list[ActionShape]


def subscription_shape(subscription: Subscription, started_at: datetime, today: date) -> dict[str, Any]:
    """The answer of `SubscriptionShape` as of a day."""
    term = _term(subscription, today)
    return {
        "id": subscription.subscription_id,
        "account_id": subscription.account_id,
        "plan_id": term.plan_id,
        "plan_version": term.plan_version,
        "quantity": term.quantity,
        "start": subscription.start,
        "end": subscription.end,
        "status": status_on(subscription, today),
        "trial_until": trial_until(subscription),
        "parent_id": subscription.parent_id,
        "started_at": started_at,
        "timeline": timeline_shape(subscription),
        "scheduled": list(_scheduled(subscription, today)),
        "version": subscription.version,
        "allowed_actions": allowed_actions(subscription, today),
    }


def timeline_shape(subscription: Subscription) -> list[dict[str, Any]]:
    return [
        {
            "start": start,
            "end": end,
            "plan_id": term.plan_id,
            "plan_version": term.plan_version,
            "quantity": term.quantity,
            "status": term.status,
            "billing": _billing(term),
            "fee": None if term.fee is None else format_decimal(term.fee),
        }
        for term, start, end in subscription.spans()
    ]


def status_on(subscription: Subscription, today: date) -> Status:
    if today < subscription.start:
        return "pending"
    term = subscription.terms_on(today)
    return "ended" if term is None else term.status


def trial_until(subscription: Subscription) -> date | None:
    return next((change.effective_on for change in subscription.changes if change.kind == "trial_end"), None)


def allowed_actions(subscription: Subscription, today: date) -> list[dict[str, Any]]:
    """What can be done from today on, and why not where it can't."""
    status = status_on(subscription, today)
    ended = f"it has ended on {subscription.end}" if status == "ended" else None
    rests = f"it is {status}; resume it first" if status in ("suspended", "paused") else None
    add_on = "it is an add-on itself" if subscription.parent_id else None
    scheduled = any(True for _ in _scheduled(subscription, today))
    return [
        action("change_plan", why_not=ended),
        action("change_quantity", why_not=ended),
        action("suspend", why_not=ended or rests),
        action("pause", why_not=ended or rests),
        action("resume", why_not=ended or (None if rests else "it is not suspended")),
        action("terminate", why_not=ended),
        action("add_on", why_not=ended or add_on),
        action("cancel_change", why_not=None if scheduled else "nothing is scheduled"),
    ]


def _term(subscription: Subscription, today: date) -> Term:
    """What holds today; before the start what will, after the end what did."""
    *_, last = subscription.timeline
    held = [term for term, _, _ in subscription.spans()] or [last]
    return subscription.terms_on(max(today, subscription.start)) or held[-1]


def _billing(term: Term) -> TermBilling:
    if term.trial:
        return "trial"
    if term.fee is not None:
        return "fee"
    return "free" if term.free else "normal"


def _scheduled(subscription: Subscription, today: date) -> Iterator[dict[str, Any]]:
    """The changes of later days that can be cancelled, in their order; an end last."""
    for change in subscription.changes:
        if change.effective_on > today and change.kind != "trial_end":
            yield {
                "change_id": change.change_id,
                "action": _ACTIONS[change.kind],
                "effective_on": change.effective_on,
                "plan_id": change.plan_id,
                "plan_version": change.plan_version,
                "quantity": change.quantity,
            }
    if subscription.end_change is not None and subscription.end is not None and subscription.end > today:
        nothing = {"plan_id": None, "plan_version": None, "quantity": None}
        yield {
            "change_id": subscription.end_change,
            "action": "terminate",
            "effective_on": subscription.end,
            **nothing,
        }


_ACTIONS: Final = {
    "plan": "change_plan",
    "quantity": "change_quantity",
    "suspend": "suspend",
    "pause": "pause",
    "resume": "resume",
}
