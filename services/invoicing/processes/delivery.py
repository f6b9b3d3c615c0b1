"""Delivery: what is asked for is started in the log, called, and its outcome told to the owner of its account.

    delivery_row waiting, due  ->  StartDelivery          (in the log before anything is called)
    delivery_row sending, ours ->  the call               ->  EndDelivery
    delivery_row sending, of a process that is no more:
        webhook                ->  the call once more: the receiver knows it by its id
        e-mail                 ->  EndDelivery(unknown): nobody knows whether it went out, and a person decides

Each process delivers for the partitions that it owns, by what their tables say. A started attempt names the process by
its `claim`, drawn when the process starts; only that process calls, and once. A call is not broken off when its
partition goes elsewhere: what came of it is told all the same, and counts, even where the next owner has said `unknown`
meanwhile. Nothing here follows from reading events, so a rebuild repeats nothing.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, NamedTuple

import asyncpg
import structlog

from services.invoicing.commands import COMMANDS
from services.invoicing.delivery.documents import Documents
from services.invoicing.delivery.messages import Channel, EndDelivery, SentDocument, StartDelivery
from services.invoicing.processes import delivery_rows as rows
from services.invoicing.processes.calling import Caller
from shared.engine.background import Host
from shared.engine.background_commands import BackgroundCommands
from shared.engine.postgres import AWAY
from shared.http.vault import Vault
from shared.kernel.ids import derive
from shared.kernel.same_fields import same_fields
from shared.mail.outcome import Outcome
from shared.mail.smtp import server_of

log = structlog.get_logger()

LOOK_EVERY_S: Final = 0.5
ASK_AGAIN_S: Final = 10.0
"""After which a command that has shown no effect is sent again; its id makes it one."""
ORPHAN_AFTER_S: Final = 5.0
"""How long a stranger's attempt is left to him: mostly he is dead, or else he tells the outcome later."""
AMOUNT_DUE_WAIT_S: Final = 30.0
"""How long an invoice waits for payments to say what credit paid of it, as its document says so, too."""
AT_ONCE: Final[Mapping[Channel, int]] = {"webhook": 64, "email": 16}
"""Calls at a time of one process, and those that it has said it would make."""
AT_ONCE_OF_ONE: Final = 16
"""Of these to one receiver of webhooks, so that one that hangs holds up no other."""
PAGES_MAX: Final = 10
"""How far a look goes behind what waits for a receiver that hangs."""
STOP_S: Final = 5.0
GIVEN_BACK_S: Final = 60.0
REMEMBERED_MAX: Final = 10_000

Row = asyncpg.Record | Mapping[str, Any]
Attempt = tuple[str, int]
"""A delivery and the number of its attempt."""


class _Call(NamedTuple):
    """A call that is under way."""

    channel: Channel
    receiver: str
    task: asyncio.Task[None]


async def run_delivery(host: Host) -> None:
    """Run until cancelled. Any exception is the end of the process."""
    commands = BackgroundCommands(host, COMMANDS, actor="delivery")
    vault = Vault(host.settings)
    documents = Documents(host.pool, vault, host.settings)
    delivery = Delivery(host, commands, documents, Caller(documents, vault, server_of(host.settings)))
    try:
        await delivery.run()
    finally:
        await delivery.stop()
        await vault.close()
        await commands.close()


