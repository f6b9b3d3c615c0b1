"""Delivery over crashes: a mail is never called for twice, a webhook until it has an answer.

The log and the tables are a partition's story: commands are decided as they are sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from services.invoicing.commands import COMMANDS
from services.invoicing.delivery.messages import (
    ChangeDeliveryPreferences,
    DeliveryAsked,
    DeliveryEnded,
    DeliveryPreferences,
    DeliveryStarted,
    SendDocument,
    SentDocument,
)
from services.invoicing.delivery.state import Deliveries
from services.invoicing.processes import delivery, delivery_rows
from services.invoicing.processes.delivery import Delivery
from shared.kernel.message import Command, Event, encode
from shared.kernel.sealed import Sealed
from shared.mail.outcome import Outcome
from tests.services.invoicing.story import ACCOUNT, BILLING_DAY, INVOICE, Partitions

Due = dict[str, datetime]


class World:
    """A partition, what is called from it, and what delivery sees of both."""

    def __init__(self) -> None:
        partitions = Partitions(count=1)
        partitions.draft(ACCOUNT)
        preferences = DeliveryPreferences(webhook=Sealed("v1.hook"), print=True)
        partitions.run(ChangeDeliveryPreferences(account_id=ACCOUNT, preferences=preferences))
        partitions.finalise(ACCOUNT)
        self.story = partitions.of(ACCOUNT)
        self.taken: set[str] = set()
        self.events: list[Event] = []
        self.due_at: Due = {}
        self.called: list[tuple[str, str]] = []
        self.says: list[Outcome] = []
        self.holds: asyncio.Event | None = None
        self.amount_due: str | None = "36.04"
        # As the process's host, its producer, its documents and its caller.
        self.owned = frozenset({0})
        self.settings = SimpleNamespace(partitions=1)
        self.kafka = SimpleNamespace(env="test", topic=lambda name: name)
        self.now = BILLING_DAY
        self.clock = SimpleNamespace(now=lambda: self.now)
        self.pool = None
        self.has_mail_server = True

    def asked(self, *channels: Any) -> None:
        self._decide(
            SendDocument(
                account_id=ACCOUNT, document=SentDocument(kind="invoice", id=INVOICE), channels=list(channels)
            ),
            f"send-{channels}",
        )

    async def deliver(self, row: Any) -> Outcome:
        self.called.append((row["channel"], row["delivery_id"]))
        if self.holds is not None:
            await self.holds.wait()
        return self.says.pop(0) if self.says else Outcome("sent", "250")

    async def row(self, kind: str, document_id: str) -> Any:
        return {"amount_due": self.amount_due, "status": "issued"}

    async def send(self, command: Command, command_id: str) -> None:
        if command_id not in self.taken:
            self.taken.add(command_id)
            self._decide(COMMANDS.decode(COMMANDS.name_of(command), encode(command)), command_id)

    def _decide(self, command: Any, command_id: str | None) -> None:
        self.story.when(command, command_id=command_id, now=self.now)
        for event in self.story.events:
            match event:
                case DeliveryAsked():
                    self.due_at[event.delivery_id] = self.now
                case DeliveryEnded():
                    self.due_at[event.delivery_id] = self.now + timedelta(seconds=event.pause_s)
        self.events += self.story.events

    async def receiver(self, row: Any) -> str:
        return ""

    async def due(self, pool: Any, owned: Sequence[int], channel: str, now: datetime, after: Any) -> list[Any]:
        return [row for row in self._rows("waiting") if row["channel"] == channel and row["due_at"] <= now]

    async def started(self, pool: Any, owned: Sequence[int]) -> list[Any]:
        return self._rows("sending")

    def _rows(self, status: str) -> list[dict[str, Any]]:
        known = self.story.get(Deliveries, INVOICE)
        assert known is not None
        return [
            {
                "delivery_id": key,
                "account_id": ACCOUNT,
                "document_kind": "invoice",
                "document_id": INVOICE,
                "channel": one.channel,
                "attempts": one.attempts,
                "claim": one.claim,
                "recipient": one.recipient,
                "due_at": self.due_at[key],
            }
            for key, one in known.by_id.items()
            if one.status == status
        ]

    def new_process(self) -> Delivery:
        return Delivery(self, self, self, self)  # type: ignore[arg-type]

    def statuses(self) -> dict[str, str]:
        known = self.story.get(Deliveries, INVOICE)
        assert known is not None
        return {one.channel: one.status for one in known.by_id.values()}


async def look(process: Delivery, times: int = 5) -> None:
    for _ in range(times):
        await process.look()
        for _ in range(5):
            await asyncio.sleep(0)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    made = World()
    for name in ("due", "started"):
        monkeypatch.setattr(delivery_rows, name, getattr(made, name))
    monkeypatch.setattr(delivery, "ORPHAN_AFTER_S", 0.0)
    return made


async def test_every_attempt_is_in_the_log_before_its_call_and_each_channel_has_one(world: World) -> None:
    world.asked("email", "webhook", "print")
    await look(world.new_process())
    kinds = [type(event) for event in world.events if isinstance(event, DeliveryStarted | DeliveryEnded)]
    assert sorted(kind.__name__ for kind in kinds) == ["DeliveryEnded"] * 2 + ["DeliveryStarted"] * 2
    assert sorted(channel for channel, _ in world.called) == ["email", "webhook"]
    assert world.statuses() == {"email": "sent", "webhook": "sent", "print": "waiting"}


async def test_what_was_not_taken_is_tried_again_when_its_pause_is_over(world: World) -> None:
    world.asked("email")
    world.says = [Outcome("deferred", "451"), Outcome("deferred", "451")]
    process = world.new_process()
    await look(process)
    await look(process)
    assert len(world.called) == 1
    world.now += timedelta(seconds=60)
    await look(process)
    world.now += timedelta(seconds=299)
    await look(process)
    assert len(world.called) == 2
    world.now += timedelta(seconds=1)
    await look(process)
    assert (len(world.called), world.statuses()) == (3, {"email": "sent"})


@pytest.mark.parametrize(
    ("channel", "status", "calls"), [("email", "unknown", 1), ("webhook", "sent", 2)], ids=["mail", "webhook"]
)
async def test_a_process_that_dies_in_a_call_leaves_a_mail_to_a_person_and_a_webhook_to_the_next(
    world: World, channel: str, status: str, calls: int
) -> None:
    world.asked(channel)
    world.holds = asyncio.Event()
    dead = world.new_process()
    await look(dead)
    assert len(world.called) == 1
    # As SIGKILL would: nothing of it is told.
    for call in dead._calls.values():
        call.task.cancel()
    await asyncio.sleep(0)
    world.holds = None
    await look(world.new_process())
    assert (world.statuses(), len(world.called)) == ({channel: status}, calls)
    assert len({delivery_id for _, delivery_id in world.called}) == 1
    await look(world.new_process())
    assert len(world.called) == calls


async def test_a_process_that_dies_before_its_call_leaves_the_mail_to_a_person_too(world: World) -> None:
    """It can't be told from the other case, and two mails are worse than a question."""
    world.asked("email")
    dead = world.new_process()
    await dead.look()
    assert world.statuses() == {"email": "sending"}
    await look(world.new_process())
    assert (world.statuses(), world.called) == ({"email": "unknown"}, [])


