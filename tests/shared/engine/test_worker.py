"""The contract of the partition worker, on real Kafka and real Postgres."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from aiokafka.errors import ProducerFenced

from shared.engine import outbox
from shared.engine.sent_together import send_together
from shared.engine.store import AppliedElsewhere, TablesPutBack
from shared.engine.takeover import LogLost
from shared.engine.worker import Worker
from shared.kernel.partition import partition_of
from tests.kit.driven_worker import PARTITION, DrivenWorker, driven
from tests.kit.servers import FreshEnvironment
from tests.kit.toy import COMMANDS, UPSTREAM, CoinFound, CoinsFound, Projection, PutCoins, PutMany, toy_service
from tests.kit.waiting import until

pytestmark = [pytest.mark.servers, pytest.mark.databases("payments")]


@pytest_asyncio.fixture(loop_scope="session")
async def shop(fresh_env: FreshEnvironment) -> AsyncIterator[DrivenWorker]:
    async with driven(toy_service(), fresh_env.settings) as made:
        yield made


async def jars(shop: DrivenWorker) -> dict[str, int]:
    return dict(await shop.rows("select account_id, total from jar"))


async def results(shop: DrivenWorker) -> dict[str, tuple[str, str | None, bool]]:
    rows = await shop.rows("select command_id, status, code, final from command_result")
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


class ClosedTables:
    """An owner at work that can write no tables before the block ends."""

    def __init__(self, shop: DrivenWorker, worker: Worker, project: Projection) -> None:
        self.worker, self.project, self._shop = worker, project, shop

    async def take(self, command: PutCoins, command_id: str, *, in_log: int = 1) -> None:
        """Send a command as a batch of its own, and wait until the log has so many events, and for a while longer."""
        await self._shop.command(command, command_id)
        await until(self._shop.events, lambda found: len(found) >= in_log)
        await asyncio.sleep(0.1)
        assert len(await self._shop.events()) == in_log


@asynccontextmanager
async def closed_tables(shop: DrivenWorker, *, cache_bytes: int | None = None) -> AsyncIterator[ClosedTables]:
    project = Projection()
    worker = await shop.owner(toy_service(project))
    if cache_bytes is not None:
        worker.state._limit = lambda: cache_bytes
    project.open.clear()
    running = asyncio.create_task(worker.run())
    yield ClosedTables(shop, worker, project)
    project.open.set()
    if not worker.stopping and not project.fail_next:
        await until(worker.settled)
    worker.stop()
    await running


async def test_a_command_becomes_an_event_a_row_and_a_result(shop: DrivenWorker) -> None:
    await shop.command(PutCoins(account_id="a", coins=5), "c1")
    await shop.work(await shop.owner())
    assert [(seq, name) for seq, name, _ in await shop.events()] == [(1, "CoinsPut")]
    assert await jars(shop) == {"a": 5}
    assert await results(shop) == {"c1": ("done", None, True)}


async def test_each_input_sees_the_effects_of_those_before_it_in_the_batch(shop: DrivenWorker) -> None:
    for n in range(20):
        await shop.command(PutCoins(account_id="a", coins=1), f"c{n}")
    await shop.work(await shop.owner())
    state = await shop.rows("select body from state where kind = 'Jar'")
    assert state == [(b'{"account_id":"a","total":20}',)]
    assert [seq for seq, _, _ in await shop.events()] == list(range(1, 21))


async def test_a_command_id_with_a_final_result_is_decided_once(shop: DrivenWorker) -> None:
    """Twice in one batch, again in a later one, and again after another owner has taken over."""
    for _ in range(2):
        await shop.command(PutCoins(account_id="a", coins=5), "c1")
    owner = await shop.owner()
    await shop.work(owner)
    await shop.command(PutCoins(account_id="a", coins=5), "c1")
    await shop.work(owner)
    await shop.command(PutCoins(account_id="a", coins=5), "c1")
    await shop.work(await shop.owner())
    assert await jars(shop) == {"a": 5}


async def test_a_refusal_is_an_event_and_a_result(shop: DrivenWorker) -> None:
    await shop.command(PutCoins(account_id="a", coins=13), "c1")
    await shop.command(PutCoins(account_id="a", coins=0), "c2")
    await shop.work(await shop.owner())
    assert [name for _, name, _ in await shop.events()] == ["CommandRejected", "CommandDone"]
    assert await results(shop) == {"c1": ("refused", "unlucky", True), "c2": ("done", None, True)}
    assert await shop.rows("select pointer, http_status from command_result where code is not null") == [
        ("/coins", 422)
    ]


async def test_an_expired_command_is_refused_and_may_be_sent_again(shop: DrivenWorker) -> None:
    long_ago = datetime.now(UTC) - timedelta(seconds=61)
    await shop.command(PutCoins(account_id="a", coins=5), "c1", expires_at=long_ago)
    owner = await shop.owner()
    await shop.work(owner)
    assert await results(shop) == {"c1": ("refused", "expired", False)}
    await shop.command(PutCoins(account_id="a", coins=5), "c1")
    await shop.work(owner)
    assert await jars(shop) == {"a": 5}
    assert await results(shop) == {"c1": ("done", None, True)}


async def test_what_the_log_has_and_postgres_has_not_is_applied_at_takeover(shop: DrivenWorker) -> None:
    """A crash between the Kafka commit (8) and the Postgres commit (9)."""
    project = Projection()
    await shop.command(PutCoins(account_id="a", coins=5), "c1")
    first = await shop.owner(toy_service(project))
    project.fail_next = True
    with pytest.raises(ConnectionError):
        await shop.work(first)
    assert await jars(shop) == {}
    assert [seq for seq, _, _ in await shop.events()] == [1]
    await shop.work(await shop.owner())
    assert await jars(shop) == {"a": 5}
    assert await results(shop) == {"c1": ("done", None, True)}
    assert [seq for seq, _, _ in await shop.events()] == [1]


async def test_a_batch_is_decided_and_logged_while_the_one_before_it_is_being_written(shop: DrivenWorker) -> None:
    async with closed_tables(shop) as tables:
        await tables.take(PutCoins(account_id="a", coins=5), "c1")
        await tables.take(PutCoins(account_id="a", coins=7), "c2", in_log=2)
        assert await jars(shop) == {}
        assert tables.project.waiting == 1, "one batch at a time is written"
    assert await shop.rows("select body from state where kind = 'Jar'") == [(b'{"account_id":"a","total":12}',)]
    assert await jars(shop) == {"a": 12}
    assert await results(shop) == {"c1": ("done", None, True), "c2": ("done", None, True)}


async def test_a_command_is_decided_once_though_its_result_is_not_in_the_tables_yet(shop: DrivenWorker) -> None:
    async with closed_tables(shop) as tables:
        await tables.take(PutCoins(account_id="a", coins=5), "c1")
        await tables.take(PutCoins(account_id="a", coins=5), "c1")
        await tables.take(PutCoins(account_id="b", coins=1), "c2")
    assert await jars(shop) == {"a": 5, "b": 1}


async def test_what_is_loaded_has_what_is_not_written_yet(shop: DrivenWorker) -> None:
    """The cache is as small as it can be: whatever is asked for comes from the tables."""
    await shop.command(PutCoins(account_id="a", coins=1), "c0")
    await shop.work(await shop.owner())
    async with closed_tables(shop, cache_bytes=0) as tables:
        for n in (1, 2):
            await tables.take(PutCoins(account_id="a", coins=10), f"c{n}", in_log=n + 1)
    assert await jars(shop) == {"a": 21}
    assert await shop.rows("select body from state where kind = 'Jar'") == [(b'{"account_id":"a","total":21}',)]


async def test_no_more_than_two_batches_are_ahead_of_the_tables(shop: DrivenWorker) -> None:
    async with closed_tables(shop) as tables:
        for n in range(5):
            await tables.take(PutCoins(account_id="a", coins=1), f"c{n}", in_log=min(n + 1, 2))
    assert await jars(shop) == {"a": 5}


async def test_two_batches_that_the_log_has_and_postgres_has_not_are_applied_at_takeover(shop: DrivenWorker) -> None:
    with pytest.raises(ConnectionError):
        async with closed_tables(shop) as tables:
            await tables.take(PutCoins(account_id="a", coins=5), "c1")
            await tables.take(PutCoins(account_id="a", coins=7), "c2", in_log=2)
            tables.project.fail_next = True
    assert await jars(shop) == {}
    await shop.work(await shop.owner())
    assert await jars(shop) == {"a": 12}
    assert [seq for seq, _, _ in await shop.events()] == [1, 2]


async def test_an_owner_that_stops_writes_what_it_has_decided(shop: DrivenWorker) -> None:
    async with closed_tables(shop) as tables:
        await tables.take(PutCoins(account_id="a", coins=5), "c1")
        await tables.take(PutCoins(account_id="a", coins=7), "c2", in_log=2)
        tables.worker.stop()
        assert not await tables.worker.settled()
    assert await jars(shop) == {"a": 12}


async def test_a_predecessor_is_fenced_and_writes_nothing(shop: DrivenWorker) -> None:
    zombie = await shop.owner()
    successor = await shop.owner()
    await shop.command(PutCoins(account_id="a", coins=5), "c1")
    with pytest.raises(ProducerFenced):
        await shop.work(zombie)
    await shop.work(successor)
    assert await jars(shop) == {"a": 5}
    assert [seq for seq, _, _ in await shop.events()] == [1]


async def test_a_batch_that_somebody_else_applied_ends_the_process(shop: DrivenWorker) -> None:
    owner = await shop.owner()
    await shop.command(PutCoins(account_id="a", coins=5), "c1")
    await shop.pool.execute("update checkpoint set next_offset = 99 where topic = 'payments.events'")
    with pytest.raises(AppliedElsewhere):
        await shop.work(owner)
    assert await jars(shop) == {}


async def test_nothing_is_decided_upon_tables_that_were_put_back(shop: DrivenWorker) -> None:
    """A backup of when there was nothing: a jar that holds five would be taken for an empty one, for good."""
    await shop.command(PutCoins(account_id="a", coins=5), "c1")
    await shop.work(await shop.owner())
    owner = await shop.owner()
    await shop.pool.execute(
        "update checkpoint set next_offset = 0, next_seq = 1, last_event_id = null, recorded_at = null, inputs = '{}'"
    )
    for table in ("state", "jar", "command_result"):
        await shop.pool.execute(f"delete from {table}")
    await shop.command(PutCoins(account_id="a", coins=7), "c2")
    await shop.command(PutCoins(account_id="a", coins=5), "c1")
    with pytest.raises(TablesPutBack):
        await shop.work(owner)
    assert [seq for seq, _, _ in await shop.events()] == [1]
    await shop.work(await shop.owner())
    assert await jars(shop) == {"a": 12}
    assert [seq for seq, _, _ in await shop.events()] == [1, 2]


async def test_nothing_is_decided_upon_what_another_server_says(shop: DrivenWorker) -> None:
    """This partition is as new there as here; those whose states it reads may not be."""
    await shop.command(PutCoins(account_id="a", coins=5), "c1")
    owner = await shop.owner()
    owner.tables_since -= timedelta(seconds=1)
    with pytest.raises(TablesPutBack):
        await shop.work(owner)
    assert await shop.events() == []


async def test_a_refused_event_leaves_the_input_where_it_was(
    shop: DrivenWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An event larger than the broker takes: the transaction must not commit the input's offset."""
    await shop.command(PutCoins(account_id="a", coins=5, padding="x" * 600_000), "c1")
    owner = await shop.owner()
    original = send_together

    async def refused(producer, place, records):  # type: ignore[no-untyped-def]
        sent = await original(producer, place, records)
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        future.set_exception(RuntimeError("MessageSizeTooLarge"))
        sent.futures[:] = [future]
        return sent

    with monkeypatch.context() as patch, pytest.raises(RuntimeError, match="MessageSizeTooLarge"):
        patch.setattr(outbox, "send_together", refused)
        await shop.work(owner)
    await shop.work(await shop.owner())
    assert await jars(shop) == {"a": 5}
    assert [seq for seq, _, _ in await shop.events()] == [1]