class Delivery:
    """Delivers for this process's partitions."""

    def __init__(self, host: Host, commands: BackgroundCommands, documents: Documents, caller: Caller) -> None:
        self._host = host
        self._commands = commands
        self._documents = documents
        self._caller = caller
        self._claim = os.urandom(8).hex()
        self._calls: dict[Attempt, _Call] = {}
        # What was told of an attempt, and when: a mail is never called for twice, however late the row is.
        self._told: dict[Attempt, tuple[EndDelivery, float]] = {}
        # What was asked to start, and when: what of it was never called for is given back when the process stops.
        self._asked: dict[Attempt, tuple[StartDelivery, float]] = {}
        self._first_seen: dict[Attempt, float] = {}

    async def run(self) -> None:
        while True:
            seen = self._host.changes.count
            try:
                await self.look()
            except (*AWAY, asyncpg.PostgresError) as error:
                # The database is away, or its tables are being exchanged: what is to go out stands there still.
                log.warning("delivery_met_fault", error=repr(error))
            await self._host.changes.after(seen, at_least_s=LOOK_EVERY_S)

    async def look(self) -> None:
        """One round: the calls of attempts that are started, and the start of those that are due."""
        self._forget()
        owned = sorted(self._host.owned)
        if not owned:
            return
        started = await rows.started(self._host.pool, owned)
        for row in started:
            await self._follow_up(row, (row["delivery_id"], row["attempts"]))
        for channel in self._channels:
            await self._start_due(owned, channel, await self._busy(channel, started))

    async def stop(self) -> None:
        """Calls that are under way may end, so that their outcome is known; what was started only is given back."""
        calls = [call.task for call in self._calls.values()]
        if calls:
            await asyncio.wait(calls, timeout=STOP_S)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_S / 2):
                await self._give_back()

    async def _give_back(self) -> None:
        outcome = Outcome("deferred", "stopped")
        for attempt, (command, asked_at) in self._asked.items():
            called = attempt in self._calls or attempt in self._told
            if not called and self._now() - asked_at < GIVEN_BACK_S:
                await self._tell(attempt, same_fields(EndDelivery, command, outcome=outcome.kind, code=outcome.code))

    async def _busy(self, channel: Channel, started: Sequence[Row] = ()) -> Counter[str]:
        """How many calls there are to each receiver, with those of `started` that are ours to make."""
        busy = Counter(call.receiver for call in self._calls.values() if call.channel == channel)
        for row in started:
            attempt = (row["delivery_id"], row["attempts"])
            known = attempt in self._calls or attempt in self._told
            if row["channel"] == channel and row["claim"] == self._claim and not known:
                busy[await self._caller.receiver(row)] += 1
        return busy

    async def _start_due(self, owned: Sequence[int], channel: Channel, busy: Counter[str]) -> None:
        """Start what is due, as far as there is room for it: a mail server that hangs holds up no webhook, and a
        receiver no other."""
        after: rows.Place = (None, "")
        for _ in range(PAGES_MAX):
            page = await rows.due(self._host.pool, owned, channel, self._host.clock.now(), after)
            for row in page:
                if busy.total() >= AT_ONCE[channel]:
                    return
                receiver = await self._caller.receiver(row)
                if _has_room(receiver, busy, channel):
                    busy[receiver] += await self._start(row, (row["delivery_id"], row["attempts"] + 1))
            if len(page) < rows.LOOK_MAX:
                return
            after = (page[-1]["due_at"], page[-1]["delivery_id"])

    @property
    def _channels(self) -> list[Channel]:
        """Mail waits until there is a server for it, and print for its batch."""
        return ["webhook", "email"] if self._caller.has_mail_server else ["webhook"]

    def _forget(self) -> None:
        """Calls that are through; one that failed by a bug of ours ends the process."""
        for attempt, call in list(self._calls.items()):
            if call.task.done():
                del self._calls[attempt]
                call.task.result()
        for remembered in (self._told, self._asked, self._first_seen):
            while len(remembered) > REMEMBERED_MAX:
                del remembered[next(iter(remembered))]

    async def _follow_up(self, row: Row, attempt: Attempt) -> None:
        """An attempt without outcome: call, if it is ours to call, or say what is known of it."""
        if attempt in self._calls:
            return
        if attempt in self._told:
            command, at = self._told[attempt]
            if self._now() - at >= ASK_AGAIN_S:
                await self._tell(attempt, command)
        elif row["claim"] == self._claim:
            await self._call(row, attempt)
        elif self._seen_for_s(attempt) >= ORPHAN_AFTER_S:
            if row["channel"] == "webhook":
                await self._call(row, attempt)
            else:
                ended = Outcome("unknown", "no_outcome", "the process that sent it has ended")
                await self._tell(attempt, _end(row, attempt, ended))

    async def _start(self, row: Row, attempt: Attempt) -> bool:
        """Whether an attempt is asked for, now or lately."""
        _, asked_at = self._asked.get(attempt, (None, -ASK_AGAIN_S))
        if self._now() - asked_at < ASK_AGAIN_S:
            return True
        if not await self._is_ready(row, attempt):
            return False
        delivery_id, number = attempt
        command = StartDelivery(
            account_id=row["account_id"],
            document=_document(row),
            delivery_id=delivery_id,
            attempt=number,
            claim=self._claim,
        )
        self._asked[attempt] = (command, self._now())
        await self._commands.send(command, derive("delivery", "start", self._claim, *attempt))
        return True

    async def _is_ready(self, row: Row, attempt: Attempt) -> bool:
        """An invoice that was issued a moment ago waits for what it says of credit; others do not."""
        if row["document_kind"] != "invoice" or self._seen_for_s(attempt) >= AMOUNT_DUE_WAIT_S:
            return True
        invoice = await self._documents.row("invoice", row["document_id"])
        return invoice is None or invoice["amount_due"] is not None or invoice["status"] != "issued"

    async def _call(self, row: Row, attempt: Attempt) -> None:
        channel, receiver = row["channel"], await self._caller.receiver(row)
        if _has_room(receiver, await self._busy(channel), channel):
            task = asyncio.create_task(self._deliver(row, attempt), name="delivery")
            self._calls[attempt] = _Call(channel, receiver, task)

    async def _deliver(self, row: Row, attempt: Attempt) -> None:
        try:
            outcome = await self._caller.deliver(row)
        except (*AWAY, asyncpg.PostgresError) as error:
            # Before any call: the caller reads what it needs first.
            log.warning("delivery_met_fault", error=repr(error))
            outcome = Outcome("deferred", "database_away")
        except Exception as error:
            # A bug of ours is isolated to the delivery that met it. It has not come as far as a call either.
            log.error("delivery_bug", delivery=attempt[0], exc_info=error)
            outcome = Outcome(
                "failed", "bug", f"a bug of Meterlog's: {type(error).__name__}; the service's log says more"
            )
        await self._tell(attempt, _end(row, attempt, outcome))

    async def _tell(self, attempt: Attempt, command: EndDelivery) -> None:
        # At the end of those that are remembered: what has shown no effect is forgotten last.
        self._told.pop(attempt, None)
        self._told[attempt] = (command, self._now())
        # Two processes may have something to say of an attempt: what the one that called says is not lost.
        await self._commands.send(command, derive("delivery", "end", self._claim, *attempt))

    def _seen_for_s(self, attempt: Attempt) -> float:
        return self._now() - self._first_seen.setdefault(attempt, self._now())

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def _has_room(receiver: str, busy: Counter[str], channel: Channel) -> bool:
    most = AT_ONCE_OF_ONE if channel == "webhook" else AT_ONCE[channel]
    return busy.total() < AT_ONCE[channel] and busy[receiver] < most


def _document(row: Row) -> SentDocument:
    return SentDocument.of(row["document_kind"], row["document_id"])


def _end(row: Row, attempt: Attempt, outcome: Outcome) -> EndDelivery:
    return EndDelivery(
        account_id=row["account_id"],
        document=_document(row),
        delivery_id=attempt[0],
        attempt=attempt[1],
        outcome=outcome.kind,
        code=outcome.code,
        answer=outcome.answer,
    )
