"""Step 8: everything a batch sends, in one Kafka transaction with the offsets of what it read.

aiokafka commits happily after a failed send, so every send's future is awaited before offsets and commit. An exception
anywhere leaves the outcome unknown and must end the process.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import msgspec
from aiokafka import AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.structs import RecordMetadata

from shared.engine.failpoints import failpoint
from shared.engine.log import Log
from shared.engine.service import Service
from shared.kernel.decider import Send
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.message import Command, encode
from shared.kernel.partition import partition_of
from shared.kernel.unit_of_work import UnitOfWork


class Outbox:
    """Addresses and sends what one partition writes."""

    def __init__(self, service: Service, kafka: Log, partition: int) -> None:
        self.dead: list[tuple[ConsumerRecord[bytes, bytes], bytes | None]] = []
        """What goes to the dead letters: the record it came in, and the part of its value that could not be taken."""
        self._service = service
        self._kafka = kafka
        self._partition = partition
        self._events_topic = kafka.topic(f"{service.name}.events")

    async def commit(
        self, producer: AIOKafkaProducer, batch: UnitOfWork, offsets: Mapping[TopicPartition, int], group: str
    ) -> int:
        """One transaction. Returns the offset after the last own event, 0 if there was none."""
        await producer.begin_transaction()
        failpoint("transaction_begun")
        events = [await self._send_event(producer, event, envelope) for event, envelope in batch.events]
        others = [await self._send_message(producer, send, envelope) for send, envelope in batch.sends]
        others += [await self._bury(producer, record, value) for record, value in self.dead]
        written: list[RecordMetadata] = await asyncio.gather(*events, *others)
        failpoint("transaction_sent")
        await producer.send_offsets_to_transaction(dict(offsets), group)
        failpoint("transaction_complete")
        await producer.commit_transaction()
        self.dead.clear()
        return written[len(events) - 1].offset + 1 if events else 0

    async def _send_event(
        self, producer: AIOKafkaProducer, event: msgspec.Struct, envelope: Envelope
    ) -> asyncio.Future[RecordMetadata]:
        hot = getattr(event, "HOT", False)
        sent: asyncio.Future[RecordMetadata] = await producer.send(
            self._events_topic,
            encode(event),  # type: ignore[arg-type]
            key=None if hot else envelope.subject.encode(),
            partition=self._partition,
            headers=to_headers(envelope),
        )
        return sent

    async def _send_message(
        self, producer: AIOKafkaProducer, send: Send, envelope: Envelope
    ) -> asyncio.Future[RecordMetadata]:
        message = send.message
        if send.to in self._service.publishes:
            topic, name = send.to, self._service.publishes[send.to].name_of(message)
        else:
            topic = f"{send.to}.commands"
            own = send.to == self._service.name
            name = (self._service.commands if own else self._service.sends[send.to]).name_of(message)
        sent: asyncio.Future[RecordMetadata] = await producer.send(
            self._kafka.topic(topic),
            encode(message),
            key=message.key.encode() or None,
            partition=self._address(send),
            # What is numbered by pairs of partitions has the number of an event too; its own id it has from its cause.
            headers=to_headers(msgspec.structs.replace(envelope, type=name), id=envelope.command_id),
        )
        return sent

    def _address(self, send: Send) -> int:
        if send.partition is not None:
            return send.partition
        if isinstance(send.message, Command) and send.message.REFERENCE:
            return 0
        return partition_of(send.message.key, self._kafka.settings.partitions)

    async def _bury(
        self, producer: AIOKafkaProducer, record: ConsumerRecord[bytes, bytes], value: bytes | None
    ) -> asyncio.Future[RecordMetadata]:
        sent: asyncio.Future[RecordMetadata] = await producer.send(
            self._kafka.topic(f"{self._service.name}.dead"),
            value,
            key=record.key,
            partition=self._partition,
            headers=list(record.headers),
        )
        return sent
