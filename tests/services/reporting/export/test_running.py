"""A process of reporting works on what is queued, and goes on with what a process that has ended left behind."""

from __future__ import annotations

import pytest

from meterlog.installation import create_topics
from services.rating import events as rating
from services.reporting.job.rows import QUEUE, NewJob, create
from services.reporting.service import SERVICE
from tests.kit.servers import FreshEnvironment
from tests.kit.waiting import until
from tests.services.reporting.story import account_opened
from tests.shared.engine.test_idle import publish, replica

pytestmark = pytest.mark.servers


def export(n: int) -> NewJob:
    request = {"list": "customer-configs", "query": "", "columns": ["account_id"]}
    return NewJob(job_id=f"reporting-{n}", kind="export", owner="user:ann", role="billing", request=request)


async def test_a_job_survives_the_process_that_worked_on_it(fresh_env: FreshEnvironment) -> None:
    settings = fresh_env.settings
    await create_topics(settings)
    await publish(settings, "rating.events", rating.EVENTS, account_opened("acc-1"), partition=1, seq=1)
    async with replica(SERVICE, settings) as first:
        await until(lambda: first.pool.fetchval("select count(*) from account_row"))
        await create(first.pool, export(1))
        await until(lambda: first.pool.fetchval("select count(*) = 1 from durable.job where status = 'done'"))
        # As if it had ended at once after it took the next one.
        await first.pool.execute("update durable.job set created_at = now() - interval '1 h'")
        async with first.pool.acquire() as connection, connection.transaction():
            await create(connection, export(2))
            assert await QUEUE.take(connection) is not None
            await connection.execute("update durable.job set lease_until = now() - interval '1 s' where attempt = 1")
    async with replica(SERVICE, settings) as second:
        await until(lambda: second.pool.fetchval("select count(*) = 2 from durable.job where status = 'done'"))
        jobs = [await QUEUE.find(second.pool, f"reporting-{n}") for n in (1, 2)]
    assert [(job.done, job.total) for job in jobs if job is not None] == [(1, 1), (1, 1)]
    assert jobs[1] is not None and jobs[1].attempt >= 2
