"""What follows from money for lines, as commands to usage in the transaction of what it follows from.

    SubscriptionSuspended, …Paused, …Resumed, …Terminated, ChangeCancelled   cause subscription: its whole timeline
    BandwidthProfileAsked     cause fair_use: throttled to the step's profile, or what the plan gives again
    SuspensionAsked           cause spend_cap:<alert>: every line of the account is blocked until the period is over
    SpendAlertRemoved, …Changed   that cause asks for nothing any more
    BandwidthProfileChanged   whatever asks for that profile asks for its new rates: every partition walks its lines

Each `SetAccess` says all that its cause asks for, now and later, so that one that comes twice or whose change was
cancelled does no harm. Rates are copied as they are now, and copied anew when they change.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from services.rating.access.lines import line, running, said
from services.rating.access.messages import ProfilePageWalked, WalkProfile
from services.rating.access.timeline import rates_of, rates_of_terms, steps_of
from services.rating.account.state import Account
from services.rating.allowance.messages import FAIR_USE, BandwidthProfileAsked
from services.rating.bandwidth_profile.messages import BandwidthProfileChanged
from services.rating.spend_alert.messages import SpendAlertChanged, SpendAlertRemoved, SuspensionAsked
from services.rating.spend_alert.state import SpendAlerts
from services.rating.subscription.messages import (
    ChangeCancelled,
    PlanChanged,
    SubscriptionPaused,
    SubscriptionResumed,
    SubscriptionStarted,
    SubscriptionSuspended,
    SubscriptionTerminated,
)
from services.rating.subscription.state import Subscription
from services.usage.access.messages import AccessState, AccessStep, UpdateRates
from shared.kernel.calendar import local_date, midnight
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields

SUBSCRIPTION: Final = "subscription"
FAIR_USE_CAUSE: Final = "fair_use"
SPEND_CAP: Final = "spend_cap:"

Timeline = (
    SubscriptionStarted
    | SubscriptionSuspended
    | SubscriptionPaused
    | SubscriptionResumed
    | SubscriptionTerminated
    | PlanChanged
    | ChangeCancelled
)


def react_timeline(event: Timeline, envelope: Envelope, view: View) -> Iterator[Send]:
    """A line that is simply open, by a plan that names no rates, has nothing to be told when it starts or its plan
    changes."""
    account, subscription = view.get(Account, event.account_id), view.get(Subscription, event.subscription_id)
    if account is None or subscription is None:
        return
    if isinstance(event, SubscriptionStarted) and subscription.end is None:
        return
    today = local_date(envelope.recorded_at, account.terms.time_zone)
    steps = steps_of(subscription, account.terms.time_zone, today, view)
    is_plain = all(step.state == "open" and step.rates is None for step in steps)
    if is_plain and isinstance(event, PlanChanged):
        return
    yield said(event.subscription_id, SUBSCRIPTION, steps)


def react_fair_use(event: BandwidthProfileAsked, envelope: Envelope, view: View) -> Iterator[Send]:
    rates = None if event.profile is None else rates_of(event.profile, view)
    state: AccessState = "throttled" if event.reason == FAIR_USE else "open"
    asked = AccessStep(at=envelope.recorded_at, state=state, rates=rates, why=event.at or event.reason)
    yield said(event.subscription_id, FAIR_USE_CAUSE, [asked] if rates is not None else [])


def react_cap(
    event: SuspensionAsked | SpendAlertChanged | SpendAlertRemoved, envelope: Envelope, view: View
) -> Iterator[Send]:
    account = view.get(Account, event.account_id)
    if account is None or (isinstance(event, SpendAlertChanged) and not _is_reached_cap(event, view)):
        return
    steps: list[AccessStep] = []
    if isinstance(event, SuspensionAsked):
        steps = [*_until(midnight(event.period.end, account.terms.time_zone), envelope.recorded_at)]
    today = local_date(envelope.recorded_at, account.terms.time_zone)
    for subscription_id in running(account, today, view):
        yield said(subscription_id, f"{SPEND_CAP}{event.alert_id}", steps)


def react_profile(event: BandwidthProfileChanged | ProfilePageWalked, envelope: Envelope, view: View) -> Iterator[Send]:
    """The first page of every partition when rates change; after each page its lines, and the next page."""
    if isinstance(event, BandwidthProfileChanged):
        rates = rates_of_terms(event.profile_id, event.terms)
        walk = WalkProfile(profile_id=event.profile_id, version=event.version, rates=rates)
        for partition in range(event.partitions):
            yield Send(walk, to="rating", partition=partition)
        return
    for subscription_id in event.found:
        yield Send(UpdateRates(resource_id=line(subscription_id), rates=event.rates), to="usage")
    if not event.last:
        yield Send(same_fields(WalkProfile, event, page=event.page + 1), to="rating", partition=event.partition)


def _is_reached_cap(event: SpendAlertChanged, view: View) -> bool:
    """Whether the alert, as it was before the change, has blocked anything."""
    held = view.get(SpendAlerts, event.account_id)
    alerts = held.alerts if held else ()
    return any(one.alert_id == event.alert_id and one.action == "cap" and one.reached is not None for one in alerts)


def _until(end: datetime, since: datetime) -> Iterator[AccessStep]:
    """Blocked until the period is over; nothing where it is over already."""
    if since < end:
        yield AccessStep(at=since, state="blocked", why="spend_cap")
        yield AccessStep(at=end, state="open")
