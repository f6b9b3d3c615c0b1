"""Workers stopped: a member of a service's group that owns all its partitions, so that the service owns none.

    async with taken_group(settings, "usage") as owned:
        ...            # its API answers and writes into the log; nothing there is decided

The member that joins a group first hands out the partitions, and this one hands them to itself.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.coordinator.protocol import ConsumerProtocolMemberAssignment

from shared.engine.log import Log
from shared.engine.settings import Settings

PATIENCE_MS: Final = 30_000


@asynccontextmanager
async def taken_group(settings: Settings, service: str) -> AsyncIterator[Callable[[], set[int]]]:
    """Enter it before the service starts. Gives what to ask which partitions are ours."""
    topic = f"{settings.env}.{service}.commands"
    ours = "meterlog-bench"

    class AllOurs(RangePartitionAssignor):  # type: ignore[misc]
        """Its name is that of the others, so that all agree on it."""

        @classmethod
        def assign(cls, cluster: Any, members: Any) -> Any:
            given = {}
            for member in members:
                is_ours = member.startswith(ours)
                parts = [(topic, sorted(cluster.partitions_for_topic(topic) or ()))] if is_ours else []
                given[member] = ConsumerProtocolMemberAssignment(cls.version, parts, b"")
            return given

    member = Log(settings).member(service, client_id=ours)
    member._partition_assignment_strategy = (AllOurs,)
    # On a busy machine it is late, and its place would be given away.
    member._session_timeout_ms = member._rebalance_timeout_ms = PATIENCE_MS
    member.subscribe([topic])
    await member.start()
    try:
        yield lambda: {place.partition for place in member.assignment()}
    finally:
        await member.stop()
