"""One partition of a topic: records and commit markers at dense offsets, and what of them a committed reader sees.

    offset   0        1        2         3         4
    entry    a (T1)   b (T2)   mark T1   c (T2)    d
                                                        T1 committed, T2 open:   last stable offset 1, a is seen
                                         mark T2 5      T2 aborted:              last stable offset 6, a and d are seen

A marker takes an offset, so a reader's position is not the number of what it has read. What stands behind the first
record of an open transaction is seen by nobody, whoever wrote it. A marker is its producer's: it ends all of that
producer's transactions that are open here, those included whose own marker was lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from aiokafka.errors import OffsetOutOfRangeError
from aiokafka.structs import ConsumerRecord, TopicPartition

from tests.kit.memory_log.transaction import Transaction, TransactionState

Headers = Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A record, or with `marker` the end of a transaction. `transaction` is `None` for a plain send."""

    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    timestamp_ms: int
    transaction: Transaction | None = None
    marker: bool = False


class Read(NamedTuple):
    """What a read brought, and where the next one begins."""

    records: list[ConsumerRecord[bytes, bytes]]
    position: int


class Partition:
    """Offsets never change; the head may be cut off by retention, the tail by an accident."""

    def __init__(self, tp: TopicPartition, message_bytes_max: int) -> None:
        self.tp = tp
        self.message_bytes_max = message_bytes_max
        self.start = 0
        self._entries: list[Entry] = []
        self._open: dict[Transaction, int] = {}
        self._committed: set[Transaction] = set()
        self._watchers: list[Callable[[], None]] = []

    @property
    def end(self) -> int:
        """The offset that the next entry gets."""
        return self.start + len(self._entries)

    @property
    def stable_end(self) -> int:
        """The last stable offset: the first record of the oldest open transaction, or the end."""
        return min(self._open.values(), default=self.end)

    def append(self, entry: Entry) -> int:
        """The record's offset."""
        offset = self.end
        self._entries.append(entry)
        if entry.transaction is not None:
            self._open.setdefault(entry.transaction, offset)
            entry.transaction.partitions.setdefault(self.tp, self)
        self._changed()
        return offset

    def mark_end(self, transaction: Transaction, state: TransactionState, timestamp_ms: int) -> None:
        """This transaction is over here, and with it whatever else of its producer is open."""
        for ended in [other for other in self._open if other.producer_id == transaction.producer_id]:
            del self._open[ended]
            if state is TransactionState.COMMITTED:
                self._committed.add(ended)
        self._entries.append(Entry(None, None, (), timestamp_ms, marker=True))
        self._changed()

    def open_since(self) -> dict[int, tuple[int, int]]:
        """Since which offset transactions are open here, by producer: its id to (epoch that wrote last, offset)."""
        found: dict[int, tuple[int, int]] = {}
        for transaction, first in self._open.items():
            _, since = found.get(transaction.producer_id, (0, first))
            found[transaction.producer_id] = transaction.epoch, min(since, first)
        return found

    def _visible(self, entry: Entry) -> bool:
        """Whether a committed reader is given it; asked only below the last stable offset."""
        if entry.marker:
            return False
        return entry.transaction is None or entry.transaction in self._committed

    def read(self, position: int, limit: int | None = None) -> Read:
        """Up to `limit` records from `position` on. Raises `OffsetOutOfRangeError` outside of what is kept."""
        self._check(position)
        found: list[ConsumerRecord[bytes, bytes]] = []
        end = self.stable_end
        while position < end and (limit is None or len(found) < limit):
            entry = self._entries[position - self.start]
            if self._visible(entry):
                found.append(self._record(position, entry))
            position += 1
        return Read(found, position)

    def first_seen(self, position: int) -> int:
        """Where the next record stands that a reader at `position` could be given; else the last stable offset.

        Raises `OffsetOutOfRangeError` outside of what is kept.
        """
        self._check(position)
        end = self.stable_end
        while position < end and not self._visible(self._entries[position - self.start]):
            position += 1
        return position

    def visible_from(self, position: int) -> int:
        """How many records a reader at `position` could be given now."""
        first, end = max(position, self.start) - self.start, self.stable_end - self.start
        return sum(self._visible(entry) for entry in self._entries[first:end])

    def headers_at(self, offset: int) -> Headers:
        """Of what stands there, committed or not."""
        return self._entries[offset - self.start].headers

    def watch(self, changed: Callable[[], None]) -> None:
        """Call `changed` once, at the next change."""
        self._watchers.append(changed)

    def unwatch(self, changed: Callable[[], None]) -> None:
        if changed in self._watchers:
            self._watchers.remove(changed)

    # -- accidents and age -------------------------------------------------------------------------------------------

    def forget_before(self, offset: int) -> None:
        """Retention: what stands before `offset` is gone, offsets stay."""
        if offset > self.start:
            del self._entries[: offset - self.start]
            self.start = offset

    def shorten_to(self, end: int) -> None:
        """An accident: what stood at `end` and behind is gone, and its offsets will be given out again."""
        del self._entries[max(0, end - self.start) :]
        for transaction in [t for t, first in self._open.items() if first >= end]:
            del self._open[transaction]
            del transaction.partitions[self.tp]

    def _check(self, position: int) -> None:
        if not self.start <= position <= self.end:
            raise OffsetOutOfRangeError({self.tp: position})

    def _record(self, offset: int, entry: Entry) -> ConsumerRecord[bytes, bytes]:
        return ConsumerRecord(
            topic=self.tp.topic,
            partition=self.tp.partition,
            offset=offset,
            timestamp=entry.timestamp_ms,
            timestamp_type=0,
            key=entry.key,
            value=entry.value,
            checksum=None,
            serialized_key_size=len(entry.key or b""),
            serialized_value_size=len(entry.value or b""),
            headers=entry.headers,
        )

    def _changed(self) -> None:
        watchers, self._watchers = self._watchers, []
        for changed in watchers:
            changed()
