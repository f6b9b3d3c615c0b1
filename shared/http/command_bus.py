"""The way of a command from an HTTP request to its projected result.

    bus = CommandBus(service="rating", catalogue=COMMANDS, settings=settings, producer=producer, pool=pool, clock=clock)
    await bus.bind(command_id, payload_hash("..."))                  # Idempotency-Key given: same key, same payload
    outcome = await bus.ask(OpenAccount(...), Origin(command_id, actor="key:k7"))

`ask` produces to `<service>.commands` and waits for the row that the partition's owner projects for the command id. One
poll per process serves all waiting callers, every 10 ms and only while somebody waits. A result that is final is
answered without producing again; one that is not (an unknown account, a crash) is decided again under the same id. What
is not found is looked for once more when the service has heard all that was said above it, and then does not exist.

A command that claims keys goes to the partition of the first; whoever decides it in the end answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final, Protocol

import asyncpg
import msgspec
from aiokafka.errors import KafkaError

from shared.engine.failpoints import failpoint
from shared.engine.settings import Settings
from shared.engine.store import RESULT_DAYS
from shared.http.ports import Clock
from shared.http.problems import Pending, Unavailable, key_reused
from shared.http.results import Result, Results, latest, seen
from shared.kernel.claims import address
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.errors import NOT_FOUND_CODES
from shared.kernel.ids import payload_hash
from shared.kernel.message import Catalogue, Command, encode

WAIT_S: Final = 5.0
EXPIRY: Final = timedelta(seconds=60)
# 0.1 + 0.2 + 0.4 + 0.8 + 1.6 s: five more looks within the five seconds.
_FIRST_PAUSE_S: Final = 0.1
# Its opening event may still be on the way to this service; whoever holds the key may be refused.
_LOOKED_AT_AGAIN: Final = frozenset({"unknown_aggregate", "key_claimed", "usage_arriving"})

_NOT_HEARD: Final = (
    "there is no such thing here yet, and not all that the services above have said was heard; try again in a moment,"
    " with the same Idempotency-Key"
)

_BIND: Final = """
insert into durable.http_key (command_id, payload_hash, created_at) values ($1, $2, $3)
on conflict (command_id) do nothing returning payload_hash
"""
_FORGET: Final = """
delete from durable.http_key where command_id in
  (select command_id from durable.http_key where created_at < $1 order by created_at limit $2)
"""
_FORGOTTEN_AT_ONCE: Final = 10_000
_FORGET_EVERY: Final = timedelta(hours=1)
_BOUND: Final = "select payload_hash from durable.http_key where command_id = $1"


WaitForUpstream = Callable[[Collection[int]], Awaitable[bool]]
"""Waits until the partitions have taken what services above have said; false where there are none. See upstream.py."""


class Producer(Protocol):
    """The part of an idempotent aiokafka producer (acks=all, linger 0) that commands need."""

    async def send_and_wait(
        self,
        topic: str,
        value: bytes,
        *,
        key: bytes | None,
        partition: int,
        headers: Sequence[tuple[str, bytes | None]],
    ) -> Any: ...


class Origin(msgspec.Struct, frozen=True):
    """Where a command comes from: the request's identity, its caller, and the version its caller has seen."""

    command_id: str
    actor: str
    correlation_id: str | None = None
    expected_version: int | None = None


class Outcome(msgspec.Struct, frozen=True):
    """A command that was carried out: its last event's place, and the aggregate concerned."""

    command_id: str
    partition: int
    seq: int
    subject: str


