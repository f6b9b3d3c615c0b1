"""Logs that a test says where they end: by default everything that was ever written has been taken by everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shared.engine.groups import STABLE, Group
from shared.http.logs import Untold

PARTITIONS = 4
TAKES = {
    "usage": ("usage.events", "usage.commands"),
    "rating": ("rating.events", "rating.commands", "usage.guided"),
    "invoicing": ("invoicing.events", "invoicing.commands", "rating.events"),
    "payments": ("payments.events", "payments.commands", "rating.events", "invoicing.events"),
    "reporting": ("usage.events", "rating.events", "invoicing.events", "payments.events"),
}


@dataclass
class FixedLogs:
    """`written` beyond what a service takes there, by (topic, partition); `silent` services tell nothing."""

    written: dict[tuple[str, int], int] = field(default_factory=dict)
    taken: dict[tuple[str, str, int], int] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    away: bool = False
    groups: dict[str, Group] = field(default_factory=dict)

    async def ends(self, topics: Sequence[str]) -> dict[str, list[int]]:
        self._answer()
        return {topic: [self.written.get((topic, p), 0) for p in range(PARTITIONS)] for topic in topics}

    async def behind(self, taken: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
        ends = await self.ends(list(taken))
        return {topic: [max(0, e - t) for e, t in zip(ends[topic], taken[topic], strict=True)] for topic in taken}

    async def committed(self, group: str, topic: str) -> list[int]:
        self._answer()
        return self._taken("intake", topic)

    async def taken_by(self, service: str) -> dict[str, list[int]]:
        if service in self.silent:
            raise Untold(f"{service} does not say what it has taken: it is silent")
        return {topic: self._taken(service, topic) for topic in TAKES[service]}

    async def group(self, name: str, topic: str) -> Group:
        self._answer()
        return self.groups.get(name, Group(STABLE, frozenset({"one"}), dict.fromkeys(range(PARTITIONS), "one")))

    def take(self, service: str, topic: str, partition: int) -> None:
        """Everything that stands there (`intake` takes usage.reported)."""
        self.taken[service, topic, partition] = self.written.get((topic, partition), 0)

    def _taken(self, service: str, topic: str) -> list[int]:
        return [self.taken.get((service, topic, p), 0) for p in range(PARTITIONS)]

    def _answer(self) -> None:
        if self.away:
            raise TimeoutError
