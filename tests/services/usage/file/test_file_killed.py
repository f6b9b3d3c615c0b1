"""A process is killed with a file half taken: the next one goes on where it stood, and nothing counts twice."""

from __future__ import annotations

import asyncpg
import pytest

from services.usage.events import EVENTS
from services.usage.record.messages import UsageRecorded
from shared.engine.log import Log
from shared.kernel.envelope import from_headers
from tests.kit.servers import FreshEnvironment
from tests.kit.waiting import until
from tests.services.processes import running
from tests.services.usage.test_service import read_all

pytestmark = [pytest.mark.servers, pytest.mark.slow]

BODIES, ROWS = 30, 1000


def file() -> bytes:
    """Records without ids, so that only their place tells them apart."""
    rows = (f"mac:{n},data.octets,{n},2026-11-23T01:00:00Z" for n in range(BODIES * ROWS))
    return "\n".join(["resource,meter,quantity,started_at", *rows]).encode()


async def test_a_file_that_was_half_taken_goes_on_and_counts_every_record_once(fresh_env: FreshEnvironment) -> None:
    settings = fresh_env.settings.model_copy(update={"instance": "usage-1"})
    dsn = settings.postgres_dsn_of("usage")
    async with running(settings, "usage") as services:
        sent = await services.usage.post("/v1/usage/files?source=olt-12&format=csv", content=file())
        assert sent.status_code == 202, sent.text
        job = sent.json()["id"]
        database = await asyncpg.connect(dsn)
        noted = "select bodies from durable.usage_file where file_id = $1"
        await until(lambda: database.fetchval(noted, job), lambda bodies: bodies >= 3, every_s=0.01)
        await services.processes["usage"].kill()
        before = await database.fetchval(noted, job)
        assert 3 <= before < BODIES
        # What it had sent and not noted: of the last body, the note is taken away.
        await database.execute(
            "update durable.usage_file set bodies = bodies - 1, done = done - $2, lease_until = now() "
            "where file_id = $1",
            job,
            ROWS,
        )
        await database.close()

    async with running(settings, "usage") as services:
        path = f"/v1/usage/batches/{job}"
        batch = (await until(lambda: services.usage.get(path), lambda answer: answer.json()["status"] == "done")).json()
    assert (batch["received"], batch["quarantined"], batch["duplicates"]) == (BODIES * ROWS, BODIES * ROWS, 0)

    events = [
        EVENTS.decode(envelope.type, record.value)
        for record in await read_all(Log(settings), "usage.events")
        if (envelope := from_headers(record.headers)).type == "usage.UsageRecorded.v2"
    ]
    recorded = [event for event in events if isinstance(event, UsageRecorded)]
    ids = [record.id for event in recorded for record in event.records]
    assert len(ids) == len(set(ids)) == BODIES * ROWS
    assert sum(len(event.set_aside) for event in recorded) >= ROWS
