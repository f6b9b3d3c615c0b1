"""Customers are written to when they are told of: once for each crossing, and only where the settings say so."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from services.invoicing.credit_notice.messages import WriteCreditNotice
from services.payments.exposure.messages import ChangeCreditSettings, CreditSettingsTerms
from services.rating.spend_alert.messages import SpendThresholdReached
from tests.kit.decider import Specification
from tests.services.payments.exposure.story import OCTOBER, mode, none_waits, terms, told
from tests.services.payments.story import ACCOUNT, OPENED, pay, payments


def settings(**options: Any) -> ChangeCreditSettings:
    alerts = {"EUR": (Decimal("5.00"), Decimal("2.00"))}
    said = CreditSettingsTerms(alerts=alerts, write_to_customers=True, **options)
    return ChangeCreditSettings(settings_id="credit", terms=said)


def notices(story: Specification) -> list[tuple[str, str, str]]:
    return [
        (send.message.kind, str(send.message.amount), str(send.message.threshold))
        for send in story.sends
        if isinstance(send.message, WriteCreditNotice) and send.to == "invoicing"
    ]


def wallet() -> Specification:
    """A prepaid account with 10.00 on it."""
    story = payments().given(OPENED).when(settings()).when(mode("prepaid")).when(pay("10.00"))
    return story.when_event(none_waits()).when_event(told("0"))


def test_the_exact_bound_is_low_and_is_written_once_until_it_was_left() -> None:
    story = wallet().when_event(told("4.99"))
    assert notices(story) == []
    assert notices(story.when_event(told("5.00"))) == [("low", "5.00", "5.00")]
    assert notices(story.when_event(told("6.00"))) == []
    assert notices(story.when(pay("10.00", payment="pay-2")).when_event(told("15.00"))) == [("low", "5.00", "5.00")]


def test_whoever_falls_through_everything_at_once_is_written_the_end_alone() -> None:
    assert notices(wallet().when_event(told("11.00"))) == [("empty", "-1.00", "0")]
    assert notices(wallet().when_event(told("10.00"))) == [("empty", "0.00", "0")]
    assert notices(wallet().when_event(told("9.00"))) == [("low", "1.00", "2.00")]


def test_a_switch_there_and_back_writes_nothing_of_a_limit_that_is_not_there() -> None:
    story = wallet().when(mode("postpaid"))
    assert notices(story.when_event(told("11.00"))) == []
    assert notices(story.when(mode("prepaid")).when_event(none_waits()).when_event(told("4.00"))) == []


def test_a_credit_limit_is_near_and_used_up() -> None:
    story = payments().given(OPENED).when(settings()).when(terms("10.00"))
    story.when_event(none_waits()).when_event(told("0"))
    assert notices(story.when_event(told("6.00"))) == [("near", "4.00", "5.00")]
    assert notices(story.when_event(told("10.00"))) == [("near", "0.00", "2.00")]
    assert notices(story.when_event(told("10.01"))) == [("over", "-0.01", "10.00")]


def test_nobody_is_written_to_unless_the_settings_say_so() -> None:
    story = payments().given(OPENED).when(mode("prepaid")).when_event(none_waits()).when_event(told("1.00"))
    assert notices(story) == []
    assert notices(story.when_event(reached())) == []


def test_a_spend_alert_is_written_and_an_event_that_comes_twice_is_the_same_notice() -> None:
    story = payments().given(OPENED).when(settings()).when_event(reached(), seq=7, service="rating")
    assert notices(story) == [("spend", "50.20", "50.00")]
    (first,) = [send.message.key for send in story.sends]
    story.when_event(reached(), seq=7, service="rating")
    assert [send.message.key for send in story.sends] == [first]


def reached() -> SpendThresholdReached:
    amounts = {"threshold": Decimal("50.00"), "amount": Decimal("50.20")}
    return SpendThresholdReached(alert_id="al-1", account_id=ACCOUNT, period=OCTOBER, currency="EUR", **amounts)
