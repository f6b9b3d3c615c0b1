"""Delivery: what lines are to have is told to their network elements until it is acknowledged.

    network_intent pending   ->  StartAttempt to the owner         (in the log before anything is sent)
    network_intent sent      ->  the call                          ->  EndAttempt to the owner
    refused or timed_out     ->  after 2 s, 4 s, … an hour: StartAttempt again

Each process tells the lines of the partitions that it owns, by what their tables say; it remembers nothing that has to
survive it. An attempt that was started and has no outcome is made again by whoever finds it: every driver sets a state,
and to set it twice is to set it once. Command ids derive from line, version and attempt, so that an attempt starts once
and has one outcome. A version that is superseded is not told, and one that was acknowledged not again.

An intent never ends unacknowledged: an element may be down for a weekend. The pause between attempts is counted in this
process and not by the test clock, since equipment lives in the real world; a process that starts tries at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import asyncpg
import msgspec
import structlog

from services.usage.access.messages import EndAttempt, StartAttempt
from services.usage.commands import COMMANDS
from services.usage.network.calls.call import tell
from services.usage.network.calls.outcome import Element, Outcome
from services.usage.network.contract import AccessState, Rates, Wanted
from services.usage.processes import delivery_rows as rows
from shared.engine.background import Host
from shared.engine.background_commands import BackgroundCommands
from shared.engine.postgres import AWAY
from shared.http.vault import Vault
from shared.kernel.ids import derive
from shared.kernel.message import Command

log = structlog.get_logger()

LOOK_EVERY_S: Final = 0.5
ASK_AGAIN_S: Final = 10.0
"""After which a command that has shown no effect is sent again; its id makes it one."""
PAUSE_MAX_S: Final = 3600.0
AT_ONCE: Final = 64
AT_ONCE_OF_ONE: Final = 8
"""Calls at a time, of one process: in all, and to one element."""
REMEMBERED_MAX: Final = 100_000


class Attempt(NamedTuple):
    """Which attempt at which version of which line."""

    resource_id: str
    version: int
    attempt: int


class _Call(NamedTuple):
    """A call that is under way, for a line of that partition."""

    partition: int
    element_id: str
    task: asyncio.Task[None]


def pause_s(attempts: int) -> float:
    """How long after the so many-th attempt the next one is made."""
    return min(2.0 ** min(attempts, 20), PAUSE_MAX_S)


async def run_delivery(host: Host) -> None:
    """Run until cancelled. Any exception is the end of the process."""
    commands = BackgroundCommands(host, COMMANDS, actor="delivery")
    vault = Vault(host.settings)
    delivery = Delivery(host, commands, vault)
    try:
        await delivery.run()
    finally:
        await delivery.stop()
        await vault.close()
        await commands.close()


class Delivery:
    """Tells the lines of this process's partitions."""

    def __init__(self, host: Host, commands: BackgroundCommands, vault: Vault) -> None:
        self._host = host
        self._commands = commands
        self._vault = vault
        # By line: its call; the attempt that was asked for last, and the one that ended last, each with its instant.
        self._calls: dict[str, _Call] = {}
        self._asked: dict[str, tuple[Attempt, float]] = {}
        self._ended: dict[str, tuple[Attempt, float]] = {}

    async def run(self) -> None:
        while True:
            seen = self._host.changes.count
            try:
                await self.look()
            except (*AWAY, asyncpg.PostgresError) as error:
                # The database is away, or its tables are being exchanged: what is to be told stands there still.
                log.warning("delivery_met_fault", error=repr(error))
            await self._host.changes.after(seen, at_least_s=LOOK_EVERY_S)

    async def look(self) -> None:
        """One round: start attempts that are due, and make the calls of those that are started."""
        owned = self._host.owned
        self._drop_lost(owned)
        elements = await rows.elements(self._host.pool)
        if not elements or not owned:
            return
        for intent in await rows.open_intents(self._host.pool, sorted(owned), list(elements)):
            if intent["resource_id"] in self._calls:
                continue
            attempt = Attempt(intent["resource_id"], intent["version"], intent["attempts"])
            if intent["state"] == "sent":
                self._call(attempt, dict(intent), elements)
            elif self._is_due(attempt):
                await self._start(attempt._replace(attempt=attempt.attempt + 1), intent["serving"])

    async def stop(self) -> None:
        for call in self._calls.values():
            call.task.cancel()
        await asyncio.gather(*(call.task for call in self._calls.values()), return_exceptions=True)

    def _drop_lost(self, owned: frozenset[int]) -> None:
        """A call for a partition that went elsewhere is given up, so that it can't come after one of its new owner's;
        a call that failed by a bug of ours ends the process."""
        for resource_id, call in list(self._calls.items()):
            if call.task.done():
                del self._calls[resource_id]
                call.task.result()
            elif call.partition not in owned:
                call.task.cancel()
                del self._calls[resource_id]
        for remembered in (self._asked, self._ended):
            while len(remembered) > REMEMBERED_MAX:
                del remembered[next(iter(remembered))]

    def _is_due(self, attempt: Attempt) -> bool:
        """Whether the pause after that attempt is over; one of another process's life has none."""
        known, ended = self._ended.get(attempt.resource_id, (None, 0.0))
        return known != attempt or self._now() - ended >= pause_s(attempt.attempt)

    def _lately(self, remembered: Mapping[str, tuple[Attempt, float]], attempt: Attempt) -> bool:
        known, at = remembered.get(attempt.resource_id, (None, 0.0))
        return known == attempt and self._now() - at < ASK_AGAIN_S

    async def _start(self, attempt: Attempt, element_id: str) -> None:
        if self._lately(self._asked, attempt):
            return
        resource_id, version, number = attempt
        self._asked[resource_id] = (attempt, self._now())
        command = StartAttempt(resource_id=resource_id, version=version, attempt=number, element_id=element_id)
        await self._send(command, "start", attempt)

    def _call(self, attempt: Attempt, intent: Mapping[str, Any], elements: Mapping[str, Any]) -> None:
        """Make the call of an attempt that is started; not again while its outcome is on its way. An element that is
        silent holds up no other."""
        element_id = intent["element_id"]
        at_once = [call.element_id for call in self._calls.values()]
        if len(at_once) >= AT_ONCE or at_once.count(element_id) >= AT_ONCE_OF_ONE or self._lately(self._ended, attempt):
            return
        task = asyncio.create_task(self._tell(attempt, intent, elements.get(element_id)), name="network-call")
        self._calls[attempt.resource_id] = _Call(intent["partition"], element_id, task)

    async def _tell(self, attempt: Attempt, intent: Mapping[str, Any], element: Mapping[str, Any] | None) -> None:
        try:
            outcome = await self._outcome(intent, element)
        except (*AWAY, asyncpg.PostgresError) as error:
            log.warning("delivery_met_fault", error=repr(error))
            return
        except Exception as error:
            # A bug of ours, or a secret that does not open, is isolated to the line that met it.
            log.error("delivery_bug", line=attempt.resource_id, version=attempt.version, exc_info=error)
            outcome = Outcome("refused", f"a bug of Meterlog's: {type(error).__name__}; the service's log says more")
        resource_id, version, number = attempt
        self._ended[resource_id] = (attempt, self._now())
        command = EndAttempt(
            resource_id=resource_id,
            version=version,
            attempt=number,
            outcome=outcome.kind,
            answer=outcome.answer,
        )
        await self._send(command, "end", attempt)

    async def _outcome(self, intent: Mapping[str, Any], element: Mapping[str, Any] | None) -> Outcome:
        if element is None:
            return Outcome("refused", f"there is no network element {intent['element_id']} any more")
        secret = "" if element["secret"] is None else await self._vault.open_secret(element["secret"])
        line = await rows.line(self._host.pool, intent["resource_id"], self._host.clock.now())
        called = Element(element["element_id"], element["driver"], element["address"], element["vendor"], secret)
        return await tell(called, wanted_of(intent), line)

    async def _send(self, command: Command, what: str, attempt: Attempt) -> None:
        """To the owner of the line's partition; in the log when this returns."""
        await self._commands.send(command, derive("network", what, *attempt))

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def wanted_of(intent: Mapping[str, Any]) -> Wanted:
    rates = None if intent["rates"] is None else msgspec.json.decode(intent["rates"], type=Rates)
    state: AccessState = intent["desired"]
    why: Sequence[str] = intent["why"]
    return Wanted(state, rates, intent["version"], ", ".join(why))
