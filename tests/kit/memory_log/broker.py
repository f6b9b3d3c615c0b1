"""The broker: topics, transactions, groups, and a time of its own that moves only when it is told to.

    broker = Broker()
    broker.create_topic("local.rating.events", partitions=4)
    broker.pass_time(10)            # sessions end, transactions left open are aborted
    broker.lose_markers([tp])       # the next transaction to end leaves no marker in this partition

Everything here happens at once and as a whole; who waits for what is the clients' business.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping

from aiokafka.errors import MessageSizeTooLargeError, UnknownTopicOrPartitionError
from aiokafka.structs import TopicPartition

from tests.kit.memory_log.group import Group
from tests.kit.memory_log.partition import Entry, Headers, Partition
from tests.kit.memory_log.transaction import Transaction, Transactional, TransactionState

MESSAGE_BYTES_MAX = 2 * 1024 * 1024


class Broker:
    """One cluster, shared by every client of a test."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.transactionals: dict[str, Transactional] = {}
        self._topics: dict[str, list[Partition]] = {}
        self._producers = 0
        self._losing: Container[TopicPartition | str] = ()
        self._groups: dict[str, Group] = {}

    # -- topics ------------------------------------------------------------------------------------------------------

    def create_topic(self, name: str, *, partitions: int, message_bytes_max: int = MESSAGE_BYTES_MAX) -> None:
        if name in self._topics:
            raise ValueError(f"topic {name} exists")
        self._topics[name] = [Partition(TopicPartition(name, n), message_bytes_max) for n in range(partitions)]

    def partitions_of(self, topic: str) -> int:
        return len(self._topics[topic])

    def partition(self, tp: TopicPartition) -> Partition:
        """Raises `UnknownTopicOrPartitionError`; nothing is created by accident."""
        partitions = self._topics.get(tp.topic, ())
        if not 0 <= tp.partition < len(partitions):
            raise UnknownTopicOrPartitionError(f"{tp.topic}/{tp.partition}")
        found: Partition = partitions[tp.partition]
        return found

    def partitions(self) -> list[Partition]:
        """All of them, in order of name and number."""
        return [partition for name in sorted(self._topics) for partition in self._topics[name]]

    def group(self, name: str) -> Group:
        if name not in self._groups:
            self._groups[name] = Group(self.partitions_of)
        return self._groups[name]

    # -- writing -----------------------------------------------------------------------------------------------------

    def append(
        self,
        tp: TopicPartition,
        key: bytes | None,
        value: bytes | None,
        headers: Headers,
        transaction: Transaction | None = None,
    ) -> int:
        """The record's offset. Raises `MessageSizeTooLargeError`, and nothing is written."""
        partition = self.partition(tp)
        size = len(key or b"") + len(value or b"") + sum(len(name) + len(text) for name, text in headers)
        if size > partition.message_bytes_max:
            raise MessageSizeTooLargeError(f"{size} bytes, {tp.topic} takes {partition.message_bytes_max}")
        return partition.append(Entry(key, value, tuple(headers), self.now_ms, transaction))

    @property
    def now_ms(self) -> int:
        return int(self.now_s * 1000)

    # -- transactions ------------------------------------------------------------------------------------------------

    def start_producer(self, transactional_id: str, timeout_s: float) -> tuple[Transactional, int]:
        """InitProducerId: the open transaction of the predecessor is aborted, its epoch is over."""
        known = self.transactionals.get(transactional_id)
        if known is None:
            self._producers += 1
            known = Transactional(transactional_id, self._producers, timeout_s)
            self.transactionals[transactional_id] = known
        if known.open is not None:
            self._fence(known)
        known.epoch += 1
        known.last = None
        return known, known.epoch

    def transaction_of(self, producer: Transactional, epoch: int) -> Transaction:
        """The producer's open transaction; its first write begins it."""
        producer.check(epoch)
        if producer.open is None:
            producer.open = Transaction(producer.producer_id, producer.epoch, self.now_s)
        return producer.open

    def add_offsets(
        self, producer: Transactional, epoch: int, group: str, offsets: Mapping[TopicPartition, int]
    ) -> None:
        """The group's offsets move if and when the transaction commits."""
        self.transaction_of(producer, epoch).offsets.setdefault(group, {}).update(offsets)

    def end_transaction(self, producer: Transactional, epoch: int, *, commit: bool) -> None:
        """Markers in every partition it wrote to; a transaction without writes leaves none."""
        producer.check(epoch)
        self._end(producer, TransactionState.COMMITTED if commit else TransactionState.ABORTED)

    def end_everywhere(
        self, producer: Transactional, epoch: int, partitions: Collection[TopicPartition], group: str, *, commit: bool
    ) -> None:
        """A transaction that writes nothing but its markers."""
        self.add_offsets(producer, epoch, group, {})
        self.transaction_of(producer, epoch).partitions.update({tp: self.partition(tp) for tp in partitions})
        self.end_transaction(producer, epoch, commit=commit)

    def lose_markers(self, places: Container[TopicPartition | str]) -> None:
        """Of the next transaction that ends, these partitions and the offsets of these groups get no marker."""
        self._losing = places

    def forget_transactional(self, transactional_id: str) -> None:
        """Nobody has used it for longer than the broker keeps it: its next producer has another id."""
        del self.transactionals[transactional_id]

    def time_out_transaction(self, transactional_id: str) -> None:
        """The coordinator has waited long enough: the transaction is aborted, its producer fenced."""
        self._fence(self.transactionals[transactional_id])

    def _fence(self, producer: Transactional) -> None:
        self._end(producer, TransactionState.ABORTED)
        producer.epoch += 1

    def _end(self, producer: Transactional, state: TransactionState) -> None:
        transaction, producer.open = producer.open, None
        if transaction is None:
            return
        producer.last = state
        losing, self._losing = self._losing, ()
        for name, offsets in transaction.offsets.items():
            self.group(name).pend(producer.producer_id, offsets)
            if name not in losing:
                self.group(name).mark_end(producer.producer_id, commit=state is TransactionState.COMMITTED)
        for tp, partition in transaction.partitions.items():
            if tp not in losing:
                partition.mark_end(transaction, state, self.now_ms)

    # -- time --------------------------------------------------------------------------------------------------------

    def pass_time(self, seconds: float) -> None:
        """Transactions left open too long are aborted, members not heard of too long put out."""
        self.now_s += seconds
        for producer in self.transactionals.values():
            if producer.open is not None and self.now_s - producer.open.began_s >= producer.timeout_s:
                self._fence(producer)
        for group in self._groups.values():
            group.pass_time(seconds)
