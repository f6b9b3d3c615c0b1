"""The bare pipeline with columns inside: the new limit, where no hop makes an object of a record.

As bare.py, of which it has topics, tables, transactions and workers, but what its processes send each other is columns:
ids packed, strings once a message and a number for each record. What equipment sends is JSON, and dedupe asks Postgres
for each id, as there; it prices and adds up the same.

    python -m bench.bare_columns intake | usage | rating
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress
from typing import Any, Final

import msgspec

from bench.bare import (
    MEGABYTE,
    PARTITIONS,
    TIERS,
    Hop,
    home_of,
    run,
    shuffle,
    start,
)

_ID_BYTES: Final = 16
_UPSERT: Final = """
insert into rated_day as d
select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[])
    on conflict (partition, subscription, meter, day) do update set quantity = d.quantity + excluded.quantity,
       amount = d.amount + excluded.amount, records = d.records + excluded.records
"""


class Words(msgspec.Struct, frozen=True, array_like=True):
    """A column of strings: each once, and its number for each record."""

    each: list[str]
    numbers: list[int]

    @classmethod
    def of(cls, column: Iterable[str]) -> Words:
        known: dict[str, int] = {}
        numbers = [known.setdefault(word, len(known)) for word in column]
        return cls([*known], numbers)

    def taken(self, rows: Sequence[int]) -> Words:
        numbers = self.numbers
        return Words(self.each, [numbers[row] for row in rows])


class Taken(msgspec.Struct, frozen=True, array_like=True):
    """Records between intake, the usage worker and the log; 16 bytes an id."""

    ids: bytes
    source: Words
    resource: Words
    meter: Words
    quantity: list[int]
    started_at: Words
    ended_at: Words
    subscription: Words | None = None

    def ids_each(self) -> list[bytes]:
        return [self.ids[at : at + _ID_BYTES] for at in range(0, len(self.ids), _ID_BYTES)]

    def only(self, new: set[bytes]) -> Taken:
        ids = self.ids_each()
        known = [key in new for key in ids]
        rows = [*compress(range(len(ids)), known)]
        return Taken(
            b"".join(compress(ids, known)),
            self.source.taken(rows),
            self.resource.taken(rows),
            self.meter.taken(rows),
            [*compress(self.quantity, known)],
            self.started_at.taken(rows),
            self.ended_at.taken(rows),
        )


class Guided(msgspec.Struct, frozen=True, array_like=True):
    """What rating needs of records."""

    subscription: Words
    meter: Words
    quantity: list[int]
    started_at: Words


class Rated(msgspec.Struct, frozen=True, array_like=True):
    """Priced records; amounts in nano-euros."""

    subscription: Words
    quantity: list[int]
    amount: list[int]


encode = msgspec.msgpack.Encoder().encode
decode_taken = msgspec.msgpack.Decoder(Taken).decode
decode_guided = msgspec.msgpack.Decoder(Guided).decode


async def intake(kafka: str, lines: dict[str, tuple[str, str]], pool: Any) -> None:
    """Decode, shuffle by record id, send on; at least once."""
    await shuffle(kafka, lambda record: record, lambda records: encode(_columns(records)))


def _columns(records: list[Any]) -> Taken:
    return Taken(
        bytes.fromhex("".join(r.id for r in records).replace("-", "")),
        Words.of(r.source for r in records),
        Words.of(r.resource for r in records),
        Words.of(r.meter for r in records),
        [int(r.quantity) for r in records],
        Words.of(r.started_at for r in records),
        Words.of(r.ended_at for r in records),
    )


async def usage(kafka: str, lines: dict[str, tuple[str, str]], pool: Any) -> None:
    """One owner per partition: dedupe, guide, record."""
    homes = {subscription: home_of(account) for account, subscription in lines.values()}
    subscriptions = {resource: subscription for resource, (_, subscription) in lines.items()}

    async def work(hop: Hop, batch: list[Taken], connection: Any) -> None:
        keys = [key for message in batch for key in message.ids_each()]
        sql = "insert into seen select $1, * from unnest($2::bytea[]) on conflict do nothing returning key"
        fresh = await connection.fetch(sql, hop.partition, keys)
        if len(fresh) != len(keys):
            new = {row["key"] for row in fresh}
            batch = [one.only(new) for one in batch]
        messages: list[tuple[str, int, bytes]] = []
        for one in batch:
            each = [subscriptions[resource] for resource in one.resource.each]
            line = Words(each, one.resource.numbers)
            messages.append(("bare.events", hop.partition, encode(msgspec.structs.replace(one, subscription=line))))
            rows: list[list[int]] = [[] for _ in range(PARTITIONS)]
            of_line = [rows[homes[subscription]].append for subscription in each]
            for row, number in enumerate(line.numbers):
                of_line[number](row)
            for home, own in enumerate(rows):
                if own:
                    quantity = [one.quantity[row] for row in own]
                    guided = Guided(line.taken(own), one.meter.taken(own), quantity, one.started_at.taken(own))
                    messages.append(("bare.guided", home, encode(guided)))
        await hop.send(messages)

    await run(kafka, pool, "usage", "bare.commands", decode_taken, work, records=lambda one: len(one.quantity))


async def rating(kafka: str, lines: dict[str, tuple[str, str]], pool: Any) -> None:
    """One owner per partition: price every record in its tier, add it up by day."""
    used: dict[str, int] = {}

    async def work(hop: Hop, batch: list[Guided], connection: Any) -> None:
        sums: dict[tuple[str, str, str], list[int]] = {}
        messages: list[tuple[str, int, bytes]] = []
        for one in batch:
            amounts = _priced(used, one)
            messages.append(("bare.rated", hop.partition, encode(Rated(one.subscription, one.quantity, amounts))))
            _add(sums, one, amounts)
        await hop.send(messages)
        columns = list(zip(*((*key, *held) for key, held in sums.items()), strict=True))
        await connection.execute(_UPSERT, hop.partition, *columns)

    await run(kafka, pool, "rating", "bare.guided", decode_guided, work, records=lambda one: len(one.quantity))


def _priced(used: dict[str, int], one: Guided) -> list[int]:
    """The amount of each record, in its tier; what lines have used goes on."""
    each = one.subscription.each
    so_far = [used.get(subscription, 0) for subscription in each]
    amounts: list[int] = []
    for number, quantity in zip(one.subscription.numbers, one.quantity, strict=True):
        before = so_far[number]
        so_far[number] = after = before + quantity
        amount = low = 0
        for high, price in TIERS:
            if before < high:
                amount += (min(after, high) - max(before, low)) * price // MEGABYTE
                if after <= high:
                    break
            low = high
        amounts.append(amount)
    used.update(zip(each, so_far, strict=True))
    return amounts


def _add(sums: dict[tuple[str, str, str], list[int]], one: Guided, amounts: list[int]) -> None:
    """By subscription, meter and day."""
    days = [instant[:10] for instant in one.started_at.each]
    found: dict[tuple[int, int, int], list[int]] = {}
    keys = zip(one.subscription.numbers, one.meter.numbers, one.started_at.numbers, strict=True)
    for key, quantity, amount in zip(keys, one.quantity, amounts, strict=True):
        held = found.get(key)
        if held is None:
            found[key] = [quantity, amount, 1]
        else:
            held[0] += quantity
            held[1] += amount
            held[2] += 1
    for (of_line, of_meter, of_start), held in found.items():
        name = (one.subscription.each[of_line], one.meter.each[of_meter], days[of_start])
        there = sums.get(name)
        sums[name] = held if there is None else [a + b for a, b in zip(there, held, strict=True)]


if __name__ == "__main__":
    start({"intake": intake, "usage": usage, "rating": rating})