async def test_a_bug_on_a_command_is_dead_lettered_and_the_rest_goes_on(shop: DrivenWorker) -> None:
    await shop.command(PutCoins(account_id="a", coins=1), "c1")
    await shop.command(PutCoins(account_id="a", coins=666), "c2")
    await shop.command(PutCoins(account_id="a", coins=2), "c3")
    await shop.work(await shop.owner())
    assert await jars(shop) == {"a": 3}
    assert [name for _, name, _ in await shop.events()] == ["CoinsPut", "CommandFaulted", "CoinsPut"]
    assert (await results(shop))["c2"] == ("faulted", "fault", False)
    assert [r.value for r in await shop.read("payments.dead")] == [b'{"account_id":"a","coins":666}']


async def test_an_upstream_event_that_crashes_is_parked_and_later_ones_queue_behind_it(shop: DrivenWorker) -> None:
    for seq, (account, coins) in enumerate([("a", 666), ("a", 1), ("b", 1)], start=1):
        await shop.put("invoicing.events", UPSTREAM, CoinFound(account_id=account, coins=coins), seq=seq)
    await shop.command(PutCoins(account_id="a", coins=5), "c1")
    await shop.work(await shop.owner())
    assert await jars(shop) == {"b": 1}
    names = [name for _, name, _ in await shop.events()]
    assert names == ["InputParked", "InputParked", "CoinsPut", "CommandRejected"]
    assert (await results(shop))["c1"] == ("refused", "account_parked", False)


