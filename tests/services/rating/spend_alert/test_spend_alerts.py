"""An alert tells once for each period that what an account would be charged has come to an amount.

Amounts are computed by hand; a unit costs 0.01.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.rating.account.state import Account
from services.rating.one_time_charge.messages import AddOneTimeCharge
from services.rating.period.live import live_spend, share_met
from services.rating.spend_alert.decide import ALERTS_MAX
from services.rating.spend_alert.messages import (
    ChangeSpendAlert,
    CheckSpend,
    RemoveSpendAlert,
    SetSpendAlert,
    SpendAlertChanged,
    SpendAlertRemoved,
    SpendAlertSet,
    SpendThresholdReached,
    SuspensionAsked,
)
from services.rating.spend_alert.state import ALL, AlertedAccounts, SpendAlerts
from shared.kernel.outcome import CommandDone, CommandRejected
from tests.kit.decider import Specification
from tests.services.rating.world import (
    FLAT,
    OCTETS,
    OCTOBER,
    SEPTEMBER,
    account,
    at,
    close,
    cycle,
    guided,
    plan,
    rating,
    subscription,
    used,
)


def alert(threshold: str = "5.00", **options: Any) -> SetSpendAlert:
    given = {"alert_id": "al-1", "account_id": "acc-1", "currency": "EUR", **options}
    return SetSpendAlert(threshold=Decimal(threshold), **given)


def alert_set(threshold: str = "5.00", **options: Any) -> SpendAlertSet:
    given = {"alert_id": "al-1", "account_id": "acc-1", "currency": "EUR", "scope": "period", "action": "notify"}
    return SpendAlertSet(threshold=Decimal(threshold), **{**given, **options})


def reached(amount: str, threshold: str = "5.00", **options: Any) -> SpendThresholdReached:
    given = {"alert_id": "al-1", "account_id": "acc-1", "currency": "EUR", "period": SEPTEMBER, **options}
    return SpendThresholdReached(threshold=Decimal(threshold), amount=Decimal(amount), **given)


def customer(*prices: dict[str, Any]) -> Specification:
    return rating(cycle(), *plan(*(prices or (OCTETS,))), account(), subscription(), now=at("2026-09-10 12:00"))


def told(story: Specification) -> list[object]:
    return [event for event in story.events if isinstance(event, SpendThresholdReached | SuspensionAsked)]


def use(story: Specification, quantity: int, when: str, *, n: int, minutes: int = 0, **options: Any) -> Specification:
    """So many units come in, some minutes after the last."""
    story.now += timedelta(minutes=minutes)
    return story.when_event(guided(used(quantity, when, **options), n=n))


def test_usage_that_reaches_the_threshold_is_told_once_in_a_period() -> None:
    story = customer().given(alert_set())
    assert told(use(story, 499, "2026-09-05 10:00", n=1)) == []
    assert told(use(story, 1, "2026-09-05 10:05", n=2, minutes=1)) == [reached("5.00")]
    assert told(use(story, 100, "2026-09-05 10:10", n=3, minutes=1)) == []
    close(story)
    assert told(use(story, 500, "2026-10-05 10:00", n=4, minutes=1)) == [reached("5.00", period=OCTOBER)]


def test_a_cap_asks_for_suspension_and_suspends_nothing() -> None:
    story = customer().given(alert_set(action="cap"))
    threshold, asked = told(use(story, 620, "2026-09-05 10:00", n=1))
    assert threshold == reached("6.20")
    assert asked == SuspensionAsked(
        alert_id="al-1",
        account_id="acc-1",
        period=SEPTEMBER,
        threshold=Decimal("5.00"),
        amount=Decimal("6.20"),
        currency="EUR",
    )


def test_several_thresholds_are_told_from_the_lowest_up() -> None:
    story = customer().given(*(alert_set(amount, alert_id=f"al-{amount}") for amount in ("7.00", "5.00", "9.00")))
    use(story, 800, "2026-09-05 10:00", n=1)
    assert told(story) == [reached("8.00", alert_id="al-5.00"), reached("8.00", "7.00", alert_id="al-7.00")]


def test_an_alert_that_is_reached_when_it_is_set_is_told_at_once() -> None:
    """20.00 a month in advance is due today."""
    story = customer(FLAT, OCTETS)
    story.when(alert("20.00"))
    assert [type(event) for event in story.events] == [SpendAlertSet, SpendThresholdReached]
    assert story.events[1] == reached("20.00", "20.00")


def test_a_one_time_charge_counts_too() -> None:
    story = customer().given(alert_set())
    story.when(
        AddOneTimeCharge(
            charge_id="ch-1", account_id="acc-1", description="Router", amount=Decimal("49.00"), currency="EUR"
        )
    )
    assert told(story) == [reached("49.00")]


def test_usage_of_the_next_period_counts_when_that_is_the_open_one() -> None:
    """On October 1 September still waits for its latecomers."""
    story = customer().given(alert_set())
    story.now = at("2026-10-01 00:30")
    assert told(use(story, 600, "2026-10-01 00:10", n=1)) == []
    close(story)
    assert told(story) == [reached("6.00", period=OCTOBER)]


def test_spend_is_looked_at_once_a_minute_and_then_catches_up() -> None:
    story = customer().given(alert_set())
    use(story, 100, "2026-09-05 10:00", n=1)
    assert told(use(story, 900, "2026-09-05 10:05", n=2)) == []
    assert told(use(story, 0, "2026-09-05 10:10", n=3, minutes=1)) == [reached("10.00")]


def test_the_amount_is_the_one_that_is_shown_as_unbilled() -> None:
    story = customer(FLAT, OCTETS).given(alert_set("1.00"))
    use(story, 333, "2026-09-05 10:00", n=1)
    known = story.get(Account, "acc-1")
    assert known is not None
    assert told(story) == [reached("23.33", "1.00")]
    assert live_spend(known, story.now.date(), story.state).amount == Decimal("23.33")


def test_usage_of_accounts_without_alerts_looks_at_nothing() -> None:
    story = customer()
    story.given(account(account_id="acc-2"), subscription(subscription_id="sub-2", account_id="acc-2"))
    story.given(alert_set(account_id="acc-2"))
    use(story, 900, "2026-09-05 10:00", n=1)
    assert told(story) == [] and story.get(SpendAlerts, "acc-1") is None
    alerts = story.get(SpendAlerts, "acc-2")
    assert alerts is not None and alerts.checked_at is None


def test_an_alert_that_was_removed_tells_nothing() -> None:
    story = customer().given(alert_set())
    story.when(RemoveSpendAlert(alert_id="al-1", account_id="acc-1"))
    story.then(SpendAlertRemoved(alert_id="al-1", account_id="acc-1"))
    assert story.get(SpendAlerts, "acc-1") is None and story.get(AlertedAccounts, ALL) is None
    assert told(use(story, 900, "2026-09-05 10:00", n=1)) == []
    story.when(RemoveSpendAlert(alert_id="al-1", account_id="acc-1")).then_refused("unknown_aggregate")


def test_what_cannot_be_priced_puts_no_usage_aside() -> None:
    story = customer(OCTETS, {"model": "never_heard_of", "meter": "voice.seconds"}).given(alert_set())
    assert told(use(story, 900, "2026-09-05 10:00", n=1)) == []
    assert story.when(CheckSpend(account_id="acc-1")).events == [
        CommandDone(command_type="rating.CheckSpend.v1", subject="acc-1", account_id="acc-1")
    ]


@pytest.mark.parametrize(
    ("command", "code", "pointer"),
    [
        (alert(account_id="acc-9"), "account_not_found", "/account_id"),
        (alert(currency="USD"), "currency_mismatch", "/threshold/currency"),
        (alert("0"), "invalid", "/threshold/amount"),
        (alert("-1"), "invalid", "/threshold/amount"),
        (alert("1.005"), "too_many_decimals", "/threshold/amount"),
    ],
)
def test_an_alert_that_makes_no_sense_is_refused(command: SetSpendAlert, code: str, pointer: str) -> None:
    customer().when(command).then_refused(code, pointer=pointer)


def test_an_account_has_only_so_many_alerts() -> None:
    story = customer().given(*(alert_set(alert_id=f"al-{n}") for n in range(ALERTS_MAX)))
    story.when(alert(alert_id="one-more")).then_refused("too_many_alerts")
    story.when(alert(alert_id="al-3")).then_refused("spend_alert_exists")


def test_a_commitment_shows_how_much_of_it_is_met_r17() -> None:
    """From September 16: 15 of 30 days of 50.00 are 25.00, of which 10.00 are used."""
    committed = {**OCTETS, "modifiers": {"minimum_commitment": "50.00"}}
    story = rating(cycle(), *plan(committed), account(), subscription("2026-09-16"), now=at("2026-09-20 12:00"))
    use(story, 1_000, "2026-09-18 10:00", n=1)
    known = story.get(Account, "acc-1")
    assert known is not None
    (progress,) = live_spend(known, story.now.date(), story.state).commitments(known)
    assert (progress.used, progress.committed) == (Decimal("10.00"), Decimal("25.00"))
    assert share_met(progress.used, progress.committed) == Decimal("0.4")
    assert share_met(Decimal(26), Decimal(25)) == Decimal(1)
    assert str(share_met(Decimal(1), Decimal(3))) == "0.333333333"


def test_a_commitment_without_usage_is_not_met_at_all() -> None:
    committed = {**OCTETS, "modifiers": {"minimum_commitment": "50.00"}}
    story = customer(committed)
    known = story.get(Account, "acc-1")
    assert known is not None
    (progress,) = live_spend(known, story.now.date(), story.state).commitments(known)
    assert (progress.used, progress.committed, progress.period) == (Decimal(0), Decimal("50.00"), SEPTEMBER)


def change(threshold: str | None = None, **options: Any) -> ChangeSpendAlert:
    given = {"alert_id": "al-1", "account_id": "acc-1", "currency": "EUR", **options}
    return ChangeSpendAlert(threshold=None if threshold is None else Decimal(threshold), **given)


def test_a_changed_alert_is_as_new_and_told_again_where_it_is_reached() -> None:
    """6.20 spent: a threshold of 9.00 is not reached, one of 6.00 is."""
    story = customer().given(alert_set(action="cap"))
    use(story, 620, "2026-09-05 10:00", n=1)
    story.when(change("9.00"))
    assert [type(event) for event in story.events] == [SpendAlertChanged]
    story.when(change("6.00", action="notify"))
    assert told(story) == [reached("6.20", "6.00")]
    alerts = story.get(SpendAlerts, "acc-1")
    assert alerts is not None and [(one.version, one.action) for one in alerts.alerts] == [(3, "notify")]


def test_a_change_that_changes_nothing_is_none_and_one_of_an_older_version_is_refused() -> None:
    story = customer().given(alert_set())
    story.when(change("5.00", action="notify")).then_nothing()
    story.when(change("6.00"), expected_version=1)
    assert [type(event) for event in story.events] == [SpendAlertChanged]
    story.when(change("7.00"), expected_version=1)
    refusal = story.events[0]
    assert isinstance(refusal, CommandRejected) and refusal.status == 412


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (change("5.00", alert_id="al-9"), "unknown_aggregate"),
        (change("5.00", currency="USD"), "currency_mismatch"),
        (change("0"), "invalid"),
        (change("5.001"), "too_many_decimals"),
    ],
)
def test_a_bad_change_is_refused(command: ChangeSpendAlert, code: str) -> None:
    customer().given(alert_set()).when(command).then_refused(code)
