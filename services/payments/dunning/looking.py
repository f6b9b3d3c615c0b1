"""What comes of looking at an account on a day: the same for timers, for payments, and for what is only asked (R55).

    policy 10 warn, 14 block, 21 terminate; 40.00 due on 15 Oct
    16 Oct   DunningCaseOpened                       look on 25 Oct
    25 Oct   DunningStepReached 1                    look on 29 Oct
    29 Oct   DunningStepReached 2, …Asked blocked    look on  5 Nov
    30 Oct   paid: …Asked None, DunningCaseCleared

A step comes on its day, counted from the earliest day on which something unpaid was due, and never sooner after the one
before it than the policy has days between them. So a case that begins late (a chargeback, a policy given to an account
that owes for months), or goes on after a pause or a broken promise, warns before it blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from services.payments.dunning.messages import (
    DunningCaseCleared,
    DunningCaseMoved,
    DunningCaseOpened,
    DunningCasePaused,
    DunningCaseResumed,
    DunningExemptionEnded,
    DunningFee,
    DunningStepReached,
    DunningWatched,
    ServiceRestrictionAsked,
    WhyCleared,
)
from services.payments.dunning.standing import Standing, day_after
from services.payments.dunning.state import Case, DunningAccount, Pause, Taken
from services.payments.dunning_policy.messages import DunningTerms, Restriction
from shared.kernel.ids import derive
from shared.kernel.message import Event

Happened = (
    DunningWatched
    | DunningExemptionEnded
    | DunningCaseResumed
    | DunningCaseOpened
    | DunningStepReached
    | DunningCaseMoved
    | DunningCaseCleared
    | ServiceRestrictionAsked
)


class InForce(NamedTuple):
    """A version of a policy."""

    policy_id: str
    version: int
    terms: DunningTerms


class Promised(NamedTuple):
    """An open promise: dunning waits until after the day `pay_by`; `restores`: with service."""

    pay_by: date
    restores: bool


class Seen(NamedTuple):
    """All that counts on a day besides the account itself. `policy` is what a case would open by, `running` the version
    of the case that is open."""

    today: date
    currency: str
    time_zone: str
    standing: Standing
    policy: InForce | None
    running: InForce | None = None
    promise: Promised | None = None


def look(account: DunningAccount, seen: Seen) -> Iterator[Happened]:
    """What happens now. Looking again at once, nothing does."""
    for event in _over(account, seen):
        yield event
        account = after(account, event)
    exempt = account.exempt is not None
    if account.case is not None and (why := _why_over(account, seen, exempt)) is not None:
        for event in _ending(account, account.case, why, seen):
            yield event
            account = after(account, event)
    if account.case is None and seen.policy is not None and not exempt and _counts(seen, seen.policy.terms):
        opened = _opened(account, seen, seen.policy)
        seen = seen._replace(running=seen.policy)
        yield opened
        account = after(account, opened)
    if account.case is not None and seen.running is not None:
        for event in _going_on(account, account.case, seen, seen.running.terms):
            yield event
            account = after(account, event)
    look_on = next_look(account, seen)
    if look_on != account.look_on:
        case_id = account.case.case_id if account.case else None
        yield DunningWatched(account_id=account.account_id, case_id=case_id, time_zone=seen.time_zone, look_on=look_on)


def planned_on(case: Case, terms: DunningTerms) -> date | None:
    """The day of the next step, if nothing comes between; `None` after the last one."""
    steps = terms.steps
    if case.stage >= len(steps):
        return None
    day = day_after(case.since, steps[case.stage].after_days)
    if not case.stage or case.stage_on is None:
        return max(day, case.opened_on)
    between = steps[case.stage].after_days - steps[case.stage - 1].after_days
    return max(day, day_after(case.stage_on, between))


def held_until(case: Case, seen: Seen) -> tuple[bool, date | None]:
    """Whether a pause or a promise holds the case up today, and the day from which they don't."""
    days: list[date | None] = []
    if case.pause is not None and case.pause.on(seen.today):
        days.append(case.pause.until)
    if seen.promise is not None:
        # Its end is told by the promise itself.
        days.append(None)
    return bool(days), None if None in days else max((day for day in days if day is not None), default=None)


