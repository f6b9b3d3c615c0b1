"""Nothing of an upstream log is missed: a gap, a log cut at its head or at its end stops the partition, loudly."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiokafka.admin import AIOKafkaAdminClient, RecordsToDelete
from aiokafka.structs import TopicPartition

from shared.engine.takeover import LogLost
from shared.kernel.sequence_gap import SequenceGap
from tests.kit.driven_worker import PARTITION, DrivenWorker, driven
from tests.kit.servers import FreshEnvironment
from tests.kit.toy import UPSTREAM, CoinFound, Projection, toy_service

pytestmark = [pytest.mark.servers, pytest.mark.databases("payments")]

TOPIC = "invoicing.events"


@pytest_asyncio.fixture(loop_scope="session")
async def shop(fresh_env: FreshEnvironment) -> AsyncIterator[DrivenWorker]:
    async with driven(toy_service(), fresh_env.settings) as made:
        yield made


async def found(shop: DrivenWorker, coins: int, **meta: int) -> None:
    await shop.put(TOPIC, UPSTREAM, CoinFound(account_id="a", coins=coins), **meta)


async def jars(shop: DrivenWorker) -> dict[str, int]:
    return dict(await shop.rows("select account_id, total from jar"))


async def test_a_missing_upstream_event_stops_the_partition_before_anything_is_written(shop: DrivenWorker) -> None:
    owner = await shop.owner()
    await found(shop, 1)
    await shop.work(owner)
    await found(shop, 2, seq=3)
    with pytest.raises(SequenceGap, match=r"expected invoicing\.events/1@2, read invoicing/1/3"):
        await shop.work(owner)
    assert await jars(shop) == {"a": 1}
    with pytest.raises(SequenceGap):
        await shop.work(await shop.owner())


async def test_the_first_event_of_an_upstream_log_is_number_one(shop: DrivenWorker) -> None:
    await found(shop, 2, seq=2)
    with pytest.raises(SequenceGap):
        await shop.work(await shop.owner())


async def test_after_a_crash_between_log_and_postgres_the_count_goes_on(shop: DrivenWorker) -> None:
    """The committed offset is ahead of the checkpoint: the number of the last event is learned from the next one."""
    project = Projection()
    first = await shop.owner(toy_service(project))
    await found(shop, 1)
    project.fail_next = True
    with pytest.raises(ConnectionError):
        await shop.work(first)
    await found(shop, 2)
    owner = await shop.owner()
    await shop.work(owner)
    assert await jars(shop) == {"a": 3}
    await found(shop, 4, seq=4)
    with pytest.raises(SequenceGap):
        await shop.work(owner)


async def test_an_upstream_log_whose_unread_head_is_gone_is_refused(shop: DrivenWorker) -> None:
    await shop.work(await shop.owner())
    for coins in (1, 2, 3):
        await found(shop, coins)
    topic = TopicPartition(shop.kafka.topic(TOPIC), PARTITION)
    admin = AIOKafkaAdminClient(**shop.settings.kafka_options())
    await admin.start()
    try:
        await admin.delete_records({topic: RecordsToDelete(before_offset=2)})
    finally:
        await admin.close()
    with pytest.raises(LogLost, match="begins at 2, read to 0"):
        await shop.owner()


async def test_an_upstream_log_that_ends_before_what_was_read_is_refused(shop: DrivenWorker) -> None:
    await found(shop, 1)
    await shop.work(await shop.owner())
    read_to = '{"invoicing.events": [99, 98]}'
    await shop.pool.execute("update meterlog.checkpoint set inputs = $1::jsonb where partition = 1", read_to)
    with pytest.raises(LogLost, match="ends at 1, read to 99"):
        await shop.owner()
