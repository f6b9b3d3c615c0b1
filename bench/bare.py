"""The bare pipeline: what Python, Kafka and Postgres allow where nothing but the counting is done.

    bare.reported -> intake -> bare.commands -> usage worker -> bare.guided -> rating worker -> table rated_day

Three processes, three hops of which the two workers' are transactional. Intake decodes and shuffles by record id; the
usage worker dedupes in Postgres, guides by a dict, writes `bare.events` and, by account, `bare.guided`; the rating
worker prices tiers in integers, writes `bare.rated` and upserts sums. Hot batches are JSON arrays, a transaction takes
up to 12,000 records. It shares no code with the product and has none of its features: no validation, no quarantine, no
API, no lineage, no recovery. It is the ceiling that `bench.pipeline` measures the product against.

    python -m bench.bare intake | usage | rating        each a process; BARE_KAFKA and BARE_POSTGRES say where
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import asyncpg
import msgspec
import uvloop
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

PARTITIONS: Final = 4
TRANSACTION_RECORDS: Final = 12_000
MESSAGE_RECORDS: Final = 1000
TOPICS: Final = ("bare.reported", "bare.commands", "bare.events", "bare.guided", "bare.rated")

TABLES: Final = """
create table seen (partition int not null, key bytea not null, primary key (partition, key));
create table rated_day (
    partition int not null, subscription text not null, meter text not null, day text not null,
    quantity bigint not null, amount bigint not null, records bigint not null,
    primary key (partition, subscription, meter, day)
) with (fillfactor = 70);
create table position (topic text not null, partition int not null, next_offset bigint not null,
                       primary key (topic, partition));
"""

# Octets up to, and nano-euros for each megabyte of that tier.
TIERS: Final = ((200_000_000_000, 0), (500_000_000_000, 50_000), (1 << 62, 20_000))
MEGABYTE: Final = 1_000_000


class Reported(msgspec.Struct, frozen=True, gc=False):
    """A record as equipment sends it."""

    id: str
    source: str
    resource: str
    meter: str
    quantity: str
    started_at: str
    ended_at: str


class Taken(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The same between intake, the usage worker and the log."""

    id: str
    source: str
    resource: str
    meter: str
    quantity: int
    started_at: str
    ended_at: str
    account: str = ""
    subscription: str = ""