def next_look(account: DunningAccount, seen: Seen) -> date | None:
    """When the account is to be looked at next, as far as can be told today."""
    if account.exempt is not None and account.exempt.on(seen.today):
        return account.exempt.until if _owes(seen) or seen.standing.next_on else None
    more, case = seen.standing.next_on, account.case
    if case is None:
        return more if seen.policy is not None else None
    if seen.running is None:
        return None
    held, until = held_until(case, seen)
    acts = until if held else planned_on(case, seen.running.terms)
    return min((day for day in (acts, more) if day is not None), default=None)


def wanted(case: Case, seen: Seen, terms: DunningTerms) -> Restriction | None:
    """What the steps that are taken leave of service: that of the last which says anything of it."""
    if seen.promise is not None and seen.promise.restores:
        return None
    said = [step.service for step in terms.steps[: case.stage] if step.service is not None]
    return said[-1] if said else None


def restricting(account_id: str, case: Case, seen: Seen, terms: DunningTerms) -> Iterator[ServiceRestrictionAsked]:
    """What rating is asked for, where that is not what it was asked for last."""
    restriction = wanted(case, seen, terms)
    if restriction != case.restriction:
        yield ServiceRestrictionAsked(account_id=account_id, case_id=case.case_id, restriction=restriction)


def reached(case: Case, account_id: str, seen: Seen, policy: InForce, *, by_hand: bool = False) -> DunningStepReached:
    """The next step, taken today."""
    step, standing, since = policy.terms.steps[case.stage], seen.standing, case.since
    again = case.taken_for(since) > case.stage
    told = DunningStepReached(
        account_id=account_id,
        case_id=case.case_id,
        step=case.stage + 1,
        name=step.name,
        currency=case.currency,
        since=since,
        overdue=standing.overdue,
        days_overdue=(seen.today - since).days,
        reached_on=seen.today,
        oldest="" if standing.oldest is None else standing.oldest.number,
        terminate=step.terminate,
        again=again,
        by_hand=by_hand,
    )
    if not again:
        fee, said = _fee(case, seen, policy), (step.letters, step.channels, step.collection)
        letters, channels, collection = said
        told = msgspec.structs.replace(told, fee=fee, letters=letters, channels=channels, collection=collection)
        if collection:
            told = msgspec.structs.replace(told, agency=step.agency)
    stands = after(DunningAccount(account_id=account_id, case=case), told)
    return msgspec.structs.replace(told, look_on=next_look(stands, seen))


def after(account: DunningAccount, event: Event) -> DunningAccount:
    """The account as it is after what has happened."""
    replace, case = msgspec.structs.replace, account.case
    match event:
        case DunningWatched():
            return replace(account, look_on=event.look_on, time_zone=event.time_zone)
        case DunningCaseOpened():
            opened = Case(
                case_id=event.case_id,
                policy_id=event.policy_id,
                policy_version=event.policy_version,
                currency=event.currency,
                opened_on=event.opened_on,
                since=event.since,
                overdue=event.overdue,
            )
            zone = event.time_zone
            return replace(account, case=opened, cases=account.cases + 1, look_on=event.look_on, time_zone=zone)
        case DunningCaseCleared():
            return replace(account, case=None, look_on=event.look_on)
        case DunningExemptionEnded():
            return replace(account, exempt=None)
    if case is None:
        return account
    match event:
        case DunningStepReached():
            taken = _with_taken(case.taken, event.since, event.step)
            now = {"overdue": event.overdue, "stage": event.step, "stage_on": event.reached_on}
            moved = replace(case, taken=taken, **now)
        case DunningCaseMoved():
            moved = replace(case, since=event.since, overdue=event.overdue, stage=event.step)
        case DunningCasePaused():
            moved = replace(case, pause=Pause(until=event.until))
        case DunningCaseResumed():
            moved = replace(case, pause=None)
        case ServiceRestrictionAsked():
            return replace(account, case=replace(case, restriction=event.restriction))
        case _:
            return account
    return replace(account, case=moved, look_on=event.look_on)


def _over(account: DunningAccount, seen: Seen) -> Iterator[Happened]:
    """The end of a pause and of an exemption whose day has come."""
    if account.exempt is not None and not account.exempt.on(seen.today):
        yield DunningExemptionEnded(account_id=account.account_id)
    case = account.case
    if case is not None and case.pause is not None and not case.pause.on(seen.today):
        resumed = DunningCaseResumed(account_id=account.account_id, case_id=case.case_id)
        yield msgspec.structs.replace(resumed, look_on=next_look(after(account, resumed), seen))


