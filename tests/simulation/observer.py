"""A reader of all events, as one outside would be: committed, in order, and suspicious of every number.

observer.count("rating.PeriodClosed.v1")
observer.events("invoicing", InvoiceIssued)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping
from typing import Any, NamedTuple, TypeVar

from aiokafka.structs import TopicPartition

from shared.engine.service import Service
from shared.kernel.envelope import Envelope, from_headers
from shared.kernel.message import Catalogue, Event
from shared.kernel.outcome import CommandFaulted, InputParked, outcomes
from tests.kit.memory_log import Broker

E = TypeVar("E", bound=Event)


class Seen(NamedTuple):
    """An event where it was read."""

    envelope: Envelope
    event: Any
    offset: int


class GapSeen(AssertionError):
    """The numbers of a partition's events are not 1, 2, 3, …"""


class Crashed(AssertionError):
    """An input met a bug that nobody planted: the story gives no decider a reason to crash."""


class Observer:
    """Follows `<service>.events` of all services."""

    def __init__(
        self,
        broker: Broker,
        env: str,
        services: Mapping[str, Service],
        partitions: int,
        *,
        haunted: Container[str] = (),
    ) -> None:
        self._broker = broker
        self._haunted = haunted
        self._catalogues: dict[str, Catalogue[Any]] = {
            name: service.events | outcomes(name) for name, service in services.items()
        }
        self._tps = {
            name: [TopicPartition(f"{env}.{name}.events", partition) for partition in range(partitions)]
            for name in services
        }
        self._positions: dict[TopicPartition, int] = {tp: 0 for tps in self._tps.values() for tp in tps}
        self._seen: dict[TopicPartition, list[Seen]] = {tp: [] for tp in self._positions}
        self._counts: Counter[str] = Counter()

    def follow(self) -> None:
        """Read what is new. Raises `GapSeen` where a number is missing or comes twice."""
        for name, tps in self._tps.items():
            for tp in tps:
                partition = self._broker.partition(tp)
                if partition.stable_end > self._positions[tp]:
                    self._read(name, tp)

    def _read(self, service: str, tp: TopicPartition) -> None:
        records, self._positions[tp] = self._broker.partition(tp).read(self._positions[tp])
        seen = self._seen[tp]
        for record in records:
            envelope = from_headers(record.headers)
            if envelope.seq != len(seen) + 1 or envelope.partition != tp.partition:
                raise GapSeen(f"{tp.topic}/{tp.partition}@{record.offset} is {envelope.citation}, not {len(seen) + 1}")
            event = self._catalogues[service].decode(envelope.type, record.value or b"")
            if isinstance(event, CommandFaulted | InputParked) and service not in self._haunted:
                raise Crashed(f"{envelope.citation}: {event}")
            seen.append(Seen(envelope, event, record.offset))
            self._counts[envelope.type] += 1

    def count(self, type_name: str) -> int:
        """How many events of a type have been seen."""
        self.follow()
        return self._counts[type_name]

    def all(self, service: str) -> list[Seen]:
        """Every event of a service, partition by partition."""
        self.follow()
        return [seen for tp in self._tps[service] for seen in self._seen[tp]]

    def events(self, service: str, kind: type[E]) -> list[E]:
        return [seen.event for seen in self.all(service) if isinstance(seen.event, kind)]
