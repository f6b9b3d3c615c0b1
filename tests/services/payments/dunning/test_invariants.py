"""What holds of dunning whatever happens in whatever order: invoices, payments, promises, pauses, exemptions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from services.payments.balance.state import Payer
from services.payments.dunning.looking import planned_on
from services.payments.dunning.messages import (
    AdvanceDunning,
    DunningCaseCleared,
    DunningCaseMoved,
    DunningCaseOpened,
    DunningStepReached,
    EndDunningExemption,
    ExemptFromDunning,
    PauseDunning,
    ResumeDunning,
    ServiceRestrictionAsked,
)
from services.payments.dunning_policy.messages import DunningTerms
from services.payments.promise.messages import CancelPromise
from services.payments.promise.state import OpenPromise
from tests.services.payments.dunning.stories import BLOCK, SLOW, Debtor, step
from tests.services.payments.story import ACCOUNT

FIRST = date(2026, 10, 1)
STEPS = (
    step(3, "letter"),
    step(7, "slow", service=SLOW),
    step(12, "block", service=BLOCK),
    step(20, "end", terminate=True),
)
Kind = Literal["invoice", "pay", "promise", "cancel", "pause", "resume", "exempt", "unexempt", "advance", "wait"]
KINDS: tuple[Kind, ...] = (
    "invoice",
    "pay",
    "promise",
    "cancel",
    "pause",
    "resume",
    "exempt",
    "unexempt",
    "advance",
    "wait",
)


class Act(NamedTuple):
    """What happens so many days after the act before it; `cents` of an invoice or a payment, `span` of days."""

    kind: Kind
    days: int
    cents: int
    span: int


ACTS = st.lists(
    st.builds(Act, st.sampled_from(KINDS), st.integers(0, 9), st.integers(1, 9_000), st.integers(0, 15)), max_size=14
)


def lived(acts: Sequence[Act]) -> Debtor:
    """The story of the acts, and 90 days after them."""
    debtor, day = Debtor(*STEPS), FIRST
    for n, act in enumerate(acts, 1):
        day += timedelta(act.days)
        debtor.until(day.isoformat())
        _do(debtor, act, n, day)
    return debtor.until((day + timedelta(90)).isoformat())


def _do(debtor: Debtor, act: Act, n: int, day: date) -> None:
    today, then = day.isoformat(), day + timedelta(act.span)
    amount = f"{act.cents // 100}.{act.cents % 100:02d}"
    case = debtor.account.case
    case_id = case.case_id if case else "none"
    match act.kind:
        case "invoice":
            debtor.owes(amount, then.isoformat(), n=n, at=today)
        case "pay":
            debtor.pays(amount, today)
        case "promise":
            debtor.promises(then.isoformat(), today, restores=act.cents % 2 == 0)
        case "cancel":
            held = debtor.spec.get(OpenPromise, ACCOUNT)
            debtor.says(CancelPromise(promise_id=held.promise_id if held else "none", account_id=ACCOUNT), today)
        case "pause":
            debtor.says(PauseDunning(account_id=ACCOUNT, case_id=case_id, reason="r", until=then), today)
        case "resume":
            debtor.says(ResumeDunning(account_id=ACCOUNT, case_id=case_id), today)
        case "exempt":
            debtor.says(ExemptFromDunning(account_id=ACCOUNT, reason="r", until=then), today)
        case "unexempt":
            debtor.says(EndDunningExemption(account_id=ACCOUNT), today)
        case "advance":
            debtor.says(AdvanceDunning(account_id=ACCOUNT, case_id=case_id), today)
        case "wait":
            pass


@settings(max_examples=150, deadline=None)
@given(ACTS)
def test_no_step_is_taken_twice_for_the_same_day_nor_out_of_order_R55(acts: list[Act]) -> None:
    stage, since, case_id, charged = 0, FIRST, "", set[tuple[str, date, int]]()
    for _, event in lived(acts).heard:
        match event:
            case DunningCaseOpened():
                stage, since, case_id = 0, event.since, event.case_id
            case DunningCaseMoved():
                assert event.step <= stage and event.case_id == case_id
                stage, since = event.step, event.since
            case DunningStepReached():
                assert (event.step, event.since, event.case_id) == (stage + 1, since, case_id)
                stage = event.step
                if not event.again:
                    assert (case_id, since, stage) not in charged
                    charged.add((case_id, since, stage))
                assert event.overdue > 0
                assert event.by_hand or event.days_overdue >= STEPS[event.step - 1].after_days


@settings(max_examples=150, deadline=None)
@given(ACTS)
def test_who_has_paid_has_service_and_no_case_and_who_owes_to_the_end_has_none_R55(acts: list[Act]) -> None:
    debtor, restricted = lived(acts), False
    for _, event in debtor.heard:
        if isinstance(event, ServiceRestrictionAsked):
            restricted = event.restriction is not None
        elif isinstance(event, DunningCaseCleared):
            assert not restricted
    account = debtor.account
    owes = bool(_owed(debtor))
    assert (account.case is not None) == owes or account.exempt is not None
    if not owes:
        assert not restricted
    if account.case is not None and account.case.pause is None:
        # 90 days after the last act all steps are behind it, unless nobody says when a pause ends.
        assert planned_on(account.case, DunningTerms(name="Standard", steps=STEPS)) is None and restricted
    assert restricted == (account.case is not None and account.case.restriction is not None)


@settings(max_examples=100, deadline=None)
@given(ACTS)
def test_no_timer_is_left_that_lies_in_the_past(acts: list[Act]) -> None:
    debtor = lived(acts)
    assert all(timer.due_at > debtor.spec.now for timer in debtor.timers)


@settings(max_examples=100, deadline=None)
@given(ACTS)
def test_no_step_is_taken_while_a_promise_or_a_pause_holds_R58(acts: list[Act]) -> None:
    debtor, held, paused = lived(acts), False, False
    for _, event in debtor.heard:
        match type(event).__name__:
            case "PromiseMade":
                held = True
            case "PromiseKept" | "PromiseBroken" | "PromiseCancelled":
                held = False
            case "DunningCasePaused":
                paused = True
            case "DunningCaseResumed" | "DunningCaseOpened" | "DunningCaseCleared":
                paused = False
            case "DunningStepReached":
                assert not held and not paused


def _owed(debtor: Debtor) -> Sequence[object]:
    payer = debtor.spec.get(Payer, ACCOUNT)
    return payer.owed if payer else ()
