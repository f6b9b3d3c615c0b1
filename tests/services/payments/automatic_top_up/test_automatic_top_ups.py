"""An account tops itself up: once for each time its wallet becomes low, within its month, not after a hard decline."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.payments.automatic_top_up.messages import (
    AutomaticTopUpDropped,
    AutomaticTopUpFired,
    AutomaticTopUpHeld,
    AutomaticTopUpPostponed,
    AutomaticTopUpSet,
    AutomaticTopUpSwitchedOff,
    AutomaticTopUpTerms,
    RetryAutomaticTopUp,
    SetAutomaticTopUp,
)
from services.payments.automatic_top_up.state import AutomaticTopUp
from services.payments.closed_account.messages import AccountClosingNoted
from services.payments.collection.messages import CollectionAsked, EndCollection, StartCollection
from services.payments.exposure.messages import NoteDrafts, NoteUnbilled, SetPaymentMode
from services.payments.payment.messages import PaymentSucceeded
from services.payments.payment_method.messages import RemovePaymentMethod
from services.payments.top_up.messages import WalletTopUpAsked
from shared.kernel.decider import Due
from shared.kernel.message import Command, Event
from tests.services.payments.collection.test_collections import card
from tests.services.payments.story import ACCOUNT, NOON, OPENED, pay, payments
from tests.services.payments.top_up.test_top_ups import LIMITS, credit_of, top_up

RETRY = RetryAutomaticTopUp(account_id=ACCOUNT)


def rule(enabled: bool = True, **said: Any) -> SetAutomaticTopUp:
    fields = {"threshold": Decimal("5.00"), "amount": Decimal("20.00"), "currency": "EUR"}
    terms = AutomaticTopUpTerms(**{**fields, "monthly_count": 3, "monthly_amount": Decimal("60.00"), **said})
    return SetAutomaticTopUp(account_id=ACCOUNT, terms=terms, enabled=enabled)


class Story:
    """A prepaid account with 100.00, a card and a rule; `says` what the events of the last step were."""

    def __init__(self, command: SetAutomaticTopUp | None = None, *, is_prepaid: bool = True) -> None:
        self.spec = payments().given(OPENED, LIMITS).when(card()).when(pay("100.00"))
        if is_prepaid:
            self.spec.when(SetPaymentMode(account_id=ACCOUNT, mode="prepaid"))
        self.spec.when(NoteDrafts(account_id=ACCOUNT, drafts=()))
        self.moves("9.00")
        self.spec.when(command or rule())

    def moves(self, available: str, *, now: datetime | None = None) -> list[type[Event]]:
        """So much has been used that this is left."""
        used = credit_of(self.spec) - Decimal(available)
        return self.when(
            NoteUnbilled(account_id=ACCOUNT, period_start=date(2026, 10, 1), net=used, gross=Decimal(0)), now=now
        )

    def low(self, available: str = "4.10", *, now: datetime | None = None) -> list[type[Event]]:
        """It becomes low, from 9.00."""
        assert self.moves("9.00", now=now) == []
        return self.moves(available)

    def when(self, command: Command, *, now: datetime | None = None) -> list[type[Event]]:
        self.spec.when(command, now=now)
        return self.says()

    def ends(self, outcome: Any, **said: Any) -> list[type[Event]]:
        """The charge that is under way is made, and answered so."""
        running = self.state.running
        assert running is not None
        whose: dict[str, Any] = {"account_id": ACCOUNT, "collection_id": running, "attempt": 1}
        self.spec.when(StartCollection(claim="p", **whose))
        return self.when(EndCollection(outcome=outcome, **whose, **said))

    def says(self) -> list[type[Event]]:
        shown = (WalletTopUpAsked, PaymentSucceeded)
        kinds = [type(event) for event in self.spec.events]
        return [kind for kind in kinds if kind.__name__.startswith("AutomaticTopUp") or kind in shown]

    @property
    def state(self) -> AutomaticTopUp:
        found = self.spec.get(AutomaticTopUp, ACCOUNT)
        assert found is not None
        return found


FIRED = [AutomaticTopUpFired, WalletTopUpAsked]


def test_a_wallet_that_becomes_low_is_topped_up_once_and_again_the_next_time() -> None:
    story = Story()
    assert story.low() == FIRED
    (asked,) = (event for event in story.spec.events if isinstance(event, WalletTopUpAsked))
    assert (asked.automatic, asked.amount, asked.method_id) == (True, Decimal("20.00"), "pm-1")
    assert story.moves("1.00") == [] and story.low() == []
    assert sorted(kind.__name__ for kind in story.ends("succeeded")) == ["AutomaticTopUpDone", "PaymentSucceeded"]
    assert story.low() == FIRED
    assert (story.state.n, story.state.month_amount) == (2, Decimal("40.00"))


def test_it_becomes_low_at_the_rules_own_threshold_and_while_it_stays_so_nothing_follows() -> None:
    story = Story()
    assert story.moves("5.01") == [] and story.moves("5.00") == FIRED
    story.ends("succeeded")
    assert story.moves("4.00") == FIRED
    story.ends("failed", code="stolen_card", hard=True)
    assert story.moves("3.00") == []
    assert Story(rule(enabled=False)).low() == []


def test_a_rule_that_is_set_for_a_low_wallet_fires_at_once_and_of_a_postpaid_account_never() -> None:
    story = Story(rule(enabled=False))
    assert story.moves("4.00") == []
    assert story.when(rule()) == [AutomaticTopUpSet, *FIRED]
    assert Story(is_prepaid=False).moves("4.00") == []
    late = Story(is_prepaid=False)
    late.when(SetPaymentMode(account_id=ACCOUNT, mode="prepaid"))
    late.when(NoteDrafts(account_id=ACCOUNT, drafts=()))
    assert late.moves("4.00") == FIRED


def test_a_month_has_a_number_and_a_sum_and_the_next_one_is_waited_for() -> None:
    for limit in ({"monthly_count": 2}, {"monthly_amount": Decimal("59.99")}):
        story = Story(rule(**limit))
        for _ in range(2):
            assert story.low() == FIRED
            story.ends("succeeded")
        assert story.low() == [AutomaticTopUpHeld]
        assert story.low() == [] and story.when(RETRY) == []
        timer = story.spec.get(Due, f"automatic-top-up/{ACCOUNT}")
        assert timer is not None and timer.due_at == datetime(2026, 11, 1, tzinfo=UTC)
        assert story.when(RETRY, now=timer.due_at) == FIRED
        assert (story.state.n, story.state.month_amount) == (1, Decimal("20.00"))


def test_a_hard_decline_switches_the_rule_off_until_it_is_set_again_and_counts_to_no_limit() -> None:
    story = Story()
    story.low()
    assert story.ends("failed", code="stolen_card", hard=True) == [AutomaticTopUpSwitchedOff]
    (off,) = (event for event in story.spec.events if isinstance(event, AutomaticTopUpSwitchedOff))
    assert (off.reason, story.state.enabled, story.state.n) == ("stolen_card", False, 0)
    assert story.low() == []
    story.spec.when(rule()).then_refused("payment_method_declined")


def test_a_soft_decline_waits_1_and_3_days_and_the_third_switches_the_rule_off() -> None:
    story, days = Story(), []
    story.low()
    for _ in range(2):
        assert story.ends("failed", code="insufficient_funds") == [AutomaticTopUpPostponed]
        timer = story.spec.get(Due, f"automatic-top-up/{ACCOUNT}")
        assert timer is not None and timer.due_at == story.state.retry_at
        days.append((timer.due_at - story.spec.now).days)
        assert story.low() == []
        assert story.when(RETRY) == []
        assert story.when(RETRY, now=timer.due_at) == FIRED
    assert days == [1, 3]
    assert story.ends("failed", code="insufficient_funds") == [AutomaticTopUpSwitchedOff]
    assert (story.state.n, story.state.month_amount) == (0, Decimal("0.00"))


def test_a_charge_that_nobody_answers_for_three_days_switches_the_rule_off_and_its_money_stays_if_it_comes() -> None:
    story = Story()
    story.low()
    running = story.state.running
    assert running is not None and story.ends("action_required", action_url="https://bank.example") == []
    timer = story.spec.get(Due, f"automatic-top-up/{ACCOUNT}")
    assert timer is not None and timer.due_at == NOON + timedelta(days=3)
    assert story.when(rule(monthly_count=2)) == [AutomaticTopUpSet] and story.when(RETRY) == []
    assert story.when(RETRY, now=timer.due_at) == [AutomaticTopUpSwitchedOff]
    assert story.spec.get(Due, f"automatic-top-up/{ACCOUNT}") is None and story.state.n == 0
    late = EndCollection(account_id=ACCOUNT, collection_id=running, attempt=1, outcome="succeeded")
    assert story.when(late) == [PaymentSucceeded]
    assert credit_of(story.spec) == Decimal("120.00")


def test_money_that_comes_before_the_next_try_makes_it_needless() -> None:
    for amount, expected in (("0.91", [AutomaticTopUpDropped]), ("0.90", FIRED)):
        story = Story()
        story.moves("4.10")
        story.ends("failed", code="insufficient_funds")
        story.when(pay(amount, payment="pay-9"))
        assert story.when(RETRY, now=NOON + timedelta(days=1)) == expected
    assert Story().when(RETRY, now=NOON + timedelta(days=9)) == []


def test_what_a_rule_asked_for_is_given_back_whatever_it_says_by_then() -> None:
    story = Story()
    story.low()
    story.when(rule(amount=Decimal("50.00"), monthly_amount=Decimal("100.00")))
    story.ends("failed", code="stolen_card", hard=True)
    assert (story.state.n, story.state.month_amount) == (0, Decimal("0.00"))


def test_a_top_up_by_hand_that_is_charged_is_as_good_and_a_method_or_account_that_is_gone_ends_the_rule() -> None:
    by_hand = Story()
    by_hand.when(top_up())
    assert by_hand.low() == []
    gone = Story()
    gone.when(RemovePaymentMethod(method_id="pm-1", account_id=ACCOUNT))
    assert gone.low() == [AutomaticTopUpSwitchedOff] and gone.low() == []
    closed = Story()
    closed.spec.given(AccountClosingNoted(account_id=ACCOUNT, closed=True))
    assert closed.low() == [AutomaticTopUpSwitchedOff]


def test_a_rule_that_is_changed_while_it_runs_hears_the_end_and_asks_for_nothing_more() -> None:
    story = Story()
    story.low()
    story.when(rule(enabled=False))
    assert sorted(kind.__name__ for kind in story.ends("succeeded")) == ["AutomaticTopUpDone", "PaymentSucceeded"]
    assert story.low() == [] and story.state.running is None


@pytest.mark.parametrize(
    ("command", "code", "pointer"),
    [
        (rule(amount=Decimal("4.99")), "below_minimum", "/amount/amount"),
        (rule(amount=Decimal("100.01")), "above_maximum", "/amount/amount"),
        (rule(currency="USD"), "currency_mismatch", "/amount/currency"),
        (rule(threshold=Decimal("-0.01")), "out_of_bounds", "/threshold/amount"),
        (rule(threshold=Decimal("0.001")), "too_many_decimals", "/threshold/amount"),
        (rule(monthly_count=0), "out_of_bounds", "/monthly_count"),
        (rule(monthly_count=101), "out_of_bounds", "/monthly_count"),
        (rule(monthly_amount=Decimal("19.99")), "out_of_bounds", "/monthly_amount/amount"),
        (rule(method_id="pm-9"), "payment_method_not_found", "/payment_method_id"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(command: SetAutomaticTopUp, code: str, pointer: str) -> None:
    payments().given(OPENED, LIMITS).when(card()).when(command).then_refused(code, pointer=pointer)


def test_a_rule_is_set_where_it_can_work_and_switched_off_anywhere() -> None:
    payments().given(OPENED).when(rule()).then_refused("no_payment_method")
    assert isinstance(payments().given(OPENED).when(rule(enabled=False)).events[0], AutomaticTopUpSet)
    closed = AccountClosingNoted(account_id=ACCOUNT, closed=True)
    payments().given(OPENED, closed).when(card()).when(rule()).then_refused("account_closed")
    payments().when(rule()).then_refused("account_not_found")
    story = payments().given(OPENED).when(card()).when(rule())
    story.when(rule()).then_nothing()
    story.when(rule(threshold=Decimal(0)), expected_version=7).then_refused("version_mismatch")
    story.when(rule(threshold=Decimal(0)), expected_version=1)
    assert isinstance(story.events[0], AutomaticTopUpSet)


STEPS = st.lists(st.sampled_from(["low", "succeeded", "hard", "soft", "day", "pay", "set", "off"]), max_size=30)


@given(STEPS)
def test_whatever_happens_there_is_one_charge_at_a_time_and_never_more_than_the_month_allows(steps: list[str]) -> None:
    story, asked, came, paid = Story(), 0, 0, 0
    for n, step in enumerate(steps):
        fired_before = asked
        match step:
            case "low":
                story.low()
            case "succeeded" | "hard" | "soft" if story.state.running is not None:
                outcome = "succeeded" if step == "succeeded" else "failed"
                story.ends(outcome, **({} if outcome == "succeeded" else {"hard": step == "hard", "code": "x"}))
            case "day":
                story.when(RETRY, now=min(story.spec.now + timedelta(days=1), NOON.replace(day=31)))
            case "pay":
                story.when(pay("1.00", payment=f"more-{n}"))
                paid += 1
            case "set" | "off":
                story.when(rule(enabled=step == "set"))
            case _:
                continue
        asked += sum(isinstance(event, CollectionAsked) for event in story.spec.events)
        came += sum(isinstance(event, PaymentSucceeded) for event in story.spec.events)
        assert asked - fired_before <= 1
        assert story.state.n == came + (story.state.running is not None) <= 3
        assert story.state.month_amount == 20 * story.state.n
        assert credit_of(story.spec) == 100 + 20 * came + paid