class Guided(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What rating needs of a record."""

    subscription: str
    meter: str
    quantity: int
    started_at: str


class Rated(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A priced record; `amount` in nano-euros."""

    subscription: str
    quantity: int
    amount: int


encode = msgspec.json.Encoder().encode
decode_reported = msgspec.json.Decoder(list[Reported]).decode
decode_taken = msgspec.json.Decoder(list[Taken]).decode
decode_guided = msgspec.json.Decoder(list[Guided]).decode


async def intake(kafka: str, lines: dict[str, tuple[str, str]], pool: Any) -> None:
    """Decode, shuffle by record id, send on; at least once."""
    await shuffle(kafka, _taken, encode)


def _taken(r: Reported) -> Taken:
    return Taken(r.id, r.source, r.resource, r.meter, int(r.quantity), r.started_at, r.ended_at)


async def shuffle(kafka: str, made: Callable[[Reported], Any], encoded: Callable[[list[Any]], bytes]) -> None:
    """What is `made` of each record goes to the partition of its id, `encoded` in messages."""
    consumer = await consumer_of(kafka, [TopicPartition("bare.reported", p) for p in range(PARTITIONS)])
    producer = AIOKafkaProducer(bootstrap_servers=kafka, enable_idempotence=True, max_batch_size=1_000_000)
    await producer.start()
    print("ready", flush=True)
    while True:
        fetched = await consumer.getmany(timeout_ms=200, max_records=2000)
        shuffled: list[list[Any]] = [[] for _ in range(PARTITIONS)]
        for records in fetched.values():
            for message in records:
                for r in decode_reported(message.value):
                    shuffled[int(r.id[-4:], 16) % PARTITIONS].append(made(r))
        sent = []
        for partition, taken in enumerate(shuffled):
            for start in range(0, len(taken), MESSAGE_RECORDS):
                value = encoded(taken[start : start + MESSAGE_RECORDS])
                sent.append(await producer.send("bare.commands", value, partition=partition))
        await asyncio.gather(*sent)


async def usage(kafka: str, lines: dict[str, tuple[str, str]], pool: Any) -> None:
    """One owner per partition: dedupe, guide, record."""
    homes = {account: home_of(account) for account, _ in lines.values()}

    async def work(hop: Hop, batch: list[Taken], connection: Any) -> None:
        keys = [bytes.fromhex(r.id.replace("-", "")) for r in batch]
        fresh = (
            await connection.fetch(
                "insert into seen select $1, * from unnest($2::bytea[]) on conflict do nothing returning key",
                hop.partition,
                keys,
            )
            if len(batch) > 0
            else []
        )
        if len(fresh) != len(keys):
            new = {row["key"] for row in fresh}
            batch = [r for r, key in zip(batch, keys, strict=True) if key in new]
        recorded: list[Taken] = []
        guided: list[list[Guided]] = [[] for _ in range(PARTITIONS)]
        for r in batch:
            account, subscription = lines[r.resource]
            recorded.append(
                Taken(r.id, r.source, r.resource, r.meter, r.quantity, r.started_at, r.ended_at, account, subscription)
            )
            guided[homes[account]].append(Guided(subscription, r.meter, r.quantity, r.started_at))
        messages = [("bare.events", hop.partition, part) for part in _cut(recorded)]
        messages += [("bare.guided", home, part) for home, records in enumerate(guided) for part in _cut(records)]
        await hop.send([(topic, partition, encode(part)) for topic, partition, part in messages])

    await run(kafka, pool, "usage", "bare.commands", decode_taken, work)


async def rating(kafka: str, lines: dict[str, tuple[str, str]], pool: Any) -> None:
    """One owner per partition: price every record in its tier, add it up by day."""
    used: dict[str, int] = {}

    async def work(hop: Hop, batch: list[Guided], connection: Any) -> None:
        rated: list[Rated] = []
        sums: dict[tuple[str, str, str], list[int]] = {}
        for r in batch:
            subscription, quantity = r.subscription, r.quantity
            before = used.get(subscription, 0)
            used[subscription] = after = before + quantity
            amount = 0
            low = 0
            for high, price in TIERS:
                if before < high:
                    amount += (min(after, high) - max(before, low)) * price // MEGABYTE
                    if after <= high:
                        break
                low = high
            rated.append(Rated(subscription, quantity, amount))
            key = (subscription, r.meter, r.started_at[:10])
            held = sums.get(key)
            if held is None:
                sums[key] = [quantity, amount, 1]
            else:
                held[0] += quantity
                held[1] += amount
                held[2] += 1
        await hop.send([("bare.rated", hop.partition, encode(part)) for part in _cut(rated)])
        columns = list(zip(*((*key, *held) for key, held in sums.items()), strict=True))
        await connection.execute(
            """insert into rated_day as d select $1, * from
               unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[])
               on conflict (partition, subscription, meter, day) do update set
               quantity = d.quantity + excluded.quantity, amount = d.amount + excluded.amount,
               records = d.records + excluded.records""",
            hop.partition,
            *columns,
        )

    await run(kafka, pool, "rating", "bare.guided", decode_guided, work)


class Hop:
    """One partition of a worker: reads, and writes what it read in one Kafka transaction with its offset."""

    def __init__(self, name: str, partition: int, source: str) -> None:
        self.name = name
        self.partition = partition
        self.source = TopicPartition(source, partition)
        self.next_offset = 0
        self.producer: Any = None

    async def send(self, messages: Sequence[tuple[str, int, bytes]]) -> None:
        await self.producer.begin_transaction()
        sent = [await self.producer.send(topic, value, partition=p) for topic, p, value in messages]
        await asyncio.gather(*sent)
        await self.producer.send_offsets_to_transaction({self.source: self.next_offset}, f"bare.{self.name}")
        await self.producer.commit_transaction()


async def run(
    kafka: str,
    pool: Any,
    name: str,
    source: str,
    decode: Any,
    work: Any,
    *,
    records: Callable[[Any], int] | None = None,
) -> None:
    """`records`: how many a decoded message has, where it is one object; else it is a list of them."""
    hops = [Hop(name, partition, source) for partition in range(PARTITIONS)]
    for hop in hops:
        hop.producer = AIOKafkaProducer(
            bootstrap_servers=kafka,
            transactional_id=f"bare.{name}.{hop.partition}",
            max_batch_size=1_000_000,
            retry_backoff_ms=10,
        )
        await hop.producer.start()
    consumers = [await consumer_of(kafka, [hop.source]) for hop in hops]
    print("ready", flush=True)
    await asyncio.gather(*(_work(pool, h, c, decode, work, records) for h, c in zip(hops, consumers, strict=True)))


async def _work(pool: Any, hop: Hop, consumer: AIOKafkaConsumer, decode: Any, work: Any, records: Any) -> None:
    async with pool.acquire() as connection:
        while True:
            batch = await _fetch(hop, consumer, decode, records)
            if not batch:
                continue
            async with connection.transaction():
                await work(hop, batch, connection)
                await connection.execute(
                    """insert into position values ($1, $2, $3)
                       on conflict (topic, partition) do update set next_offset = excluded.next_offset""",
                    hop.source.topic,
                    hop.partition,
                    hop.next_offset,
                )


async def _fetch(hop: Hop, consumer: AIOKafkaConsumer, decode: Any, records: Callable[[Any], int] | None) -> list[Any]:
    """Up to 12,000 records; what is there at once, no waiting for more."""
    batch: list[Any] = []
    count = 0
    wait_ms = 200
    while count < TRANSACTION_RECORDS:
        fetched = (await consumer.getmany(timeout_ms=wait_ms, max_records=4)).get(hop.source, [])
        if not fetched:
            break
        for message in fetched:
            decoded = decode(message.value)
            batch += decoded if records is None else [decoded]
            count += len(decoded) if records is None else records(decoded)
            hop.next_offset = message.offset + 1
        wait_ms = 0
    return batch


async def consumer_of(kafka: str, partitions: Sequence[TopicPartition]) -> AIOKafkaConsumer:
    consumer = AIOKafkaConsumer(
        bootstrap_servers=kafka,
        isolation_level="read_committed",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=4 * 1024 * 1024,
    )
    await consumer.start()
    consumer.assign(list(partitions))
    return consumer


def home_of(account: str) -> int:
    return sum(account.encode()) % PARTITIONS


def _cut(records: list[Any]) -> list[list[Any]]:
    return [records[start : start + MESSAGE_RECORDS] for start in range(0, len(records), MESSAGE_RECORDS)]


async def _main(roles: Mapping[str, Any], role: str) -> None:
    lines = {key: (a, s) for key, (a, s) in msgspec.json.decode(os.environ["BARE_LINES"]).items()}
    settings = {"synchronous_commit": "off"}
    pool = await asyncpg.create_pool(
        os.environ["BARE_POSTGRES"], min_size=PARTITIONS, max_size=PARTITIONS, server_settings=settings
    )
    await roles[role](os.environ["BARE_KAFKA"], lines, pool)


def start(roles: Mapping[str, Any]) -> None:
    """The process of the role that the command line names."""
    uvloop.run(_main(roles, sys.argv[1]))


if __name__ == "__main__":
    start({"intake": intake, "usage": usage, "rating": rating})
