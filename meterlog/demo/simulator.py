"""The equipment of the demo, in a process of its own: publishes a month's records over Kafka, 100 a message.

It takes a line for each thing to publish and answers it with one: a month, or what arrives after that month was closed.

$ python -m meterlog.demo.simulator --seed 7 --customers 200 --months 2026-08,2026-09,2026-10
2026-08
{"published": 20257, "messages": 203}
2026-08 late
{"published": 24, "messages": 1}
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from datetime import date

from aiokafka import AIOKafkaProducer

from meterlog.demo.traffic import Month, Record, month_of
from meterlog.demo.world import World
from meterlog.installation import reported
from shared.engine.settings import Settings

RECORDS_A_MESSAGE = 100


async def publish(producer: AIOKafkaProducer, settings: Settings, records: list[Record]) -> int:
    """Send records to `usage.reported` as JSON arrays; returns the number of messages once all are acknowledged."""
    sent: list[asyncio.Future[object]] = []
    for start in range(0, len(records), RECORDS_A_MESSAGE):
        message = json.dumps(records[start : start + RECORDS_A_MESSAGE], separators=(",", ":")).encode()
        partition = len(sent) % settings.partitions
        sent.append(await producer.send(reported(settings.env), message, partition=partition))
    await asyncio.gather(*sent)
    return len(sent)


async def serve(settings: Settings, world: World) -> None:
    """Publish what each line of stdin asks for, until its end."""
    producer = AIOKafkaProducer(**settings.kafka_options(), acks="all", linger_ms=5, max_batch_size=262_144)
    await producer.start()
    try:
        drawn: dict[date, Month] = {}
        while line := await asyncio.to_thread(sys.stdin.readline):
            named, *late = line.split()
            first = date.fromisoformat(named)
            month = drawn.get(first) or drawn.setdefault(first, month_of(world, first))
            records = month.late if late else month.regular
            messages = await publish(producer, settings, records)
            print(json.dumps({"published": len(records), "messages": messages}), flush=True)
    finally:
        await producer.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description="Publish the usage of the demo's customers, month by month.")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--customers", type=int, required=True)
    parser.add_argument("--months", required=True, help="first days of the demo's months, comma separated")
    given = parser.parse_args()
    months = [date.fromisoformat(month) for month in given.months.split(",")]
    asyncio.run(serve(Settings(), World.drawn(seed=given.seed, customers=given.customers, months=months)))


if __name__ == "__main__":
    main()
