"""Tables built again from the log, beside a service that goes on writing: compared, exchanged, and nobody stopped."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio
from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.engine.generation import RebuildNeeded, prepare
from shared.engine.postgres import Connection, api_pool
from shared.engine.rebuild import builder, shadow
from shared.engine.rebuild.job import AnotherRuns, RebuildJob, Step
from shared.engine.rebuild.log_partitions import LogPartition, log_partitions_of
from shared.engine.rebuild.worker_process import Job, advance
from shared.engine.service import Applied
from shared.engine.settings import Settings
from shared.engine.store import GenerationMoved
from shared.engine.takeover import LogLost
from shared.kernel.sequence_gap import SequenceGap
from tests.kit.driven_worker import PARTITION, DrivenWorker, driven
from tests.kit.servers import FreshEnvironment
from tests.kit.toy import Projection, PutCoins, toy_service

pytestmark = [pytest.mark.servers, pytest.mark.databases("payments")]

OWN = LogPartition("payments.events", PARTITION)
PUTS = 60


@pytest_asyncio.fixture(loop_scope="session")
async def shop(fresh_env: FreshEnvironment) -> AsyncIterator[DrivenWorker]:
    """A partition with jars, refusals, an open timer for each jar, and coins that were sent on."""
    async with driven(toy_service(), fresh_env.settings) as made:
        for n in range(PUTS):
            await made.command(PutCoins(account_id=f"jar-{n % 7}", coins=(5, 13, 100)[n % 3]), f"c{n}")
        await made.work(await made.owner())
        yield made


def course(shop: DrivenWorker, steps: list[Step] | None = None) -> RebuildJob:
    return RebuildJob(shop.settings, shop.service, processes=0, watch=(steps if steps is not None else []).append)


async def jars(shop: DrivenWorker) -> dict[str, int]:
    return dict(await shop.rows("select account_id, total from live.jar"))


async def schemas(shop: DrivenWorker) -> set[str]:
    rows = await shop.rows("select nspname from pg_namespace where nspname ~ '^(live|gen_|gone_)'")
    return {row[0] for row in rows}


async def test_what_is_built_again_from_the_log_is_what_is_shown(shop: DrivenWorker) -> None:
    proof = await course(shop).verify()
    assert proof.equal is True, proof.differences
    rows = await shop.rows(
        "select (select count(*) from jar) + (select count(*) from state) + (select count(*) from due)"
        " + (select count(*) from command_result)"
    )
    assert (proof.rows,) == rows[0]
    (events,) = await shop.rows("select next_offset from checkpoint where topic = 'payments.events' and partition = 1")
    assert proof.offsets[str(OWN)] == events[0]
    assert await schemas(shop) == {"live"}, "the build is dropped"
    assert (await course(shop).verify()).digest == proof.digest


async def test_a_row_that_was_tampered_with_is_found_and_named(shop: DrivenWorker) -> None:
    await shop.pool.execute("update live.jar set total = total + 1 where account_id = 'jar-3'")
    await shop.pool.execute("delete from live.due where name = 'empty/jar-2'")
    proof = await course(shop).verify()
    assert proof.equal is False
    found = {differing.table: differing for differing in proof.differences}
    assert set(found) == {"due", "jar"}
    assert [(row.key, row.found) for row in found["jar"].rows] == [("(1,jar-3)", "differs")]
    assert [(row.key, row.found) for row in found["due"].rows] == [("(1,empty/jar-2)", "only rebuilt")]
    shown, rebuilt = next((d.shown, d.rebuilt) for d in found["jar"].what if d.what == "sum(total)")
    assert int(shown) == int(rebuilt) + 1


async def test_a_build_that_differs_is_shown_only_if_the_difference_is_accepted(shop: DrivenWorker) -> None:
    right = await jars(shop)
    await shop.pool.execute("update live.jar set total = 0 where account_id = 'jar-3'")
    proof = await course(shop).rebuild()
    assert (proof.equal, proof.shown) == (False, False)
    assert (await jars(shop))["jar-3"] == 0
    assert await schemas(shop) == {"live"}
    proof = await course(shop).rebuild(accept_difference=True)
    assert (proof.equal, proof.shown) == (False, True)
    assert await jars(shop) == right


async def test_after_a_rebuild_the_partition_is_taken_over_again_and_goes_on(shop: DrivenWorker) -> None:
    """A batch that is through in Kafka when its tables are gone is not lost: takeover finds it in the log."""
    owner = await shop.owner()
    proof = await course(shop).rebuild()
    assert (proof.equal, proof.shown) == (True, True)
    before = await jars(shop)
    await shop.command(PutCoins(account_id="jar-3", coins=7), "after")
    with pytest.raises(GenerationMoved):
        await shop.work(owner)
    assert await jars(shop) == before
    shop.gen = proof.generation
    await shop.work(await shop.owner())
    assert await jars(shop) == {**before, "jar-3": before["jar-3"] + 7}
    assert (await course(shop).verify()).equal is True


async def test_a_worker_that_read_the_old_number_makes_no_checkpoint_of_its_own(shop: DrivenWorker) -> None:
    """One that began at 0 would apply the whole log again to the new tables."""
    proof = await course(shop).rebuild()
    assert shop.gen != proof.generation
    with pytest.raises(GenerationMoved):
        await shop.owner()


async def test_inputs_go_on_where_they_stood(shop: DrivenWorker) -> None:
    (before,) = await shop.rows("select inputs, watermarks from checkpoint where partition = 1")
    proof = await course(shop).rebuild()
    (after,) = await shop.rows(
        "select inputs, watermarks from checkpoint where partition = 1 and gen = $1", proof.generation
    )
    assert before == after


async def test_a_rebuild_sends_nothing(shop: DrivenWorker) -> None:
    """Of the coins that were put, some were sent on to another partition: they are not sent again."""
    topics = ("payments.events", "payments.commands", "payments.dead")

    async def sizes() -> list[int]:
        return [len(await shop.read(topic, partition)) for topic in topics for partition in range(4)]

    before = await sizes()
    assert (await course(shop).rebuild()).shown
    assert await sizes() == before


async def test_a_pool_goes_over_to_the_new_tables_without_reconnecting(shop: DrivenWorker) -> None:
    """With statements prepared and cached, and one transaction open all the while."""
    dsn = shop.settings.postgres_dsn_of("payments")
    question = "select sum(total), count(*) from jar where partition = $1"
    pool = await api_pool(dsn, search_path="live, meterlog, durable", size=1)
    try:
        async with pool.acquire() as connection:
            for _ in range(10):  # often enough for Postgres to keep a plan
                shown = await connection.fetchrow(question, PARTITION)
            pid = connection.get_server_pid()
            assert (await course(shop).rebuild()).shown
            assert await connection.fetchrow(question, PARTITION) == shown
            await shop.pool.execute("update live.jar set total = total + 1 where account_id = 'jar-3'")
            after = await connection.fetchrow(question, PARTITION)
            assert after is not None and shown is not None
            assert after["sum"] == shown["sum"] + 1, "it reads the new tables"
            assert connection.get_server_pid() == pid
    finally:
        await pool.close()


class KilledAtTheThird(Projection):
    """Dies in the middle of its third transaction, as of power failure."""

    calls = 0

    async def __call__(self, connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
        self.calls += 1
        await super().__call__(connection, partition, batch)
        if self.calls == 3:
            os.kill(os.getpid(), signal.SIGKILL)


def build_until_killed(variables: dict[str, str], gen: int) -> None:
    """The life of a process that builds ten events at a time."""
    builder.EVENTS_MAX = 10  # type: ignore[misc]
    settings = Settings.of(variables)
    spec = toy_service(KilledAtTheThird())
    job = Job(gen=gen, topic=OWN.topic, partition=OWN.partition, until=10**6)
    asyncio.run(advance(spec, settings, job))


async def test_a_build_that_was_killed_goes_on_where_it_stood(shop: DrivenWorker) -> None:
    connection = await asyncpg.connect(shop.settings.postgres_dsn_of("payments"))
    build = await shadow.find_or_begin(connection, shop.service, log_partitions_of(shop.service, partitions=4))
    process = multiprocessing.get_context("spawn").Process(
        target=build_until_killed, args=(shop.settings.variables(), build.generation.number)
    )
    process.start()
    await asyncio.to_thread(process.join, 60)
    assert process.exitcode == -signal.SIGKILL
    half = (await shadow.reached(connection, build.generation.number))[OWN]
    await connection.close()
    assert half.next_seq == 21, "two transactions of ten events; of the third nothing is left"
    steps: list[Step] = []
    proof = await course(shop, steps).rebuild()
    assert (proof.resumed, proof.equal, proof.generation) == (True, True, build.generation.number)
    total = next(step.total for step in steps if step.phase == "load")
    assert total == proof.offsets[str(OWN)] - half.next_offset, "what was built was not built again"


async def test_a_changed_definition_is_built_and_the_service_starts(shop: DrivenWorker, tmp_path: Path) -> None:
    """The old version refuses the new tables, the new one the old; what did not change is compared all the same."""
    tables = tmp_path / "tables.sql"
    text = "".join(file.read_text() for file in shop.service.table_files)
    tables.write_text(text.rstrip().rstrip(";").rstrip() + ";\nalter table jar add column label text;\n")
    changed = replace(shop.service, tables=tables)
    dsn = shop.settings.postgres_dsn_of("payments")
    with pytest.raises(RebuildNeeded):
        await prepare(dsn, changed, shop.settings)
    before = await jars(shop)
    proof = await RebuildJob(shop.settings, changed, processes=0).rebuild()
    assert (proof.shown, proof.equal, list(proof.not_compared)) == (True, True, ["jar"])
    assert proof.why is not None and "definition has changed" in proof.why
    assert (await prepare(dsn, changed, shop.settings)).number == proof.generation
    assert dict(await shop.rows("select account_id, total from live.jar where label is null")) == before
    with pytest.raises(RebuildNeeded):
        await prepare(dsn, shop.service, shop.settings)


async def test_a_build_of_another_definition_is_dropped_and_begun_again(shop: DrivenWorker) -> None:
    connection = await asyncpg.connect(shop.settings.postgres_dsn_of("payments"))
    log_partitions = log_partitions_of(shop.service, partitions=4)
    first = await shadow.find_or_begin(connection, shop.service, log_partitions)
    again = await shadow.find_or_begin(connection, shop.service, log_partitions)
    assert (again.generation, again.resumed) == (first.generation, True)
    other = await shadow.find_or_begin(connection, replace(shop.service, projection_version=2), log_partitions)
    await connection.close()
    assert not other.resumed
    assert await schemas(shop) == {"live", other.generation.schema}


async def test_a_database_that_lost_everything_is_built_to_the_end_of_the_log(shop: DrivenWorker) -> None:
    before = await jars(shop)
    await shop.pool.execute(
        "truncate live.jar, live.state, live.due, live.command_result; update checkpoint set next_offset = 0,"
        " next_seq = 1, last_event_id = null, inputs = '{}'"
    )
    assert (await course(shop).verify()).equal is False
    proof = await course(shop).rebuild()
    assert (proof.equal, proof.shown) == (None, True)
    assert proof.why is not None
    assert await jars(shop) == before


async def test_a_log_that_is_shorter_than_what_is_shown_is_a_difference(shop: DrivenWorker) -> None:
    await shop.pool.execute("update checkpoint set next_offset = next_offset + 1000 where partition = 1")
    proof = await course(shop).verify()
    assert proof.equal is False
    assert [(d.table, d.partition) for d in proof.differences] == [OWN]
    assert "end of the log" in {what.what for what in proof.differences[0].what}


async def test_an_end_of_the_log_that_is_told_late_is_no_difference(
    shop: DrivenWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit is answered, and its event applied, before its marker is in the log: until then the end lies before."""
    comparing: list[Step] = []
    early = [2, 1]
    end_offsets = AIOKafkaConsumer.end_offsets

    async def told_late(self: AIOKafkaConsumer, partitions: list[TopicPartition]) -> dict[TopicPartition, int]:
        ends: dict[TopicPartition, int] = await end_offsets(self, partitions)
        missing = early.pop(0) if comparing and early else 0
        return {tp: end - missing if tp.partition == PARTITION else end for tp, end in ends.items()}

    def watch(step: Step) -> None:
        if step.phase == "prove":
            comparing.append(step)

    monkeypatch.setattr(AIOKafkaConsumer, "end_offsets", told_late)
    proof = await RebuildJob(shop.settings, shop.service, processes=0, watch=watch).verify()
    assert early == []
    assert (proof.equal, list(proof.differences)) == (True, [])


