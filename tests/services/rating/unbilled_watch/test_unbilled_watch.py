"""What a watched account would be charged is told as it moves, once a second; of the others nothing is.

Amounts are computed by hand; a unit costs 0.01.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from services.rating.account.messages import FollowGroup, PayerChange
from services.rating.account.state import Account
from services.rating.commands import COMMANDS
from services.rating.group.state import GroupLink
from services.rating.period.live import live_spend
from services.rating.unbilled_watch.messages import (
    LookAtUnbilled,
    UnbilledTold,
    UnbilledWatched,
    WatchMember,
    WatchUnbilled,
)
from services.rating.unbilled_watch.sessions import SESSIONS_MAX
from services.rating.unbilled_watch.state import ALL, UnbilledWatch, UnbilledWatching
from services.usage.session.messages import SessionMark, SessionsGuided, TellSessions
from shared.kernel.decider import Due
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


def watched(*prices: dict[str, Any]) -> Specification:
    story = rating(cycle(), *plan(*(prices or (OCTETS,))), account(), subscription(), now=at("2026-09-10 12:00"))
    return story.when(WatchUnbilled(account_id="acc-1"))


def timer(story: Specification) -> Due:
    (due,) = [due for due in story.state.all(Due) if due.name == "unbilled/acc-1"]
    return due


def fire(story: Specification) -> list[UnbilledTold]:
    """The timer, at the instant that it is due; what was told."""
    due = timer(story)
    command = COMMANDS.decode(due.command_type, bytes(due.command))
    story.when(command, now=max(due.due_at, story.now))
    return [event for event in story.events if isinstance(event, UnbilledTold)]


def use(story: Specification, quantity: int, *, n: int, seconds: float = 0) -> Specification:
    story.now += timedelta(seconds=seconds)
    return story.when_event(guided(used(quantity, "2026-09-05 10:00"), n=n))


def test_an_account_is_told_of_at_once_and_again_at_its_midnight() -> None:
    story = watched(FLAT)
    assert story.events[0] == UnbilledWatched(account_id="acc-1", watched=True, partitions=4)
    assert timer(story).due_at == story.now
    (told,) = fire(story)
    assert told == UnbilledTold(
        account_id="acc-1",
        period=SEPTEMBER,
        net=Decimal("20.00"),
        gross=Decimal(0),
        currency="EUR",
        look_at=at("2026-09-11 00:00"),
    )
    assert timer(story).due_at == at("2026-09-11 00:00")
    assert [one.look_at for one in fire(story)] == [at("2026-09-12 00:00")]


def test_usage_is_told_at_once_and_what_follows_within_a_second_together() -> None:
    story = watched()
    fire(story)
    use(story, 100, n=1, seconds=60)
    assert timer(story).due_at == story.now
    assert [told.net for told in fire(story)] == [Decimal("1.00")]
    looked_at = story.now
    for n in (2, 3, 4):
        use(story, 100, n=n, seconds=0.2)
    assert timer(story).due_at == looked_at + timedelta(seconds=1)
    assert [told.net for told in fire(story)] == [Decimal("4.00")]


def test_while_a_test_clock_stands_still_nothing_waits() -> None:
    story = watched()
    fire(story)
    for n in (1, 2):
        use(story, 100, n=n)
        assert timer(story).due_at == story.now
        assert [told.net for told in fire(story)] == [Decimal(n)]


def test_a_timer_that_comes_twice_tells_once() -> None:
    story = watched()
    due = timer(story)
    command = COMMANDS.decode(due.command_type, bytes(due.command))
    fire(story)
    story.when(command).then()


def test_of_an_account_that_nobody_watches_nothing_is_told() -> None:
    story = rating(cycle(), *plan(OCTETS), account(), subscription(), now=at("2026-09-10 12:00"))
    use(story, 100, n=1)
    assert story.get(UnbilledWatching, ALL) is None and not story.state.all(UnbilledWatch)
    story.when(LookAtUnbilled(account_id="acc-1"))
    (told,) = story.events
    assert isinstance(told, UnbilledTold)
    assert (told.net, told.look_at) == (Decimal("1.00"), None)
    story.when(LookAtUnbilled(account_id="nobody")).then()


def test_a_watch_ends_with_its_timer() -> None:
    story = watched()
    story.when(WatchUnbilled(account_id="acc-1")).then_nothing()
    story.when(WatchUnbilled(account_id="acc-1", watched=False))
    assert story.get(UnbilledWatching, ALL) is None
    assert [due.name for due in story.state.all(Due) if due.name.startswith("unbilled/")] == []
    use(story, 100, n=1)
    assert [due.name for due in story.state.all(Due) if due.name.startswith("unbilled/")] == []
    story.when(WatchUnbilled(account_id="nobody")).then_refused("account_not_found")


def test_prices_before_tax_and_with_tax_are_told_apart() -> None:
    story = watched(FLAT, OCTETS)
    held = story.get(Account, "acc-1")
    assert held is not None
    live = live_spend(held, at("2026-09-10 12:00").date(), story.state)
    assert (live.net, live.gross, live.amount) == (Decimal("20.00"), Decimal(0), Decimal("20.00"))


def test_the_close_takes_what_it_charges_out_of_what_is_told() -> None:
    story = watched()
    use(story, 100, n=1, seconds=60)
    fire(story)
    close(story)
    (told,) = fire(story)
    assert (told.period, told.net) == (OCTOBER, Decimal(0))


def guided_sessions(*marks: tuple[str, bool]) -> SessionsGuided:
    return SessionsGuided(marks=[SessionMark("acc-1", name, is_open) for name, is_open in marks])


def test_open_sessions_are_told_with_the_amount_and_end_with_what_they_used() -> None:
    story = watched()
    fire(story)
    story.now += timedelta(minutes=1)
    story.when_event(guided_sessions(("s-1", True), ("s-2", True)))
    assert [told.sessions for told in fire(story)] == [2]
    # Told twice it is counted once; another account's is not ours.
    story.when_event(guided_sessions(("s-1", True))).then()
    use(story, 100, n=1, seconds=60)
    story.when_event(guided_sessions(("s-1", False), ("s-9", False)))
    assert [(told.sessions, told.net) for told in fire(story)] == [(1, Decimal("1.00"))]


def test_sessions_that_are_open_already_are_asked_of_every_partition_of_usage_at_each_switch() -> None:
    story = watched()
    asked = [(send.partition, send.message) for send in story.sends if send.to == "usage"]
    assert asked == [(n, TellSessions(account_id="acc-1")) for n in range(4)]
    story.when_event(guided_sessions(("s-1", True)))
    story.when(WatchUnbilled(account_id="acc-1", watched=False))
    assert [send for send in story.sends if send.to == "usage"] == []
    story.when(WatchUnbilled(account_id="acc-1"))
    assert len([send for send in story.sends if send.to == "usage"]) == 4
    assert [told.sessions for told in fire(story)] == [0]
    story.when_event(guided_sessions(("s-1", True)))
    assert [told.sessions for told in fire(story)] == [1]


def test_a_session_whose_end_is_never_heard_of_is_forgotten_after_a_day() -> None:
    story = watched()
    fire(story)
    story.when_event(guided_sessions(("s-1", True)))
    assert [told.sessions for told in fire(story)] == [1]
    assert [told.sessions for told in fire(story)] == [1]  # midnight of the 11th, after twelve hours
    assert [told.sessions for told in fire(story)] == [0]


def test_an_account_counts_so_many_sessions_and_no_more() -> None:
    story = watched()
    story.when_event(guided_sessions(*((f"s-{n}", True) for n in range(SESSIONS_MAX + 5))))
    assert [told.sessions for told in fire(story)] == [SESSIONS_MAX]


def test_sessions_of_an_account_that_nobody_watches_are_not_counted() -> None:
    rating(cycle(), account()).when_event(guided_sessions(("s-1", True))).then()


def watches(story: Specification) -> list[tuple[str, bool, str | None]]:
    sent = [send.message for send in story.sends if send.to == "rating" and isinstance(send.message, WatchUnbilled)]
    return [(one.account_id, one.watched, one.payer_id) for one in sent]


def test_who_pays_for_others_has_them_watched_as_long_as_it_is() -> None:
    story = rating(cycle(), account())
    story.state.keep({GroupLink: {"acc-1": GroupLink(account_id="acc-1", pays_for=("branch", "shop"))}})
    story.when(WatchUnbilled(account_id="acc-1"))
    assert watches(story) == [("branch", True, "acc-1"), ("shop", True, "acc-1")]
    assert watches(story.when(WatchMember(account_id="acc-1", member="late"))) == [("late", True, "acc-1")]
    story.when(WatchUnbilled(account_id="acc-1", watched=False))
    assert watches(story) == [("branch", False, "acc-1"), ("shop", False, "acc-1")]
    story.when(WatchMember(account_id="acc-1", member="late")).then_nothing()


def test_who_is_watched_for_itself_and_for_its_payer_is_told_until_neither_wants_it() -> None:
    story = watched(OCTETS)
    story.when(WatchUnbilled(account_id="acc-1", payer_id="head"))
    assert [told.payer_id for told in fire(story)] == ["head"]
    assert story.get(UnbilledWatching, ALL) == UnbilledWatching(accounts=1)
    story.when(WatchUnbilled(account_id="acc-1", watched=False, payer_id="another")).then_nothing()
    story.when(WatchUnbilled(account_id="acc-1", watched=False))
    watch, held = story.get(UnbilledWatch, "acc-1"), story.get(Account, "acc-1")
    assert watch is not None and (watch.own, watch.payer_id) == (False, "head")
    assert held is not None and held.unbilled_watched
    story.when(WatchUnbilled(account_id="acc-1", watched=False, payer_id="head"))
    assert (story.get(UnbilledWatch, "acc-1"), story.get(UnbilledWatching, ALL)) == (None, None)


def test_another_payer_is_asked_and_the_old_one_left_in_the_same_moment() -> None:
    story = watched(OCTETS).when(WatchUnbilled(account_id="acc-1", payer_id="head"))
    story.when(FollowGroup(account_id="acc-1", payer=PayerChange(billed_by="other")))
    asked = [
        (send.message.account_id, send.message.member) for send in story.sends if isinstance(send.message, WatchMember)
    ]
    assert asked == [("other", "acc-1")]
    (left,) = [event for event in story.events if isinstance(event, UnbilledWatched)]
    assert (left.left, left.payer_id, left.watched) == ("head", None, True)
