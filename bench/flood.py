"""Usage at a rate that is kept: the same messages over and over, each time with other ids.

    python -m bench.flood /tmp/messages.bin --bootstrap 127.0.0.1:9092 --topic local.usage.reported --partitions 4 \
        --rate 30000 --seconds 60
    {"records": 1800000, "seconds": 60.0}

Ids are UUIDv7, as those of the pipeline's load: of a round they begin with a minute of its own, so nothing is sent
twice. What the broker takes no faster is not made up for: the answer says how many records were acknowledged, and in
how many seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import pickle
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
from aiokafka import AIOKafkaProducer

from bench.load import METER, resource_of

PER_MESSAGE: Final = 100
ROUND: Final = b"ROUND000"
"""Stands for the minute of a round in the ids of a message: what their time begins with."""
_MINUTE_BITS: Final = 16
"""Of the milliseconds in an id, those that count within a round."""
BATCH_BYTES: Final = 900_000
PACE_S: Final = 0.05
IN_FLIGHT_MAX: Final = 16
"""Batches that are not acknowledged yet."""


def write_messages(file: Path, *, lines: int, now: datetime, messages: int = 200) -> None:
    """Records of lines in turn, of the last hours before `now`; of this month, for the last one may be closed."""
    records = iter(_records(lines, now))
    made = [msgspec.json.encode([next(records) for _ in range(PER_MESSAGE)]) for _ in range(messages)]
    file.write_bytes(pickle.dumps(made))


def _records(lines: int, now: datetime) -> Iterator[dict[str, str]]:
    started_at = max(now - timedelta(hours=2), now.replace(day=1, hour=0, minute=0, second=0, microsecond=0))
    seconds = max(1, min(3600, int((now - started_at).total_seconds())))
    number = 0
    while True:
        at = (started_at + timedelta(seconds=number % seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
        yield {
            "id": f"{ROUND.decode()}-{number & 0xFFFF:04x}-7000-8000-{number:012x}",
            "source": "olt-12.par3",
            "resource": resource_of(number % lines),
            "meter": METER,
            "quantity": "1000000",
            "started_at": at,
            "ended_at": at,
        }
        number += 1


async def flood(
    messages: list[bytes], *, bootstrap: str, topic: str, partitions: int, rate: int, seconds: float
) -> dict[str, float]:
    """Publishes for so many seconds, at most `rate` records a second."""
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", max_batch_size=BATCH_BYTES)
    await producer.start()
    sent: set[asyncio.Future[object]] = set()
    count, began = 0, time.monotonic()
    minute = int(time.time() * 1000) >> _MINUTE_BITS
    try:
        while (passed := time.monotonic() - began) < seconds:
            due = int(passed * rate) // PER_MESSAGE - count
            if due <= 0:
                await asyncio.sleep(PACE_S)
                continue
            # A batch at a time: one that has fallen behind looks at the clock again.
            for partition in range(partitions):
                builder = producer.create_batch()
                for _ in range(-(-min(due, 40 * partitions) // partitions)):
                    message = messages[count % len(messages)]
                    value = message.replace(ROUND, b"%08x" % (minute + count // len(messages)))
                    if builder.append(key=None, value=value, timestamp=None) is None:
                        break
                    count += 1
                sent.add(await producer.send_batch(builder, topic, partition=partition))
            while len(sent) >= IN_FLIGHT_MAX:
                done, sent = await asyncio.wait(sent, return_when=asyncio.FIRST_COMPLETED)
                for one in done:
                    one.result()
        await asyncio.gather(*sent)
        return {"records": count * PER_MESSAGE, "seconds": round(time.monotonic() - began, 2)}
    finally:
        await producer.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description="Publish usage at a rate that is kept.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--bootstrap", required=True)
    parser.add_argument("--topic", required=True)
    parser.add_argument("--partitions", type=int, required=True)
    parser.add_argument("--rate", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    given = parser.parse_args()
    messages: list[bytes] = pickle.loads(given.file.read_bytes())
    asked = {"bootstrap": given.bootstrap, "topic": given.topic, "partitions": given.partitions}
    print(json.dumps(asyncio.run(flood(messages, **asked, rate=given.rate, seconds=given.seconds))))


if __name__ == "__main__":
    main()
