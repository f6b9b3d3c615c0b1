"""The logs as anybody sees them who stands outside of the services: where they end, and how far one that has taken so
much of them is from there.

    logs = Logs(kafka, log_offsets, groups)
    await logs.behind({"rating.events": [42, 17, 0, 9]})        # {"rating.events": [0, 1, 0, 0]}
    await logs.committed("usage.intake", "usage.reported")      # [4711, 520, 0, 9]

Names are without the environment; lists are by partition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from aiokafka import TopicPartition

from shared.engine.backlog import Backlog
from shared.engine.groups import Group, Groups
from shared.engine.log import Log
from shared.engine.log_offsets import LogOffsets

Offsets = Mapping[str, Sequence[int]]


class Logs:
    """One per process. Its questions raise `KafkaError`, `OSError` or `TimeoutError`."""

    def __init__(self, kafka: Log, log_offsets: LogOffsets, groups: Groups) -> None:
        self._kafka = kafka
        self._partitions = kafka.settings.partitions
        self._log_offsets = log_offsets
        self._groups = groups
        self._backlog = Backlog(kafka, log_offsets)

    async def ends(self, topics: Sequence[str]) -> dict[str, list[int]]:
        asked = {topic: self._partitions_of(topic) for topic in topics}
        found = await self._log_offsets.ends([tp for tps in asked.values() for tp in tps])
        return {topic: [found[tp] for tp in tps] for topic, tps in asked.items()}

    async def behind(self, taken: Offsets) -> dict[str, list[int]]:
        """Offsets from the first record that is not taken to the log's end; 0 where there is none."""
        asked = {tp: at for topic, offsets in taken.items() for tp, at in self._zipped(topic, offsets)}
        found = await self._backlog.behind(asked)
        return {topic: [found[tp] for tp, _ in self._zipped(topic, offsets)] for topic, offsets in taken.items()}

    async def committed(self, group: str, topic: str) -> list[int]:
        asked = self._partitions_of(topic)
        found = await self._groups.committed(group, asked)
        return [found[tp] for tp in asked]

    async def group(self, name: str, topic: str) -> Group:
        return await self._groups.describe(name, topic)

    def _partitions_of(self, topic: str) -> list[TopicPartition]:
        return [TopicPartition(self._kafka.topic(topic), partition) for partition in range(self._partitions)]

    def _zipped(self, topic: str, offsets: Sequence[int]) -> list[tuple[TopicPartition, int]]:
        return list(zip(self._partitions_of(topic), offsets, strict=True))


def reached(taken: Offsets, ends: Offsets, behind: Offsets, partitions: Iterable[int]) -> bool:
    """Whether one that has `taken` so much of the logs has come to where they ended then.

    Each partition by itself: of one, what is left may be the marker of a transaction, while others go on.
    """
    return all(taken[t][p] >= ends[t][p] or not behind[t][p] for p in partitions for t in ends)