def _why_over(account: DunningAccount, seen: Seen, exempt: bool) -> WhyCleared | None:
    if exempt:
        return "exempted"
    if seen.running is None or seen.policy is None:
        return "no_policy"
    if seen.policy.policy_id != seen.running.policy_id:
        return "policy_changed"
    if _counts(seen, seen.running.terms):
        return None
    if seen.standing.overdue:
        return "below_minimum"
    return "disputed" if seen.standing.disputed else "paid"


def _counts(seen: Seen, terms: DunningTerms) -> bool:
    return _owes(seen) and seen.standing.overdue >= terms.minimum(seen.currency)


def _owes(seen: Seen) -> bool:
    return seen.standing.since is not None


def _opened(account: DunningAccount, seen: Seen, policy: InForce) -> DunningCaseOpened:
    assert seen.standing.since is not None
    opened = DunningCaseOpened(
        account_id=account.account_id,
        case_id=derive("dunning-case", account.account_id, account.cases + 1),
        policy_id=policy.policy_id,
        policy_version=policy.version,
        currency=seen.currency,
        time_zone=seen.time_zone,
        since=seen.standing.since,
        overdue=seen.standing.overdue,
        opened_on=seen.today,
    )
    stands = after(account, opened)
    return msgspec.structs.replace(opened, look_on=next_look(stands, seen._replace(running=policy)))


def _going_on(account: DunningAccount, case: Case, seen: Seen, terms: DunningTerms) -> Iterator[Happened]:
    """The case by what is so now: its earliest day, the steps that have come due, and what they leave of service."""
    assert seen.running is not None
    if seen.standing.since is not None and (seen.standing.since, seen.standing.overdue) != (case.since, case.overdue):
        moved = _moved(account, case, seen, terms, seen.standing.since)
        yield moved
        account = after(account, moved)
        case = account.case or case
    planned = planned_on(case, terms)
    if planned is not None and planned <= seen.today and not held_until(case, seen)[0]:
        step = reached(case, account.account_id, seen, seen.running)
        yield step
        case = after(account, step).case or case
    yield from restricting(account.account_id, case, seen, terms)


def _moved(account: DunningAccount, case: Case, seen: Seen, terms: DunningTerms, since: date) -> DunningCaseMoved:
    """A later day takes the case back to the steps that have come due by it; an earlier one leaves it where it is."""
    due = sum(day_after(since, step.after_days) <= seen.today for step in terms.steps)
    stage = min(case.stage, due) if since > case.since else case.stage
    moved = DunningCaseMoved(
        account_id=account.account_id,
        case_id=case.case_id,
        since=since,
        step=stage,
        overdue=seen.standing.overdue,
        moved_on=seen.today,
    )
    return msgspec.structs.replace(moved, look_on=next_look(after(account, moved), seen))


def _ending(account: DunningAccount, case: Case, why: WhyCleared, seen: Seen) -> Iterator[Happened]:
    account_id, case_id = account.account_id, case.case_id
    if case.restriction is not None:
        yield ServiceRestrictionAsked(account_id=account_id, case_id=case_id)
    cleared = DunningCaseCleared(account_id=account_id, case_id=case_id, reason=why, cleared_on=seen.today)
    yield msgspec.structs.replace(cleared, look_on=next_look(after(account, cleared), seen))


def _fee(case: Case, seen: Seen, policy: InForce) -> DunningFee | None:
    """Once for a step and an earliest day (R54): the id says so."""
    step, oldest = policy.terms.steps[case.stage], seen.standing.oldest
    amount = step.fee_in(case.currency)
    if amount is None or oldest is None:
        return None
    return DunningFee(
        fee_id=derive("dunning-fee", case.case_id, case.since.isoformat(), case.stage + 1),
        invoice_id=oldest.invoice_id,
        number=oldest.number,
        due_on=oldest.due_on,
        amount=amount,
        base=seen.standing.overdue,
        tax_class=step.tax_class,
    )


TAKEN_MAX = 24
"""So many earliest days of a case are remembered: a case with more of them has been paid as often."""


def _with_taken(taken: Sequence[Taken], since: date, step: int) -> tuple[Taken, ...]:
    before = next((one.steps for one in taken if one.since == since), 0)
    others: Iterable[Taken] = [one for one in taken if one.since != since]
    return (*others, Taken(since=since, steps=max(before, step)))[-TAKEN_MAX:]