async def test_of_a_hot_command_only_the_part_that_crashes_is_dead_lettered(shop: DrivenWorker) -> None:
    puts = [(f"jar-{n}", 666 if n in (3, 11) else 1) for n in range(20)]
    await shop.command(PutMany(puts=puts), "hot-1")
    await shop.command(PutCoins(account_id="a", coins=1), "c1")
    await shop.work(await shop.owner())
    assert await jars(shop) == {**{f"jar-{n}": 1 for n in range(20) if n not in (3, 11)}, "a": 1}
    assert [json.loads(r.value) for r in await shop.read("payments.dead")] == [
        {"puts": [["jar-3", 666]]},
        {"puts": [["jar-11", 666]]},
    ]
    names = [name for _, name, _ in await shop.events()]
    assert names.count("CommandFaulted") == 2
    assert [seq for seq, _, _ in await shop.events()] == list(range(1, len(names) + 1))


async def test_of_an_upstream_event_only_the_part_that_crashes_is_parked(shop: DrivenWorker) -> None:
    """And a later part of that account queues behind it, while the others of its message go on."""
    await shop.put(
        "invoicing.events", UPSTREAM, CoinsFound(n=1, finds=[("a", 1), ("b", 666), ("c", 1), ("d", 1)]), seq=1
    )
    await shop.put("invoicing.events", UPSTREAM, CoinFound(account_id="b", coins=5), seq=2)
    await shop.put("invoicing.events", UPSTREAM, CoinFound(account_id="d", coins=5), seq=3)
    await shop.command(PutCoins(account_id="b", coins=5), "c1")
    await shop.work(await shop.owner())
    assert await jars(shop) == {"a": 1, "c": 1, "d": 6}
    parked = [record for record in await shop.read("payments.events") if b"parking_key" in record.value]
    first, second = [json.loads(record.value) for record in parked]
    assert (first["parking_key"], first["account_id"], first["offset"]) == ("b", "b", 0)
    assert json.loads(first["payload"]) == {"n": 1, "finds": [["b", 666]]}
    assert second["error"] == "stands behind a parked input"
    assert (await results(shop))["c1"] == ("refused", "account_parked", False)