async def test_what_a_process_tells_late_of_a_mail_counts(world: World) -> None:
    world.asked("email")
    world.holds = asyncio.Event()
    slow = world.new_process()
    await look(slow)
    await look(world.new_process())
    assert world.statuses() == {"email": "unknown"}
    world.holds.set()
    await look(slow)
    assert (world.statuses(), len(world.called)) == ({"email": "sent"}, 1)


async def test_two_processes_that_take_one_partition_start_one_attempt(world: World) -> None:
    world.asked("email")
    one, other = world.new_process(), world.new_process()
    await one.look()
    await other.look()
    world.holds = None
    await look(one)
    assert len([event for event in world.events if isinstance(event, DeliveryStarted)]) == 1
    assert len(world.called) == 1


async def test_without_a_mail_server_mail_waits_and_webhooks_do_not(world: World) -> None:
    world.has_mail_server = False
    world.asked("email", "webhook")
    await look(world.new_process())
    assert world.statuses() == {"email": "waiting", "webhook": "sent"}
    world.has_mail_server = True
    await look(world.new_process())
    assert world.statuses() == {"email": "sent", "webhook": "sent"}


async def test_an_invoice_waits_until_payments_has_said_what_credit_pays_of_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.amount_due = None
    world.asked("email")
    process = world.new_process()
    await look(process)
    assert world.called == []
    monkeypatch.setattr(delivery, "AMOUNT_DUE_WAIT_S", 0.0)
    await look(process)
    assert len(world.called) == 1


async def test_a_bug_is_isolated_to_the_delivery_that_met_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(row: Any) -> Outcome:
        raise KeyError("bug")

    world.asked("email")
    monkeypatch.setattr(world, "deliver", broken)
    await look(world.new_process())
    assert world.statuses() == {"email": "failed"}


async def test_what_others_own_is_left_alone(world: World) -> None:
    world.asked("email")
    world.owned = frozenset()
    await look(world.new_process())
    assert (world.called, world.statuses()) == ([], {"email": "waiting"})


async def test_a_process_that_stops_gives_back_what_it_has_not_called_for(world: World) -> None:
    world.asked("email")
    stopping = world.new_process()
    await stopping.look()
    await stopping.stop()
    assert world.statuses() == {"email": "waiting"}
    world.now += timedelta(seconds=60)
    await look(world.new_process())
    assert (world.statuses(), len(world.called)) == ({"email": "sent"}, 1)


async def test_a_process_that_stops_lets_a_call_end(world: World) -> None:
    world.asked("email")
    world.holds = asyncio.Event()
    stopping = world.new_process()
    await look(stopping)
    ended = asyncio.create_task(stopping.stop())
    await asyncio.sleep(0)
    world.holds.set()
    await ended
    assert (world.statuses(), len(world.called)) == ({"email": "sent"}, 1)
