"""Reassignments on real servers, rating played by the test: in pages, by prefix, killed in between, at most so many."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import asyncpg
import pytest

from services.usage.access.api import INTENTS
from services.usage.events import EVENTS
from services.usage.reassignment import rows
from services.usage.reassignment.state import Asked
from services.usage.record.messages import GuidedRetraction, UsageRecorded
from services.usage.resource.state import micros_of
from services.usage.retraction.list_api import RETRACTIONS
from services.usage.retraction.messages import SettleRetraction
from shared.kernel.envelope import from_headers
from tests.kit.waiting import until
from tests.services.usage.quarantine.test_recycling import SINCE, guided_ids, line, parked, used
from tests.services.usage.resource.test_prefixes_flow import assign, register
from tests.services.usage.test_service import NOW, Usage, read_all

pytestmark = pytest.mark.servers


async def reassign(usage: Usage, resource: str, subscription: str | None, *, status: int = 201, **more: Any) -> Any:
    body = {"from": SINCE.isoformat(), **more}
    if subscription is not None:
        body |= {"account_id": "acme", "subscription_id": subscription}
    answer = await usage.http.post(f"/v1/resources/{quote(resource, safe='')}/reassignments", json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


async def movable(usage: Usage, resource: str, subscription: str | None, count: int) -> Any:
    """The preview, once it counts so many records: what is guided stands in the tables a moment later."""
    return await until(
        lambda: reassign(usage, resource, subscription, status=200, preview=True),
        lambda found: found["records"] >= count,
    )


async def rating_answers(usage: Usage) -> None:
    """As rating does, once for each retraction, until it is cancelled."""
    answered: set[tuple[int, int]] = set()
    while True:
        for message in await usage.guided():
            if isinstance(message, GuidedRetraction) and (message.source, message.seq) not in answered:
                answered.add((message.source, message.seq))
                await usage.ask(SettleRetraction(seq=message.seq, places=message.places), message.source)
        await asyncio.sleep(0.05)


async def done(usage: Usage, retraction_id: str) -> Any:
    async def read() -> Any:
        return (await usage.http.get(f"/v1/usage/retractions/{retraction_id}")).json()

    answering = asyncio.create_task(rating_answers(usage))
    try:
        return await until(read, lambda found: found["status"] == "done", within_s=120)
    finally:
        answering.cancel()


async def counted_again(usage: Usage, subscription: str) -> list[str]:
    """Ids of what was counted in the place of another, in the log."""
    events = [
        EVENTS.decode(envelope.type, record.value)
        for record in await read_all(usage.kafka, "usage.events")
        if (envelope := from_headers(record.headers)).type == "usage.UsageRecorded.v2"
    ]
    again = [event for event in events if isinstance(event, UsageRecorded) and event.corrects]
    return [record.id for event in again for record in event.records if record.subscription == subscription]


async def test_killed_between_its_pages_a_reassignment_takes_each_record_along_once(usage: Usage) -> None:
    mac = "mac:00:1b:44:aa:00:01"
    for subscription in ("sub-before", "sub-after"):
        await line(usage, subscription)
    await register(usage, mac)
    await assign(usage, mac, "sub-before")
    for part in range(4):
        await usage.report(used(mac, 500, source=f"olt-{part}"), partition=part)
    assert await until(lambda: guided_ids(usage, "sub-before"), lambda count: count >= 2000) == 2000
    (move,) = (await movable(usage, mac, "sub-after", 2000))["moves"]
    assert (move["records"], move["to"]["subscription_id"]) == (2000, "sub-after")
    made = await reassign(usage, mac, "sub-after")
    await usage.services.crash("usage")
    settled = await done(usage, made["retraction"]["id"])
    assert (settled["records"], settled["moved"], settled["refused"]) == (2000, 2000, {})
    again = await counted_again(usage, "sub-after")
    assert (len(again), len(set(again))) == (2000, 500)
    assert (await reassign(usage, mac, "sub-after"))["retraction"] is None


async def test_a_prefix_takes_along_what_no_longer_prefix_and_no_own_assignment_holds_r19(usage: Usage) -> None:
    for subscription in ("sub-wide", "sub-own", "sub-narrow", "sub-other"):
        await line(usage, subscription)
    for resource, subscription in (
        ("ip:10.91.3.9", "sub-own"),
        ("ip:10.91.2.0/24", "sub-narrow"),
        ("ip:10.91.0.0/16", "sub-wide"),
    ):
        await register(usage, resource)
        await assign(usage, resource, subscription)
    for resource in ("ip:10.91.2.7", "ip:10.91.3.7", "ip:10.91.3.9"):
        await usage.report(used(resource, 3))
    for subscription in ("sub-wide", "sub-own", "sub-narrow"):
        assert await until(lambda: guided_ids(usage, subscription), lambda count: count >= 3) == 3  # noqa: B023
    await movable(usage, "ip:10.91.0.0/16", "sub-other", 3)
    made = await reassign(usage, "ip:10.91.0.0/16", "sub-other")
    assert [(move["from"]["subscription_id"], move["records"]) for move in made["moves"]] == [("sub-wide", 3)]
    assert (await done(usage, made["retraction"]["id"]))["moved"] == 3
    assert await until(lambda: guided_ids(usage, "sub-other"), lambda count: count >= 3) == 3
    # Nobody has the narrow one: its usage goes to the wide prefix.
    await movable(usage, "ip:10.91.2.0/24", None, 3)
    made = await reassign(usage, "ip:10.91.2.0/24", None)
    assert made["moves"][0]["to"] == {"account_id": "acme", "subscription_id": "sub-other"}
    assert (await done(usage, made["retraction"]["id"]))["moved"] == 3
    assert await until(lambda: guided_ids(usage, "sub-other"), lambda count: count >= 6) == 6
    # An address of it that is taken out goes to quarantine only where no prefix has it.
    made = await reassign(usage, "ip:10.91.3.9", None)
    assert made["moves"][0]["to"]["subscription_id"] == "sub-other"
    assert (await parked(usage, resource="ip:10.91.3.9"))["total"] == 0


async def test_too_much_usage_is_refused_with_the_instant_to_split_at(usage: Usage) -> None:
    mac, early = "mac:00:1b:44:aa:00:02", (SINCE + timedelta(minutes=1)).isoformat().replace("+00:00", "Z")
    for subscription in ("sub-much", "sub-more"):
        await line(usage, subscription)
    await register(usage, mac)
    await assign(usage, mac, "sub-much")
    await usage.report(used(mac, 5001, source="early", started_at=early))
    await usage.report(used(mac, 5000, source="late"))
    assert await until(lambda: guided_ids(usage, "sub-much"), lambda count: count >= 10_001) == 10_001
    path, body = f"/v1/resources/{quote(mac, safe='')}/reassignments", {"from": SINCE.isoformat(), "preview": True}
    await until(lambda: usage.http.post(path, json=body), lambda answer: answer.status_code == 409)
    refused = await reassign(usage, mac, "sub-more", status=409)
    (error,) = refused["errors"]
    assert (error["code"], error["pointer"]) == ("too_much_usage", "/to")
    middle = error["detail"].partition("with to ")[2].partition(" ")[0]
    assert SINCE.isoformat() < middle < NOW.isoformat()
    first = await reassign(usage, mac, "sub-more", status=200, preview=True, to=middle)
    assert first["records"] == 5001
    second = await reassign(usage, mac, "sub-more", status=200, preview=True, **{"from": middle})
    assert second["records"] == 5000


async def test_only_events_with_the_resource_and_records_of_the_time_are_looked_into(usage: Usage) -> None:
    mac = "mac:00:1b:44:aa:00:03"
    await line(usage, "sub-looked")
    await register(usage, mac)
    await assign(usage, mac, "sub-looked")
    await usage.report(used(mac, 3))
    assert await until(lambda: guided_ids(usage, "sub-looked"), lambda count: count >= 3) == 3
    connection = await asyncpg.connect(usage.services.settings.postgres_dsn_of("usage"))
    await connection.execute("set search_path = live, durable, public")

    async def events(resource: str, since: datetime, to: datetime | None) -> int:
        asked = Asked((0, -1), micros_of(since), None if to is None else micros_of(to), resource)
        return sum([len(await rows.counted(connection, partition, asked, 500)) for partition in range(4)])

    try:
        assert 1 <= await until(lambda: events(mac, SINCE, None)) <= 3
        for resource in (mac, "ip:0.0.0.0/0"):
            assert await events(resource, SINCE, SINCE + timedelta(seconds=1)) == 0
            assert await events(resource, NOW + timedelta(seconds=1), None) == 0
        assert await events("mac:00:1b:44:aa:00:04", SINCE, None) == 0
    finally:
        await connection.close()


async def test_lists_and_pages_are_answered_by_indexes(usage: Usage) -> None:
    connection = await asyncpg.connect(usage.services.settings.postgres_dsn_of("usage"))
    asked: list[tuple[str, tuple[Any, ...], str]] = [
        (f"select * from {INTENTS.source} where state = any($1::text[])", (["refused"],), "network_intent_by_state"),
        (f"select id from {RETRACTIONS.source} where batch_id = $1", ("b",), "retraction_by_batch"),
        (f"select id from {RETRACTIONS.source} where resource_id = $1", ("b",), "retraction_by_resource"),
        (f"select id from {RETRACTIONS.source} order by recorded_at desc limit 50", (), "retraction_by_time"),
        (f"select id from {RETRACTIONS.source} order by recorded_at desc limit 50", (), "retraction_by_id"),
        ("select id from retraction_source where source = $1", ("olt",), "retraction_source_by_source"),
        (rows.FIRST, (1, SINCE), "returnable_by_time"),
    ]
    try:
        await connection.execute("set search_path = live, durable, public")
        async with connection.transaction():
            await connection.execute("set local enable_seqscan = off")
            for sql, arguments, index in asked:
                plan = "\n".join(row[0] for row in await connection.fetch(f"explain {sql}", *arguments))
                assert index in plan, f"{sql}\n{plan}"
    finally:
        await connection.close()
