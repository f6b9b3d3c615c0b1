"""What a service's tables are built from: each partition of each topic it projects, on its own.

    log_partitions_of(rating, partitions=2)      rating.events/0, rating.events/1
    log_partitions_of(reporting, partitions=1)   usage.events/0, rating.events/0, invoicing.events/0, payments.events/0

No row is written by two partitions, so they can be built in any order and at the same time.
"""

from __future__ import annotations

from typing import NamedTuple

from shared.engine.service import Spec, ViewService


class LogPartition(NamedTuple):
    """A partition of a topic, named without the environment."""

    topic: str
    partition: int

    def __str__(self) -> str:
        return f"{self.topic}/{self.partition}"


def log_partitions_of(spec: Spec, *, partitions: int) -> list[LogPartition]:
    """A deciding service projects its own events, a view service those of others."""
    upstream = isinstance(spec, ViewService)
    topics = [source.topic for source in spec.inputs] if upstream else [f"{spec.name}.events"]
    return [LogPartition(topic, partition) for topic in topics for partition in range(partitions)]
