"""Step 8: everything a batch sends, in one Kafka transaction with the offsets of what it read.

aiokafka commits happily after a failed send, so every send's future is awaited before offsets and commit. An exception
anywhere leaves the outcome unknown and must end the process.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import msgspec
from aiokafka import AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.structs import RecordMetadata

from shared.engine.failpoints import failpoint
from shared.engine.log import Log
from shared.engine.sent_together import Record, send_together
from shared.engine.service import Service
from shared.kernel.decider import Send
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.message import Command, Event, encode
from shared.kernel.partition import partition_of
from shared.kernel.unit_of_work import UnitOfWork

DeadRecords = list[tuple[ConsumerRecord[bytes, bytes], bytes | None]]
"""For the dead letters: the record that something came in, and the part of its value that could not be taken."""


class Outbox:
    """Addresses and sends what one partition writes."""

    def __init__(self, service: Service, kafka: Log, partition: int) -> None:
        self.dead: DeadRecords = []
        """What of the batch in hand goes to the dead letters."""
        self._service = service
        self._kafka = kafka
        self._partition = partition
        self._events_at = TopicPartition(kafka.topic(f"{service.name}.events"), partition)

    def take_dead(self) -> DeadRecords:
        """What goes to the dead letters of the batch in hand, which is decided."""
        dead, self.dead = self.dead, []
        return dead

    async def commit(
        self,
        producer: AIOKafkaProducer,
        batch: UnitOfWork,
        dead: DeadRecords,
        offsets: Mapping[TopicPartition, int],
        group: str,
    ) -> int:
        """One transaction. Returns the offset after the last own event, 0 if there was none."""
        await producer.begin_transaction()
        failpoint("transaction_begun")
        events = await send_together(producer, self._events_at, map(self._event, batch.events))
        others = []
        for place, records in self._addressed(batch.sends).items():
            others += (await send_together(producer, place, records)).futures
        others += [await self._bury(producer, record, value) for record, value in dead]
        written: list[RecordMetadata] = await asyncio.gather(*events.futures, *others)
        failpoint("transaction_sent")
        await producer.send_offsets_to_transaction(dict(offsets), group)
        failpoint("transaction_complete")
        await producer.commit_transaction()
        return written[len(events.futures) - 1].offset + events.in_last if events.futures else 0

    def _event(self, numbered: tuple[Event, Envelope]) -> Record:
        event, envelope = numbered
        hot = getattr(event, "HOT", False)
        return Record(None if hot else envelope.subject.encode(), encode(event), to_headers(envelope))

    def _addressed(self, sends: Sequence[tuple[Send, Envelope]]) -> dict[TopicPartition, list[Record]]:
        """What goes to each partition of a topic, in order."""
        found: dict[TopicPartition, list[Record]] = {}
        for send, envelope in sends:
            place, record = self._message(send, envelope)
            found.setdefault(place, []).append(record)
        return found

    def _message(self, send: Send, envelope: Envelope) -> tuple[TopicPartition, Record]:
        message = send.message
        if send.to in self._service.publishes:
            topic, name = send.to, self._service.publishes[send.to].name_of(message)
        else:
            topic = f"{send.to}.commands"
            own = send.to == self._service.name
            name = (self._service.commands if own else self._service.sends[send.to]).name_of(message)
        # What is numbered by pairs of partitions has the number of an event too; its own id it has from its cause.
        headers = to_headers(msgspec.structs.replace(envelope, type=name), id=envelope.command_id)
        place = TopicPartition(self._kafka.topic(topic), self._address(send))
        return place, Record(message.key.encode() or None, encode(message), headers)

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
