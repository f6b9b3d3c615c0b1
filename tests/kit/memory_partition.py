"""One partition of a service in memory, which takes inputs as a worker does, bugs included; no servers.

desk = Desk(toy_service())
await desk.arrives("invoicing.events", UPSTREAM, CoinFound(account_id="a", coins=666), seq=1)      # parked
desk.service = toy_service(mended=True)
await desk.asks(RequeueParked(parking_key="a"))
desk.events, desk.sends, desk.states(Jar)
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from aiokafka import ConsumerRecord

from shared.engine.incoming import Incoming
from shared.engine.input_handler import InputHandler
from shared.engine.outbox import Outbox
from shared.engine.service import Service
from shared.engine.state_cache import StateCache
from shared.engine.store import CheckpointStore
from shared.kernel.decider import Send, State
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.message import Catalogue, Command, Event, Message, encode
from shared.kernel.outcome import CommandRejected
from shared.kernel.unit_of_work import PartitionAddress, UnitOfWork
from tests.kit.decider import MemoryState

D = TypeVar("D", bound=State)
NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
PARTITION = 1


class DeadBox:
    """The part of an outbox that taking an input needs."""

    def __init__(self) -> None:
        self.dead: list[tuple[Any, bytes | None]] = []


class Desk:
    """`service` may be exchanged for a mended one between inputs, as a deployment does."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.state = MemoryState()
        self.now = NOON
        self.written: list[tuple[Event, Envelope]] = []
        self.sent: list[tuple[Send, Envelope]] = []
        self._offsets: dict[str, int] = {}
        self._asked = 0

    @property
    def events(self) -> list[str]:
        """What was written, by name."""
        return [type(event).__name__ for event, _ in self.written]

    def states(self, kind: type[D]) -> list[D]:
        return self.state.all(kind)

    def refusals(self) -> list[str]:
        return [event.code for event, _ in self.written if isinstance(event, CommandRejected)]

    async def arrives(
        self, topic: str, names: Catalogue[Any], message: Message, *, raw: bytes | None = None, **meta: Any
    ) -> None:
        """One message, in a batch of its own."""
        envelope = Envelope(
            **{
                "env": "test",
                "service": names.service,
                "partition": PARTITION,
                "type": names.name_of(message),
                "recorded_at": self.now,
                "subject": message.key,
                **meta,
            }
        )
        value = encode(message) if raw is None else raw
        await self.take(
            Incoming(topic, self._record(topic, value, envelope), envelope, message if raw is None else None)
        )

    async def command(self, message: Command, command_id: str, **meta: Any) -> None:
        topic = f"{self.service.name}.commands"
        await self.arrives(topic, self.service.commands, message, command_id=command_id, **meta)

    async def asks(self, command: Command) -> None:
        """An operator's command."""
        self._asked += 1
        await self.command(command, f"ask-{self._asked}", actor="user:operator")

    async def take(self, incoming: Incoming) -> None:
        batch = self._batch()
        taking = InputHandler(
            self.service,
            PARTITION,
            env="test",
            state=cast(StateCache, None),
            checkpoints=cast(CheckpointStore, None),
            outbox=cast(Outbox, DeadBox()),
        )
        await taking.take(cast(Any, None), batch, incoming)
        self._keep(batch)

    async def follow_up(self) -> bool:
        """Take the next message that was sent to this partition itself; whether there was one."""
        for at, (send, envelope) in enumerate(self.sent):
            if send.to == self.service.name and send.partition == PARTITION:
                del self.sent[at]
                await self.command(
                    cast(Command, send.message),
                    envelope.command_id or "",
                    causation_id=envelope.causation_id,
                    claims=envelope.claims,
                )
                return True
        return False

    def replayed(self) -> Desk:
        """Another one that has only seen what this one wrote."""
        other = Desk(self.service)
        for event, envelope in self.written:
            batch = other._batch()
            batch.replay(event, envelope)
            other._keep(batch)
        return other

    def _batch(self) -> UnitOfWork:
        place = PartitionAddress(env="test", partition=PARTITION, partitions=4)
        return UnitOfWork(self.service.domain, self.state, place, next_seq=len(self.written) + 1, now=self.now)

    def _keep(self, batch: UnitOfWork) -> None:
        self.written += batch.events
        self.sent += batch.sends
        self.state.keep(batch.states)

    def _record(self, topic: str, value: bytes, envelope: Envelope) -> ConsumerRecord[bytes, bytes]:
        offset = self._offsets[topic] = self._offsets.get(topic, -1) + 1
        headers = tuple(to_headers(envelope))
        return ConsumerRecord(topic, PARTITION, offset, 0, 0, None, value, None, 0, len(value), headers)
