"""Topics are created as the design lists them, once, and a wrong partition count is refused."""

from __future__ import annotations

import pytest
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from meterlog.installation import create_topics, reported, topics_of
from shared.engine import topics
from tests.kit.servers import FreshEnvironment


def test_only_the_event_logs_and_the_clock_are_kept_for_ever() -> None:
    kept = [topic.name for topic in topics_of("e", 4) if topic.days is None]
    assert kept == ["e.usage.events", "e.rating.events", "e.invoicing.events", "e.payments.events", "e.clock"]


def test_every_topic_has_p_partitions_but_the_clock() -> None:
    counts = {topic.name: topic.partitions for topic in topics_of("e", 24)}
    assert counts.pop("e.clock") == 1
    assert set(counts.values()) == {24}


def test_two_of_three_replicas_must_have_a_message() -> None:
    topic = topics.Topic(name="e.usage.events", partitions=24, days=None)
    assert topic.configuration(replication=3)["min.insync.replicas"] == "2"
    assert topic.configuration(replication=1)["min.insync.replicas"] == "1"


@pytest.mark.servers
async def test_missing_topics_are_created_and_existing_ones_left_alone(fresh_env: FreshEnvironment) -> None:
    first = await create_topics(fresh_env.settings)
    again = await create_topics(fresh_env.settings)
    assert set(first.created) == set(again.existing) == {t.name for t in topics_of(fresh_env.env, 4)}
    assert first.existing == again.created == ()


@pytest.mark.servers
async def test_retention_and_message_size_reach_the_broker(fresh_env: FreshEnvironment) -> None:
    await create_topics(fresh_env.settings)
    assert await _configuration(fresh_env, topics.commands(fresh_env.env, "rating"), "retention.ms") == "604800000"
    assert await _configuration(fresh_env, topics.events(fresh_env.env, "rating"), "retention.ms") == "-1"
    assert await _configuration(fresh_env, topics.events(fresh_env.env, "rating"), "max.message.bytes") == "2097152"
    written_by_equipment = reported(fresh_env.env)
    assert await _configuration(fresh_env, written_by_equipment, "message.timestamp.type") == "LogAppendTime"


@pytest.mark.servers
async def test_another_partition_count_is_refused_by_name(fresh_env: FreshEnvironment) -> None:
    await create_topics(fresh_env.settings)
    with pytest.raises(topics.WrongPartitionCount, match=r"usage\.reported has 4 .* has 8 .*meterlog repartition"):
        await create_topics(fresh_env.settings.model_copy(update={"partitions": 8}))


async def _configuration(environment: FreshEnvironment, topic: str, key: str) -> str:
    admin = AIOKafkaAdminClient(**environment.settings.kafka_options())
    await admin.start()
    try:
        [response] = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])
    finally:
        await admin.close()
    values = {entry[0]: entry[1] for resource in response.resources for entry in resource[4]}
    return str(values[key])
