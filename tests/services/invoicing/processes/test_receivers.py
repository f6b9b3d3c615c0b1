"""Many deliveries at a time: a receiver that hangs holds up no other, and what is said to be called counts."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from services.invoicing.commands import COMMANDS
from services.invoicing.delivery.messages import EndDelivery, StartDelivery
from services.invoicing.processes import delivery, delivery_rows
from services.invoicing.processes.delivery import AT_ONCE, AT_ONCE_OF_ONE, Delivery
from services.invoicing.processes.delivery_rows import LOOK_MAX
from shared.kernel.message import Command, encode
from shared.mail.outcome import Outcome

NOW = datetime(2026, 10, 1, tzinfo=UTC)


class Table:
    """Rows of deliveries, and a log that is applied at once, or not at all while `behind`."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self.called: list[str] = []
        self.hanging: set[str] = set()
        self.behind = False
        self.said: list[Any] = []
        self.owned = frozenset({0})
        self.settings = SimpleNamespace(partitions=1)
        self.kafka = SimpleNamespace(env="test", topic=lambda name: name)
        self.clock = SimpleNamespace(now=lambda: NOW)
        self.pool = None
        self.has_mail_server = True

    def waits(self, channel: str, receiver: str, count: int) -> None:
        for _ in range(count):
            key = f"{len(self.rows):05}"
            self.rows[key] = {
                "delivery_id": key,
                "account_id": "acc-1",
                "document_kind": "credit_note",
                "document_id": key,
                "channel": channel,
                "attempts": 0,
                "claim": "",
                "recipient": receiver,
                "due_at": NOW,
                "status": "waiting",
            }

    def statuses(self, receiver: str) -> Counter[str]:
        return Counter(row["status"] for row in self.rows.values() if row["recipient"] == receiver)

    async def receiver(self, row: Any) -> str:
        return "" if row["channel"] == "email" else str(row["recipient"])

    async def deliver(self, row: Any) -> Outcome:
        self.called.append(row["recipient"])
        if row["recipient"] in self.hanging:
            await asyncio.Event().wait()
        return Outcome("sent", "200")

    async def due(self, pool: Any, owned: Sequence[int], channel: str, now: datetime, after: Any) -> list[Any]:
        waiting = [row for row in self._of("waiting") if row["channel"] == channel and row["delivery_id"] > after[1]]
        return waiting[:LOOK_MAX]

    async def started(self, pool: Any, owned: Sequence[int]) -> list[Any]:
        return self._of("sending")[:LOOK_MAX]

    def _of(self, status: str) -> list[Any]:
        return [{**row} for row in self.rows.values() if row["status"] == status]

    async def send(self, asked: Command, command_id: str) -> None:
        command = COMMANDS.decode(COMMANDS.name_of(asked), encode(asked))
        self.said.append(command)
        if not self.behind:
            self._apply(command)

    def _apply(self, command: Any) -> None:
        match command:
            case StartDelivery():
                change = {"status": "sending", "attempts": command.attempt, "claim": command.claim}
            case EndDelivery():
                change = {"status": command.outcome}
        self.rows[command.delivery_id] |= change

    def new_process(self) -> Delivery:
        return Delivery(self, self, self, self)  # type: ignore[arg-type]


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Table:
    made = Table()
    for name in ("due", "started"):
        monkeypatch.setattr(delivery_rows, name, getattr(made, name))
    monkeypatch.setattr(delivery, "ORPHAN_AFTER_S", 0.0)
    return made


async def look(process: Delivery, times: int) -> None:
    for _ in range(times):
        await process.look()
        for _ in range(5):
            await asyncio.sleep(0)


async def end(process: Delivery) -> None:
    """As SIGKILL would."""
    for call in process._calls.values():
        call.task.cancel()
    await asyncio.gather(*(call.task for call in process._calls.values()), return_exceptions=True)


@pytest.mark.parametrize("waiting", [100, 3 * LOOK_MAX], ids=["in_one_page", "over_pages"])
async def test_a_receiver_that_hangs_holds_up_no_other(table: Table, waiting: int) -> None:
    table.hanging = {"slow.example"}
    table.waits("webhook", "slow.example", waiting)
    table.waits("webhook", "quick.example", 40)
    process = table.new_process()
    await look(process, 6)
    assert table.statuses("quick.example") == {"sent": 40}
    assert Counter(table.called)["slow.example"] == AT_ONCE_OF_ONE
    # What can't be called is not even started: nothing waits in the log for a call.
    assert table.statuses("slow.example") == {"sending": AT_ONCE_OF_ONE, "waiting": waiting - AT_ONCE_OF_ONE}
    await end(process)


async def test_what_a_dead_process_left_is_called_by_the_same_measure(table: Table) -> None:
    table.hanging = {"slow.example"}
    table.waits("webhook", "slow.example", 20)
    table.waits("webhook", "quick.example", 20)
    for row in table.rows.values():
        row |= {"status": "sending", "attempts": 1, "claim": "of the dead"}
    process = table.new_process()
    await look(process, 6)
    assert (table.statuses("quick.example"), Counter(table.called)["slow.example"]) == ({"sent": 20}, AT_ONCE_OF_ONE)
    await end(process)


@pytest.mark.parametrize("channel", ["email", "webhook"])
async def test_a_process_says_of_no_more_that_it_will_call_than_it_does(table: Table, channel: Any) -> None:
    """While the owner of a partition is slow nothing shows that an attempt is started: the next look must count it."""
    table.waits(channel, "one.example", 200)
    table.behind = True
    process = table.new_process()
    await look(process, 10)
    most = min(AT_ONCE[channel], AT_ONCE_OF_ONE)
    assert len({command.delivery_id for command in table.said}) == most


async def test_mail_has_room_of_its_own(table: Table) -> None:
    table.hanging = {f"slow-{n}.example" for n in range(8)}
    for receiver in sorted(table.hanging):
        table.waits("webhook", receiver, 20)
    table.waits("email", "ann@example.org", 30)
    process = table.new_process()
    await look(process, 6)
    assert table.statuses("ann@example.org") == {"sent": 30}
    assert len([one for one in table.called if one in table.hanging]) == AT_ONCE["webhook"]
    await end(process)
