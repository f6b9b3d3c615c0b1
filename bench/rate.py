"""Graduated usage rated per second, on one core: no servers, no log, nothing but the functions that rate and price.

    python -m bench.rate [--records 1000000] [--lines 1000]

A record is one guided usage record in memory: octets of five minutes of one of `lines` subscriptions. It is rated when
the decide function of a worker has put it into the sum of its subscription, meter, plan version and local day, and that
sum is in what its period is priced from. In the end each line's month is priced by a graduated price of three tiers, as
a close does.

Records come 1,000 to a message. `records_per_s` is for messages that have those of a line together, as collectors send
that report line by line or catch up; `interleaved_records_per_s` for messages of one interval of every line, where
nearly each record opens a sum of its own.

A message is decoded just before it is rated, as it comes from the log, so that its records lie in memory as they do
there. Decoding, encoding, the log and the database are not in the time (`bench.rating_decide`, `bench pipeline`), which
is the processor's. Before a figure is given, the quantities on the priced lines are compared with those that were made.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import time
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import msgspec

from bench.rating_decide import NOW, SEPTEMBER, Held, world
from bench.servers import BenchFailed
from services.rating.pricing import parse_price, price_usage
from services.rating.rated_usage.decide import decide_rated_usage
from services.rating.rated_usage.messages import RateGuided, UsageRated
from services.usage.record.columns import GuidedColumns
from services.usage.record.messages import GuidedRecord
from shared.kernel.decider import Context
from shared.kernel.message import encode
from shared.kernel.money import micro_decimal

RECORDS_PER_MESSAGE: Final = 1_000
FIRST_US: Final = 1_788_213_600_000_000  # 2026-08-31T22:00:00Z, the beginning of September in Paris
INTERVAL_US: Final = 300_000_000
INTERVALS: Final = 30 * 288
PRICE: Final = {
    "model": "graduated",
    "meter": "data.octets",
    "tiers": [
        {"up_to": "10000000000", "unit_price": "0.000000001"},
        {"up_to": "100000000000", "unit_price": "0.0000000005"},
        {"up_to": None, "unit_price": "0.0000000002"},
    ],
}


@dataclass(frozen=True)
class Rated:
    """How long deciding and pricing took, and what all lines came to."""

    deciding_s: float
    pricing_s: float
    amount: Decimal

    @property
    def seconds(self) -> float:
        return self.deciding_s + self.pricing_s


def measure(*, records: int, lines: int) -> dict[str, Any]:
    """Rate and price so many records in both orders. Raises `BenchFailed`."""
    made = _made(records, lines)
    together, mixed = _rate(made, lines), _rate(_interleaved(made, lines), lines)
    if together.amount != mixed.amount:
        raise BenchFailed(f"{together.amount} in one order, {mixed.amount} in the other")
    return {
        "records_per_s": round(records / together.seconds),
        "interleaved_records_per_s": round(records / mixed.seconds),
        "records": records,
        "lines": lines,
        "deciding_s": round(together.deciding_s, 3),
        "pricing_s": round(together.pricing_s, 3),
        "amount": str(together.amount),
    }


def sentence(figures: dict[str, Any]) -> str:
    return (
        f"{figures['records_per_s']:,} graduated records/s on one core, "
        f"{figures['interleaved_records_per_s']:,} where lines are interleaved ({figures['records']:,} records)"
    )


def _rate(records: list[GuidedRecord], lines: int) -> Rated:
    held, messages = world(lines), _messages(records)
    _as_a_service_process()
    totals, deciding_s = _rated(messages, held)
    started = time.process_time()
    amount = _priced(totals)
    pricing_s = time.process_time() - started
    made = Counter[str]()
    for record in records:
        made[record.subscription] += record.quantity
    if totals != made:
        raise BenchFailed(f"{sum(totals.values())} millionths were rated where {made.total()} were made")
    return Rated(deciding_s, pricing_s, amount)


def _made(count: int, lines: int) -> list[GuidedRecord]:
    """Each line's intervals, one line after the other."""
    chance = random.Random(7)
    found: list[GuidedRecord] = []
    for n in range(count):
        line = n * lines // count
        start = FIRST_US + (n - -(-line * count // lines)) % INTERVALS * INTERVAL_US
        quantity = chance.randrange(150_000_000) * 1_000_000
        record = GuidedRecord(0, f"acc-{line}", f"sub-{line}", "data.octets", quantity, start, start + INTERVAL_US)
        found.append(record)
    return found


def _interleaved(records: list[GuidedRecord], lines: int) -> list[GuidedRecord]:
    """One record of every line, then the next of every line."""
    each = -(-len(records) // lines)
    return [record for offset in range(each) for record in records[offset::each]]


def _messages(records: list[GuidedRecord]) -> list[bytes]:
    """Parts of messages: their number has been taken, so none is asked for."""
    batches = [records[first : first + RECORDS_PER_MESSAGE] for first in range(0, len(records), RECORDS_PER_MESSAGE)]
    return [
        encode(
            RateGuided(
                source=0,
                n=0,
                seq=seq,
                records=GuidedColumns.of(
                    [msgspec.structs.replace(record, index=index) for index, record in enumerate(batch)]
                ),
                part=True,
            )
        )
        for seq, batch in enumerate(batches)
    ]


def _rated(messages: list[bytes], held: Held) -> tuple[dict[str, int], float]:
    """The sum of each subscription in millionths of an octet, of what the deciders say; and how long they took."""
    totals, seconds = dict[str, int](), 0.0
    context = Context(now=NOW, partition=0, partitions=1, command_id="bench")
    decode = msgspec.json.Decoder(RateGuided).decode
    for message in messages:
        command = decode(message)
        started = time.process_time()
        for event in decide_rated_usage(command, held, context):  # type: ignore[arg-type]
            if isinstance(event, UsageRated):
                for added in event.sums:
                    name = added.subscription
                    totals[name] = totals.get(name, 0) + added.quantity
        seconds += time.process_time() - started
    return totals, seconds


def _priced(totals: dict[str, int]) -> Decimal:
    price = parse_price(PRICE)
    amount = Decimal(0)
    for total in totals.values():
        for line in price_usage(price, currency="EUR", period=SEPTEMBER, quantity=micro_decimal(total)):
            amount += line.amount
    return amount


def _as_a_service_process() -> None:
    """What is there already is not walked again with every collection."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--records", type=int, default=1_000_000)
    options.add_argument("--lines", type=int, default=1000)
    asked = options.parse_args()
    print(json.dumps(measure(records=asked.records, lines=asked.lines)))


if __name__ == "__main__":
    main()
