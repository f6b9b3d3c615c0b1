"""Takes one input of a batch: as a whole, or what of it can be taken, the rest put aside.

    rating.commands/3/17     ClosePeriod           decided
    usage.guided/3/4711      [ann, bo, cy]         crashes; [ann] taken, [bo] parked, [cy] taken
    rating.commands/3/18     RequeueParked(bo)     [bo] taken again: the bug has been mended

Whatever is asked for and not loaded yet is loaded on the way. A bug never ends the process: it is isolated to the
smallest part of the input that meets it. A fault (network, broker, database) always does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import structlog
from prometheus_client import Counter

from shared.engine.incoming import Incoming, Unreadable
from shared.engine.outbox import Outbox
from shared.engine.postgres import Connection
from shared.engine.service import Service
from shared.engine.state_cache import StateCache
from shared.engine.store import CheckpointStore
from shared.engine.telemetry import INPUTS
from shared.kernel.claims import ClaimedKey, EarlierUse, next_claim
from shared.kernel.dead_letters import BEHIND, parking_key
from shared.kernel.decider import State
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Indivisible
from shared.kernel.message import Command, Event
from shared.kernel.outcome import CommandResult, Parking
from shared.kernel.recovery import RECOVERY_COMMANDS
from shared.kernel.requeue import Recovery, described
from shared.kernel.unit_of_work import Missing, UnitOfWork

log = structlog.get_logger()


class InputHandler:
    """How one partition takes its inputs."""

    def __init__(
        self,
        service: Service,
        partition: int,
        *,
        env: str,
        state: StateCache,
        checkpoints: CheckpointStore,
        outbox: Outbox,
    ) -> None:
        self._service = service
        self._partition = partition
        self._env = env
        self._state = state
        self._checkpoints = checkpoints
        self._outbox = outbox
        self._counters: dict[str, Counter] = {}
        self._recovery = Recovery(
            service=service.name,
            partition=partition,
            catalogues={f"{service.name}.commands": service.commands, **{i.topic: i.readable for i in service.inputs}},
            split=service.split,
            remains=service.remains,
        )

    async def take(self, connection: Connection, batch: UnitOfWork, incoming: Incoming) -> None:
        """Take one input. One that meets a bug is cut into ever smaller parts, until only what crashes is isolated."""
        self._taken(incoming.topic).inc()
        if incoming.passed_by:
            return
        waiting = [incoming]
        while waiting:
            part = waiting.pop()
            bug = await self._attempt(connection, batch, part)
            if bug is None:
                continue
            parts = self._parts_of(part, bug)
            if parts:
                log.warning("input_split", origin=part.origin, parts=len(parts), error=repr(bug))
                waiting.extend(reversed(parts))
            else:
                log.error("input_crashed", origin=part.origin, exc_info=bug)
                await self._isolate(connection, batch, part, bug)

    def _taken(self, topic: str) -> Counter:
        """The counter of what is taken from a topic; to look it up by its labels costs more than to count."""
        counter = self._counters.get(topic)
        if counter is None:
            counter = self._counters[topic] = INPUTS.labels(self._service.name, topic)
        return counter

    async def _attempt(self, connection: Connection, batch: UnitOfWork, incoming: Incoming) -> Exception | None:
        """Take an input as a whole, loading what it turns out to need; gives back the bug it met, taking nothing."""
        take = self._way_of(incoming)
        while True:
            try:
                take(batch)
                return None
            except Missing as missing:
                await self._load(connection, missing)
            except Exception as bug:
                return bug

    def _way_of(self, incoming: Incoming) -> Callable[[UnitOfWork], None]:
        message, envelope = incoming.message, incoming.envelope
        if isinstance(message, RECOVERY_COMMANDS) and envelope is not None:
            return self._recovery.page(message, envelope, incoming.origin).take
        return lambda batch: _take_once(batch, incoming)

    def _parts_of(self, incoming: Incoming, bug: Exception) -> list[Incoming]:
        """The parts to take in place of an input that crashed; none where it is to be isolated as it is."""
        if incoming.message is None or isinstance(bug, Indivisible):
            return []
        try:
            parts = self._service.split(incoming.message)
        except Exception:
            # A partition that can't even cut its input must not stop for it.
            log.exception("split_crashed", origin=incoming.origin)
            return []
        return [replace(incoming, message=part, cut=True) for part in parts]

    async def _isolate(self, connection: Connection, batch: UnitOfWork, incoming: Incoming, bug: Exception) -> None:
        """A command from outside is dead-lettered; an upstream event or a reaction's command is parked, never
        skipped.
        """
        envelope = incoming.envelope or self._no_envelope(batch)
        # Of a command that nobody can read it is not known whether its id names it alone.
        hot = not isinstance(incoming.message, Command) or incoming.message.HOT
        while True:
            try:
                if incoming.from_outside:
                    batch.fault(incoming.faulted(described(bug)), envelope, hot=hot, origin=incoming.origin)
                    self._outbox.dead.append((incoming.record, incoming.payload))
                else:
                    batch.park(incoming.parked(parking_key(incoming.message, envelope), described(bug)), envelope)
                return
            except Missing as missing:
                await self._load(connection, missing)

    async def _load(self, connection: Connection, missing: Missing) -> None:
        await self._state.load(connection, missing.wanted, self._checkpoints.gen, self._checkpoints.topic)

    def _no_envelope(self, batch: UnitOfWork) -> Envelope:
        return Envelope(
            env=self._env,
            service=self._service.name,
            partition=self._partition,
            type="unknown",
            recorded_at=batch.now,
            subject="",
        )


def asked_by_runtime(service: str, incoming: Incoming) -> Sequence[tuple[type[State], str]]:
    """What is looked up for every command before it is decided: its earlier result, its account's parked inputs, the
    key that it is here to claim.
    """
    message, envelope = incoming.message, incoming.envelope
    if not isinstance(message, Command) or message.HOT or envelope is None or envelope.command_id is None:
        return ()
    asked: list[tuple[type[State], str]] = [(CommandResult, envelope.command_id)]
    key = parking_key(message, envelope) if incoming.queues else message.account
    if key is not None:
        asked.append((Parking, key))
    claim = next_claim(service, message, envelope.command_id, envelope.claims)
    if claim is not None:
        asked += [(ClaimedKey, claim.digest(service)), (EarlierUse, claim.name)]
    return asked


def _take_once(batch: UnitOfWork, incoming: Incoming) -> None:
    message, envelope = incoming.message, incoming.envelope
    if message is None or envelope is None:
        raise Unreadable(f"{incoming.origin} is not a message of this version")
    if incoming.queues and batch.is_parked(key := parking_key(message, envelope)):
        batch.park(incoming.parked(key, BEHIND, attempts=0), envelope)
    elif isinstance(message, Event):
        batch.take_event(message, envelope, origin=incoming.origin)
    elif isinstance(message, Command):
        if envelope.expires_at is not None and envelope.expires_at < datetime.now(UTC):
            batch.expire(message, envelope, origin=incoming.origin)
        else:
            batch.take_command(message, envelope, origin=incoming.origin)
