"""Jobs: taken once, told how far they are, cancelled, and begun anew where their process has ended."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from services.reporting.job import runner
from services.reporting.job.rows import (
    DEATHS_MAX,
    QUEUE,
    UNFINISHED_PER_OWNER_MAX,
    Job,
    NewJob,
    TooManyJobs,
    create,
    forget_old,
    put_piece,
)
from services.reporting.job.runner import JobFailed, Run, Runner
from tests.kit.waiting import until
from tests.services.reporting.stage import Stage

pytestmark = pytest.mark.servers

ANN = "user:ann"


async def queue(stage: Stage, n: int = 1, *, owner: str = ANN, kind: str = "test") -> Job:
    new = NewJob(job_id=f"reporting-{owner[5:]}-{n}", kind=kind, owner=owner, role="billing", request={"n": n})
    job = await create(stage.pool, new)
    assert job is not None
    return job


async def work(stage: Stage, kind: Callable[[Run], Awaitable[None]]) -> Job:
    """Take the next job, have it attempted as a process would, and read what became of it."""
    job = await QUEUE.take(stage.pool)
    assert job is not None
    await Runner({"test": kind}).attempt(job, stage)
    return await read(stage, job)


async def read(stage: Stage, job: Job) -> Job:
    found = await QUEUE.find(stage.pool, job.job_id)
    assert found is not None
    return found


async def lose_process(stage: Stage) -> None:
    await stage.pool.execute("update durable.job set lease_until = now() - interval '1 s' where status = 'running'")


async def show(stage: Stage, job: Job, *, actor: str = ANN, role: str = "billing") -> Any:
    async with stage.client(role, actor) as client:
        return await client.get(f"/v1/jobs/{job.job_id}")


async def cancel(stage: Stage, job: Job) -> Any:
    async with stage.client("billing", ANN) as client:
        return await client.post(f"/v1/jobs/{job.job_id}/cancel")


async def counts_to_three(run: Run) -> None:
    run.total = 3
    for n in range(3):
        await run.put(str(n).encode())
        run.done += 1


async def forever(run: Run) -> None:
    await asyncio.Event().wait()


async def test_a_job_is_done_and_says_so(stage: Stage) -> None:
    job = await queue(stage)
    shown = (await show(stage, job)).json()
    assert (shown["status"], shown["done"], shown["total"], shown["result_url"]) == ("queued", 0, None, None)
    assert shown["allowed_actions"] == [{"action": "cancel", "allowed": True, "reason": None}]
    done = await work(stage, counts_to_three)
    assert (done.status, done.done, done.total, done.failures) == ("done", 3, 3, [])
    assert (await show(stage, job)).json()["result_url"] == f"/v1/report-jobs/{job.job_id}/download"
    assert await QUEUE.take(stage.pool) is None


async def test_two_processes_never_take_the_same_job(stage: Stage) -> None:
    jobs = {(await queue(stage, n)).job_id for n in range(3)}
    taken = await asyncio.gather(*(QUEUE.take(stage.pool) for _ in range(5)))
    assert sorted(job.job_id for job in taken if job is not None) == sorted(jobs)


async def test_a_job_whose_process_ended_is_begun_anew_and_fails_after_three(stage: Stage) -> None:
    first = await queue(stage)
    lost = await QUEUE.take(stage.pool)
    assert lost is not None and await QUEUE.take(stage.pool) is None
    await put_piece(stage.pool, lost, 0, b"half of it")
    await lose_process(stage)
    done = await work(stage, counts_to_three)
    assert (done.status, done.attempt, done.deaths) == ("done", 2, 1)
    # What the lost one still writes is not taken for the other's.
    assert await QUEUE.renew(stage.pool, lost, done=99) is False
    assert (await read(stage, first)).done == 3

    second = await queue(stage, 2)
    for _ in range(DEATHS_MAX):
        await QUEUE.take(stage.pool)
        await lose_process(stage)
    failed = await work(stage, counts_to_three)
    assert (failed.job_id, failed.status, failed.failures[0].code) == (second.job_id, "failed", "process_ended")


async def test_a_process_that_stops_in_good_order_gives_its_job_back(stage: Stage) -> None:
    job = await queue(stage)
    taken = await QUEUE.take(stage.pool)
    assert taken is not None
    attempt = asyncio.create_task(Runner({"test": forever}).attempt(taken, stage))
    await asyncio.sleep(0.05)
    attempt.cancel()
    await asyncio.gather(attempt, return_exceptions=True)
    assert (await read(stage, job)).status == "queued"
    assert (await work(stage, counts_to_three)).deaths == 0


async def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_soon(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "RENEW_EVERY_S", 0.05)
    waiting = await queue(stage)
    assert (await cancel(stage, waiting)).json()["status"] == "cancelled"
    assert (await cancel(stage, waiting)).status_code == 200
    assert await QUEUE.take(stage.pool) is None

    running = await queue(stage, 2)
    attempt = asyncio.create_task(work(stage, forever))
    while (await read(stage, running)).status != "running":
        await asyncio.sleep(0.01)
    shown = (await cancel(stage, running)).json()
    assert (shown["status"], shown["allowed_actions"][0]["allowed"]) == ("running", False)
    assert (await attempt).status == "cancelled"

    done = await queue(stage, 3)
    await work(stage, counts_to_three)
    assert (await cancel(stage, done)).json()["errors"][0]["code"] == "already_ended"


async def test_a_job_that_cant_end_says_why_and_a_bug_says_no_more_than_that(stage: Stage) -> None:
    async def too_many(run: Run) -> None:
        raise JobFailed("too_many_rows", "narrow the filter")

    async def bug(run: Run) -> None:
        raise ZeroDivisionError("secret")

    await queue(stage)
    await queue(stage, 2)
    await queue(stage, 3, kind="of a later version")
    failures = [(await work(stage, kind)).failures for kind in (too_many, bug, bug)]
    assert [failure.code for [failure] in failures] == ["too_many_rows", "internal_error", "unsupported"]
    assert "secret" not in failures[1][0].detail


async def test_there_are_so_many_jobs_of_an_owner_and_they_go_a_day_after_their_end(stage: Stage) -> None:
    for n in range(UNFINISHED_PER_OWNER_MAX):
        await queue(stage, n)
    with pytest.raises(TooManyJobs) as refused:
        await queue(stage, 99)
    assert refused.value.is_own
    await queue(stage, owner="user:bob")
    done = await work(stage, counts_to_three)
    await stage.pool.execute("update durable.job set finished_at = now() - interval '25 hours' where status = 'done'")
    await forget_old(stage.pool)
    assert await QUEUE.find(stage.pool, done.job_id) is None
    assert await stage.pool.fetchval("select count(*) from durable.job_result") == 0


async def test_a_job_is_its_owners_and_an_admins(stage: Stage) -> None:
    job = await queue(stage)
    who = ((ANN, "billing", 200), ("user:bob", "billing", 404), ("user:root", "admin", 200), (ANN, "ingest", 403))
    assert [(await show(stage, job, actor=actor, role=role)).status_code for actor, role, _ in who] == [
        status for _, _, status in who
    ]
    await queue(stage, owner="user:bob")
    async with stage.client("billing", ANN) as client:
        assert [item["id"] for item in (await client.get("/v1/jobs")).json()["items"]] == [job.job_id]
    assert (await stage.read("/v1/jobs"))["total"] == 2


async def test_a_runner_takes_what_is_queued_until_it_is_stopped(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "LOOK_EVERY_S", 0.02)
    running = asyncio.create_task(Runner({"test": counts_to_three}).run(stage))
    jobs = [await queue(stage, n) for n in range(3)]
    for job in jobs:
        await until(lambda job=job: read(stage, job), lambda found: found.status == "done")  # type: ignore[misc]
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
