"""What is personal in usage, on real Kafka and Postgres: in no log in the clear, and gone for good after 18 months."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any, Final

import httpx
import pytest
import pytest_asyncio

from meterlog.installation import spec_of
from services.usage.resource.messages import AssignResource
from shared.engine.log import Log
from shared.engine.rebuild.job import RebuildJob
from shared.http.vault import Vault
from shared.kernel.partition import partition_of
from shared.kernel.sealed_attributes import SEALED_KEY
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.processes import clock_is, running
from tests.services.usage.test_service import Usage, read_all

pytestmark = pytest.mark.servers

NOW: Final = datetime(2026, 11, 20, 12, tzinfo=UTC)
NUMBER: Final = "33612345678"
LINE: Final = "ifindex:olt-12/9"
MARKS: Final = {"personal": [{"attribute": "destination", "keep": 7}, {"attribute": "ip"}]}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def usage(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Usage]:
    async with fresh_environment(servers, tmp_path_factory.mktemp("personal")) as environment:
        settings = environment.settings.model_copy(update={"test_clock": True})
        async with running(settings, "usage", "reporting") as services:
            await clock_is(settings, now=NOW)
            kafka = Log(settings)
            producer = await kafka.idempotent_producer()
            found = Usage(getattr(services, "usage"), services, kafka, producer)  # noqa: B009
            since = datetime(2026, 1, 1, tzinfo=UTC)
            line = AssignResource(
                resource_id=LINE, account_id="acme", subscription_id="sub-1", valid_from=since, register=True
            )
            await found.ask(line, partition_of(LINE, settings.partitions))
            yield found
            await producer.stop()


def call(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"c{number}",
        "source": "switch-1",
        "resource": LINE,
        "meter": "voice.seconds",
        "quantity": "60",
        "started_at": "2026-11-20T11:00:00Z",
        "attributes": {"direction": "out", "destination": NUMBER, "ip": "10.1.2.3"},
        **fields,
    }


async def shown(usage: Usage, number: int, role: str) -> dict[str, Any]:
    """A record as reporting shows it."""
    reporting: httpx.AsyncClient = getattr(usage.services, "reporting")  # noqa: B009

    async def read() -> httpx.Response:
        return await reporting.get(f"/v1/usage/records/switch-1/c{number}", headers=usage.services.token(role))

    found = await until(read, lambda answer: answer.status_code == 200)
    record: dict[str, Any] = found.json()
    return {**record["attributes"], "personal": record["personal"]}


async def test_what_is_marked_is_sealed_read_by_those_who_may_and_forgotten_for_good(usage: Usage) -> None:
    http = usage.http
    await until(lambda: http.get(f"/v1/resources/{LINE.replace('/', '%2F')}"), lambda a: a.status_code == 200)
    marked = await http.put("/v1/meters/voice.seconds/personal", json=MARKS)
    assert (marked.status_code, marked.json()["personal"][0]) == (200, {"attribute": "destination", "keep": 7})
    for role, status in (("support", 403), ("auditor", 403), ("ingest", 403), ("billing", 200)):
        answer = await http.put("/v1/meters/voice.seconds/personal", json=MARKS, headers=usage.services.token(role))
        assert answer.status_code == status, role
    for wrong in (
        {},
        {"personal": [{"attribute": "ip", "keep": 16}]},
        {"personal": [{"attribute": ""}]},
        {"personal": [{}, 7]},
    ):
        assert (await http.put("/v1/meters/voice.seconds/personal", json=wrong)).status_code == 422, wrong

    async def taken_by_its_marks() -> bool:
        """Intake takes up a mark within a second."""
        probe = call(900 + usage.sent)
        usage.sent += 1
        await usage.report(probe)
        await usage.until_counted(usage.sent - 1)
        found = [r.value for r in await read_all(usage.kafka, "usage.events") if probe["id"].encode() in r.value]
        return bool(found) and SEALED_KEY.encode() in found[-1]

    await until(taken_by_its_marks)
    before = sum([len(await read_all(usage.kafka, topic)) for topic in ("usage.events", "usage.commands")])
    await usage.report([call(1), call(1), call(2, resource="ifindex:nobody/1")])
    await usage.report({**call(3), "quantity": 7})
    answer = await http.post("/v1/usage/records", json=[call(4), call(5, attributes={"destination": "112"})])
    assert answer.status_code == 202, answer.text
    file = json.dumps(call(6)).encode() + b"\n"
    answer = await http.post("/v1/usage/files?source=switch-1&format=json", content=file)
    assert answer.status_code in (201, 202), answer.text

    async def counted() -> set[str]:
        values = b" ".join([record.value for record in await read_all(usage.kafka, "usage.events")])
        return {name for name in ("c1", "c2", "c3", "c4", "c5", "c6") if f'"{name}"'.encode() in values}

    await until(counted, lambda found: len(found) == 6)
    logs = {topic: await read_all(usage.kafka, topic) for topic in ("usage.events", "usage.commands", "usage.guided")}
    assert sum(len(logs[topic]) for topic in ("usage.events", "usage.commands")) > before
    sent_since = [r.value for records in logs.values() for r in records if SEALED_KEY.encode() in r.value]
    clear = [value for value in sent_since if NUMBER.encode() in value or b"10.1.2.3" in value]
    assert clear == []
    assert [r for r in logs["usage.guided"] if SEALED_KEY.encode() in r.value] == []

    whole = {"direction": "out", "destination": NUMBER, "ip": "10.1.2.3"}
    for number in (1, 2, 4, 6):
        assert await shown(usage, number, "support") == {**whole, "personal": {"destination": "shown", "ip": "shown"}}
    hidden = {"direction": "out", "destination": "3361234•••", "ip": "•••"}
    assert await shown(usage, 1, "auditor") == {**hidden, "personal": {"destination": "hidden", "ip": "hidden"}}
    assert await shown(usage, 5, "auditor") == {"destination": "112", "personal": {}}
    vault = Vault(usage.services.settings)
    reporting: httpx.AsyncClient = getattr(usage.services, "reporting")  # noqa: B009

    async def who_was_read() -> set[str]:
        """Reporting takes over within a second what is written down when it is read."""
        reads = (await reporting.get("/v1/personal-data-reads", headers=usage.services.token("auditor"))).json()[
            "items"
        ]
        return {account for read in reads if read["role"] == "support" for account in read["accounts"]}

    await until(who_was_read, lambda found: found == {"acme", "usage/2026-11"})

    corrected = await correct(usage, 4, {"destination": "33699999999"})
    assert corrected.status_code == 200, corrected.text
    values = b" ".join([record.value for record in await read_all(usage.kafka, "usage.events")])
    assert b"33699999999" not in values

    # Without the key of its month it is erased, to everybody.
    await usage.report(call(7, started_at="2026-10-25T11:00:00Z"))
    assert (await shown(usage, 7, "support"))["destination"] == NUMBER
    await vault.usage.destroy_before("2026-11")
    await usage.services.crash("reporting")  # others forget a key within a minute
    gone = {"direction": "out", "destination": "erased", "ip": "erased"}
    for role in ("admin", "auditor"):
        assert await shown(usage, 7, role) == {**gone, "personal": {"destination": "erased", "ip": "erased"}}

    # In the 18th month after its own the key is there still; in the next it is not, and nothing brings it back.
    await clock_is(usage.services.settings, now=datetime(2028, 5, 31, 23, tzinfo=UTC))
    assert "2026-11" not in await vault.usage.destroyed()
    await clock_is(usage.services.settings, now=datetime(2028, 6, 1, 0, 1, tzinfo=UTC))

    async def forgotten() -> bool:
        return any(b'"2026-11"' in record.value for record in await read_all(usage.kafka, "usage.events"))

    await until(forgotten)
    assert "2026-11" in await vault.usage.destroyed()
    for name in ("usage", "reporting"):
        proof = await RebuildJob(usage.services.settings, spec_of(name, usage.services.settings), processes=0).verify()
        assert proof.equal, name
    assert "2026-11" in await vault.usage.destroyed()
    await vault.close()


async def correct(usage: Usage, number: int, attributes: dict[str, Any]) -> httpx.Response:
    reporting: httpx.AsyncClient = getattr(usage.services, "reporting")  # noqa: B009
    citation = (await reporting.get(f"/v1/usage/records/switch-1/c{number}")).json()["citation"]
    body = {"record": citation, "attributes": attributes, "reason": "other"}
    return await usage.http.post("/v1/usage/corrections", json=body)
