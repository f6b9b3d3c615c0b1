"""The logs as anybody sees them who stands outside of the services: where they end, and how far one that has taken so
much of them is from there.

    logs = Logs(kafka, log_offsets, groups)
    await logs.behind({"rating.events": [42, 17, 0, 9]})        # {"rating.events": [0, 1, 0, 0]}
    await logs.committed("usage.intake", "usage.reported")      # [4711, 520, 0, 9]

Names are without the environment; lists are by partition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import httpx
from aiokafka import TopicPartition

from shared.engine.backlog import Backlog
from shared.engine.groups import Group, Groups
from shared.engine.log import Log
from shared.engine.log_offsets import LogOffsets
from shared.engine.settings import MissingSetting
from shared.http.auth import SERVICE, Tokens

TOLD_DEADLINE_S: Final = 2.0

Offsets = Mapping[str, Sequence[int]]


class Untold(Exception):
    """A service does not answer what it has taken; the message names it."""


class Logs:
    """One per process. Its questions raise `KafkaError`, `OSError` or `TimeoutError`."""

    def __init__(self, kafka: Log, log_offsets: LogOffsets, groups: Groups) -> None:
        self._kafka = kafka
        self._settings = kafka.settings
        self._partitions = kafka.settings.partitions
        self._log_offsets = log_offsets
        self._groups = groups
        self._tails = Backlog(kafka, log_offsets)

    async def ends(self, topics: Sequence[str]) -> dict[str, list[int]]:
        places = {topic: self._places(topic) for topic in topics}
        found = await self._log_offsets.ends([tp for tps in places.values() for tp in tps])
        return {topic: [found[tp] for tp in tps] for topic, tps in places.items()}

    async def behind(self, taken: Offsets) -> dict[str, list[int]]:
        """Offsets from the first record that is not taken to the log's end; 0 where there is none."""
        asked = {tp: at for topic, offsets in taken.items() for tp, at in self._zipped(topic, offsets)}
        found = await self._tails.behind(asked)
        return {topic: [found[tp] for tp, _ in self._zipped(topic, offsets)] for topic, offsets in taken.items()}

    async def committed(self, group: str, topic: str) -> list[int]:
        places = self._places(topic)
        found = await self._groups.committed(group, places)
        return [found[tp] for tp in places]

    async def taken_by(self, service: str) -> Offsets:
        """What a service has taken by its checkpoints. Raises `Untold`."""
        try:
            token = Tokens(self._settings.secret("token_key")).issue("service:logs", SERVICE)
            headers = {"Authorization": f"Bearer {token}"}
            async with httpx.AsyncClient(timeout=TOLD_DEADLINE_S, trust_env=False, headers=headers) as client:
                answer = await client.get(f"{self._settings.service_url(service)}/internal/taken")
            taken: Offsets = answer.raise_for_status().json()["taken"]
        except (MissingSetting, httpx.HTTPError, ValueError, LookupError) as error:
            raise Untold(f"{service} does not say what it has taken: {str(error) or type(error).__name__}") from error
        return taken

    async def group(self, name: str, topic: str) -> Group:
        return await self._groups.describe(name, topic)

    def _places(self, topic: str) -> list[TopicPartition]:
        return [TopicPartition(self._kafka.topic(topic), partition) for partition in range(self._partitions)]

    def _zipped(self, topic: str, offsets: Sequence[int]) -> list[tuple[TopicPartition, int]]:
        return list(zip(self._places(topic), offsets, strict=True))