async def test_an_event_that_the_log_holds_twice_is_named_with_both_offsets(shop: DrivenWorker) -> None:
    """As a broker leaves it that commits an aborted batch with the next one."""
    [first, *_, last] = await shop.read("payments.events")
    for record in (first, last):
        await shop._producer.send_and_wait(
            record.topic, record.value, partition=PARTITION, headers=list(record.headers)
        )
    *_, again, _ = await shop.read("payments.events")
    await shop.pool.execute("update meterlog.checkpoint set next_offset = next_offset + 1000")
    with pytest.raises(SequenceGap) as found:
        await course(shop).verify()
    assert f"payments/1/1 at {first.offset} and {again.offset}" in str(found.value)
    assert "2 in all" in str(found.value)


async def test_one_course_at_a_time(shop: DrivenWorker) -> None:
    connection = await asyncpg.connect(shop.settings.postgres_dsn_of("payments"))
    await connection.execute("select pg_advisory_lock(7316651)")
    with pytest.raises(AnotherRuns):
        await course(shop).verify()
    await connection.close()
    assert (await course(shop).verify()).equal is True


async def test_proofs_are_kept(shop: DrivenWorker) -> None:
    verified = await course(shop).verify()
    rebuilt = await course(shop).rebuild()
    rows = await shop.rows(
        "select proof_id, kind, equal, shown, digest from durable.rebuild_proof order by finished_at"
    )
    assert rows == [
        (verified.proof_id, "verify", True, False, verified.digest),
        (rebuilt.proof_id, "rebuild", True, True, verified.digest),
    ]


async def test_a_log_without_its_beginning_is_refused(shop: DrivenWorker, monkeypatch: pytest.MonkeyPatch) -> None:
    async def cut(self: AIOKafkaConsumer, partitions: list[object]) -> dict[object, int]:
        await asyncio.sleep(0.05)
        return dict.fromkeys(partitions, 3)

    monkeypatch.setattr(AIOKafkaConsumer, "beginning_offsets", cut)
    with pytest.raises(LogLost, match="begins at 3"):
        await course(shop).verify()


async def test_a_verification_holds_while_the_service_writes_on(shop: DrivenWorker) -> None:
    owner = await shop.owner()
    task = asyncio.create_task(owner.run())

    verified = asyncio.Event()

    async def write() -> None:
        for n in range(4000):
            await shop.command(PutCoins(account_id=f"jar-{n % 50}", coins=1), f"more-{n}")
            if verified.is_set():
                return

    writing = asyncio.create_task(write())
    proofs = [await course(shop).verify() for _ in range(3)]
    verified.set()
    await writing
    owner.stop()
    await task
    assert [proof.equal for proof in proofs] == [True, True, True], proofs[0].differences
    assert proofs[0].offsets[str(OWN)] < proofs[-1].offsets[str(OWN)]
