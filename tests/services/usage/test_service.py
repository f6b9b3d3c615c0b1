"""The usage service as a process on real servers: HTTP and Kafka in, log, tables and guided messages out."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import pytest_asyncio
from aiokafka import TopicPartition

from services.usage.commands import COMMANDS
from services.usage.events import EVENTS, GUIDED
from services.usage.meter.messages import MeterDefined
from services.usage.quarantine.messages import ReturnUsage
from services.usage.record.messages import GuidedUsage, UsageRecorded
from services.usage.resource.messages import AssignResource
from services.usage.watermark.messages import UsageWatermark
from shared.engine.log import Log
from shared.kernel.envelope import Envelope, from_headers, to_headers
from shared.kernel.message import Command, Message, encode
from shared.kernel.partition import partition_of
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers

MAC = "ifindex:olt-12/7"
NOW = datetime.now(UTC).replace(microsecond=0)


@dataclass
class Usage:
    """A running usage service with one line of account acme, and hands on its topics."""

    http: httpx.AsyncClient
    services: Services
    kafka: Log
    producer: Any
    sent: int = 0
    dead: list[bytes] = field(default_factory=list)

    async def report(self, body: Any, partition: int = 0, headers: dict[str, str] | None = None) -> None:
        """Publish as equipment does."""
        value = body if isinstance(body, bytes) else json.dumps(body).encode()
        await self.producer.send_and_wait(
            self.kafka.topic("usage.reported"),
            value,
            partition=partition,
            headers=[(name, text.encode()) for name, text in (headers or {}).items()],
        )

    async def ask(self, command: Command, partition: int) -> None:
        """Send a command as rating does."""
        self.sent += 1
        envelope = Envelope(
            env=self.kafka.env,
            service="rating",
            partition=partition,
            type=COMMANDS.name_of(command),
            recorded_at=NOW,
            subject=command.key,
            command_id=f"test-{self.sent}",
            causation_id="rating/0/1",
        )
        await self.producer.send_and_wait(
            self.kafka.topic("usage.commands"), encode(command), partition=partition, headers=to_headers(envelope)
        )

    async def guided(self) -> list[Message]:
        """Everything committed on usage.guided."""
        found: list[Message] = []
        for record in await read_all(self.kafka, "usage.guided"):
            found.append(GUIDED.decode(from_headers(record.headers).type, record.value))
        return found

    async def counts(self, days: int | None) -> Counter[str]:
        """What the log says of the records of so many days ago, by state or reason; `None`: of all."""
        counts: Counter[str] = Counter()
        for record in await read_all(self.kafka, "usage.events"):
            envelope = from_headers(record.headers)
            if envelope.type == "usage.UsageRecorded.v2":
                event = EVENTS.decode(envelope.type, record.value)
                assert isinstance(event, UsageRecorded)
                counts.update(r.reason or "accepted" for r in event.records if _was(r.started_at, days))
                counts.update(s.reason or s.state for s in event.set_aside if _was(s.started_at, days))
        return counts

    async def until_counted(self, records_in: int, days: int | None = None) -> Counter[str]:
        return await until(lambda: self.counts(days), lambda counts: counts.total() >= records_in)


def _was(started_at: int | None, days: int | None) -> bool:
    """Whether it started within six hours of so many days ago."""
    if days is None:
        return True
    middle = (NOW - timedelta(days=days)).timestamp() * 1_000_000
    return started_at is not None and abs(started_at - middle) < 6 * 3600 * 1_000_000


async def read_all(kafka: Log, topic: str) -> list[Any]:
    """Everything committed in a topic."""
    reader = await kafka.reader()
    tps = [TopicPartition(kafka.topic(topic), p) for p in range(kafka.settings.partitions)]
    reader.assign(tps)
    for tp in tps:
        reader.seek(tp, 0)
    ends = await reader.end_offsets(tps)
    records: list[Any] = []
    while any([await reader.position(tp) < end for tp, end in ends.items()]):
        for got in (await reader.getmany(timeout_ms=200)).values():
            records.extend(got)
    await reader.stop()
    return records


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def service(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Usage]:
    """One service for all tests here; each keeps to ids and days of its own."""
    async with (
        fresh_environment(servers, tmp_path_factory.mktemp("usage")) as env,
        running(env.settings, "usage") as services,
    ):
        kafka = Log(env.settings)
        producer = await kafka.idempotent_producer()
        try:
            found = Usage(getattr(services, "usage"), services, kafka, producer)  # noqa: B009
            await subscribe(found)
            yield found
        finally:
            await producer.stop()


async def subscribe(found: Usage) -> None:
    name = "subscription:sub-1"
    since = NOW - timedelta(days=60)
    assign = AssignResource(
        resource_id=name, account_id="acme", subscription_id="sub-1", valid_from=since, register=True
    )
    await found.ask(assign, partition_of(name, 4))
    assert (await found.http.post("/v1/resources", json={"id": MAC})).status_code == 201
    line = {"account_id": "acme", "subscription_id": "sub-1", "from": since.isoformat()}
    made = await found.http.post(f"/v1/resources/{quote(MAC, safe='')}/assignments", json=line)
    assert made.status_code == 201, made.text
    assert made.json()["version"] == 2


def record(number: int, days: int = 1, **fields: Any) -> dict[str, Any]:
    """A good record of so many days ago, but for `fields`."""
    return {
        "id": f"r{number}",
        "source": "olt-12",
        "resource": MAC,
        "meter": "data.octets",
        "quantity": "7",
        "started_at": (NOW - timedelta(days=days)).isoformat(),
        **fields,
    }


async def test_every_record_of_the_log_is_counted_once_or_parked_with_its_reason(service: Usage) -> None:
    for partition in range(4):
        numbers = range(partition * 100, partition * 100 + 100)
        await service.report([record(n) for n in numbers], partition)
    await service.report([record(0), record(1, quantity="8"), record(500, resource="mac:nobody")], 1)
    await service.report([record(501, quantity=7), record(502, speed="9"), 42], 2)
    await service.report(b"olt;7", 3)
    await service.report(json.dumps(record(503)).encode() + b"\n{oops\n" + json.dumps(record(504)).encode(), 3)
    event = {name: f for name, f in record(505).items() if name not in ("id", "source")}
    binary = {"ce_specversion": "1.0", "ce_type": "meterlog.usage.v1", "ce_source": "olt-12", "ce_id": "r505"}
    await service.report(event, 0, binary)
    counts = await service.until_counted(409)
    assert counts == {
        "accepted": 403,
        "duplicate": 1,
        "conflict": 1,
        "malformed": 2,
        "schema_violation": 1,
        "unknown_resource": 1,
    }

    async def quarantine() -> dict[str, Any]:
        page: dict[str, Any] = (await service.http.get("/v1/usage/quarantine", params={"sort": "reason"})).json()
        return page

    # The log has them all; the tables of each partition follow it.
    parked = await until(quarantine, lambda page: page["total"] >= 4)
    assert [(i["reason"], i["id"]) for i in parked["items"]][-1] == ("unknown_resource", "r500")
    assert parked["total"] == 4
    malformed = await service.http.get("/v1/usage/quarantine?reason=malformed&id=r501")
    assert json.loads(malformed.json()["items"][0]["raw"])["quantity"] == 7

    assert sorted([r.value for r in await read_all(service.kafka, "usage.dead")]) == [b"olt;7", b"{oops"]
    guided = [m for m in await service.guided() if isinstance(m, GuidedUsage)]
    assert sum(len(m.records) for m in guided) == 403
    for source in range(4):
        sent = [m.n for m in guided if m.source == source]
        assert sent == list(range(1, len(sent) + 1))


async def test_a_watermark_follows_the_records_it_covers_from_every_source(service: Usage) -> None:
    await service.report([record(n, days=3) for n in range(1000, 1100)], 0)
    await service.until_counted(100, days=3)
    after = datetime.now(UTC)

    async def told() -> list[UsageWatermark]:
        return [m for m in await service.guided() if isinstance(m, UsageWatermark)]

    marks = await until(told, lambda marks: {m.source for m in marks if m.through > after} == {0, 1, 2, 3}, every_s=0.5)
    numbers = {m.source: m.n for m in await service.guided() if isinstance(m, GuidedUsage)}
    target = partition_of("acme", 4)
    for source, last in numbers.items():
        latest = max(m.after for m in marks if m.source == source)
        assert latest == last, (source, target)


async def test_http_usage_is_taken_record_by_record(service: Usage) -> None:
    post = service.http.post
    answer = await post(
        "/v1/usage/records", json=[record(301, 7), record(302, 7, quantity=7), record(303, 7), record(303, 7)]
    )
    assert answer.status_code == 202, answer.text
    taken = answer.json()
    assert taken["received"] == 4
    assert [(r["index"], r["code"], r["pointer"]) for r in taken["rejected"]] == [(1, "malformed", "/quantity")]
    path = f"/v1/usage/batches/{taken['batch_id']}"
    batch = (await until(lambda: service.http.get(path), lambda answer: answer.json()["status"] == "done")).json()
    counts = {name: batch[name] for name in ("received", "rejected", "accepted", "duplicates", "quarantined")}
    assert counts == {"received": 4, "rejected": 1, "accepted": 2, "duplicates": 1, "quarantined": 0}

    nothing = await post("/v1/usage/records", json=record(309, 7, quantity=7))
    assert nothing.status_code == 422
    assert nothing.json()["errors"][0]["pointer"] == "/quantity"
    incomplete = await post("/v1/usage/records", json=[record(309, 7, kind="session", status="stop"), {}])
    assert [(e["pointer"], e["code"]) for e in incomplete.json()["errors"]] == [
        ("/0/session_id", "malformed"),
        ("/1/source", "malformed"),
    ]
    assert (await post("/v1/usage/records", content=b"olt;7")).status_code == 400
    many = b"[" + b",".join([json.dumps(record(301, 7)).encode()] * 10_001) + b"]"
    assert (await post("/v1/usage/records", content=many)).status_code == 413
    lines = json.dumps(record(305, 7)).encode() + b"\n{oops\n"
    mixed = await post("/v1/usage/records", content=lines)
    assert (mixed.status_code, mixed.json()["received"]) == (202, 2)
    headers = {"ce-specversion": "1.0", "ce-type": "meterlog.usage.v1", "ce-source": "olt%2012", "ce-id": "r306"}
    event = {name: f for name, f in record(306, 7).items() if name not in ("id", "source")}
    assert (await post("/v1/usage/records", json=event, headers=headers)).status_code == 202

    stranger = service.services.token("support")
    assert (await post("/v1/usage/records", json=record(307, 7), headers=stranger)).status_code == 403
    equipment = service.services.token("ingest")
    assert (await post("/v1/usage/records", json=record(307, 7), headers=equipment)).status_code == 202
    assert (await service.http.get("/v1/usage/batches/none")).status_code == 404


async def test_a_record_that_rating_gives_back_is_parked(service: Usage) -> None:
    await service.report([record(2000, days=5)])
    await service.until_counted(1, days=5)
    day = NOW - timedelta(days=5)
    ((guided, given),) = [
        (message, r)
        for message in await service.guided()
        if isinstance(message, GuidedUsage)
        for r in message.records
        if r.started_at == int(day.timestamp()) * 1_000_000
    ]
    await service.ask(ReturnUsage(seq=guided.seq, items=[(given.index, "too_late")], account_id="acme"), guided.source)
    path = "/v1/usage/quarantine?account_id=acme"
    (item,) = (await until(lambda: service.http.get(path), lambda answer: answer.json()["items"])).json()["items"]
    assert (item["id"], item["reason"], item["quantity"], item["resource"]) == ("r2000", "too_late", "7", MAC)
    assert item["record"] == f"usage/{guided.source}/{guided.seq}#{given.index}"


async def test_meters_and_resources_refuse_what_cannot_be(service: Usage) -> None:
    post, get = service.http.post, service.http.get
    meter = {"id": "sms.messages", "name": "Text messages", "unit": "message", "aggregation": "sum"}
    made = await post("/v1/meters", json=meter)
    assert (made.status_code, made.json()["id"], made.json()["version"]) == (201, "sms.messages", 1)
    assert (await get("/v1/meters/sms.messages")).json()["unit"] == "message"
    listed = (await get("/v1/meters")).json()
    named = {m["id"]: m["name"] for m in listed["items"]}
    assert named == {"data.octets": "Data volume", "sms.messages": "Text messages", "voice.seconds": "Call time"}
    # Rating keeps its reference data in partition 0, and hears of the meter there.
    (told,) = [m for m in await service.guided() if isinstance(m, MeterDefined)]
    assert (told.meter_id, told.name) == ("sms.messages", "Text messages")
    assert (await post("/v1/meters", json=meter)).status_code == 409
    peak = await post("/v1/meters", json={"id": "peak", "unit": "bit/s", "aggregation": "median"})
    assert (peak.status_code, peak.json()["errors"][0]["pointer"]) == (422, "/aggregation")

    path = f"/v1/resources/{quote(MAC, safe='')}"
    line = (await get(path)).json()
    assert [(a["account_id"], a["to"]) for a in line["assignments"]] == [("acme", None)]
    assert (await get("/v1/resources?account_id=acme")).json()["total"] == 2
    assert (await get(f"{path}/assignments")).json()["total"] == 1
    stranger = {"account_id": "bolt", "subscription_id": "sub-1", "from": NOW.isoformat()}
    refused = await post(f"{path}/assignments", json=stranger)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/account_id")
    late = await post(f"{path}/assignments", json={**stranger, "account_id": "acme"}, headers={"If-Match": '"1"'})
    assert late.status_code == 412
    assert (await post("/v1/resources", json={"id": "subscription:x"})).status_code == 422
    assert (await get("/v1/resources/mac%3Anone")).status_code == 404


async def test_this_machine_reports_its_own_counters(service: Usage) -> None:
    settings = service.kafka.settings
    known = {"METERLOG_ENV": settings.env, "KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers or ""}
    command = [sys.executable, "-c", "import typer; from meterlog.cli.agent import agent; typer.run(agent)"]
    options = ["--resource", MAC, "--source", "this-machine", "--interval", "0.2", "--count", "3", "--json"]
    running_agent = await asyncio.create_subprocess_exec(
        *command, *options, env={**os.environ, **known}, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await running_agent.communicate()
    assert running_agent.returncode == 0
    assert json.loads(said)["records"] == 3
    counts = await service.until_counted(3, days=0)
    assert counts == {"accepted": 3}
    guided = [r for m in await service.guided() if isinstance(m, GuidedUsage) for r in m.records]
    used = sum(r.quantity for r in guided if r.started_at > (NOW - timedelta(hours=1)).timestamp() * 1_000_000)
    assert used == int(json.loads(said)["octets"]) * 1_000_000


async def test_a_mac_address_is_one_resource_in_every_spelling(service: Usage) -> None:
    address, other = "mac:00:1b:44:11:3a:b7", "mac:00-1B-44-11-3A-B7"
    made = await service.http.post("/v1/resources", json={"id": other})
    assert (made.status_code, made.json()["id"]) == (201, address)
    again = await service.http.post("/v1/resources", json={"id": "mac:001b.4411.3ab7"})
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "resource_exists")
    path = f"/v1/resources/{quote(other, safe='')}"
    assert (await service.http.get(path)).json()["id"] == address
    assert (await service.http.get(f"{path}/assignments")).json()["items"] == []
    assert (await service.http.get("/v1/resources", params={"id": other})).json()["total"] == 1


@pytest.mark.parametrize("path", ["/v1/usage/quarantine"])
@pytest.mark.parametrize("text", ["1795000000", "2026-W48-1", "0001-01-01T00:00:00+10:00", "9999-12-31T23:59:59-12:00"])
async def test_a_list_refuses_an_instant_that_no_record_may_have(service: Usage, path: str, text: str) -> None:
    for name in ("from", "to"):
        answer = await service.http.get(path, params={name: text})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, f"/{name}")
