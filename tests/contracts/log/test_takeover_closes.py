"""Takeover on a log that has lost markers: nothing twice, nothing missing, or a partition that refuses to start.

The toy service on either log, its states in a store in memory.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio
from aiokafka import TopicPartition

from shared.engine import settlement
from shared.engine.transaction_outcome import TransactionHangs
from shared.engine.worker import Worker
from shared.kernel.partition import partition_of
from tests.contracts.log.clusters import Cluster, put, values
from tests.contracts.log.test_worker import EVENTS, INPUTS, NoProjection
from tests.kit.driven_worker import PARTITION, DrivenWorker
from tests.kit.memory_store import Database, MemoryPool
from tests.kit.toy import PutCoins, toy_service

TITHE = partition_of("tithe", 2)
"""Where a hundred coins send ten more."""


class Died(BaseException):
    """The owner ends here."""


@pytest_asyncio.fixture(loop_scope="session")
async def shop(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DrivenWorker]:
    monkeypatch.setattr(settlement, "AGREE_S", 0.5)
    monkeypatch.setattr(settlement, "CLOSE_S", 2.0)
    for topic in (*INPUTS, "payments.dead", EVENTS):
        await cluster.create(topic, partitions=2)
    made = DrivenWorker(toy_service(NoProjection()), cluster.log.settings, MemoryPool(Database()), cluster.log, 1)  # type: ignore[arg-type]
    await made.start()
    yield made
    await made.close()


@pytest.mark.parametrize("lost", ["events", "commands", "offsets", "everywhere"])
@pytest.mark.parametrize("commit", [True, False], ids=["commit", "abort"])
async def test_a_batch_whose_marker_was_lost_counts_once(
    cluster: Cluster, shop: DrivenWorker, monkeypatch: pytest.MonkeyPatch, commit: bool, lost: str
) -> None:
    """Committed: its events are applied and its command is delivered. Aborted: it is decided again, from its input."""
    await shop.command(PutCoins(account_id="a", coins=1), "c1")
    owner = await shop.owner()
    await shop.work(owner)
    await shop.command(PutCoins(account_id="a", coins=100), "c2")
    await _dies_ending(cluster, shop, owner, monkeypatch, commit=commit, lost=_places(cluster, lost))

    successor = await shop.owner()
    await shop.command(PutCoins(account_id="a", coins=7), "c3")
    await shop.work(successor)
    assert [event.coins for _, _, event in await shop.events() if event.account_id == "a"] == [1, 100, 7]
    assert _jar(shop, "a") == 108
    assert len(await _tithes(cluster)) == 1


async def test_a_range_of_another_producer_in_our_own_log_is_refused(cluster: Cluster, shop: DrivenWorker) -> None:
    """As when the transactional id has expired, or its epochs have run out: nobody can close it under our name."""
    stranger = await cluster.log.transactional_producer(cluster.log.topic("stranger"))
    await stranger.begin_transaction()
    await cluster.lose_markers(stranger, _own(cluster), kept=_dead(cluster))
    await put(stranger, _own(cluster), b"whose?")
    await stranger.abort_transaction()
    with pytest.raises(TransactionHangs) as refused:
        await shop.owner()
    assert refused.value.found is not None
    assert (refused.value.found.tp, refused.value.found.since) == (_own(cluster), 0)
    assert f"kafka-transactions.sh --bootstrap-server … find-hanging --topic {_own(cluster).topic}" in str(
        refused.value
    )
    await stranger.stop()


async def test_what_has_been_applied_is_never_aborted(
    cluster: Cluster, shop: DrivenWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A committed batch without its marker, and behind it, in one open range, one that is to be aborted."""
    owner = await shop.owner()
    await shop.command(PutCoins(account_id="a", coins=1), "c1")
    _loses(cluster, owner, monkeypatch, [_own(cluster)])
    await shop.work(owner)
    monkeypatch.undo()
    monkeypatch.setattr(settlement, "AGREE_S", 0.5)
    await owner.producer.begin_transaction()
    await put(owner.producer, _own(cluster), b"cut off")
    with pytest.raises(TransactionHangs, match="two transactions share one range"):
        await shop.owner()
    await owner.producer.commit_transaction()  # it was not fenced: nothing was changed


