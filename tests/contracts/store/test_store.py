"""The runtime's side of the store, on Postgres and on its stand-in in memory: the same statements, the same answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
import pytest_asyncio

from shared.engine.generation import prepare
from shared.engine.postgres import worker_pool
from shared.engine.service import Applied
from shared.engine.state_cache import StateCache
from shared.engine.store import AppliedElsewhere, Checkpoint, CheckpointStore, write_results, write_states
from shared.engine.timers import BEFORE_ALL, DUE_OF_A_GATE, NEXT_OF_EACH_GATE
from shared.kernel.decider import Due, State
from shared.kernel.envelope import Envelope
from shared.kernel.outcome import CommandRejected, CommandResult
from shared.kernel.unit_of_work import States
from tests.kit.memory_store import Database, MemoryPool
from tests.kit.servers import FreshEnvironment
from tests.kit.toy import CoinsPut, Jar, toy_service

pytestmark = pytest.mark.databases("payments")

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
TOPIC, GEN, PARTITION = "payments.events", 1, 1


@pytest.fixture
def memory_pool() -> Any:
    return MemoryPool(Database())


@pytest_asyncio.fixture(loop_scope="session")
async def postgres_pool(fresh_env: FreshEnvironment) -> AsyncIterator[Any]:
    dsn = fresh_env.settings.postgres_dsn_of("payments")
    generation = await prepare(dsn, toy_service(), fresh_env.settings)
    pool = await worker_pool(dsn, search_path=generation.search_path, size=3)
    yield pool
    await pool.close()


@pytest.fixture(params=["memory_pool", pytest.param("postgres_pool", marks=pytest.mark.servers)])
def pool(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


async def test_a_checkpoint_is_made_on_first_sight_and_moves_as_a_whole(pool: Any) -> None:
    checkpoints = CheckpointStore(GEN, TOPIC, PARTITION)
    after = Checkpoint(
        next_offset=7,
        next_seq=5,
        last_event_id="4",
        recorded_at=NOON,
        inputs={"invoicing.events": (3, 2)},
        watermarks={0: NOON + timedelta(hours=1)},
    )
    async with pool.acquire() as connection:
        assert await checkpoints.read(connection) == Checkpoint()
        async with connection.transaction():
            await checkpoints.move(connection, Checkpoint(), after, reference=True)
        assert await checkpoints.read(connection) == after


async def test_a_checkpoint_that_somebody_else_moved_is_not_moved(pool: Any) -> None:
    checkpoints = CheckpointStore(GEN, TOPIC, PARTITION)
    async with pool.acquire() as connection:
        await checkpoints.read(connection)
        async with connection.transaction():
            await checkpoints.move(connection, Checkpoint(), Checkpoint(next_offset=3, next_seq=2), reference=False)
        with pytest.raises(AppliedElsewhere):
            async with connection.transaction():
                await write_states(connection, PARTITION, _jars(a=1))
                await checkpoints.move(connection, Checkpoint(), Checkpoint(next_offset=9, next_seq=9), reference=False)
        assert (await checkpoints.read(connection)).next_offset == 3
        assert await _loaded(connection, "a") == {}


async def test_a_transaction_that_fails_leaves_nothing(pool: Any) -> None:
    checkpoints = CheckpointStore(GEN, TOPIC, PARTITION)
    async with pool.acquire() as connection:
        await checkpoints.read(connection)
        with pytest.raises(ZeroDivisionError):
            async with connection.transaction():
                await checkpoints.move(connection, Checkpoint(), Checkpoint(next_offset=3, next_seq=2), reference=False)
                await write_states(connection, PARTITION, _jars(a=1))
                raise ZeroDivisionError
        assert await checkpoints.read(connection) == Checkpoint()
        assert await _loaded(connection, "a") == {}


async def test_documents_are_replaced_and_dropped(pool: Any) -> None:
    async with pool.acquire() as connection:
        await CheckpointStore(GEN, TOPIC, PARTITION).read(connection)
        await write_states(connection, PARTITION, _jars(a=1, b=2))
        await write_states(connection, PARTITION, {Jar: {"a": _jar("a", 5), "b": None}})
        assert await _loaded(connection, "a", "b", "c") == {"a": 5}
        assert await _loaded(connection, "a", partition=0) == {}


async def test_what_became_of_a_command_is_found_again(pool: Any) -> None:
    no = CommandRejected(
        command_type="payments.PutCoins.v1", subject="a", code="account_parked", detail="", final=False
    )
    done = CoinsPut(account_id="a", coins=1, at=NOON)
    async with pool.acquire() as connection:
        await CheckpointStore(GEN, TOPIC, PARTITION).read(connection)
        both: list[Applied] = [Applied(no, _envelope(1, "c1")), Applied(done, _envelope(2, "c2"))]
        await write_results(connection, PARTITION, both, since=None)
        found = await _results(connection, "c1", "c2", "c3")
        assert {key: result.final for key, result in found.items()} == {"c1": False, "c2": True}
        await write_results(connection, PARTITION, [Applied(done, _envelope(3, "c1"))], since=NOON)
        assert (await _results(connection, "c1"))["c1"].final


@pytest.mark.parametrize("events_a_batch", [1, 2, 3, 10])
async def test_what_became_of_a_command_is_kept_for_35_days_of_the_log_however_it_is_cut(
    pool: Any, events_a_batch: int
) -> None:
    days = [0, 0, 10, 35, 36, 36, 50, 70]
    done = CoinsPut(account_id="a", coins=1, at=NOON)
    batch = [Applied(done, _envelope(n + 1, f"c{n}", NOON + timedelta(days=day))) for n, day in enumerate(days)]
    since = None
    async with pool.acquire() as connection:
        await CheckpointStore(GEN, TOPIC, PARTITION).read(connection)
        for n in range(0, len(batch), events_a_batch):
            cut = batch[n : n + events_a_batch]
            await write_results(connection, PARTITION, cut, since=since)
            since = cut[-1].envelope.recorded_at
        assert sorted(await _results(connection, *(f"c{n}" for n in range(8)))) == ["c3", "c4", "c5", "c6", "c7"]


async def test_timers_are_found_by_gate_and_instant(pool: Any) -> None:
    timers = [_timer("late", 3), _timer("early", 1), _timer("other", 1, gate="intake"), _timer("gone", 2)]
    async with pool.acquire() as connection:
        await write_states(connection, PARTITION, {Due: {timer.name: timer for timer in timers}})
        await write_states(connection, PARTITION, {Due: {"gone": None, "late": _timer("late", 2)}})
        gates = await connection.fetch(NEXT_OF_EACH_GATE, PARTITION)
        assert {row["gate"]: row["next"] for row in gates} == {"clock": _hour(1), "intake": _hour(1)}
        due = await connection.fetch(DUE_OF_A_GATE, PARTITION, "clock", _hour(2), *BEFORE_ALL, 10)
        assert [(row["name"], row["due_at"], bytes(row["command"])) for row in due] == [
            ("early", _hour(1), b"{}"),
            ("late", _hour(2), b"{}"),
        ]
        behind = await connection.fetch(DUE_OF_A_GATE, PARTITION, "clock", _hour(2), _hour(1), "early", 10)
        assert [row["name"] for row in behind] == ["late"]


async def test_an_open_timer_can_be_asked_for(pool: Any) -> None:
    async with pool.acquire() as connection:
        await CheckpointStore(GEN, TOPIC, PARTITION).read(connection)
        await write_states(connection, PARTITION, {Due: {"open": _timer("open", 1), "closed": _timer("closed", 2)}})
        await write_states(connection, PARTITION, {Due: {"closed": None}})
        state = StateCache(toy_service(), PARTITION, 4)
        await state.begin_batch(connection, GEN, TOPIC)
        await state.load(connection, {Due: ["open", "closed"]}, GEN, TOPIC)
        assert state.get_many(Due, ["open", "closed"]) == {"open": _timer("open", 1)}


async def test_a_kind_that_nobody_stores_is_a_bug_and_not_absent(pool: Any) -> None:
    state = StateCache(toy_service(), PARTITION, 4)
    async with pool.acquire() as connection:
        with pytest.raises(TypeError, match="DailyRow is asked for, and is no state of this service"):
            await state.load(connection, {DailyRow: ["a"]}, GEN, TOPIC)


class DailyRow(State, frozen=True, kw_only=True):
    name: str


async def _loaded(connection: Any, *keys: str, partition: int = PARTITION) -> dict[str, int]:
    state = StateCache(toy_service(), partition, 4)
    await state.begin_batch(connection, GEN, TOPIC)
    await state.load(connection, {Jar: keys}, GEN, TOPIC)
    return {key: jar.total for key, jar in state.get_many(Jar, keys).items()}


async def _results(connection: Any, *keys: str) -> dict[str, CommandResult]:
    state = StateCache(toy_service(), PARTITION, 4)
    await state.begin_batch(connection, GEN, TOPIC)
    await state.load(connection, {CommandResult: keys}, GEN, TOPIC)
    return state.get_many(CommandResult, keys)


def _jar(account_id: str, total: int) -> Jar:
    return Jar(account_id=account_id, total=total)


def _jars(**totals: int) -> States:
    return {Jar: {key: _jar(key, total) for key, total in totals.items()}}


def _hour(hour: int) -> datetime:
    return NOON + timedelta(hours=hour)


def _timer(name: str, hour: int, *, gate: str = "clock") -> Due:
    return Due(name=name, due_at=_hour(hour), command_type="payments.Empty.v1", command=msgspec.Raw(b"{}"), gate=gate)


def _envelope(seq: int, command_id: str, at: datetime = NOON) -> Envelope:
    made = Envelope(
        env="t", service="payments", partition=PARTITION, type="x", recorded_at=at, subject="a", command_id=command_id
    )
    return msgspec.structs.replace(made, seq=seq)
