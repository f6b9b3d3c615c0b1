"""Dunning, each example by hand: which step on which day, what it leaves of service, and what stops it (R55–R58)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from services.invoicing.dunning_letter.messages import WriteDunningLetter
from services.invoicing.late_fee.messages import AddLateFee
from services.payments.dunning.messages import (
    AdvanceDunning,
    AssignDunningPolicy,
    DunningCaseCleared,
    DunningCaseMoved,
    DunningCaseOpened,
    DunningStepReached,
    DunningWatched,
    EndDunningExemption,
    ExemptFromDunning,
    LookAtDunning,
    PauseDunning,
    ResumeDunning,
    WalkDunning,
)
from services.payments.dunning.state import DunningAccount
from services.payments.dunning_policy.messages import (
    ChangeDunningPolicy,
    CurrencyAmount,
    DunningPolicyChanged,
    DunningPolicyDefined,
    DunningTerms,
    Letter,
    SetDefaultDunningPolicy,
)
from services.payments.promise.messages import CancelPromise, PromiseBroken, PromiseKept, PromiseMade
from services.rating.service_restriction.messages import EndServices, RestoreServices, RestrictServices
from tests.services.payments.credit_note.test_credit_note import VOID, credit_note
from tests.services.payments.dunning.stories import BLOCK, EUR_5, KILL_BILL, SLOW, SPLYNX, Debtor, noon, step
from tests.services.payments.story import ACCOUNT

EUR_50 = (CurrencyAmount(currency="EUR", amount=Decimal("50.00")),)


def test_kill_bills_example_warns_after_10_days_blocks_after_14_and_cancels_after_21_R55() -> None:
    debtor = Debtor(*KILL_BILL).owes("40.00").until("2026-12-31")
    assert debtor.told == [
        ("10-25", "1 warning"),
        ("10-29", "2 block"),
        ("10-29", "blocked"),
        ("11-05", "3 cancel"),
    ]
    assert [type(send.message) for send in debtor.sent if send.to == "rating"] == [RestrictServices, EndServices]


def test_a_lower_minimum_reaches_who_owed_too_little_before_R56() -> None:
    debtor = Debtor(*KILL_BILL, minimums=EUR_50).owes("40.00").until("2026-10-20")
    assert debtor.told == []
    terms = DunningTerms(name="Standard", steps=KILL_BILL, minimums=EUR_5)
    debtor.says(ChangeDunningPolicy(policy_id="standard", terms=terms), "2026-10-21")
    debtor.until("2026-10-21")
    walks = [send for send in debtor.sent if isinstance(send.message, WalkDunning)]
    assert [(send.partition, send.message.by_tables) for send in walks if isinstance(send.message, WalkDunning)] == [
        (partition, True) for partition in range(4)
    ]
    assert not [timer for timer in debtor.timers if timer.name.startswith("dunning-policy")]
    # One that asks for more, or for the same, asks nobody.
    debtor.says(ChangeDunningPolicy(policy_id="standard", terms=msgspec.structs.replace(terms, name="S")), "2026-10-22")
    assert not [timer for timer in debtor.timers if timer.name.startswith("dunning-policy")]


def test_splynx_blocks_the_day_after_the_due_date_and_deactivates_10_days_later_R55() -> None:
    # Invoiced on 1 October, due 15 days later.
    debtor = Debtor(*SPLYNX).owes("40.00", "2026-10-16").until("2026-12-31")
    assert debtor.told == [("10-17", "1 block"), ("10-17", "blocked"), ("10-27", "2 deactivate")]


@pytest.mark.parametrize(
    ("zone", "due", "at"),
    [
        # Something due on the 15th is overdue from the first instant of the 16th where the account is.
        ("UTC", "2026-10-15", "2026-10-16T00:00:00+00:00"),
        ("Europe/Paris", "2026-10-15", "2026-10-15T22:00:00+00:00"),
        ("America/New_York", "2026-10-15", "2026-10-16T04:00:00+00:00"),
        ("Pacific/Auckland", "2026-10-15", "2026-10-15T11:00:00+00:00"),
        ("Africa/Cairo", "2027-04-29", "2027-04-29T22:00:00+00:00"),  # no midnight on 30 April 2027
    ],
)
def test_a_day_is_one_of_the_account(zone: str, due: str, at: str) -> None:
    [timer] = Debtor(zone=zone).owes("40.00", due).timers
    assert timer.due_at == datetime.fromisoformat(at)


def test_who_pays_in_time_meets_nothing_and_no_timer_is_left() -> None:
    debtor = Debtor().owes("40.00").pays("40.00", "2026-10-15")
    assert debtor.timers == [] and debtor.until("2026-12-31").told == []


def test_a_payment_lifts_the_block_by_itself_R55() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-30").pays("40.00", "2026-10-30")
    assert debtor.told[2:] == [("10-29", "blocked"), ("10-30", "open"), ("10-30", "paid")]
    assert isinstance(debtor.sent[-1].message, RestoreServices)
    assert debtor.timers == [] and debtor.account.case is None


def test_part_of_it_is_not_enough_and_is_told_R55() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-30").pays("39.99", "2026-10-30")
    assert debtor.told[-1] == ("10-29", "blocked") and debtor.case.overdue == Decimal("0.01")


def test_what_is_below_the_minimum_of_its_currency_is_not_dunned_R56() -> None:
    assert Debtor(minimums=EUR_5).owes("4.99").until("2026-12-31").told == []
    debtor = Debtor(minimums=EUR_5).owes("40.00").until("2026-10-30").pays("35.01", "2026-10-30")
    assert debtor.told[-2:] == [("10-30", "open"), ("10-30", "below_minimum")]
    # 4.99 and another 4.99 from 15 November are 9.98.
    debtor.owes("4.99", "2026-11-15", n=2, at="2026-11-01").until("2026-11-16")
    assert (debtor.case.since, debtor.case.overdue) == (date(2026, 10, 15), Decimal("9.98"))


def test_steps_of_a_late_case_keep_the_days_between_them() -> None:
    # Its policy comes when 40.00 have been overdue for 60 days: it is warned at once, and blocked four days later.
    debtor = Debtor().says(SetDefaultDunningPolicy(), "2026-09-01").owes("40.00").until("2026-12-13")
    assert debtor.told == []
    debtor.says(SetDefaultDunningPolicy(policy_id="standard"), "2026-12-14")
    debtor.says(LookAtDunning(account_id=ACCOUNT, default="standard", walked=True), "2026-12-14").until("2026-12-31")
    assert [said for said in debtor.told if said[1][0].isdigit()] == [
        ("12-14", "1 warning"),
        ("12-18", "2 block"),
        ("12-25", "3 cancel"),
    ]


def test_a_timer_that_fires_weeks_late_takes_one_step_a_day_at_most() -> None:
    debtor = Debtor().owes("40.00").until("2026-11-20", late=True)
    assert debtor.told == [("11-20", "1 warning")]


def test_the_earliest_is_paid_and_the_case_goes_back_to_what_the_next_one_asks_for_R55() -> None:
    debtor = Debtor().owes("40.00").owes("25.00", "2026-10-27", n=2).until("2026-10-30")
    assert debtor.told[-1] == ("10-29", "blocked")
    debtor.pays("40.00", "2026-10-30")
    # 25.00 since 27 October: three days, no step yet. Its own come on 6 and 10 November.
    assert debtor.told[-1] == ("10-30", "open") and (debtor.case.stage, debtor.case.since) == (0, date(2026, 10, 27))
    debtor.until("2026-11-11")
    assert debtor.told[-3:] == [("11-06", "1 warning"), ("11-10", "2 block"), ("11-10", "blocked")]


def test_a_promise_holds_dunning_up_until_its_day_and_broken_it_goes_on_at_the_same_stage_R58() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-26").promises("2026-11-10", "2026-10-26").until("2026-11-10")
    assert debtor.told == [("10-25", "1 warning")]
    debtor.until("2026-11-20")
    # Broken on the 11th. The block was due on the 29th, and comes at once; the end seven days after it.
    assert debtor.told[1:] == [("11-11", "2 block"), ("11-11", "blocked"), ("11-18", "3 cancel")]
    assert [type(event) for _, event in debtor.heard if "Promise" in type(event).__name__] == [
        PromiseMade,
        PromiseBroken,
    ]


def test_a_promise_is_kept_by_what_comes_in_and_dunning_goes_on_with_the_rest_R58() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-26").promises("2026-11-10", "2026-10-26", "30.00")
    debtor.pays("20.00", "2026-11-01").pays("10.00", "2026-11-02")
    [kept] = [event for _, event in debtor.heard if isinstance(event, PromiseKept)]
    assert (kept.paid, kept.kept_on) == (Decimal("30.00"), date(2026, 11, 2))
    # 10.00 are open since 15 October: the step of 29 October is taken now.
    assert debtor.told[1:] == [("11-02", "2 block"), ("11-02", "blocked")]


def test_a_promise_with_service_gives_it_back_until_its_day_R58() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-30").promises("2026-11-03", "2026-10-30", restores=True)
    assert debtor.told[-1] == ("10-30", "open")
    debtor.until("2026-11-04")
    assert debtor.told[-1] == ("11-04", "blocked") and debtor.case.stage == 2


def test_a_cancelled_promise_holds_nothing_up() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-26").promises("2026-11-30", "2026-10-26")
    debtor.says(CancelPromise(promise_id="pro-1", account_id=ACCOUNT), "2026-10-30")
    assert debtor.told[-2:] == [("10-30", "2 block"), ("10-30", "blocked")]


def test_a_pause_holds_until_its_day_and_what_was_taken_stays_taken() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-30")
    until = date(2026, 11, 20)
    debtor.says(
        PauseDunning(account_id=ACCOUNT, case_id=debtor.case.case_id, reason="complaint", until=until), "2026-10-30"
    )
    assert debtor.until("2026-11-19").told[-1] == ("10-29", "blocked")
    # The end was due on 5 November; the pause is over, and it comes.
    assert debtor.until("2026-11-20").told[-1] == ("11-20", "3 cancel")


def test_a_pause_is_resumed_where_it_stood() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-26")
    case: dict[str, Any] = {"account_id": ACCOUNT, "case_id": debtor.case.case_id}
    debtor.says(PauseDunning(reason="complaint", **case), "2026-10-26").until("2026-11-30")
    assert debtor.told == [("10-25", "1 warning")]
    debtor.says(ResumeDunning(**case), "2026-11-30")
    assert debtor.told[1:] == [("11-30", "2 block"), ("11-30", "blocked")]
    debtor.says(ResumeDunning(**case), "2026-11-30")
    debtor.spec.then_refused("dunning_not_paused")


def test_a_paused_case_is_cleared_by_payment_all_the_same() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-30")
    debtor.says(PauseDunning(account_id=ACCOUNT, case_id=debtor.case.case_id, reason="complaint"), "2026-10-30")
    assert debtor.pays("40.00", "2026-11-02").told[-2:] == [("11-02", "open"), ("11-02", "paid")]


def test_the_next_step_is_taken_by_hand_and_those_after_it_keep_their_distance() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-16")
    case: dict[str, Any] = {"account_id": ACCOUNT, "case_id": debtor.case.case_id}
    debtor.says(AdvanceDunning(**case), "2026-10-16").says(AdvanceDunning(**case), "2026-10-17")
    assert debtor.told == [("10-16", "1 warning"), ("10-17", "2 block"), ("10-17", "blocked")]
    # The 21st day after 15 October.
    assert debtor.until("2026-11-30").told[-1] == ("11-05", "3 cancel")
    debtor.says(AdvanceDunning(**case), "2026-11-30").spec.then_refused("no_step_left")


def test_two_who_advance_a_case_at_once_mean_one_step() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-16")
    first = AdvanceDunning(account_id=ACCOUNT, case_id=debtor.case.case_id, step=0)
    debtor.says(first, "2026-10-16").says(first, "2026-10-16").spec.then_refused("step_taken", pointer="/step")
    assert debtor.told == [("10-16", "1 warning")]


def test_no_policy_of_the_operator_any_more_clears_cases_though_the_tables_say_otherwise() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-30")
    debtor.says(LookAtDunning(account_id=ACCOUNT, walked=True), "2026-10-30")
    assert debtor.told[-2:] == [("10-30", "open"), ("10-30", "no_policy")]


@pytest.mark.parametrize("held", ["pause", "promise"])
def test_nothing_is_advanced_by_hand_while_somebody_waits(held: str) -> None:
    debtor = Debtor().owes("40.00").until("2026-10-16")
    case: dict[str, Any] = {"account_id": ACCOUNT, "case_id": debtor.case.case_id}
    if held == "pause":
        debtor.says(PauseDunning(reason="complaint", **case), "2026-10-16")
    else:
        debtor.promises("2026-11-01", "2026-10-16")
    debtor.says(AdvanceDunning(**case), "2026-10-16")
    debtor.spec.then_refused("dunning_paused" if held == "pause" else "promise_open")


def test_an_exempt_account_is_left_alone_and_gets_back_what_was_taken() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-30")
    debtor.says(ExemptFromDunning(account_id=ACCOUNT, reason="hospital", until=date(2026, 12, 1)), "2026-10-30")
    assert debtor.told[-2:] == [("10-30", "open"), ("10-30", "exempted")]
    assert debtor.until("2026-11-30").told[-1] == ("10-30", "exempted")
    # From the first step on, as in every new case.
    assert debtor.until("2026-12-05").told[-3:] == [("12-01", "1 warning"), ("12-05", "2 block"), ("12-05", "blocked")]


def test_an_exemption_ends_when_somebody_says_so() -> None:
    debtor = Debtor().owes("40.00")
    debtor.says(ExemptFromDunning(account_id=ACCOUNT, reason="friend"), "2026-10-10").until("2026-11-10")
    assert debtor.told == [] and debtor.timers == []
    assert debtor.says(EndDunningExemption(account_id=ACCOUNT), "2026-11-10").told == [("11-10", "1 warning")]
    debtor.says(EndDunningExemption(account_id=ACCOUNT), "2026-11-10").spec.then_refused("not_exempt")


def test_another_policy_is_another_case() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-30")
    debtor.spec.given(
        DunningPolicyDefined(policy_id="gentle", version=1, terms=DunningTerms(name="G", steps=(step(30, "letter"),)))
    )
    debtor.says(AssignDunningPolicy(account_id=ACCOUNT, policy_id="gentle"), "2026-10-30").until("2026-11-30")
    assert debtor.told[-3:] == [("10-30", "open"), ("10-30", "policy_changed"), ("11-14", "1 letter")]


def test_a_case_keeps_the_version_by_which_it_opened() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-26")
    terms = DunningTerms(name="Standard", steps=(step(40, "late"),))
    debtor.spec.given(DunningPolicyChanged(policy_id="standard", version=2, terms=terms))
    assert debtor.until("2026-10-30").told[-1] == ("10-29", "blocked")


def test_a_fee_of_a_step_is_asked_of_invoicing_once() -> None:
    debtor = Debtor(step(10, "letter", fees=EUR_5), step(20, "more", fees=EUR_5)).owes("40.00").until("2026-12-31")
    fees = [send.message.fee for send in debtor.sent if isinstance(send.message, AddLateFee)]
    assert [(fee.charged_on.isoformat(), f"{fee.amount}", fee.invoice_id) for fee in fees] == [
        ("2026-10-25", "5.00", "inv-1"),
        ("2026-11-04", "5.00", "inv-1"),
    ]
    assert len({fee.fee_id for fee in fees}) == 2 and fees[0].dunning_case == debtor.case.case_id


def test_a_letter_goes_to_invoicing_with_what_it_says() -> None:
    letters = (Letter(language="en", subject="Overdue", text="{overdue}"),)
    debtor = Debtor(step(10, "letter", letters=letters, channels=("email",))).owes("40.00").until("2026-12-31")
    [asked] = [send.message for send in debtor.sent if isinstance(send.message, WriteDunningLetter)]
    assert (asked.number, asked.overdue, asked.days_overdue) == ("INV-000001/1", Decimal("40.00"), 10)
    assert (asked.letters[0].text, asked.channels) == ("{overdue}", ("email",))


def test_service_is_throttled_before_it_is_blocked() -> None:
    debtor = Debtor(step(5, "slow", service=SLOW), step(9, "letter"), step(14, "block", service=BLOCK)).owes("40.00")
    assert debtor.until("2026-12-01").told == [
        *(("10-20", "1 slow"), ("10-20", "throttled"), ("10-24", "2 letter")),
        *(("10-29", "3 block"), ("10-29", "blocked")),
    ]


def test_a_credit_note_clears_a_case_as_a_payment_does() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-30")
    debtor.took(debtor.spec.when_event(credit_note(1, "40.00"), now=noon("2026-10-31"), seq=9))
    assert debtor.told[-2:] == [("10-31", "open"), ("10-31", "paid")]


def test_a_void_invoice_is_not_dunned() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-26")
    debtor.took(debtor.spec.when_event(VOID, now=noon("2026-10-27"), seq=9))
    assert debtor.told[-1] == ("10-27", "paid") and debtor.timers == []


def test_without_a_policy_nothing_is_kept_of_an_account() -> None:
    debtor = Debtor().says(SetDefaultDunningPolicy(), "2026-09-01").owes("40.00")
    assert debtor.timers == [] and debtor.spec.get(DunningAccount, ACCOUNT) is None


def test_another_policy_of_the_operator_is_walked_by_each_partition() -> None:
    debtor = Debtor().says(SetDefaultDunningPolicy(), "2026-09-01")
    walks = [send for send in debtor.sent if isinstance(send.message, WalkDunning)]
    assert [send.partition for send in walks] == [0, 1, 2, 3]


def test_looking_twice_changes_nothing() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-30")
    debtor.says(LookAtDunning(account_id=ACCOUNT), "2026-10-30").spec.then_nothing()


def test_what_stands_in_the_log_says_why() -> None:
    letters = (Letter(language="en", subject="s", text="t"),)
    debtor = Debtor(step(10, "letter", letters=letters)).owes("40.00").until("2026-10-26").pays("40.00", "2026-10-27")
    said = [event for _, event in debtor.heard if type(event).__module__.endswith("dunning.messages")]
    assert [type(event) for event in said] == [
        DunningWatched,
        DunningCaseOpened,
        DunningStepReached,
        DunningCaseCleared,
    ]
    reached = said[2]
    assert isinstance(reached, DunningStepReached)
    assert (reached.days_overdue, reached.overdue, reached.letters) == (10, Decimal("40.00"), letters)


def test_a_later_invoice_adds_to_what_is_overdue_and_moves_no_day() -> None:
    debtor = Debtor().owes("40.00").owes("25.00", "2026-10-20", n=2).until("2026-10-21")
    [moved] = [event for _, event in debtor.heard if isinstance(event, DunningCaseMoved)]
    assert (moved.since, moved.overdue, moved.step) == (date(2026, 10, 15), Decimal("65.00"), 0)
