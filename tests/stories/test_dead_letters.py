"""An operator clears the dead letters of a running product, by command and over HTTP.

usage.reported   b"\\xff"                               usage-2-…-0        discarded: "a port scan"
usage.guided     Bo's record starts in the year 5138   rating-…           crashes, crashes again, is discarded
                 Bo's next records                     rating-…           wait behind it, and are taken
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from aiokafka import AIOKafkaProducer
from typer.testing import CliRunner

from meterlog.cli.deadletters import app
from services.usage.events import GUIDED
from services.usage.record.columns import GuidedColumns
from services.usage.record.messages import GuidedRecord, GuidedUsage
from shared.embedded.stack import Stack
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.message import encode
from shared.kernel.partition import partition_of
from tests.kit.keys import make_key
from tests.kit.servers import Servers
from tests.kit.stacks import running_stack

pytestmark = pytest.mark.servers

BO = "acc-bo"
LATER_THAN_ANY_CALENDAR = 10**20


class Clerk:
    """Somebody with a key, at a terminal."""

    def __init__(self, stack: Stack, key: str, directory: Path) -> None:
        self.stack = stack
        self._env = {
            "METERLOG_URL": stack.base_url,
            "METERLOG_API_KEY": key,
            "METERLOG_DATA_DIR": str(directory / "nothing-here"),
        }
        self.http = httpx.AsyncClient(base_url=stack.base_url, headers={"Authorization": f"Bearer {key}"}, timeout=120)

    async def command(self, *words: str, code: int = 0) -> Any:
        """`meterlog deadletters …`; the object it prints."""
        done = await asyncio.to_thread(CliRunner().invoke, app, [*words, "--json"], env=self._env)
        assert done.exit_code == code, done.output
        return json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() else None

    async def listed(self, *words: str, total: int) -> list[dict[str, Any]]:
        """The open letters, once there are so many: reporting follows within moments."""
        for _ in range(100):
            found = await self.command("list", *words)
            if found["total"] == total:
                break
            await asyncio.sleep(0.1)
        assert found["total"] == total, found
        items: list[dict[str, Any]] = found["items"]
        return items

    async def create(self, path: str, body: dict[str, Any], expect: int = 201) -> Any:
        answer = await self.http.post(path, json=body)
        assert answer.status_code == expect, answer.text
        return answer.json()

    async def publish(self, topic: str, value: bytes, partition: int, headers: Any = ()) -> None:
        settings = self.stack.settings
        producer = AIOKafkaProducer(bootstrap_servers=settings.kafka_bootstrap_servers)
        await producer.start()
        await producer.send_and_wait(f"{settings.env}.{topic}", value, partition=partition, headers=list(headers))
        await producer.stop()

    async def attention(self) -> dict[str, int]:
        items = (await self.http.get("/v1/overview/attention")).json()["items"]
        return {item["kind"]: item["count"] for item in items if item["kind"] in ("parked_inputs", "dead_letters")}


@pytest_asyncio.fixture(loop_scope="session")
async def clerk(servers: Servers, tmp_path: Path) -> AsyncIterator[Clerk]:
    async with running_stack(servers, tmp_path, test_clock=False) as stack:
        made = await make_key(stack.settings.postgres_dsn_of("reporting"), "billing", "story")
        clerk = Clerk(stack, made["key"], tmp_path)
        yield clerk
        await clerk.http.aclose()


async def guide(clerk: Clerk, n: int, *records: GuidedRecord) -> None:
    """What is left of a message once rating has cut off the part that crashes: it takes no number of the pair."""
    target = partition_of(BO, clerk.stack.settings.partitions)
    message = GuidedUsage(source=0, n=n, seq=40 + n, records=GuidedColumns.of(list(records)), part=True)
    envelope = Envelope(
        env=clerk.stack.settings.env,
        service="usage",
        partition=0,
        type=GUIDED.name_of(message),
        recorded_at=datetime.now(UTC),
        subject="",
        seq=n,
    )
    await clerk.publish("usage.guided", encode(message), target, to_headers(envelope))


def record(index: int, started_at: int | None = None) -> GuidedRecord:
    at = started_at or int(datetime.now(UTC).timestamp() * 1_000_000)
    return GuidedRecord(index, BO, "sub-bo", "data.octets", 5_000_000, at, at)


async def set_up(clerk: Clerk) -> None:
    cycle = {"id": "monthly", "name": "Monthly", "frequency": "month", "anchor_day": 1, "time_zone": "UTC"}
    await clerk.create("/v1/billing-cycles", cycle)
    prices = [{"model": "per_unit", "meter": "data.octets", "unit_price": "0.01"}]
    await clerk.create("/v1/plans", {"id": "p", "name": "P", "currency": "EUR", "prices": prices})
    await clerk.create("/v1/plans/p/versions/1/publish", {"effective_from": "2026-01-01"}, expect=200)
    account = {"id": BO, "name": "Bo", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
    await clerk.create("/v1/accounts", account)
    await clerk.create("/v1/subscriptions", {"id": "sub-bo", "account_id": BO, "plan_id": "p", "start": "2026-01-01"})


async def test_an_operator_clears_the_dead_letters(clerk: Clerk) -> None:
    await set_up(clerk)
    await clerk.publish("usage.reported", b"\xff\xfe coins", 2)
    (garbage,) = await clerk.listed("--kind", "bytes", total=1)
    shown = await clerk.command("show", garbage["id"])
    assert (shown["payload"]["base64"], shown["input"]) == ("//4gY29pbnM=", "usage.reported/2/0")

    # One record that no calendar has a day for; only its account waits.
    await guide(clerk, 1, record(0, LATER_THAN_ANY_CALENDAR))
    (poison,) = await clerk.listed("--account", BO, total=1)
    assert (poison["kind"], poison["service"], poison["stands_behind"]) == ("parked", "rating", 0)
    line = {"id": "sub-bo-2", "account_id": BO, "plan_id": "p", "start": "2026-01-01"}
    assert (await clerk.create("/v1/subscriptions", line, expect=503))["errors"][0]["code"] == "account_parked"
    await guide(clerk, 2, record(1))
    _, behind = await clerk.listed("--account", BO, total=2)
    assert await clerk.attention() == {"parked_inputs": 2, "dead_letters": 1}

    refused = await clerk.command("requeue", "--account", BO, code=1)
    assert [one["code"] for one in refused["failed"]] == ["crashed_again"]
    await clerk.command("discard", behind["id"], "--reason", "x", code=1)
    await clerk.command("discard", poison["id"], "--reason", "a clock gone mad")
    done = await clerk.command("requeue", "--account", BO)
    assert done == {"requeued": [{"id": f"{BO} in rating", "left": 0}], "failed": []}
    await clerk.command("discard", garbage["id"], "--reason", "a port scan")
    await clerk.command("requeue", garbage["id"], code=1)

    await clerk.listed(total=0)
    assert await clerk.attention() == {}
    await clerk.create("/v1/subscriptions", line)
    unbilled = (await clerk.http.get(f"/v1/accounts/{BO}/unbilled")).json()
    assert [(item["records"], item["quantity"]) for item in unbilled["lines"] if item["records"]] == [(1, "5")]
    resolved = {one["id"]: (one["status"], one["reason"]) for one in await clerk.listed("--status", "all", total=3)}
    assert resolved == {
        garbage["id"]: ("discarded", "a port scan"),
        poison["id"]: ("discarded", "a clock gone mad"),
        behind["id"]: ("requeued", None),
    }


async def test_a_command_without_a_key_is_wrong_use_and_a_silent_house_unreachable(tmp_path: Path) -> None:
    environment = {"METERLOG_DATA_DIR": str(tmp_path / "nothing-here")}
    assert CliRunner().invoke(app, ["list"], env=environment).exit_code == 2
    keyed = {**environment, "METERLOG_URL": "http://127.0.0.1:9", "METERLOG_API_KEY": "mk_x"}
    assert CliRunner().invoke(app, ["list"], env=keyed).exit_code == 3
    assert CliRunner().invoke(app, ["requeue"], env=keyed).exit_code == 2
