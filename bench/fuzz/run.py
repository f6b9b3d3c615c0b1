"""Strange messages and bodies at a running usage service, and what became of each of them.

    meterlog bench fuzz --messages 20000 --seed 4711
    sent 17,512 messages and 2,500 bodies; the broker refused 312
    records 21,010 = accepted 9,000 + duplicate 310 + conflict 40 + malformed 11,660; dead letters 9,870
    every one is accounted for; no process ended, no partition stands

A failing seed does the same again. Good records lie between the strange ones, and each of them is counted once.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any, Final

import cramjam
import httpx
from confluent_kafka import Consumer, TopicPartition

from bench.fuzz import accounts
from bench.fuzz.random_messages import Strange, good, message
from bench.product_run import fresh
from bench.servers import START_DEADLINE_S, Sandbox, servers
from services.usage.record.messages import POSITIONS_PER_MESSAGE
from shared.engine.environment import environment_of
from shared.engine.log import Log
from shared.engine.settings import Settings
from shared.http.auth import Tokens

_STANDSTILL_S: Final = 180
_HANDFUL: Final = (1, 1, 2, 5, 20)
_BODIES_AT_ONCE: Final = 4
_ANSWERS: Final = frozenset({202, 400, 413, 415, 422})


class NotAccountedFor(Exception):
    """Something vanished, was counted twice, or stands still; the message says what and where."""


async def fuzz_alone(*, seed: int, messages: int) -> dict[str, Any]:
    """The same with servers of its own and one usage service, in a directory that is gone afterwards."""
    async with servers() as sandbox:
        settings = await fresh(sandbox, "fuzz")
        url = f"http://127.0.0.1:{sandbox.ports['usage']}"
        environment = environment_of("usage", settings, port=sandbox.ports["usage"], inherited=dict(os.environ))
        await sandbox.start("usage", [sys.executable, "-m", "services.usage.app"], environment)
        token = Tokens(settings.secret("token_key")).issue("fuzz", "admin", life_s=7 * 86_400)
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(base_url=url, headers=headers, timeout=60, trust_env=False) as client:
            await _until_ready(client, sandbox)
            return await fuzz(settings, client, seed=seed, messages=messages, check=sandbox.check)


async def _until_ready(client: httpx.AsyncClient, sandbox: Sandbox) -> None:
    async with asyncio.timeout(START_DEADLINE_S):
        while True:
            sandbox.check()
            try:
                if (await client.get("/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.2)


async def fuzz(
    settings: Settings, client: httpx.AsyncClient, *, seed: int, messages: int, check: Callable[[], None]
) -> dict[str, Any]:
    """Send, wait until all is taken, and add up. `check` raises if a process has ended. Raises `NotAccountedFor`."""
    from bench.fuzz.senders import Senders

    kafka = Log(settings)
    random, began = Random(seed), time.monotonic()
    bodies = messages // 8
    senders = await asyncio.to_thread(
        Senders,
        settings.kafka_options()["bootstrap_servers"].split(",")[0],
        kafka.topic("usage.reported"),
        settings.partitions,
    )
    sentinels = await asyncio.to_thread(_send, senders, random, messages - bodies)
    check()
    taken = await _post(client, random, bodies)
    await _until_read(settings, kafka, check)
    found = await _until_recorded(kafka, taken["records"], check)
    _compare(found, senders, taken["records"], sentinels)
    return {
        "seed": seed,
        "messages": messages - bodies,
        "bodies": bodies,
        "answers": {str(status): taken[status] for status in sorted(_ANSWERS) if taken[status]},
        "refused_by_broker": senders.refused,
        "records": len(found.records) + taken["records"],
        **{state: found.recorded[state] for state in ("accepted", "duplicate", "conflict", "malformed")},
        "dead_letters": len(found.dead),
        "seconds": round(time.monotonic() - began),
    }


def sentence(figures: dict[str, Any]) -> str:
    states = " + ".join(f"{name} {figures[name]:,}" for name in ("accepted", "duplicate", "conflict", "malformed"))
    return "\n".join(
        (
            f"sent {figures['messages']:,} messages and {figures['bodies']:,} bodies; "
            f"the broker refused {figures['refused_by_broker']:,}",
            f"records {figures['records']:,} = {states}; dead letters {figures['dead_letters']:,}",
            "every one is accounted for; no process ended, no partition stands",
        )
    )


def _send(senders: Any, random: Random, count: int) -> list[str]:
    """Returns the ids of the good records between."""
    sentinels: list[str] = []
    number = 0
    while number < count:
        handful = [message(random, number + n) for n in range(min(random.choice(_HANDFUL), count - number))]
        number += len(handful)
        if random.random() < 0.1:
            name = f"good-{len(sentinels)}"
            senders.send_plainly(random, Strange(json.dumps(good("sentinel", name)).encode(), None, ()))
            sentinels.append(name)
        senders.send(random, handful)
    senders.flush()
    return sentinels


async def _post(client: httpx.AsyncClient, random: Random, count: int) -> Counter[Any]:
    """How many answers of each status there were, and how many records were taken under `records`."""
    answers: Counter[Any] = Counter()
    requests = (_request(random, number) for number in range(count))

    async def work() -> None:
        for content, headers in requests:
            answer = await client.post("/v1/usage/records", content=content, headers=headers)
            answers[answer.status_code] += 1
            if answer.status_code not in _ANSWERS:
                raise NotAccountedFor(f"HTTP {answer.status_code} for {content[:200]!r}: {answer.text[:300]}")
            if answer.status_code == 202:
                body = answer.json()
                answers["records"] += body["received"] - len(body["rejected"])

    await asyncio.gather(*(work() for _ in range(_BODIES_AT_ONCE)))
    return answers


def _request(random: Random, number: int) -> tuple[bytes, dict[str, str]]:
    content = message(random, 10_000_000 + number).value or b""
    headers = {"Content-Type": random.choice(("application/json", "application/x-ndjson", "text/plain", ""))}
    way = random.randrange(10)
    if way in (1, 2):
        content, headers["Content-Encoding"] = gzip.compress(content), "gzip"
    elif way == 3:
        content, headers["Content-Encoding"] = bytes(cramjam.zstd.compress(content)), "zstd"
    elif way == 4:
        headers["Content-Encoding"] = random.choice(("gzip", "zstd", "br", "gzip, gzip", "identity"))
    elif way == 5:
        headers |= {"ce-specversion": "1.0", "ce-type": "meterlog.usage.v1", "ce-source": "fuzz", "ce-id": "%C3%28"}
    elif way == 6:
        headers["Idempotency-Key"] = f"fuzz-{number}"
    return content, headers


async def _until_read(settings: Settings, kafka: Log, check: Callable[[], None]) -> None:
    """Until the group of intake stands at the end of every partition."""
    group = kafka.topic("usage.intake")
    consumer = Consumer({"bootstrap.servers": settings.kafka_options()["bootstrap_servers"], "group.id": group})
    topic, last, since = kafka.topic("usage.reported"), -1, time.monotonic()

    def behind() -> tuple[int, list[str]]:
        at, where = 0, []
        partitions = [TopicPartition(topic, p) for p in range(settings.partitions)]
        for place in consumer.committed(partitions, timeout=30):
            _, end = consumer.get_watermark_offsets(place, timeout=30)
            at += max(0, place.offset)
            if place.offset < end:
                where.append(f"{place.partition} at {place.offset} of {end}")
        return at, where

    try:
        while True:
            check()
            at, where = await asyncio.to_thread(behind)
            if not where:
                return
            if at != last:
                last, since = at, time.monotonic()
            elif time.monotonic() - since > _STANDSTILL_S:
                raise NotAccountedFor(f"intake stands still: partition {', '.join(where)}")
            await asyncio.sleep(0.5)
    finally:
        consumer.close()


async def _until_recorded(kafka: Log, by_http: int, check: Callable[[], None]) -> accounts.Accounts:
    last, since = -1, time.monotonic()
    while True:
        check()
        found = await accounts.read(kafka)
        done = found.recorded.total() + found.reported_letters
        if done >= len(found.records) + by_http + len(found.dead):
            return found
        if done != last:
            last, since = done, time.monotonic()
        elif time.monotonic() - since > _STANDSTILL_S:
            raise NotAccountedFor(f"usage stands still: {done} recorded of {len(found.records)} + {by_http}")
        await asyncio.sleep(2)


def _compare(found: accounts.Accounts, senders: Any, by_http: int, sentinels: list[str]) -> None:
    for partition in sorted({*senders.due, *found.seen, *senders.aborted}):
        seen = found.seen[partition]
        lost = senders.due[partition] - seen
        if lost:
            raise NotAccountedFor(f"{len(lost)} messages of partition {partition} vanished, the first at {min(lost)}")
        ghosts = senders.aborted[partition] & seen
        if ghosts:
            raise NotAccountedFor(f"aborted messages were taken, partition {partition}, the first at {min(ghosts)}")
    buried = {(partition, position // POSITIONS_PER_MESSAGE) for partition, position in found.dead}
    sums = {
        "records": (found.recorded.total(), len(found.records) + by_http),
        "records of HTTP": (found.by_http, by_http),
        "dead letters reported": (found.reported_letters, len(found.dead)),
        "messages with dead letters": (len(found.letters), len(buried)),
    }
    for name, (is_now, expected) in sums.items():
        if is_now != expected:
            raise NotAccountedFor(f"{name}: {is_now}, not {expected} ({sums}, {dict(found.recorded)})")
    if found.ids != Counter({("sentinel", name): 1 for name in sentinels}):
        missing = [name for name in sentinels if found.ids["sentinel", name] != 1]
        raise NotAccountedFor(f"good records not counted once: {missing[:10]}")
