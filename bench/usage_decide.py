"""What counting a record costs in the usage worker, without Kafka and Postgres.

    python -m bench.usage_decide
    intake   read 2.5  encode 0.6 µs a record
    worker   decode 0.2  decide 2.5  encode 0.2 µs a record

`decide` is prefetch keys, decide, evolve, react, as the partition worker runs them; `encode` is the events and the
guided messages. One core, messages of 100 records, commands of 1,000.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from aiokafka import ConsumerRecord

from services.usage.commands import COMMANDS
from services.usage.processes.reported_run import read_messages
from services.usage.record.batching import CommandBatcher
from services.usage.record.messages import RecordUsage
from services.usage.record.state import DedupeKey
from services.usage.resource.state import Assignment, Resource
from services.usage.service import SERVICE
from shared.kernel.envelope import Envelope
from shared.kernel.message import encode, type_name
from shared.kernel.unit_of_work import PartitionAddress, UnitOfWork
from tests.kit.decider import MemoryState

MESSAGES = 400
RECORDS_PER_MESSAGE = 100
RESOURCES = 2000
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def messages() -> list[bytes]:
    """Five-minute records of 2,000 lines, as equipment sends them."""
    start = datetime(2026, 11, 23, tzinfo=UTC)
    written = []
    for message in range(MESSAGES):
        records = []
        for index in range(RECORDS_PER_MESSAGE):
            number = message * RECORDS_PER_MESSAGE + index
            began = start + timedelta(minutes=5 * (number // RESOURCES))
            records.append(
                {
                    "id": f"0192f1c0-7d1e-7c3a-9f0e-{number:012x}",
                    "source": "olt-12.par3",
                    "resource": f"mac:00:1b:44:{number % RESOURCES:06x}",
                    "meter": "data.octets",
                    "quantity": str(73_400_320 + number),
                    "started_at": began.isoformat(),
                    "ended_at": (began + timedelta(minutes=5)).isoformat(),
                }
            )
        written.append(msgspec.json.encode(records))
    return written


def timed(what: Callable[[], object]) -> float:
    began = time.process_time()
    what()
    return (time.process_time() - began) * 1e6 / (MESSAGES * RECORDS_PER_MESSAGE)


def main() -> None:
    # As the process of a service does: what is loaded by now is not looked through again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    worker(intake(messages()))


def intake(bodies: list[bytes]) -> list[bytes]:
    """Measure what intake does; gives back the commands that it sends, as bytes."""
    reported = [_as_reported(offset, body) for offset, body in enumerate(bodies)]

    # All to one usage partition, whose worker is measured.
    batcher = CommandBatcher(partitions=1, reported_partition=0)

    def read() -> None:
        assert not any(read_messages(reported, batcher))

    reading = timed(read)
    commands: list[bytes] = []
    encoding = timed(lambda: commands.extend(encode(command) for _, command in batcher.commands()))
    print(f"intake   read {reading:.1f}  encode {encoding:.1f} µs a record")
    return commands


def _as_reported(offset: int, body: bytes) -> ConsumerRecord[Any, Any]:
    return ConsumerRecord("bench.usage.reported", 0, offset, 0, 1, None, body, None, -1, len(body), ())


def worker(commands: list[bytes]) -> None:
    """Measure what the worker of a partition does with them."""
    decoded: list[RecordUsage] = []
    name = type_name("usage", RecordUsage)
    reading = timed(lambda: decoded.extend(COMMANDS.decode(name, data) for data in commands))  # type: ignore[misc]
    state = MemoryState()
    resources = {f"mac:00:1b:44:{n:06x}": n for n in range(RESOURCES)}
    state.keep(
        {
            Resource: {
                key: Resource(resource_id=key, assignments=(Assignment(0, None, f"acc-{n}", f"sub-{n}"),))
                for key, n in resources.items()
            }
        }
    )
    domain = SERVICE.domain
    envelope = Envelope(env="bench", service="usage", partition=0, type=name, recorded_at=NOW, subject="")
    batch = UnitOfWork(domain, state, PartitionAddress(env="bench", partition=0, partitions=4), next_seq=1, now=NOW)

    def decide_all() -> None:
        for command in decoded:
            SERVICE.preload(command)
            batch.take_command(command, envelope, origin="usage.commands/0/1")

    deciding = timed(decide_all)
    assert len(batch.states[DedupeKey]) == MESSAGES * RECORDS_PER_MESSAGE

    def write() -> None:
        for event, _ in batch.events:
            encode(event)
        for send, _ in batch.sends:
            encode(send.message)

    writing = timed(write)
    print(f"worker   decode {reading:.1f}  decide {deciding:.1f}  encode {writing:.1f} µs a record")


if __name__ == "__main__":
    main()
