"""What an account owes and will owe, counted once whichever of rating and invoicing was heard of first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.invoicing.draft_sums.messages import TellDrafts
from services.invoicing.invoice.messages import DraftCarriedForward, InvoiceLine
from services.payments.exposure.messages import (
    AskUnbilled,
    ChangeCreditSettings,
    CreditLimitNear,
    CreditLimitReached,
    CreditRestrictionAsked,
    CreditSettingsTerms,
    PaymentModeChanged,
    UnbilledAsked,
    WalletBalanceLow,
)
from services.payments.granted_credit.messages import ExpireCredit, GrantCredit
from services.rating.credit_restriction.messages import RestrictForCredit
from services.rating.unbilled_watch.messages import LookAtUnbilled, WatchUnbilled
from shared.kernel.money import Money
from tests.services.payments.exposure.story import (
    OCTOBER,
    SEPTEMBER,
    available,
    closed,
    drafted,
    kinds,
    mode,
    moved,
    none_waits,
    now,
    postpaid,
    prepaid,
    terms,
    told,
)
from tests.services.payments.story import ACCOUNT, NOON, OPENED, issued, owed, pay, payments


def settings(**options: Any) -> ChangeCreditSettings:
    return ChangeCreditSettings(settings_id="credit", terms=CreditSettingsTerms(**options))


def test_a_prepaid_account_is_watched_from_the_switch_on_and_blocked_until_money_comes_in() -> None:
    story = payments().given(OPENED).when(mode("prepaid", "wants to"))
    changed = PaymentModeChanged(account_id=ACCOUNT, mode="prepaid", at=NOON, reason="wants to", currency="EUR")
    assert story.events[:2] == [changed, UnbilledAsked(account_id=ACCOUNT, currency="EUR", watched=True)]
    assert [(send.to, send.message) for send in story.sends] == [
        ("rating", WatchUnbilled(account_id=ACCOUNT)),
        ("invoicing", TellDrafts(account_id=ACCOUNT, currency="EUR")),
    ]
    # One of the two has answered: nothing is known, and nobody is blocked for what is not known.
    assert kinds(story.when_event(told("0"))) == ["UnbilledNoted"]
    assert kinds(story.when_event(none_waits("20"))) == [
        "DraftsNoted",
        "ExposureMoved",
        "CreditLimitReached",
        "CreditRestrictionAsked",
    ]
    assert [send.message for send in story.sends] == [RestrictForCredit(account_id=ACCOUNT)]
    assert kinds(story.when(pay("20.00"))) == ["PaymentRecorded", "ExposureMoved", "CreditRestrictionAsked"]
    assert (available(story), now(story).restricted) == ("20.00", False)
    assert story.sends[-1].message == RestrictForCredit(account_id=ACCOUNT, restricted=False)


def test_usage_draws_on_the_wallet_with_the_tax_that_it_will_have() -> None:
    story = prepaid(rate="20").when(pay("20.00"))
    story.when_event(told("10.00", "2.00"))
    # 10.00 before tax come to 12.00; what includes tax stays what it is.
    assert (moved(story), now(story).restricted) == (["6.00"], False)
    story.when_event(told("15.01", "2.00"))
    assert (moved(story), now(story).restricted) == (["-0.01"], True)
    # Told the same once more, nothing happens.
    assert kinds(story.when_event(told("15.01", "2.00"))) == []


def test_the_invoice_is_paid_of_the_wallet_and_nothing_is_counted_twice() -> None:
    story = prepaid("10.00", period=SEPTEMBER).when(pay("20.00"))
    assert available(story) == "10.00"
    story.when_event(closed("10.00"))
    assert moved(story) == []
    story.when_event(told("0"))
    assert moved(story) == []
    story.when_event(drafted("12.00", tax="2.00"))
    # Tax was no forecast yet: now it is known.
    assert moved(story) == ["8.00"]
    story.when_event(issued(1, "12.00"))
    shown = now(story).shown
    assert shown is not None
    assert (shown.owed, shown.credit, shown.unbilled) == (Decimal(0), Decimal("8.00"), Decimal(0))
    assert available(story) == "8.00"
    # What comes next is taxed as that draft was.
    assert moved(story.when_event(told("1.00"))) == ["6.80"]


@pytest.mark.parametrize("order", ["cdit", "dcit", "dict", "ditc", "dtic", "dcti", "ctdi", "cdti"])
def test_a_period_counts_once_whoever_is_heard_of_first(order: str) -> None:
    """closed and told by rating, drafted and issued by invoicing: only what each says is in its own order."""
    said = {"c": closed("10.00"), "t": told("3.00"), "d": drafted("10.00"), "i": issued(1, "10.00")}
    story = prepaid("13.00", period=SEPTEMBER).when(pay("20.00"))
    for letter in order:
        story.when_event(said[letter])
        assert available(story) == "7.00", (order, letter)
    assert (now(story).closed, now(story).drafts, now(story).ahead) == ((), (), ())


def test_alerts_are_told_once_for_each_time_that_the_wallet_falls_to_them() -> None:
    story = prepaid().when(pay("20.00")).when(terms(alerts=(Decimal(10), Decimal(5))))
    low: dict[str, Any] = {"account_id": ACCOUNT, "currency": "EUR", "at": NOON}
    story.when_event(told("10.00"))
    assert story.events[-1] == WalletBalanceLow(available=Decimal("10.00"), threshold=Decimal(10), **low)
    assert kinds(story.when_event(told("14.00"))) == ["UnbilledNoted", "ExposureMoved"]
    story.when_event(told("16.00"))
    assert story.events[-1] == WalletBalanceLow(available=Decimal("4.00"), threshold=Decimal(5), **low)
    # Above both again, and straight through both: the lowest is told.
    story.when(pay("20.00", payment="pay-2"))
    story.when_event(told("36.00"))
    assert story.events[-1] == WalletBalanceLow(available=Decimal("4.00"), threshold=Decimal(5), **low)


def test_open_sessions_hold_what_the_settings_say_and_no_more_than_the_lines_have() -> None:
    story = payments().given(OPENED).when(settings(earmarks={"EUR": Decimal("2.00")}))
    story.when(mode("prepaid")).when_event(none_waits()).when_event(told("0")).when(pay("10.00"))
    assert moved(story.when_event(told("0", sessions=2))) == ["6.00"]
    # One ends, and what it used is drawn in the same moment.
    assert moved(story.when_event(told("1.50", sessions=1))) == ["6.50"]
    assert moved(story.when(terms(earmark=Decimal("0.50")))) == ["8.00"]
    # A postpaid account holds nothing for a session.
    assert moved(postpaid("50.00").when_event(told("1.00", sessions=3))) == ["49.00"]


def test_over_its_limit_a_postpaid_account_is_told_of_and_blocked_where_its_terms_say_so() -> None:
    story = postpaid("50.00", alerts=(Decimal(10),)).when_event(issued(1, "40.00"))
    assert kinds(story)[-1] == "CreditLimitNear"
    near = [event for event in story.events if isinstance(event, CreditLimitNear)]
    assert [(one.available, one.threshold, one.credit_limit) for one in near] == [
        (Decimal(10), Decimal(10), Decimal(50))
    ]
    assert kinds(story.when_event(told("10.00"))) == ["UnbilledNoted", "ExposureMoved"]
    story.when_event(told("10.01"))
    (reached,) = [event for event in story.events if isinstance(event, CreditLimitReached)]
    assert (reached.exposure, reached.credit_limit, now(story).restricted) == (Decimal("50.01"), Decimal(50), False)
    # From now on it is blocked, until the limit is raised.
    story.when(terms("50.00", at_limit="restrict"))
    assert CreditRestrictionAsked(account_id=ACCOUNT, restricted=True) in story.events
    story.when(terms("60.00", at_limit="restrict"))
    assert CreditRestrictionAsked(account_id=ACCOUNT, restricted=False) in story.events
    # Without a limit nobody keeps an eye on it.
    story.when(terms(None))
    assert (now(story).watched, story.sends[0].message) == (False, WatchUnbilled(account_id=ACCOUNT, watched=False))


def test_back_to_postpaid_the_lines_are_open_again() -> None:
    story = prepaid("5.00")
    assert now(story).restricted
    story.when(mode("postpaid"))
    assert CreditRestrictionAsked(account_id=ACCOUNT, restricted=False) in story.events
    assert not now(story).watched
    story.when(mode("postpaid")).then_nothing()


def test_who_owes_for_too_long_is_not_made_prepaid() -> None:
    story = payments().given(OPENED, owed(1, "40.00", due_on="2026-10-05"))
    story.when(mode("prepaid")).then_refused("account_overdue")
    story.when(settings(overdue_days_max=4)).when(mode("prepaid"))
    assert isinstance(story.events[0], PaymentModeChanged)


def test_who_is_paid_for_by_another_is_not_made_prepaid() -> None:
    story = payments().given(OPENED).when(AskUnbilled(account_id=ACCOUNT))
    assert [send.message for send in story.sends] == [
        LookAtUnbilled(account_id=ACCOUNT),
        TellDrafts(account_id=ACCOUNT, currency="EUR"),
    ]
    story.when_event(none_waits()).when_event(told("7.00", billed_by="parent"))
    assert now(story).shown is not None and now(story).shown.unbilled == 0  # type: ignore[union-attr]
    story.when(mode("prepaid")).then_refused("billed_by_another")


def test_what_was_asked_once_is_followed_no_further() -> None:
    story = payments().given(OPENED).when(AskUnbilled(account_id=ACCOUNT))
    story.when_event(none_waits()).when_event(told("7.00"))
    assert available(story) is None
    assert kinds(story.when_event(told("8.00"))) == []
    assert kinds(story.when_event(drafted("8.00"))) == []


def test_a_draft_below_zero_goes_on_with_the_next_without_a_moment_in_which_it_is_gone() -> None:
    story = prepaid().when(pay("20.00")).when_event(drafted("-5.00"))
    assert available(story) == "25.00"
    into: dict[str, Any] = {"invoice_id": "inv-1", "account_id": ACCOUNT, "into": "inv-2", "currency": "EUR"}
    line = InvoiceLine(
        n=1,
        charge_id="",
        kind="carried_forward",
        description="",
        subscription_id="",
        plan_id="",
        plan_version=0,
        period=SEPTEMBER,
        net=Decimal("-5.00"),
        unrounded=Decimal("-5.00"),
    )
    story.when_event(DraftCarriedForward(period=SEPTEMBER, line=line, **into))
    assert moved(story) == []
    story.when_event(told("0", period=OCTOBER)).when_event(drafted("7.00", 2, period=SEPTEMBER))
    assert available(story) == "13.00"


@pytest.mark.parametrize(
    ("refused", "code", "pointer"),
    [
        (terms("-1.00"), "out_of_bounds", "/credit_limit/amount"),
        (terms("1.001"), "too_many_decimals", "/credit_limit/amount"),
        (terms(earmark=Decimal("-1")), "out_of_bounds", "/earmark/amount"),
        (terms(alerts=(Decimal("1"), Decimal("0.001"))), "too_many_decimals", "/alerts/1"),
        (terms(alerts=tuple(map(Decimal, range(11)))), "too_many_alerts", "/alerts"),
    ],
)
def test_terms_that_make_no_sense_are_refused(refused: Any, code: str, pointer: str) -> None:
    payments().given(OPENED).when(refused).then_refused(code, pointer=pointer)


def test_terms_are_of_a_version_and_in_the_currency_of_the_account() -> None:
    story = payments().given(OPENED).when(terms("50.00"))
    story.when(terms("60.00"), expected_version=0).then_refused("version_mismatch")
    story.when(terms("50.00"), expected_version=1).then_nothing()
    foreign = type(terms())(account_id=ACCOUNT, terms=terms("5.00").terms, currency="CHF")
    story.when(foreign).then_refused("currency_mismatch")
    payments().when(terms("50.00")).then_refused("account_not_found")


def test_credit_that_expires_is_in_no_wallet_any_more() -> None:
    story = prepaid().when(
        GrantCredit(
            credit_id="cr-1",
            account_id=ACCOUNT,
            amount=Money(Decimal("10.00"), "EUR"),
            reason="goodwill",
            expires_on=date(2026, 10, 10),
        )
    )
    assert available(story) == "10.00"
    story.when(ExpireCredit(credit_id="cr-1", account_id=ACCOUNT), now=NOON.replace(day=11))
    assert (available(story), now(story).restricted) == ("0.00", True)
