"""The equipment of the demo, in a process of its own: publishes a month's records over Kafka, 100 a message.

$ python -m shared.demo.simulator --seed 7 --customers 200 --months 2026-08,2026-09,2026-10 --month 2026-08
{"published": 36214, "messages": 363}
"""

from __future__ import annotations

import argparse
import asyncio
import json
from datetime import date

from aiokafka import AIOKafkaProducer

from shared.demo.traffic import Record, month_of
from shared.demo.world import World
from shared.runtime.settings import Settings
from shared.runtime.topics import reported

RECORDS_A_MESSAGE = 100


async def publish(settings: Settings, records: list[Record]) -> int:
    """Send records to `usage.reported` as JSON arrays; returns the number of messages once all are acknowledged."""
    producer = AIOKafkaProducer(**settings.kafka_options(), acks="all", linger_ms=5, max_batch_size=262_144)
    await producer.start()
    try:
        sent: list[asyncio.Future[object]] = []
        for start in range(0, len(records), RECORDS_A_MESSAGE):
            message = json.dumps(records[start : start + RECORDS_A_MESSAGE], separators=(",", ":")).encode()
            partition = len(sent) % settings.partitions
            sent.append(await producer.send(reported(settings.env), message, partition=partition))
        await asyncio.gather(*sent)
        return len(sent)
    finally:
        await producer.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description="Publish the usage of one month of the demo.")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--customers", type=int, required=True)
    parser.add_argument("--months", required=True, help="all months of the demo, YYYY-MM, comma separated")
    parser.add_argument("--month", required=True, help="the one to publish")
    parser.add_argument("--late", action="store_true", help="what arrives after the month was closed")
    given = parser.parse_args()
    months = [date.fromisoformat(f"{month}-01") for month in given.months.split(",")]
    world = World.drawn(seed=given.seed, customers=given.customers, months=months)
    month = month_of(world, date.fromisoformat(f"{given.month}-01"))
    records = month.late if given.late else month.regular
    messages = asyncio.run(publish(Settings(), records))
    print(json.dumps({"published": len(records), "messages": messages}))


if __name__ == "__main__":
    main()
