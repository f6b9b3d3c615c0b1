"""The topics of an environment: their names, partition counts and how long each is kept.

    settings.env = "paris", settings.partitions = 24:

    paris.usage.reported     24 partitions     7 days      equipment and collectors write here
    paris.rating.commands    24                7 days      requests to rating
    paris.rating.events      24                for ever    the billing-event log
    paris.usage.guided       24                60 days     usage by account, derived from usage.events
    paris.rating.dead        24                90 days     what could not be read or decided
    paris.clock               1                for ever    the test clock

    await apply(settings, topics)    # creates what is missing, refuses what has another partition count

A partition count never changes in place: the key of everything would move to other partitions. `meterlog repartition`
migrates a stopped system to a new generation of topics.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from shared.engine.settings import Settings

FOR_EVER: Final = None
MESSAGE_BYTES_MAX: Final = 2 * 1024 * 1024

_TOPIC_ALREADY_EXISTS: Final = 36


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A topic as it should be."""

    name: str
    partitions: int
    days: int | None
    """How long messages are kept; `None` for ever."""
    untrusted: bool = False
    """Written by equipment: its messages' timestamps are not believed."""

    def configuration(self, *, replication: int) -> dict[str, str]:
        """Broker settings of this topic. Two replicas must have a message, where there are three to have it."""
        configuration = {
            "cleanup.policy": "delete",
            "retention.ms": str(-1 if self.days is None else self.days * 86_400_000),
            "retention.bytes": "-1",
            "max.message.bytes": str(MESSAGE_BYTES_MAX),
            "min.insync.replicas": "2" if replication >= 3 else "1",
            "unclean.leader.election.enable": "false",
        }
        if self.untrusted:
            # Equipment sets a message's timestamp, and a broken clock must not decide how long it is kept.
            configuration["message.timestamp.type"] = "LogAppendTime"
        return configuration


class WrongPartitionCount(Exception):
    """A topic exists with another number of partitions than this environment has."""

    def __init__(self, topic: str, *, has: int, expected: int) -> None:
        super().__init__(
            f"topic {topic} has {has} partitions and this environment has {expected} (METERLOG_PARTITIONS); "
            "a count changes only by `meterlog repartition`"
        )
        self.topic, self.has, self.expected = topic, has, expected


class TopicNotCreated(Exception):
    """The cluster refused to create a topic; the message carries its reason."""


@dataclass(frozen=True, kw_only=True)
class Applied:
    """What `apply` found and did, by topic name."""

    created: tuple[str, ...]
    existing: tuple[str, ...]


CLOCK: Final = "clock"
UNTRUSTED: Final = ".reported"
"""How the name of a topic ends that equipment writes to."""


def commands(env: str, service: str) -> str:
    """Requests to a service. One that decides nothing gets none: membership of their group says who owns which
    partition.
    """
    return f"{env}.{service}.commands"


def events(env: str, service: str) -> str:
    """Facts of a service: its part of the billing-event log."""
    return f"{env}.{service}.events"


def dead(env: str, service: str) -> str:
    """What a service could not read or decide."""
    return f"{env}.{service}.dead"


def clock(env: str) -> str:
    """The test clock, one partition that every service follows."""
    return f"{env}.{CLOCK}"


async def apply(settings: Settings, wanted: Sequence[Topic]) -> Applied:
    """Create the topics that are missing and check the others. Idempotent; nothing existing is altered.

    Raises `WrongPartitionCount` before anything is created, or `TopicNotCreated` with the cluster's reason.
    """
    from aiokafka.admin import AIOKafkaAdminClient

    admin: _Admin = AIOKafkaAdminClient(**settings.kafka_options())
    await admin.start()
    try:
        counts = await _partition_counts(admin, [topic.name for topic in wanted])
        for topic in wanted:
            if topic.name in counts and counts[topic.name] != topic.partitions:
                raise WrongPartitionCount(topic.name, has=counts[topic.name], expected=topic.partitions)
        missing = [topic for topic in wanted if topic.name not in counts]
        await _create(admin, missing, settings)
        await _wait_for_leaders(admin, missing)
    finally:
        await admin.close()
    return Applied(created=tuple(topic.name for topic in missing), existing=tuple(counts))


async def check(settings: Settings, names: Collection[str]) -> None:
    """Refuse to run on topics that are missing (`TopicNotCreated`) or have another count (`WrongPartitionCount`).

    `names` are without the environment; the clock's topic belongs to everybody.
    """
    from aiokafka.admin import AIOKafkaAdminClient

    wanted = {f"{settings.env}.{name}": settings.partitions for name in sorted(names)} | {clock(settings.env): 1}
    admin: _Admin = AIOKafkaAdminClient(**settings.kafka_options())
    await admin.start()
    try:
        counts = await _partition_counts(admin, list(wanted))
    finally:
        await admin.close()
    for name, partitions in wanted.items():
        if name not in counts:
            raise TopicNotCreated(f"topic {name} does not exist: run `meterlog topics apply`")
        if counts[name] != partitions:
            raise WrongPartitionCount(name, has=counts[name], expected=partitions)


class _Admin(Protocol):
    """The part of aiokafka's untyped admin client that is used here."""

    async def start(self) -> None: ...
    async def close(self) -> None: ...
    async def create_topics(self, new_topics: Sequence[object]) -> object: ...
    async def _send_request(self, request: object) -> Any: ...


async def _partition_counts(admin: _Admin, names: Sequence[str]) -> dict[str, int]:
    return {name: len(partitions) for name, partitions in (await _described(admin, names)).items()}


async def _create(admin: _Admin, topics: Sequence[Topic], settings: Settings) -> None:
    from aiokafka.admin import NewTopic

    if not topics:
        return
    new = [
        NewTopic(
            topic.name,
            topic.partitions,
            settings.replication,
            topic_configs=topic.configuration(replication=settings.replication),
        )
        for topic in topics
    ]
    response = await admin.create_topics(new)
    for name, code, message in _errors(response):
        if code not in (0, _TOPIC_ALREADY_EXISTS):  # somebody else may have created it a moment ago
            raise TopicNotCreated(f"topic {name}: {message or f'error {code}'}")


async def _wait_for_leaders(admin: _Admin, topics: Sequence[Topic], deadline_s: float = 30) -> None:
    """A created topic takes messages only once each partition has a leader, which a client learns a moment later."""
    async with asyncio.timeout(deadline_s):
        while topics:
            described = await _described(admin, [topic.name for topic in topics])
            topics = [
                topic
                for topic in topics
                if sum(partition["leader"] >= 0 for partition in described.get(topic.name, ())) < topic.partitions
            ]
            if topics:
                await asyncio.sleep(0.05)


async def _described(admin: _Admin, names: Sequence[str]) -> dict[str, list[dict[str, int]]]:
    """Partitions of each topic that the cluster knows without an error.

    Asked for by name, and none is created by that, as aiokafka's own question would do where a broker allows it. Of a
    cluster that others use too, all topics are thousands, which every process of ours would read whenever it starts.
    """
    from aiokafka.protocol.metadata import MetadataRequest

    if not names:
        return {}
    answer = await admin._send_request(MetadataRequest(list(names), allow_auto_topic_creation=False))
    topics = answer.to_object()["topics"]
    return {topic["topic"]: topic["partitions"] for topic in topics if topic["error_code"] == 0}


def _errors(response: object) -> list[tuple[str, int, str | None]]:
    errors = response.topic_errors if hasattr(response, "topic_errors") else []
    return [(entry[0], entry[1], entry[2] if len(entry) > 2 else None) for entry in errors]
