"""Which fault comes next: all kinds once in an order drawn from the seed, then again in another order.

    for entry in scheduled(random.Random(7), brokers=1):
        await entry.fault(scene)

A failpoint's service and signal are drawn each time it is scheduled. `failpoints` has each point once, and ends.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from meterlog.chaos.faults.brokers import broker_ended, broker_killed, broker_late, broker_lost, broker_paused
from meterlog.chaos.faults.clock import clock_jump
from meterlog.chaos.faults.crash import crash, services_of
from meterlog.chaos.faults.disk import kafka_disk_full, postgres_disk_full
from meterlog.chaos.faults.fault import Fault
from meterlog.chaos.faults.idle import quiet
from meterlog.chaos.faults.postgres import postgres_killed, postgres_paused, postgres_restored, session_killed
from meterlog.chaos.faults.processes import ended, killed, paused
from meterlog.chaos.faults.replicas import joined_and_left, zombie
from meterlog.chaos.faults.transactions import hanging_transaction
from shared.engine.failpoints import POINTS

RESTORE: Final = "postgres_restored"
SERVICES: Final[dict[str, Fault]] = {
    "service_killed": killed,
    "service_ended": ended,
    "service_paused": paused,
    "replica": joined_and_left,
    "zombie": zombie,
    "clock_jump": clock_jump,
    "hanging_transaction": hanging_transaction,
    "quiet": quiet,
}
SERVERS: Final[dict[str, Fault]] = {
    "broker_killed": broker_killed,
    "broker_late": broker_late,
    "broker_ended": broker_ended,
    "broker_paused": broker_paused,
    "postgres_killed": postgres_killed,
    "postgres_session_killed": session_killed,
    "postgres_paused": postgres_paused,
    RESTORE: postgres_restored,
    "kafka_disk_full": kafka_disk_full,
    "postgres_disk_full": postgres_disk_full,
}
THREE_BROKERS: Final[dict[str, Fault]] = {"broker_lost": broker_lost}


@dataclass(frozen=True)
class Scheduled:
    kind: str
    fault: Fault


def scheduled(chance: random.Random, *, brokers: int = 1) -> Iterator[Scheduled]:
    """Faults without end."""
    while True:
        planned = [*failpoints(chance), *(Scheduled(kind, fault) for kind, fault in others(brokers=brokers).items())]
        chance.shuffle(planned)
        yield from planned


def kinds_of(*, brokers: int = 1) -> frozenset[str]:
    """Every kind there is, as a schedule names it."""
    return frozenset(
        [
            *(f"{what} at {point}" for what in ("kill", "stop") for point in POINTS),
            *others(brokers=brokers),
        ]
    )


def others(*, brokers: int = 1) -> dict[str, Fault]:
    """What is no failpoint."""
    return {**SERVICES, **SERVERS, **(THREE_BROKERS if brokers > 1 else {})}


def failpoints(chance: random.Random) -> list[Scheduled]:
    """Each point once, in any order: killed or stopped there, in one of the services that pass it."""
    planned = []
    for point in POINTS:
        what = chance.choice(("kill", "kill", "stop"))
        planned.append(Scheduled(f"{what} at {point}", crash(point, chance.choice(services_of(point)), what)))
    chance.shuffle(planned)
    return planned
