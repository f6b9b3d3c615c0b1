"""The ways on which strange messages reach `usage.reported`, none of which has code in common with the product.

librdkafka with each compression, its transactions committed or aborted, and batches written by hand: names of headers
that are no text, records that break off, compressed content that is none, and bombs.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, Final

import cramjam
from confluent_kafka import Producer

from bench.fuzz.random_messages import Strange
from bench.fuzz.raw_kafka import BrokerRefused, RawKafka, batch, record

_CODECS: Final = ("none", "gzip", "snappy", "lz4", "zstd")
_PACKS: Final[tuple[Callable[[bytes], bytes], ...]] = (
    bytes,
    gzip.compress,
    lambda data: bytes(cramjam.snappy.compress_raw(data)),
    lambda data: bytes(cramjam.lz4.compress(data)),
    lambda data: bytes(cramjam.zstd.compress(data)),
)
_RAW_BYTES_MAX: Final = 1_900_000


class Senders:
    """Everything sent, by partition and offset: what must be accounted for, and what must never be seen."""

    def __init__(self, bootstrap: str, topic: str, partitions: int) -> None:
        options = {"bootstrap.servers": bootstrap, "message.max.bytes": 2_000_000, "linger.ms": 5}
        self._plain = [Producer({**options, "compression.type": codec}) for codec in _CODECS]
        self._transactional = Producer({**options, "transactional.id": f"fuzz-{topic}"})
        self._transactional.init_transactions(60)
        self._raw = RawKafka(bootstrap)
        self._topic = topic
        self._partitions = partitions
        self.due: dict[int, set[int]] = defaultdict(set)
        self.aborted: dict[int, set[int]] = defaultdict(set)
        self.refused = 0
        """Messages that the broker or librdkafka did not take."""

    def send(self, random: Random, messages: Sequence[Strange]) -> None:
        """A handful of messages, all on one way."""
        way, partition = random.random(), random.randrange(self._partitions)
        named = all(_is_text(name) for m in messages for name, _ in m.headers)
        if named and way < 0.5:
            self._by_client(random.choice(self._plain), messages, partition, self.due)
        elif named and way < 0.65:
            self._in_transaction(messages, partition, abort=random.random() < 0.3)
        else:
            self._by_hand(random, messages, partition)

    def send_plainly(self, random: Random, message: Strange) -> None:
        self._by_client(self._plain[0], [message], random.randrange(self._partitions), self.due)

    def flush(self) -> None:
        for producer in self._plain:
            producer.flush(120)
        self._raw.close()

    def _by_client(
        self, producer: Any, messages: Sequence[Strange], partition: int, noted: dict[int, set[int]]
    ) -> None:
        for message in messages:

            def delivered(error: object, sent: Any, message: Strange = message) -> None:
                if error is not None:
                    self.refused += 1
                elif not message.may_hold_nothing:
                    noted[sent.partition()].add(sent.offset())

            headers = [(name.decode(), value) for name, value in message.headers]
            try:
                producer.produce(
                    self._topic, message.value, message.key, partition, headers=headers, on_delivery=delivered
                )
            except Exception:  # librdkafka names what it can't send in many ways
                self.refused += 1
        producer.poll(0)

    def _in_transaction(self, messages: Sequence[Strange], partition: int, *, abort: bool) -> None:
        producer = self._transactional
        producer.begin_transaction()
        self._by_client(producer, messages, partition, self.aborted if abort else self.due)
        producer.flush(60)
        if abort:
            producer.abort_transaction(60)
        else:
            producer.commit_transaction(60)

    def _by_hand(self, random: Random, messages: Sequence[Strange], partition: int) -> None:
        records = [
            record(
                m.value, key=m.key, headers=m.headers, delta=n, later_ms=random.choice((0, 1, -1, 1 << 40, -(1 << 40)))
            )
            for n, m in enumerate(messages)
        ]
        codec, odd = random.randrange(5), random.random()
        pack = _PACKS[codec]
        if odd < 0.03:
            records[-1] = records[-1][: random.randrange(len(records[-1]))]
        elif odd < 0.06:
            pack = lambda data: random.randbytes(random.randrange(60))  # noqa: E731
        elif odd < 0.062:
            codec, pack, records = 4, _PACKS[4], [record(bytes(70_000_000))]
        data = batch(records, codec=codec, pack=pack, first_ms=random.choice((0, -1, 1 << 50, 1_750_000_000_000)))
        if len(data) > _RAW_BYTES_MAX:
            self.refused += len(messages)
            return
        try:
            first = self._raw.produce(self._topic, partition, data)
        except BrokerRefused:
            self.refused += len(messages)
            return
        if odd < 0.062:
            # Taken by the broker, and perhaps not readable: then its first record stands for all.
            self.due[partition].add(first)
            return
        self.due[partition].update(first + n for n, m in enumerate(messages) if not m.may_hold_nothing)


def _is_text(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True