async def test_what_follows_from_applied_events_is_never_aborted(
    cluster: Cluster, shop: DrivenWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command whose marker was lost while its owner lived on; then a later batch is given up by the broker."""
    owner = await shop.owner()
    await shop.command(PutCoins(account_id="a", coins=100), "c1")
    _loses(cluster, owner, monkeypatch, _places(cluster, "commands"))
    await shop.work(owner)
    monkeypatch.undo()
    monkeypatch.setattr(settlement, "AGREE_S", 0.5)
    await owner.producer.begin_transaction()
    await put(owner.producer, _dead(cluster), b"given up")
    await owner.producer.abort_transaction()
    with pytest.raises(TransactionHangs, match=r"payments\.commands.*from payments/1/1, which has been applied"):
        await shop.owner()


async def test_an_owner_that_dies_between_fencing_and_closing_leaves_what_it_found(
    cluster: Cluster, shop: DrivenWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The broker has forgotten how the transaction ended; Postgres has not."""
    await shop.command(PutCoins(account_id="a", coins=100), "c1")
    owner = await shop.owner()
    await _dies_ending(cluster, shop, owner, monkeypatch, commit=True, lost=_places(cluster, "everywhere"))
    for _ in range(2):
        _dies_at(monkeypatch, "takeover_fenced", "settlement")
        with pytest.raises(Died):
            await shop.owner()
        monkeypatch.undo()
    await shop.work(await shop.owner())
    assert (_jar(shop, "a"), len(await _tithes(cluster))) == (100, 1)
    assert shop.pool.database.findings == {}  # type: ignore[attr-defined]


async def test_without_what_was_found_a_forgotten_end_is_refused(
    cluster: Cluster, shop: DrivenWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    await shop.command(PutCoins(account_id="a", coins=100), "c1")
    owner = await shop.owner()
    await _dies_ending(cluster, shop, owner, monkeypatch, commit=True, lost=_places(cluster, "commands"))
    await cluster.log.transactional_producer(cluster.log.topic(f"payments.{PARTITION}"))
    monkeypatch.setattr(settlement, "AGREE_S", 0.5)
    with pytest.raises(TransactionHangs, match=r"payments\.commands.*how it ended is forgotten"):
        await shop.owner()


async def test_a_closing_that_was_cut_off_is_refused(
    cluster: Cluster, shop: DrivenWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its successor would abort it, and with it what it was to commit."""
    await shop.command(PutCoins(account_id="a", coins=100), "c1")
    owner = await shop.owner()
    await _dies_ending(cluster, shop, owner, monkeypatch, commit=True, lost=_places(cluster, "everywhere"))

    async def cut_off(producer: Any, partitions: Any, group: str, *, commit: bool) -> None:
        await producer.begin_transaction()
        await put(producer, _dead(cluster), b"cut off")
        raise Died

    monkeypatch.setattr(shop.kafka, "end_everywhere", cut_off)
    with pytest.raises(Died):
        await shop.owner()
    monkeypatch.undo()
    monkeypatch.setattr(settlement, "AGREE_S", 0.5)
    with pytest.raises(TransactionHangs, match="cut off"):
        await shop.owner()


async def test_an_expired_transactional_id_with_nothing_open_is_no_matter(cluster: Cluster, shop: DrivenWorker) -> None:
    """The same as one that was never used: takeover starts it anew."""
    await shop.command(PutCoins(account_id="a", coins=1), "c1")
    await shop.work(await shop.owner())
    if cluster.name == "memory":
        cluster.broker.forget_transactional(cluster.log.topic(f"payments.{PARTITION}"))  # type: ignore[attr-defined]
    await shop.command(PutCoins(account_id="a", coins=2), "c2")
    await shop.work(await shop.owner())
    assert _jar(shop, "a") == 3


# -- how an owner ends -----------------------------------------------------------------------------------------------


async def _dies_ending(
    cluster: Cluster,
    shop: DrivenWorker,
    owner: Worker,
    monkeypatch: pytest.MonkeyPatch,
    *,
    commit: bool,
    lost: list[TopicPartition | str],
) -> None:
    """Its next transaction is recorded as ended, has no marker in `lost`, and Postgres has not seen it."""
    _loses(cluster, owner, monkeypatch, lost)
    if commit:
        _dies_at(monkeypatch, "committed", "worker")
    else:

        async def aborted() -> None:
            await owner.producer.abort_transaction()
            raise Died

        monkeypatch.setattr(owner.producer, "commit_transaction", aborted)
    with pytest.raises(Died):
        await shop.work(owner)
    monkeypatch.undo()


def _loses(cluster: Cluster, owner: Worker, monkeypatch: pytest.MonkeyPatch, lost: list[TopicPartition | str]) -> None:
    begin: Callable[[], Any] = owner.producer.begin_transaction

    async def begin_and_lose() -> None:
        await begin()
        await cluster.lose_markers(owner.producer, *lost, kept=_dead(cluster))

    monkeypatch.setattr(owner.producer, "begin_transaction", begin_and_lose)


def _dies_at(monkeypatch: pytest.MonkeyPatch, point: str, module: str) -> None:
    def die(name: str) -> None:
        if name == point:
            raise Died

    monkeypatch.setattr(f"shared.engine.{module}.failpoint", die)


def _places(cluster: Cluster, lost: str) -> list[TopicPartition | str]:
    commands = TopicPartition(cluster.log.topic("payments.commands"), TITHE)
    places: dict[str, list[TopicPartition | str]] = {
        "events": [_own(cluster)],
        "commands": [commands],
        "offsets": [cluster.log.topic("payments")],
    }
    return places[lost] if lost in places else [place for some in places.values() for place in some]


def _own(cluster: Cluster) -> TopicPartition:
    return TopicPartition(cluster.log.topic(EVENTS), PARTITION)


def _dead(cluster: Cluster) -> TopicPartition:
    return TopicPartition(cluster.log.topic("payments.dead"), PARTITION)


async def _tithes(cluster: Cluster) -> list[bytes | None]:
    tp = TopicPartition(cluster.log.topic("payments.commands"), TITHE)
    return [value for value in await values(cluster, tp) if value is not None and b"tithe" in value]


def _jar(shop: DrivenWorker, account: str) -> int:
    states = shop.pool.database.states  # type: ignore[attr-defined]
    return int(json.loads(states[PARTITION, "Jar", account])["total"])
