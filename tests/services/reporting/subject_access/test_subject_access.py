"""Everything that is held about a person, in a file that the person can read."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from services.reporting.job.rows import QUEUE
from services.reporting.job.runner import Runner
from services.reporting.job.zipped import read_part
from services.reporting.personal_read.taking_over import take_over
from services.reporting.subject_access import work
from shared.kernel.sealed import Sealed
from tests.services.reporting.audit.test_events import publish
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import (
    account_opened,
    drafted,
    issued,
    locked,
    paid,
    plan_published,
    profile_opened,
    receivable,
    subscription_started,
)

pytestmark = pytest.mark.servers


async def test_the_file_has_all_there_is_and_is_sealed_until_it_is_fetched(stage: Stage) -> None:
    await (await stage.vault.connected()).execute("delete from personal_read")
    name = Sealed(await stage.vault.seal("acc-1", "Ann Example"))
    await stage.tell("rating.events", *plan_published(), partition=0)
    await stage.tell("rating.events", account_opened(name=name), subscription_started())
    await stage.tell("rating.events", account_opened("acc-2", name="v1.x.y"))
    await stage.tell("invoicing.events", profile_opened(), *drafted(), locked(), issued())
    await stage.tell("payments.events", receivable(), paid())
    await publish(stage)
    await stage.read("/v1/customer-configs/acc-1", role="billing")
    await take_over(stage.pool, stage.vault)
    async with stage.client("support") as client:
        answer = await client.post("/v1/accounts/acc-1/subject-access", headers={"Idempotency-Key": "k1"})
        assert answer.status_code == 201, answer.text
        assert (await client.get(f"/v1/accounts/acc-1/subject-access/{answer.json()['id']}/file")).status_code == 409
        job = await QUEUE.take(stage.pool)
        assert job is not None
        await Runner({work.KIND: work.run}).attempt(job, stage)
        (listed,) = (await client.get("/v1/accounts/acc-1/subject-access")).json()["items"]
        assert (listed["status"], listed["failures"]) == ("done", [])
        file = await client.get(listed["result_url"])
        other = listed["result_url"].replace("acc-1", "acc-2")
        assert (await client.get(other)).status_code == 404
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert set(work._TABLES) | {"README.txt", "events.ndjson"} == set(files)
    assert json.loads(files["customer.json"])[0]["name"] == "Ann Example"
    assert [one["subscription_id"] for one in json.loads(files["services.json"])] == ["line-1"]
    assert [one["invoice_id"] for one in json.loads(files["invoices.json"])] == ["inv-1"]
    assert [one["payment_id"] for one in json.loads(files["payments.json"])] == ["pay-1"]
    assert [one["actor"] for one in json.loads(files["who_has_read.json"])] == ["key:test"]
    events = [json.loads(line) for line in files["events.ndjson"].splitlines()]
    (opened,) = [event for event in events if event["type"].startswith("rating.AccountOpened")]
    assert opened["data"]["name"] == "Ann Example"
    assert {event["data"].get("account_id", "acc-1") for event in events} == {"acc-1"}
    kept = await stage.pool.fetch("select content from durable.job_result")
    assert not any(b"Ann Example" in read_part(row["content"])[1] for row in kept)


async def test_only_who_reads_personal_data_asks_for_it_and_only_of_an_account_that_there_is(stage: Stage) -> None:
    async with stage.client("admin") as client:
        assert (await client.post("/v1/accounts/nobody/subject-access")).status_code == 404
    for role in ("auditor", "ingest"):
        async with stage.client(role) as client:
            assert (await client.post("/v1/accounts/acc-1/subject-access")).status_code == 403