async def test_an_input_that_is_wrong_as_a_whole_is_not_cut(shop: DrivenWorker) -> None:
    await shop.put("invoicing.events", UPSTREAM, CoinsFound(n=-1, finds=[("a", 1), ("b", 1)]), seq=1)
    await shop.work(await shop.owner())
    assert await jars(shop) == {}
    (parked,) = [json.loads(record.value) for record in await shop.read("payments.events")]
    assert json.loads(parked["payload"]) == {"n": -1, "finds": [["a", 1], ["b", 1]]}


async def test_a_message_to_another_partition_goes_out_once_with_a_derived_id(shop: DrivenWorker) -> None:
    await shop.command(PutCoins(account_id="a", coins=100), "c1")
    await shop.work(await shop.owner())
    sent = [r for r in await shop.read("payments.commands", partition_of("tithe", 4)) if b"tithe" in r.value]
    headers = dict(sent[0].headers)
    assert len(sent) == 1
    assert headers["ce_type"] == b"payments.PutCoins.v1"
    assert headers["causationid"] == f"payments/{PARTITION}/1".encode()
    assert headers["commandid"]


async def test_a_timer_fires_once_its_time_has_come(shop: DrivenWorker) -> None:
    await shop.command(PutCoins(account_id="a", coins=5), "c1")
    owner = await shop.owner()
    await shop.work(owner)
    assert await jars(shop) == {"a": 5}
    shop.clock.at += timedelta(days=1)
    await shop.work(owner)
    assert await jars(shop) == {"a": 0}
    assert [name for _, name, _ in await shop.events()] == ["CoinsPut", "Emptied"]
    assert await shop.rows("select count(*) from due") == [(0,)]


async def test_time_never_goes_backwards_within_a_partition(shop: DrivenWorker) -> None:
    await shop.command(PutCoins(account_id="a", coins=5), "c1")
    await shop.work(await shop.owner())
    shop.clock.at -= timedelta(hours=1)
    await shop.command(PutCoins(account_id="a", coins=5), "c2")
    await shop.work(await shop.owner())
    first, second = [event.at for _, _, event in await shop.events()]
    assert first == second


async def test_a_shortened_log_is_refused(shop: DrivenWorker) -> None:
    await shop.command(PutCoins(account_id="a", coins=5), "c1")
    await shop.work(await shop.owner())
    await shop.pool.execute("update checkpoint set next_offset = 1000 where topic = 'payments.events'")
    with pytest.raises(LogLost, match="shortened"):
        await shop.owner()


async def test_another_log_is_refused(shop: DrivenWorker) -> None:
    await shop.command(PutCoins(account_id="a", coins=5), "c1")
    await shop.work(await shop.owner())
    await shop.pool.execute("update checkpoint set last_event_id = '7' where topic = 'payments.events'")
    with pytest.raises(LogLost, match="another log"):
        await shop.owner()


async def test_names_of_the_toy_are_those_of_its_service() -> None:
    assert set(COMMANDS) == {"payments.PutCoins.v1", "payments.Empty.v1", "payments.PutMany.v1"}