class CommandBus:
    """Sends commands to one service and waits for their results. One per process."""

    wait_s: ClassVar[float] = WAIT_S
    """How long a caller is made to wait for a result before the answer is 202."""

    def __init__(
        self,
        *,
        service: str,
        catalogue: Catalogue[Command],
        settings: Settings,
        producer: Producer,
        pool: asyncpg.Pool[Any],
        clock: Clock,
        wait_for_upstream: WaitForUpstream | None = None,
    ) -> None:
        self._wait_for_upstream = wait_for_upstream
        self._catalogue = catalogue
        self._settings = settings
        self._producer = producer
        self._pool = pool
        self._clock = clock
        self._service = service
        self._topic = f"{settings.env}.{service}.commands"
        self.results = Results(pool)
        self._forgot_at: datetime | None = None

    async def bind(self, command_id: str, payload: str) -> bool:
        """Bind a key to its payload's hash, durably. True when it is new; a bound key may have a result already.

        Raises `Rejection("idempotency_key_reused")` when it stands for another payload. Once an hour this also forgets
        keys that are as old as results get, 10,000 at a time.
        """
        await self._forget(self._clock.now())
        if await self._pool.fetchval(_BIND, command_id, payload, self._clock.now()) is not None:
            return True
        if await self._pool.fetchval(_BOUND, command_id) != payload:
            raise key_reused()
        return False

    async def _forget(self, now: datetime) -> None:
        if self._forgot_at is not None and timedelta() <= now - self._forgot_at < _FORGET_EVERY:
            return
        self._forgot_at = now
        done = await self._pool.execute(_FORGET, now - RESULT_DAYS, _FORGOTTEN_AT_ONCE)
        if done == f"DELETE {_FORGOTTEN_AT_ONCE}":
            self._forgot_at = None

    async def is_known(self, command_id: str) -> bool:
        """Whether this id was given out: bound to a key, or answered with 202."""
        return await self._pool.fetchval(_BOUND, command_id) is not None

    async def ask(self, command: Command, origin: Origin, *, partition: int | None = None, fresh: bool) -> Outcome:
        """Have a command decided and wait up to 5 s for its result.

        `fresh`: nobody can have sent this id before. Raises `Rejection` (the owner's no), `Pending`, or `Unavailable`,
        also where what was not found may have been opened above without this service having heard of it.
        """
        earlier = [] if fresh else await self.results.all(origin.command_id)
        known = latest(earlier)
        if known is not None and known.final:
            return _outcome(known)
        # Rows of an earlier attempt are still there: only a later event answers this one.
        after = seen(earlier)
        deadline = asyncio.get_running_loop().time() + self.wait_s
        failpoint("command_bound")
        message = self._message(command, origin, partition)
        pause_s = _FIRST_PAUSE_S
        asked = False
        heard: bool | None = None
        while True:
            result = await self._send_and_wait(message, origin.command_id, after, deadline)
            after[result.partition] = result.seq
            if result.final:
                return _outcome(result)
            if result.code in NOT_FOUND_CODES:
                if asked and not heard:
                    raise Unavailable("service_unavailable", _NOT_HEARD)
                if asked or self._wait_for_upstream is None:
                    return _outcome(result)
                asked = True
                heard = await self._upstream_heard({result.partition, 0})
                if heard is None:
                    return _outcome(result)
            elif result.code in _LOOKED_AT_AGAIN and asyncio.get_running_loop().time() + pause_s < deadline:
                await asyncio.sleep(pause_s)
                pause_s *= 2
            else:
                return _outcome(result)

    async def _upstream_heard(self, partitions: Collection[int]) -> bool | None:
        """Whether what was not found is nowhere: what opens it may stand in a log that is not read to its end. `None`:
        there is no such log."""
        assert self._wait_for_upstream is not None
        try:
            return await self._wait_for_upstream(partitions) or None
        except (KafkaError, OSError, TimeoutError):
            return False

    async def tell(
        self, command: Command, origin: Origin, *, partition: int | None = None, value: bytes | None = None
    ) -> None:
        """Hand a command over and return once every broker in sync has it; nobody waits for a result.

        It never expires: what a sender was told is taken must be decided, however late. `value` is the command as bytes
        where these are known. Raises `Unavailable`.
        """
        message = self._message(command, origin, partition, expires=False, value=value)
        await self._produce(message, asyncio.get_running_loop().time() + WAIT_S)

    async def publish(
        self, topic: str, value: bytes, *, partition: int, headers: Sequence[tuple[str, bytes | None]]
    ) -> None:
        """Bytes for a topic (without the environment) that is not ours to word. Raises `Unavailable`."""
        try:
            async with asyncio.timeout(WAIT_S):
                await self._producer.send_and_wait(
                    f"{self._settings.env}.{topic}", value, key=None, partition=partition, headers=headers
                )
        except (KafkaError, TimeoutError) as error:
            raise Unavailable("log_unavailable", "the log did not take it; try again in a moment") from error

    async def _send_and_wait(
        self, message: _Message, command_id: str, after: Mapping[int, int], deadline: float
    ) -> Result:
        with self.results.expect(command_id, after=after) as result:
            await self._produce(message, deadline)
            failpoint("command_sent")
            try:
                async with asyncio.timeout_at(deadline):
                    return await result
            except TimeoutError:
                # Remembered, so that the id can be told from one that nobody ever gave out.
                await self._pool.fetchval(_BIND, command_id, message.payload_hash, self._clock.now())
                raise Pending(f"{self._service}-{command_id}") from None

    async def _produce(self, message: _Message, deadline: float) -> None:
        try:
            async with asyncio.timeout_at(deadline):
                await self._producer.send_and_wait(
                    self._topic,
                    message.value,
                    key=message.key,
                    partition=message.partition,
                    headers=message.headers,
                )
        except (KafkaError, TimeoutError) as error:
            # Whether it arrived is unknown; a retry under the same Idempotency-Key is safe either way.
            raise Unavailable(
                "log_unavailable", "the log did not take the command; retry with the same Idempotency-Key"
            ) from error

    def _message(
        self,
        command: Command,
        origin: Origin,
        partition: int | None,
        *,
        expires: bool = True,
        value: bytes | None = None,
    ) -> _Message:
        value = encode(command) if value is None else value
        if partition is None:
            partition = address(self._service, command, origin.command_id, self._settings.partitions)
        now = self._clock.now()
        envelope = Envelope(
            env=self._settings.env,
            service=self._service,
            partition=partition,
            type=self._catalogue.name_of(command),
            recorded_at=now,
            subject=command.key,
            correlation_id=origin.correlation_id,
            actor=origin.actor,
            command_id=origin.command_id,
            payload_hash=payload_hash(value),
            expires_at=datetime.now(UTC) + EXPIRY if expires else None,
            expected_version=origin.expected_version,
        )
        return _Message(value, command.key.encode(), partition, to_headers(envelope), envelope.payload_hash or "")


class _Message(msgspec.Struct, frozen=True):
    """A command as it is produced, once or several times."""

    value: bytes
    key: bytes
    partition: int
    headers: list[tuple[str, bytes]]
    payload_hash: str


def _outcome(result: Result) -> Outcome:
    refusal = result.refusal()
    if refusal is not None:
        raise refusal
    return Outcome(result.command_id, result.partition, result.seq, result.subject)
