"""Services of an account that does not pay: each line is asked as a person would ask, and refusals are told. Pure.

sub-1 active               suspended by a change of ours
sub-2 paused, for a season left: not_active
sub-3 has ended            not among them
it pays for acc-2          asked to restrict its own, where the policy says so
RestoreServices            sub-1 resumed, if our change is still what suspends it
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec

from services.rating.account.state import Account
from services.rating.group.state import GroupLink
from services.rating.service_restriction.messages import (
    EndServices,
    ExtendRestriction,
    LineLeft,
    OfServices,
    RestoreServices,
    RestrictedLine,
    RestrictServices,
    ServicesEnded,
    ServicesRestored,
    ServicesRestricted,
)
from services.rating.service_restriction.state import PayersRestriction, ServiceRestriction, held_for
from services.rating.subscription.changing import Changing
from services.rating.subscription.ending import terminate
from services.rating.subscription.messages import (
    ResumeSubscription,
    SubscriptionSuspended,
    SuspendSubscription,
    TerminateSubscription,
)
from services.rating.subscription.resting import rest, resume
from services.rating.subscription.state import Subscription
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

DUNNING: Final = "dunning"
"""The reason that changes of a subscription have which follow from this."""


def decide_restriction(command: RestrictServices, view: View, context: Context) -> Sequence[Event]:
    """Lines that are restricted so already stay so: nothing happens where there is no other."""
    events: list[Event] = []
    lines: list[RestrictedLine] = []
    left: list[LineLeft] = []
    held = held_for(command.account_id, command.payer_id, view)
    for changing in _lines(command, view, context):
        subscription_id = changing.subscription.subscription_id
        ours = _ours(changing, held)
        if ours is not None and _is_same(command, held):
            continue
        try:
            suspended = [*_suspend(changing, command, again=ours is not None)]
        except Rejection as refusal:
            left.append(LineLeft(subscription_id=subscription_id, reason=refusal.code))
            continue
        events += suspended
        change_id = changing.identity(changing.today)["change_id"]
        lines.append(RestrictedLine(subscription_id=subscription_id, change_id=change_id))
    members = _members(command, view) if command.paid_for else ()
    known = () if held is None else held.members
    if not lines and _is_same(command, held) and set(members) <= set(known):
        return []
    told = {"lines": tuple(lines), "left": tuple(left), "members": tuple(dict.fromkeys((*known, *members)))}
    return [*events, same_fields(ServicesRestricted, command, **told)]


def decide_extension(command: ExtendRestriction, view: View, context: Context) -> Sequence[Event]:
    """Nothing where it is not restricted together with those it pays for, or the member is restricted already."""
    held = held_for(command.account_id, None, view)
    if held is None or not held.paid_for or command.member in held.members:
        return []
    return [same_fields(ServicesRestricted, held, lines=(), members=(*held.members, command.member))]


def decide_restoration(command: RestoreServices, view: View, context: Context) -> Sequence[Event]:
    held = held_for(command.account_id, command.payer_id, view)
    if held is None:
        return []
    events: list[Event] = []
    restored: list[str] = []
    left: list[LineLeft] = []
    running = {changing.subscription.subscription_id: changing for changing in _lines(command, view, context)}
    for line in held.lines:
        changing = running.get(line.subscription_id)
        why = _why_not_ours(changing, held)
        if changing is None or why is not None:
            left.append(LineLeft(subscription_id=line.subscription_id, reason=why or "subscription_ended"))
            continue
        try:
            events += resume(changing, ResumeSubscription(reason=DUNNING, **_named(changing)))
        except Rejection as refusal:
            left.append(LineLeft(subscription_id=line.subscription_id, reason=refusal.code))
            continue
        restored.append(line.subscription_id)
    told = {"lines": tuple(restored), "left": tuple(left), "members": held.members}
    return [*events, same_fields(ServicesRestored, command, **told)]


def decide_end(command: EndServices, view: View, context: Context) -> Sequence[Event]:
    """An add-on ends with what it belongs to."""
    events: list[Event] = []
    ended: list[str] = []
    left: list[LineLeft] = []
    lines = [*_lines(command, view, context)]
    running = {changing.subscription.subscription_id for changing in lines}
    for changing in lines:
        if changing.subscription.parent_id in running:
            continue
        subscription_id = changing.subscription.subscription_id
        try:
            events += terminate(changing, TerminateSubscription(**_named(changing), reason=DUNNING))
        except Rejection as refusal:
            left.append(LineLeft(subscription_id=subscription_id, reason=refusal.code))
            continue
        ended.append(subscription_id)
    if not ended and not left:
        return []
    return [*events, same_fields(ServicesEnded, command, lines=tuple(ended), left=tuple(left))]


def evolve_restricted(event: ServicesRestricted, envelope: Envelope, view: View) -> Iterator[State]:
    held = held_for(event.account_id, event.payer_id, view)
    new = {line.subscription_id for line in event.lines}
    others = [line for line in (held.lines if held else ()) if line.subscription_id not in new]
    kind = ServiceRestriction if event.payer_id is None else PayersRestriction
    yield same_fields(kind, event, lines=(*others, *event.lines))


def evolve_restored(event: ServicesRestored, envelope: Envelope, view: View) -> Iterator[Gone]:
    yield Gone(ServiceRestriction if event.payer_id is None else PayersRestriction, event.account_id)


def evolve_ended(event: ServicesEnded, envelope: Envelope, view: View) -> Iterable[State]:
    """What ended is told by its own event; the restriction holds for what may begin later."""
    return ()


def _members(command: OfServices, view: View) -> tuple[str, ...]:
    link = view.get(GroupLink, command.account_id)
    return () if link is None else link.pays_for


def _lines(command: OfServices, view: View, context: Context) -> Iterator[Changing]:
    """The subscriptions that have not ended. Each changes by ids of its own."""
    account = view.get(Account, command.account_id)
    if account is None:
        return
    found = view.get_many(Subscription, account.subscriptions)
    today = local_date(context.now, account.terms.time_zone)
    for subscription_id in account.subscriptions:
        subscription = found.get(subscription_id)
        if subscription is not None and (subscription.end is None or today < subscription.end):
            own = msgspec.structs.replace(context, command_id=context.new_id("services", subscription_id))
            yield Changing(account, subscription, view, own)


def _named(changing: Changing) -> dict[str, Any]:
    held = changing.subscription
    return {"subscription_id": held.subscription_id, "account_id": held.account_id}


def _suspend(changing: Changing, command: RestrictServices, *, again: bool) -> Iterator[Event]:
    said = {"billing": command.billing, "access": command.access, "profile": command.profile, "reason": DUNNING}
    asked = msgspec.convert({**_named(changing), **said}, SuspendSubscription)
    if not again:
        yield from rest(changing, asked)
        return
    # It is suspended by us, so nobody else would take it for active: the later change of a day is what counts.
    yield same_fields(SubscriptionSuspended, asked, **changing.identity(changing.day(asked)))


def _is_same(command: RestrictServices, held: ServiceRestriction | None) -> bool:
    if held is None:
        return False
    said = (command.access, command.profile, command.billing, command.case_id, command.paid_for)
    return said == (held.access, held.profile, held.billing, held.case_id, held.paid_for)


def _ours(changing: Changing, held: ServiceRestriction | None) -> str | None:
    """The change of ours that is why the line rests; `None` where something else is, or it does not rest."""
    if held is None or _why_not_ours(changing, held) is not None:
        return None
    return held.change_of(changing.subscription.subscription_id)


def _why_not_ours(changing: Changing | None, held: ServiceRestriction) -> str | None:
    if changing is None:
        return "subscription_ended"
    day = max(changing.today, changing.subscription.start)
    rests = [c for c in changing.subscription.changes if c.kind in ("suspend", "pause", "resume")]
    last = next((change for change in reversed(rests) if change.effective_on <= day), None)
    ours = held.change_of(changing.subscription.subscription_id)
    if last is None or ours is None or last.change_id != ours:
        return "changed_since"
    return None
