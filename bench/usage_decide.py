"""What counting a record costs in the usage worker, without Kafka and Postgres.

    python -m bench.usage_decide
    intake   decode 0.9  admit 5.1  encode 0.4 µs a record
    worker   decode 0.8  decide 4.9  encode 1.3 µs a record

`decide` is prefetch keys, decide, evolve, react, as the partition worker runs them; `encode` is the events and the
guided messages. One core, messages of 100 records, commands of 1,000.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec

from services.usage.commands import COMMANDS
from services.usage.formats import parse
from services.usage.formats.contract import ReportedRecord
from services.usage.record.batching import CommandBatcher
from services.usage.record.messages import POSITIONS_PER_MESSAGE, RecordUsage
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
    worker(intake(messages()))


def intake(bodies: list[bytes]) -> list[bytes]:
    """Measure what intake does; gives back the commands that it sends, as bytes."""
    parsed: list[list[ReportedRecord]] = []
    decoding = timed(lambda: parsed.extend(parse(body, {}) for body in bodies))  # type: ignore[misc]

    # All to one usage partition, whose worker is measured.
    batcher = CommandBatcher(partitions=1, reported_partition=0)

    def admit() -> None:
        for offset, items in enumerate(parsed):
            for index, item in enumerate(items):
                batcher.add(item, offset * POSITIONS_PER_MESSAGE + index, "")

    admitting = timed(admit)
    commands = [encode(command) for _, command in batcher.commands()]
    encoding = timed(lambda: [encode(command) for _, command in batcher.commands()])
    print(f"intake   decode {decoding:.1f}  admit {admitting:.1f}  encode {encoding:.1f} µs a record")
    return commands


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
