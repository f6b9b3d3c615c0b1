"""Steps 0 and 1 of takeover: the predecessor is fenced, and what it left open is closed as it ended.

    0   ask the coordinator how the predecessor's last transaction ended, and the partitions what is open in them
    1   start the transactional producer: the predecessor is fenced, a transaction in flight aborted
    1b  end everywhere it may have written to with the same outcome; nothing may be open afterwards

Brokers lose markers, of aborts and of commits, partition by partition (KAFKA-20734 in Kafka 4.3), and the next marker
of the same producer id then decides over both transactions. So none is believed to have written one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Sequence
from typing import Final

from aiokafka import AIOKafkaProducer, TopicPartition

from shared.engine.failpoints import failpoint
from shared.engine.owned_partition import OwnedPartition
from shared.engine.postgres import Connection
from shared.engine.service import Service
from shared.engine.transaction_outcome import Finding, TransactionHangs, caused_before, judge, needs_finding
from shared.engine.transactions import ENDING, ONGOING, Inquiry, LastTransaction, OpenRange

# A producer that is just ending its transaction, or a broker that has just come back, is given so long to agree.
AGREE_S: Final = 5.0
CLOSE_S: Final = 10.0
LOOK_S: Final = 0.02
_COMPLETE: Final = ("CompleteCommit", "CompleteAbort")


def written_by(service: Service, partition: int, *, env: str, partitions: int) -> list[TopicPartition]:
    """Every partition that the owner of a partition may write to in a transaction."""
    name = service.name
    addressed = {f"{name}.commands", *(f"{to}.commands" for to in service.sends), *service.publishes}
    return [
        TopicPartition(f"{env}.{name}.events", partition),
        TopicPartition(f"{env}.{name}.dead", partition),
        *(TopicPartition(f"{env}.{topic}", p) for topic in sorted(addressed) for p in range(partitions)),
    ]


async def settle(owned: OwnedPartition, connection: Connection) -> AIOKafkaProducer:
    """The producer, once nothing of its predecessors is open. Raises `TransactionHangs` where a person has to decide.

    `owned.checkpoint` is as it was before.
    """
    inquiry = await owned.kafka.inquiry()
    settlement = _Settlement(owned, connection, inquiry)
    try:
        producer = await settlement.settle()
    except BaseException:
        await inquiry.stop()
        raise
    try:
        await inquiry.stop()
    except BaseException:
        # Given up in this moment, it would be nobody's.
        await producer.stop()
        raise
    return producer


class _Settlement:
    """One takeover's."""

    def __init__(self, owned: OwnedPartition, connection: Connection, inquiry: Inquiry) -> None:
        service, kafka = owned.service, owned.kafka
        self._owned = owned
        self._connection = connection
        self._inquiry = inquiry
        self._id = f"{kafka.env}.{service.name}.{owned.partition}"
        self._own = TopicPartition(kafka.topic(f"{service.name}.events"), owned.partition)
        self._written = written_by(service, owned.partition, env=kafka.env, partitions=owned.partitions)

    async def settle(self) -> AIOKafkaProducer:
        checkpoints = self._owned.checkpoints
        last, ranges, committed = await self._agreed(await checkpoints.finding(self._connection))
        if needs_finding(last, ranges):
            await checkpoints.find(self._connection, Finding(last.producer_id, last.epoch, committed))
        failpoint("takeover_asked")
        producer = await self._owned.kafka.transactional_producer(self._id)
        try:
            failpoint("takeover_fenced")
            await self._close(producer, last, committed=committed)
            await checkpoints.forget_finding(self._connection)
        except BaseException:
            await producer.stop()
            raise
        return producer

    async def _agreed(self, finding: Finding | None) -> tuple[LastTransaction, Sequence[OpenRange], bool]:
        """Step 0. What a producer is just ending is over in a moment; what stays is a conflict, or hangs.

        Ranges are asked for first: asked for last, one of a transaction begun meanwhile would pass for a leftover of
        the one before.
        """
        deadline = time.monotonic() + AGREE_S
        while True:
            ranges = await self._inquiry.open_in(self._written)
            last = await self._inquiry.last(self._id)
            late = time.monotonic() > deadline
            try:
                committed = judge(
                    last, ranges, own=self._own, applied_to=self._owned.checkpoint.next_offset, finding=finding
                )
                if not committed:
                    await self._check_causes(last, ranges)
                if late or await self._stays(last, ranges):
                    return last, ranges, committed
            except TransactionHangs:
                if late:
                    raise
            self._owned.beat = time.monotonic()
            await asyncio.sleep(LOOK_S)

    async def _check_causes(self, last: LastTransaction, ranges: Sequence[OpenRange]) -> None:
        """Nothing is aborted that follows from what has been applied: it was sent by a transaction before the last."""
        owned = self._owned
        own = f"{owned.service.name}/{owned.partition}"
        for found in ranges:
            if found.producer_id == last.producer_id and found.tp != self._own:
                cause = dict(await self._inquiry.first_of(found)).get("causationid", b"").decode()
                if caused_before(cause, own, next_seq=owned.checkpoint.next_seq):
                    why = f"it follows from {cause}, which has been applied, and the last transaction was aborted"
                    raise TransactionHangs(found, why)

    async def _stays(self, last: LastTransaction, ranges: Sequence[OpenRange]) -> bool:
        """Whether the coordinator is done, and what is open is still open a moment later."""
        if last.state in ENDING:
            return False
        ours = [found for found in ranges if found.producer_id == last.producer_id]
        return last.state == ONGOING or not ours or await self._inquiry.open_in(self._written) == list(ranges)

    async def _close(self, producer: AIOKafkaProducer, last: LastTransaction, *, committed: bool) -> None:
        """Step 1b."""
        kafka = self._owned.kafka
        producer_id, epoch = kafka.identity_of(producer)
        ours = {last.producer_id, producer_id}
        if last.producer_id == producer_id and epoch != last.epoch_after:
            # It did not end as it stood when it was asked for: it went on, or another one followed.
            if left := await self._left(ours):
                raise TransactionHangs(left, "its producer went on while it was asked how it ended")
            committed = False
        async with self._owned.transaction():
            await kafka.end_everywhere(producer, self._written, self._owned.group, commit=committed)
        deadline = time.monotonic() + CLOSE_S
        while (state := (await self._inquiry.last(self._id)).state) not in _COMPLETE or await self._left(ours):
            if time.monotonic() > deadline:
                why = f"markers were written for transactions of {self._id}, and the coordinator still says {state}"
                raise TransactionHangs(await self._left(ours), why)
            self._owned.beat = time.monotonic()
            await asyncio.sleep(LOOK_S)
        failpoint("takeover_closed")

    async def _left(self, ours: Collection[int]) -> OpenRange | None:
        """Something that is still open: of ours anywhere, of anybody's in our own log."""
        for found in await self._inquiry.open_in(self._written):
            if found.producer_id in ours or found.tp == self._own:
                return found
        ends = await self._owned.log_offsets.ends([self._own])
        stable, end = await self._inquiry.stable_and_end(self._own, ends[self._own])
        if stable < end:
            return OpenRange(tp=self._own, producer_id=-1, epoch=-1, since=stable)
        return None
