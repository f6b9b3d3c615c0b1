"""Prefetching: what a batch will ask for is known before it is taken, but for the few plans."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from services.rating.account.messages import OpenAccount
from services.rating.commands import COMMANDS
from services.rating.plan.state import Plan
from services.rating.service import SERVICE
from services.rating.subscription.messages import StartSubscription
from services.rating.unbilled_watch.state import ALL, UnbilledWatching
from shared.kernel.decider import State
from shared.kernel.envelope import Envelope
from shared.kernel.message import Command, Event
from shared.kernel.outcome import CommandResult, Parking
from shared.kernel.unit_of_work import UnitOfWork
from tests.kit.decider import NOON, Specification, each_of
from tests.services.rating.account.test_accounts import open_account
from tests.services.rating.subscription.test_subscriptions import start
from tests.services.rating.world import OCTETS, account, cycle, guided, plan, rating, subscription, timer_of, used


class Asked:
    """A view that remembers what it was asked for."""

    def __init__(self, story: Specification) -> None:
        self.story = story
        self.wanted: set[tuple[type[State], str]] = set()

    def get(self, kind: Any, key: str) -> Any:
        self.wanted.add((kind, key))
        return self.story.get(kind, key)

    def get_many(self, kind: Any, keys: Any) -> Any:
        return {key: found for key in keys if (found := self.get(kind, key)) is not None}


def asked_by(story: Specification, message: Command | Event) -> set[tuple[type[State], str]]:
    asked = Asked(story)
    batch = UnitOfWork(story.domain, asked, story.place, next_seq=story.next_seq, now=story.now)
    envelope = Envelope(env="test", service="x", partition=0, type="", recorded_at=NOON, subject="", command_id="c")
    if isinstance(message, Event):
        batch.take_event(message, envelope)
    else:
        held = tuple(claim.digest("rating") for claim in message.claims("c"))
        batch.take_command(message, msgspec.structs.replace(envelope, claims=held))
    return {(kind, key) for kind, key in asked.wanted if kind not in (CommandResult, Parking)}


def customer() -> Specification:
    return rating(cycle(), *plan(OCTETS), account(), subscription())


def test_a_guided_message_names_all_but_the_plans() -> None:
    story = customer().given(subscription(subscription_id="sub-2"))
    message = guided(used(1, "2026-09-05 10:00"), used(1, "2026-09-05 10:00", subscription_id="sub-2", index=1))
    assert asked_by(story, message) - each_of(SERVICE.preload(message)) == {(Plan, "fiber")}


ONCE: Final = {(UnbilledWatching, ALL)}
"""One of each partition: loaded once."""


def test_a_close_names_all_but_the_plans() -> None:
    story = customer().given(subscription(subscription_id="sub-2"))
    timer = timer_of(story)
    command = COMMANDS.decode(timer.command_type, bytes(timer.command))
    assert asked_by(story, command) - each_of(SERVICE.preload(command)) - ONCE == {(Plan, "fiber")}


def test_interactive_commands_name_everything() -> None:
    commands: tuple[OpenAccount | StartSubscription, ...] = (
        open_account(account_id="acc-2"),
        start(subscription_id="sub-2"),
    )
    for command in commands:
        assert asked_by(customer(), command) <= each_of(SERVICE.preload(command)) | ONCE
