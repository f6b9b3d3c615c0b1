"""What became of everything that was sent, from the topics of the usage service alone.

Every message has a place, and everything that intake makes of it has that place: records and refused records in
commands, dead letters in reports and in their headers. So the sum is exact without reading a single message.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from aiokafka import TopicPartition

from services.usage.commands import COMMANDS
from services.usage.events import EVENTS
from services.usage.record.messages import POSITIONS_PER_MESSAGE, RecordUsage, UsageRecorded
from services.usage.undecodable.messages import ReportUndecodable, UndecodableReported
from shared.engine.log import Log
from shared.kernel.envelope import from_headers


@dataclass
class Accounts:
    """What the topics say, each position once however often it was delivered."""

    seen: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Offsets of the reported log that something was made of, by partition."""
    records: set[tuple[int, int]] = field(default_factory=set)
    dead: set[tuple[int, int]] = field(default_factory=set)
    by_http: int = 0
    recorded: Counter[str] = field(default_factory=Counter)
    """What usage recorded: accepted (whether guided or quarantined), duplicate, conflict, malformed."""
    letters: set[bytes] = field(default_factory=set)
    """Where the dead letters came from."""
    reported_letters: int = 0
    ids: Counter[tuple[str, str]] = field(default_factory=Counter)


async def read(kafka: Log) -> Accounts:
    accounts = Accounts()
    await _each(kafka, "usage.commands", lambda record: _command(accounts, record))
    await _each(kafka, "usage.events", lambda record: _event(accounts, record))

    def letter(record: Any) -> None:
        accounts.letters.add(dict(record.headers)["input"])

    await _each(kafka, "usage.dead", letter)
    return accounts


def _command(accounts: Accounts, record: Any) -> None:
    envelope = from_headers(record.headers)
    if envelope.type not in COMMANDS:
        return
    command = COMMANDS.decode(envelope.type, record.value)
    if isinstance(command, RecordUsage) and command.reported_counts:
        for partition, places in command.reported:
            taken = command.records.position[places]
            accounts.records.update((partition, position) for position in taken)
            accounts.seen[partition].update(position // POSITIONS_PER_MESSAGE for position in taken)
        return
    if isinstance(command, RecordUsage):
        positions = [r.position for r in command.records] + [position for position, _ in command.refused]
        if command.reported_partition < 0:
            accounts.by_http += len(positions)
            return
        accounts.records.update((command.reported_partition, position) for position in positions)
    elif isinstance(command, ReportUndecodable):
        positions = [item.position for item in command.items]
        accounts.dead.update((command.reported_partition, position) for position in positions)
    else:
        return
    accounts.seen[command.reported_partition].update(position // POSITIONS_PER_MESSAGE for position in positions)


def _event(accounts: Accounts, record: Any) -> None:
    envelope = from_headers(record.headers)
    if envelope.type not in EVENTS:
        return
    event = EVENTS.decode(envelope.type, record.value)
    if isinstance(event, UsageRecorded):
        accounts.recorded["accepted"] += len(event.records)
        accounts.recorded.update(aside.state for aside in event.set_aside)
        accounts.ids.update((r.source, r.id) for r in event.records if r.source == "sentinel")
    elif isinstance(event, UndecodableReported):
        accounts.reported_letters += len(event.items)


async def _each(kafka: Log, topic: str, take: Any) -> None:
    reader = await kafka.reader()
    try:
        tps = [TopicPartition(kafka.topic(topic), p) for p in range(kafka.settings.partitions)]
        reader.assign(tps)
        await reader.seek_to_beginning(*tps)
        ends = await reader.end_offsets(tps)
        while any([await reader.position(tp) < end for tp, end in ends.items()]):
            for records in (await reader.getmany(timeout_ms=500)).values():
                for record in records:
                    take(record)
    finally:
        await reader.stop()
