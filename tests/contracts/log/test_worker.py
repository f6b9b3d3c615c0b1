"""What the partition worker makes of the log: the toy service on either log, its states in a store in memory.

The same promises on real Postgres are in tests/shared/engine/test_worker.py.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiokafka import TopicPartition
from aiokafka.errors import MessageSizeTooLargeError, ProducerFenced

from shared.engine.takeover import LogLost
from shared.kernel.envelope import from_headers
from tests.contracts.log.clusters import Cluster, put, read
from tests.kit.driven_worker import PARTITION, DrivenWorker
from tests.kit.memory_store import Database, MemoryPool
from tests.kit.toy import UPSTREAM, CoinFound, Projection, PutCoins, toy_service

EVENTS, INPUTS = "payments.events", ("payments.commands", "invoicing.events")


class NoProjection(Projection):
    """The jars' own table is not here."""

    async def __call__(self, connection: object, partition: int, batch: object) -> None: ...


@pytest_asyncio.fixture(loop_scope="session")
async def shop(cluster: Cluster) -> AsyncIterator[DrivenWorker]:
    for topic in (*INPUTS, "payments.dead"):
        await cluster.create(topic, partitions=2)
    await cluster.create(EVENTS, partitions=2, message_bytes_max=20_000)
    database = Database()
    made = DrivenWorker(toy_service(NoProjection()), cluster.log.settings, MemoryPool(database), cluster.log, 1)  # type: ignore[arg-type]
    await made.start()
    yield made
    await made.close()


async def test_numbers_are_dense_over_batches_owners_and_aborted_transactions(
    cluster: Cluster, shop: DrivenWorker
) -> None:
    for round_ in range(3):
        zombie = await shop.owner()
        await zombie.producer.begin_transaction()
        await put(zombie.producer, _own(cluster), b"never committed")
        owner = await shop.owner()
        for n in range(2):
            await shop.command(PutCoins(account_id="a", coins=1), f"c{round_}-{n}")
            await shop.put("invoicing.events", UPSTREAM, CoinFound(account_id="b", coins=2))
            await shop.work(owner)
    assert [seq for seq, _, _ in await shop.events()] == list(range(1, 13))
    assert _jars(shop) == {"a": 6, "b": 12}


async def test_the_checkpoint_stands_behind_the_last_event_and_not_at_the_position(
    cluster: Cluster, shop: DrivenWorker
) -> None:
    await shop.command(PutCoins(account_id="a", coins=1), "c1")
    owner = await shop.owner()
    await shop.work(owner)
    [event] = await read(cluster, _own(cluster))
    assert owner.checkpoint.next_offset == event.offset + 1
    (end,) = (await shop.log_offsets.ends([_own(cluster)])).values()
    assert end == event.offset + 2, "the commit marker is behind it"
    successor = await shop.owner()
    assert successor.checkpoint == owner.checkpoint


async def test_a_refused_event_leaves_the_input_where_it_was(cluster: Cluster, shop: DrivenWorker) -> None:
    """The log takes the small event of the batch and refuses the large one: neither is there, no offset moves."""
    await shop.command(PutCoins(account_id="a", coins=1), "c1")
    await shop.command(PutCoins(account_id="a", coins=1, padding="x" * 30_000), "c2")
    for _ in range(2):
        owner = await shop.owner()
        with pytest.raises(MessageSizeTooLargeError):
            await shop.work(owner)
        assert await owner.commands.committed(owner.commands_tp) is None
    assert owner.checkpoint.inputs == {}
    await shop.owner()
    assert await shop.events() == []


async def test_a_fenced_owner_writes_nothing_and_moves_nothing(cluster: Cluster, shop: DrivenWorker) -> None:
    zombie, successor = await shop.owner(), await shop.owner()
    await shop.command(PutCoins(account_id="a", coins=5), "c1")
    with pytest.raises(ProducerFenced):
        await shop.work(zombie)
    assert await successor.commands.committed(successor.commands_tp) is None
    await shop.work(successor)
    assert [seq for seq, _, _ in await shop.events()] == [1]
    assert _jars(shop) == {"a": 5}


