"""Bytes that intake could not read, over HTTP: published once more and counted once, or discarded with a reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from services.usage.commands import COMMANDS
from services.usage.events import EVENTS
from services.usage.record.messages import UsageRecorded
from services.usage.undecodable.dead_letter import REQUEUED_FROM, TRUNCATED
from services.usage.undecodable.messages import ReportUndecodable, UndecodableBytes, UndecodableReported
from shared.kernel.envelope import Envelope, from_headers, to_headers
from shared.kernel.message import encode
from tests.kit.waiting import until
from tests.services.usage.test_service import Usage, read_all, record

pytestmark = pytest.mark.servers

NOW = datetime.now(UTC).replace(microsecond=0)


async def letters(usage: Usage, reason: str) -> list[str]:
    """The names of what was reported with that in its reason, once there are any."""

    async def reported() -> list[str]:
        return [
            f"usage-{envelope.partition}-{envelope.seq}-{index}"
            for envelope, event in await events(usage, UndecodableReported)
            for index, item in enumerate(event.items)
            if reason in item.reason
        ]

    found = await until(reported)
    # Read from the log; the service answers for them once they are applied.
    seen = ",".join(f"usage/{name.split('-')[1]}@{name.split('-')[2]}" for name in found)
    assert (await usage.http.get("/v1/meters", headers={"Position": seen})).status_code == 200
    return found


async def events(usage: Usage, kind: type[Any]) -> list[tuple[Envelope, Any]]:
    read = [(from_headers(r.headers), r.value) for r in await read_all(usage.kafka, "usage.events")]
    return [(e, EVENTS.decode(e.type, value)) for e, value in read if e.type in EVENTS and EVENTS[e.type] is kind]


async def resolve(usage: Usage, name: str, what: str, body: Any, key: str | None = None) -> tuple[int, str]:
    """Status, and what was done or why not."""
    headers = {"Idempotency-Key": key} if key else {}
    answer = await usage.http.post(f"/v1/dead-letters/{name}/{what}", json=body, headers=headers)
    said = answer.json()
    return answer.status_code, said["status"] if answer.is_success else said["errors"][0]["code"]


async def test_garbage_is_reported_with_its_reason_and_can_only_be_discarded(usage: Usage) -> None:
    await usage.report(b"\xff\xfe", 2)
    (name,) = await letters(usage, "UTF-8")
    assert await resolve(usage, name, "requeue", {}) == (409, "still_undecodable")
    assert await resolve(usage, name, "discard", {"reason": "  "}) == (422, "out_of_bounds")
    assert await resolve(usage, name, "discard", {"reason": "a port scan"}) == (200, "discarded")
    assert await resolve(usage, name, "discard", {"reason": "again"}) == (409, "already_resolved")
    assert await resolve(usage, name, "requeue", {}) == (409, "already_resolved")


@pytest.mark.parametrize("name", ["usage-2-999999-0", "usage-2-1-7", "usage-2-1", "usage-9-1-0", "rating-2-1-0", "x"])
async def test_what_is_not_there_is_not_found(usage: Usage, name: str) -> None:
    assert await resolve(usage, name, "discard", {"reason": "x"}) == (404, "not_found")


async def test_only_those_who_run_the_billing_may(usage: Usage) -> None:
    for role in ("support", "auditor", "ingest"):
        answer = await usage.http.post(
            "/v1/dead-letters/usage-2-1-0/requeue", json={}, headers=usage.services.token(role)
        )
        assert answer.status_code == 403


async def test_what_this_version_can_read_is_published_once_more_and_counted_once(usage: Usage) -> None:
    """An earlier version could not: so it lies in the dead letters, and usage was told so."""
    body = [{n: f for n, f in record(n, source="old").items() if n != "id"} for n in range(3)]
    dead = await usage.producer.send_and_wait(
        usage.kafka.topic("usage.dead"), msgspec.json.encode(body), partition=3, headers=[("reason", b"too new")]
    )
    item = UndecodableBytes(40 * 16_384, dead.offset, 400, "a format of the future")
    await tell(usage, ReportUndecodable(reported_partition=3, items=[item]), partition=3)
    (name,) = await letters(usage, "future")
    for _ in range(2):
        assert await resolve(usage, name, "requeue", {}, key="k1") == (200, "requeued")
    assert await resolve(usage, name, "discard", {"reason": "x"}) == (409, "already_resolved")

    # As an API that died between publishing and telling would make its caller do.
    await usage.report(body, 3, {REQUEUED_FROM: "3/40/0"})
    await usage.report([record(99, source="end")], 3)
    await until(lambda: of_source(usage, "end"))
    mine = await of_source(usage, "old")
    assert sorted(name for name, state in mine if state == "recorded") == [f"reported/3/40#{n}" for n in range(3)]
    assert sum(state == "duplicate" for _, state in mine) == 3


async def test_what_was_kept_in_part_or_not_at_all_can_only_be_discarded(usage: Usage) -> None:
    part = await usage.producer.send_and_wait(
        usage.kafka.topic("usage.dead"), b"[{", partition=2, headers=[(TRUNCATED, b"2000000")]
    )
    never_there = part.offset + 1
    items = [
        UndecodableBytes(50 * 16_384, part.offset, 2_000_000, "too large: in part"),
        UndecodableBytes(51 * 16_384, never_there, 10, "too old: gone"),
    ]
    await tell(usage, ReportUndecodable(reported_partition=2, items=items), partition=2)
    (in_part,), (gone,) = await letters(usage, "in part"), await letters(usage, "gone")
    assert await resolve(usage, in_part, "requeue", {}) == (409, "truncated")
    assert await resolve(usage, gone, "requeue", {}) == (409, "no_longer_kept")
    for name in (in_part, gone):
        assert await resolve(usage, name, "discard", {"reason": "its sender has it"}) == (200, "discarded")


async def of_source(usage: Usage, source: str) -> list[tuple[str, str]]:
    found = []
    for _, event in await events(usage, UsageRecorded):
        found += [(r.id, "recorded") for r in event.records if r.source == source]
        found += [(s.id, s.state) for s in event.set_aside if s.source == source]
    return found


async def tell(usage: Usage, command: ReportUndecodable, partition: int) -> None:
    envelope = Envelope(
        env=usage.kafka.env,
        service="usage",
        partition=partition,
        type=COMMANDS.name_of(command),
        recorded_at=NOW - timedelta(seconds=1),
        subject="",
        actor="intake",
        command_id="intake-dead",
    )
    await usage.producer.send_and_wait(
        usage.kafka.topic("usage.commands"), encode(command), partition=partition, headers=to_headers(envelope)
    )
