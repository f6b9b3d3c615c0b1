"""Dunning: what people say of it, and what comes of looking at an account. The days and steps are in looking.py. Pure.

LookAtDunning (timer, a payment, …)    what is so now: looking.py
PauseDunning                           DunningCasePaused     what was taken of service stays taken
AdvanceDunning                         DunningStepReached    before its day, by a person
ExemptFromDunning                      DunningExempted       and the case is cleared
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

import msgspec

from services.payments.balance.state import Payer
from services.payments.dunning.looking import Seen, after, look, next_look, reached, restricting
from services.payments.dunning.messages import (
    AdvanceDunning,
    AssignDunningPolicy,
    DunningCasePaused,
    DunningCaseResumed,
    DunningExempted,
    DunningExemptionEnded,
    DunningFeeRefused,
    DunningPageWalked,
    DunningPolicyAssigned,
    DunningServicesNoted,
    EndDunningExemption,
    ExemptFromDunning,
    LookAtDunning,
    NoteFeeRefused,
    NoteServices,
    OfCase,
    OfDunning,
    PauseDunning,
    ResumeDunning,
    ServiceRestrictionAsked,
    WalkDunning,
)
from services.payments.dunning.seeing import Default, account_of, seen
from services.payments.dunning.state import Case, Debtors, DunningAccount, Pause
from services.payments.dunning_policy.state import no_policy, policy_there
from shared.kernel.calendar import local_date, midnight
from shared.kernel.decider import Context, Due, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event, encode, type_name
from shared.kernel.same_fields import same_fields

AHEAD_MAX: Final = 3660
"""So many days ahead a pause or an exemption may end."""

Assigned = DunningPolicyAssigned | DunningExempted | DunningExemptionEnded


def decide_look(command: LookAtDunning, view: View, context: Context) -> Sequence[Event]:
    payer = view.get(Payer, command.account_id)
    if payer is None:
        return []
    account = account_of(command.account_id, view)
    default = Default(command.default) if command.walked else None
    return [*look(account, seen(payer, account, view, context.now, default))]


def decide_walk(command: WalkDunning, view: View, context: Context) -> Sequence[Event]:
    page = view.get(Debtors, command.after)
    accounts, last = (page.accounts, page.last) if page is not None else ((), True)
    return [same_fields(DunningPageWalked, command, partition=context.partition, accounts=accounts, last=last)]


def decide_assigned(
    command: AssignDunningPolicy | ExemptFromDunning | EndDunningExemption, view: View, context: Context
) -> Sequence[Event]:
    payer = view.get(Payer, command.account_id)
    if payer is None:
        raise absent("account", command.account_id)
    account = account_of(command.account_id, view)
    today = local_date(context.now, payer.time_zone)
    match command:
        case AssignDunningPolicy():
            if command.policy_id is not None and policy_there(command.policy_id, view) is None:
                raise no_policy(command.policy_id, pointer="/policy_id")
            same = command.policy_id == account.policy_id
            return [] if same else [same_fields(DunningPolicyAssigned, command)]
        case ExemptFromDunning():
            check_until(command.until, today)
            return [same_fields(DunningExempted, command)]
        case EndDunningExemption():
            if account.exempt is None or not account.exempt.on(today):
                raise Rejection("not_exempt", f"{command.account_id} is not exempt from dunning", status=409)
            return [same_fields(DunningExemptionEnded, command)]


def decide_case(
    command: PauseDunning | ResumeDunning | AdvanceDunning, view: View, context: Context
) -> Sequence[Event]:
    """What a person says of a case. Raises `Rejection`; see the commands."""
    account, case, now = _found(command, view, context)
    match command:
        case PauseDunning():
            check_until(command.until, now.today)
            if command.unless_paused and case.pause is not None and case.pause.on(now.today):
                raise Rejection("dunning_paused", f"case {case.case_id} is paused already", status=409)
            paused = same_fields(DunningCasePaused, command)
            return [_planned(paused, account, now)]
        case ResumeDunning():
            if case.pause is None or not case.pause.on(now.today):
                raise Rejection("dunning_not_paused", f"case {case.case_id} is not paused", status=409)
            return [_planned(same_fields(DunningCaseResumed, command), account, now)]
        case AdvanceDunning():
            if command.step is not None and command.step != case.stage:
                detail = f"{case.stage} steps are taken by now, not {command.step}; look at the case again"
                raise Rejection("step_taken", detail, pointer="/step", status=409)
            return [*_advanced(account, case, now)]


def evolve_account(event: Assigned, envelope: Envelope, view: View) -> Iterator[State]:
    account = account_of(event.account_id, view)
    match event:
        case DunningPolicyAssigned():
            yield msgspec.structs.replace(account, policy_id=event.policy_id)
        case DunningExempted():
            yield msgspec.structs.replace(account, exempt=Pause(until=event.until))
        case DunningExemptionEnded():
            yield after(account, event)


def evolve_case(event: OfDunning, envelope: Envelope, view: View) -> Iterator[State | Gone]:
    """The account, with the timer of the day on which it is looked at next."""
    account = after(account_of(event.account_id, view), event)
    yield account
    yield _no_timer(account) if account.look_on is None else _timer(account, account.look_on)


def evolve_restriction(event: ServiceRestrictionAsked, envelope: Envelope, view: View) -> Iterator[State]:
    yield after(account_of(event.account_id, view), event)


def decide_noted(command: NoteServices | NoteFeeRefused, view: View, context: Context) -> Sequence[Event]:
    if isinstance(command, NoteServices):
        return [same_fields(DunningServicesNoted, command)]
    return [same_fields(DunningFeeRefused, command)]


def evolve_told(
    event: DunningPageWalked | DunningServicesNoted | DunningFeeRefused, envelope: Envelope, view: View
) -> Iterable[State]:
    """Nothing is kept of it: it is told, and what follows is decided at once."""
    return ()


def check_until(until: date | None, today: date) -> None:
    """Raises `out_of_bounds` for a day that is over, or that nobody means."""
    latest = today + timedelta(days=AHEAD_MAX) if (date.max - today).days >= AHEAD_MAX else date.max
    if until is not None and not today < until <= latest:
        detail = f"until is the first day on which it goes on: after {today}, {latest} at the latest"
        raise Rejection("out_of_bounds", detail, pointer="/until")


def timer_name(account_id: str) -> str:
    return f"dunning/{account_id}"


def _found(command: OfCase, view: View, context: Context) -> tuple[DunningAccount, Case, Seen]:
    payer, account = view.get(Payer, command.account_id), account_of(command.account_id, view)
    if payer is None or account.case is None or account.case.case_id != command.case_id:
        detail = f"case {command.case_id} is over; GET /v1/dunning/cases lists those that are open"
        raise Rejection("dunning_case_closed", detail, status=409)
    return account, account.case, seen(payer, account, view, context.now)


def _planned(event: DunningCasePaused | DunningCaseResumed, account: DunningAccount, now: Seen) -> Event:
    """The event with the day that is looked at next because of it."""
    return msgspec.structs.replace(event, look_on=next_look(after(account, event), now))


def _advanced(account: DunningAccount, case: Case, now: Seen) -> Iterator[Event]:
    if case.pause is not None and case.pause.on(now.today):
        raise Rejection("dunning_paused", f"case {case.case_id} is paused; resume it first", status=409)
    if now.promise is not None:
        detail = f"the customer has promised to pay by {now.promise.pay_by}; cancel the promise first"
        raise Rejection("promise_open", detail, status=409)
    if now.running is None or case.stage >= len(now.running.terms.steps):
        raise Rejection("no_step_left", f"case {case.case_id} has taken its last step", status=409)
    step = reached(case, account.account_id, now, now.running, by_hand=True)
    yield step
    case = after(account, step).case or case
    yield from restricting(account.account_id, case, now, now.running.terms)


def _timer(account: DunningAccount, day: date) -> Due:
    return Due(
        name=timer_name(account.account_id),
        due_at=midnight(day, account.time_zone),
        command_type=type_name("payments", LookAtDunning),
        command=msgspec.Raw(encode(LookAtDunning(account_id=account.account_id))),
    )


def _no_timer(account: DunningAccount) -> Gone:
    return Gone(Due, timer_name(account.account_id))