async def test_takeover_starts_where_commits_and_checkpoint_say_whichever_is_ahead(
    cluster: Cluster, shop: DrivenWorker
) -> None:
    """Commits ahead (Postgres has not seen the batch), commits gone (they expired), both gone: nothing twice."""
    await shop.command(PutCoins(account_id="a", coins=5), "c1")
    await shop.put("invoicing.events", UPSTREAM, CoinFound(account_id="b", coins=2))
    await shop.work(await shop.owner())
    database, empty = shop.pool.database, Database()  # type: ignore[attr-defined]
    applied = database.copy()

    for backup, expired in ((empty, False), (applied, True), (empty, True)):
        database.restore(backup)
        if expired:
            await _leave_all(shop)
            await cluster.forget_offsets("payments")
        owner = await shop.owner()
        assert [await _unread(cluster, owner, topic) for topic in INPUTS] == [[], []]
        await shop.work(owner)
        assert _jars(shop) == {"a": 5, "b": 2}
    assert [seq for seq, _, _ in await shop.events()] == [1, 2]


async def test_a_commit_that_was_set_back_does_not_set_back_the_partition(cluster: Cluster, shop: DrivenWorker) -> None:
    for n in range(3):
        await shop.command(PutCoins(account_id="a", coins=1), f"c{n}")
    owner = await shop.owner()
    await shop.work(owner)
    await owner.producer.begin_transaction()
    await owner.producer.send_offsets_to_transaction({owner.commands_tp: 0}, owner.group)
    await owner.producer.commit_transaction()
    successor = await shop.owner()
    assert await _unread(cluster, successor, "payments.commands") == []


async def test_inputs_that_retention_removed_are_passed_over(cluster: Cluster, shop: DrivenWorker) -> None:
    for n in range(3):
        await shop.command(PutCoins(account_id="a", coins=1), f"c{n}")
    await cluster.forget_before(TopicPartition(cluster.log.topic("payments.commands"), PARTITION), 2)
    await shop.work(await shop.owner())
    assert _jars(shop) == {"a": 1}


async def test_a_shortened_log_is_refused(cluster: Cluster, shop: DrivenWorker) -> None:
    await shop.command(PutCoins(account_id="a", coins=1), "c1")
    await shop.work(await shop.owner())
    await _leave_all(shop)
    await cluster.lose(EVENTS, partitions=2)
    with pytest.raises(LogLost, match="shortened"):
        await shop.owner()


async def test_another_log_in_the_place_of_ours_is_refused(cluster: Cluster, shop: DrivenWorker) -> None:
    for n in range(2):
        await shop.command(PutCoins(account_id="a", coins=1), f"c{n}")
        await shop.work(await shop.owner())
    [_, second] = await read(cluster, _own(cluster))
    seq = from_headers(second.headers).seq
    rows = shop.pool.database.checkpoints  # type: ignore[attr-defined]
    [(key, row)] = rows.items()
    rows[key] = {**row, "last_event_id": str(seq + 5), "inputs": json.dumps({})}
    with pytest.raises(LogLost, match="another log"):
        await shop.owner()


def _own(cluster: Cluster) -> TopicPartition:
    return TopicPartition(cluster.log.topic(EVENTS), PARTITION)


def _jars(shop: DrivenWorker) -> dict[str, int]:
    states = shop.pool.database.states  # type: ignore[attr-defined]
    return {key: json.loads(body)["total"] for (_, kind, key), body in sorted(states.items()) if kind == "Jar"}


async def _unread(cluster: Cluster, owner: Any, topic: str) -> list[bytes | None]:
    """What an owner would be given from where it has begun. (Markers of takeovers stand there, and no message.)"""
    tp = TopicPartition(cluster.log.topic(topic), PARTITION)
    consumer = owner.commands if tp == owner.commands_tp else owner.reader
    return [record.value for record in await read(cluster, tp, start=await consumer.position(tp))]


async def _leave_all(shop: DrivenWorker) -> None:
    """Nobody is in office any more."""
    for worker in shop.workers:
        await worker.close()
        await worker.commands.stop()
    shop.workers.clear()
