"""The one place where Kafka clients are made: every producer and consumer of our topics comes from here.

    log = Log(settings)
    reader = await log.reader()                      # read_committed, no group, assigned by hand
    producer = await log.transactional_producer("local.rating.2")

Consumers are `read_committed` with `auto_offset_reset=none` and no auto-commit: where to read is always said, never
guessed. Names carry the environment: `log.topic("rating.events")` is `local.rating.events`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.coordinator.assignors.range import RangePartitionAssignor

from shared.engine.batches import read_any_batch
from shared.engine.settings import Settings
from shared.engine.transactions import Inquiry, end_everywhere, identity_of

# The longest a partition's open transaction may hold back committed readers before the broker aborts it.
TRANSACTION_TIMEOUT_MS = 10_000
# So many keep a broker busy: one waits for the client or for a disk while others are written.
TRANSACTIONS_AT_ONCE = 8
# A hot message has some 500 KiB at most. A fetch brings as much of a partition as a worker's batch takes, and the next
# one is on its way meanwhile.
FETCH_BYTES = 2 * 1024 * 1024
REQUEST_BYTES = 1_000_000
# An event may hold a whole message that was put aside, in base64; the topics take 2 MiB.
EVENT_BYTES = 2_000_000
# What a look at single records fetches of a partition: the first batch comes whole, however large it is.
GLANCE_BYTES = 4096
# How long a broker keeps a fetch that finds nothing. A partition that is resumed or sought anew, and a question over
# the same connection, wait for that end; a message does not, it ends the wait.
FETCH_WAIT_MS = 500
# Of a reader whose partitions are assigned and sought once, and that is asked nothing else: only the broker's answers
# to nothing are fewer.
ASSIGNED_ONCE_MS = 5_000
# Of any reader while messages come. The client asks a broker one thing at a time: where one of its partitions has much
# and the others nothing, what is asked for those keeps the next answer for that one back.
BUSY_WAIT_MS = 100
# A client's own look at what it has to fetch. Whatever gives it work (an answer, a batch that is taken, a seek, another
# assignment) wakes it; its own default of 200 ms is five looks a second of each reader of an idle process.
FETCHER_LOOK_MS = 2_000
# A member that reads nothing for so long leaves its group, and does not come back by itself. Nobody is idle for that
# here: one who owns nothing (a standby, a view whose topic is empty) is a member for as long as its process lives, and
# a process that hangs is ended by our own watchdog, after 30 s.
NEVER_MS = 1 << 53


class Log:
    """Factories bound to one cluster and one environment."""

    def __init__(self, settings: Settings) -> None:
        read_any_batch()
        self.settings = settings
        self.env = settings.env
        self.room_for_transaction: Final = asyncio.Semaphore(TRANSACTIONS_AT_ONCE)
        """Of this process. A transaction of dozens of partitions is a burst of work for the broker: where dozens of
        owners commit at one moment (when they start, or the clock ticks) each would wait for all, past its deadline."""

    def topic(self, name: str) -> str:
        """`rating.events` in this environment."""
        return f"{self.env}.{name}"

    async def reader(self, *, fetch_bytes: int = FETCH_BYTES, waits_ms: int = FETCH_WAIT_MS) -> AIOKafkaConsumer:
        """A consumer without a group; the caller assigns partitions and seeks each before reading."""
        options = {"max_partition_fetch_bytes": fetch_bytes, "fetch_max_wait_ms": waits_ms}
        return await _started(AIOKafkaConsumer(**{**self._consumer_options(), **options}))

    async def admin(self) -> AIOKafkaAdminClient:
        """For questions about groups. It does not learn of new brokers by itself: make another after an error."""
        client = AIOKafkaAdminClient(request_timeout_ms=5_000, **self._connection())
        try:
            await client.start()
        except BaseException:
            await client.close()
            raise
        return client

    def member(self, group: str, *, instance: str | None = None, client_id: str = "meterlog") -> AIOKafkaConsumer:
        """A consumer in a group, range-assigned, not yet started nor subscribed.

        With `instance` it is a static member: a process that comes back under the same name takes its partitions at
        once, without waiting for its predecessor's session to time out. By `client_id` a process finds itself in the
        coordinator's list of members (membership.py).
        """
        return AIOKafkaConsumer(
            client_id=client_id,
            group_id=f"{self.env}.{group}",
            group_instance_id=instance,
            partition_assignment_strategy=(RangePartitionAssignor,),
            session_timeout_ms=self.settings.session_timeout_ms,
            heartbeat_interval_ms=self.settings.session_timeout_ms // 4,
            max_poll_interval_ms=NEVER_MS,
            rebalance_timeout_ms=10_000,
            **self._consumer_options(),
        )

    async def transactional_producer(self, transactional_id: str) -> AIOKafkaProducer:
        """Starting it fences every earlier producer of that id and settles its open transaction."""
        producer = AIOKafkaProducer(
            transactional_id=transactional_id,
            transaction_timeout_ms=TRANSACTION_TIMEOUT_MS,
            # The first send after a commit is refused for a few milliseconds; the default would wait 100.
            retry_backoff_ms=10,
            **{**self._producer_options(), "max_request_size": EVENT_BYTES},
        )
        return await _started(producer)

    async def idempotent_producer(self) -> AIOKafkaProducer:
        """For commands of APIs, timers and intake: acks=all, no duplicates within the producer's life."""
        producer = AIOKafkaProducer(enable_idempotence=True, retry_backoff_ms=20, **self._producer_options())
        return await _started(producer)

    async def inquiry(self) -> Inquiry:
        """Questions about transactions; the caller stops it."""
        return await Inquiry.begin(self._connection())

    async def end_everywhere(
        self, producer: AIOKafkaProducer, partitions: Iterable[TopicPartition], group: str, *, commit: bool
    ) -> None:
        """One transaction of this producer that writes nothing but its markers; see the function of that name."""
        await end_everywhere(producer, partitions, group, commit=commit)

    def identity_of(self, producer: AIOKafkaProducer) -> tuple[int, int]:
        """A transactional producer's id and epoch, as the broker has given them."""
        return identity_of(producer)

    @staticmethod
    def messages_come(reader: AIOKafkaConsumer, *, come: bool, waits_ms: int = ASSIGNED_ONCE_MS) -> None:
        """Tell a reader whether its last look found anything: if not, brokers keep its next requests for `waits_ms`.
        aiokafka takes the time of each request from here, and has no option."""
        reader._fetcher._fetch_max_wait_ms = BUSY_WAIT_MS if come else waits_ms

    def _connection(self) -> dict[str, Any]:
        return {**self.settings.kafka_options(), **self.settings.kafka_idling()}

    def _consumer_options(self) -> dict[str, Any]:
        return {
            **self._connection(),
            "isolation_level": "read_committed",
            "auto_offset_reset": "none",
            "enable_auto_commit": False,
            "max_partition_fetch_bytes": FETCH_BYTES,
            "fetch_max_bytes": 4 * FETCH_BYTES,
            "fetch_max_wait_ms": FETCH_WAIT_MS,
            "consumer_timeout_ms": FETCHER_LOOK_MS,
        }

    def _producer_options(self) -> dict[str, Any]:
        return {
            **self._connection(),
            "acks": "all",
            "linger_ms": 0,
            "max_batch_size": REQUEST_BYTES,
            "max_request_size": REQUEST_BYTES,
            "request_timeout_ms": 10_000,
        }


async def _started(client: Any) -> Any:
    """A client that could not be started has connections all the same, which are closed here."""
    try:
        await client.start()
        # One turn for the tasks it has made: stopped before they have begun, aiokafka raises CancelledError at its
        # caller.
        await asyncio.sleep(0)
    except BaseException:
        await client.stop()
        raise
    return client
