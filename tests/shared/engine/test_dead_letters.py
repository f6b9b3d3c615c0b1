"""What a bug put aside, and what an operator does about it: on real Kafka and real Postgres."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from shared.engine.rebuild.job import RebuildJob
from shared.engine.rebuild.proof import Proof
from shared.http.results import Results, seen
from shared.kernel.envelope import from_headers
from shared.kernel.message import Command
from shared.kernel.outcome import CommandRejected, InputRequeued, outcomes
from shared.kernel.partition import partition_of
from shared.kernel.recovery import DiscardDeadLetter, RequeueDeadLetter, RequeueParked
from tests.kit.driven_worker import PARTITION, DrivenWorker, driven
from tests.kit.servers import FreshEnvironment
from tests.kit.toy import UPSTREAM, CoinFound, Projection, PutCoins, toy_service
from tests.kit.waiting import WITHIN_S

pytestmark = [pytest.mark.servers, pytest.mark.databases("payments", "invoicing")]

MENDED = toy_service(mended=True)


@pytest_asyncio.fixture(loop_scope="session")
async def shop(fresh_env: FreshEnvironment) -> AsyncIterator[DrivenWorker]:
    async with driven(toy_service(), fresh_env.settings) as made:
        yield made


async def finds(shop: DrivenWorker, *coins: int, account: str = "a") -> None:
    for number in coins:
        await shop.put("invoicing.events", UPSTREAM, CoinFound(account_id=account, coins=number))


async def ask(shop: DrivenWorker, command: Command, command_id: str = "ask") -> None:
    await shop.command(command, command_id, actor="user:operator")


async def jars(shop: DrivenWorker) -> dict[str, int]:
    return dict(await shop.rows("select account_id, total from jar"))


async def states(shop: DrivenWorker, *kinds: str) -> list[tuple[Any, ...]]:
    return await shop.rows("select kind, key, body from state where kind = any($1) order by 1, 2", list(kinds))


async def result_of(shop: DrivenWorker, command_id: str) -> tuple[Any, ...]:
    rows = await shop.rows("select status, code from command_result where command_id = $1", command_id)
    return rows[0] if rows else ()


async def sent(shop: DrivenWorker) -> list[tuple[str, bytes]]:
    """The tithes, by their command ids."""
    records = await shop.read("payments.commands", partition_of("tithe", 4))
    return [(from_headers(r.headers).command_id or "", r.value) for r in records if b"tithe" in r.value]


async def test_after_the_bug_is_mended_all_is_as_it_would_have_been(shop: DrivenWorker, fresh_env: Any) -> None:
    await finds(shop, 666, 200, 7)
    await shop.work(await shop.owner())
    assert await jars(shop) == {}
    mended = await shop.owner(MENDED)
    await ask(shop, RequeueParked(parking_key="a"))
    await shop.work(mended)
    assert await jars(shop) == {"a": 853, "tithe": 20}
    assert await result_of(shop, "ask") == ("done", None)
    assert await states(shop, "Parking", "QueuePlace") == []
    left = (await states(shop, "Jar"), await shop.rows("select name, due_at from due"), await sent(shop))

    # The same without the bug, in an environment of its own.
    other = fresh_env.settings.model_copy(update={"env": f"{fresh_env.settings.env}-2"})
    async with untroubled(other, shop) as second:
        await finds(second, 666, 200, 7)
        await second.work(await second.owner())
        assert (await states(second, "Jar"), await second.rows("select name, due_at from due")) == left[:2]
        assert await sent(second) == left[2] != []


def untroubled(settings: Any, shop: DrivenWorker) -> Any:
    """A second environment next to the first: other topics, and the database of a service that is not used here."""
    dsn = shop.settings.postgres_dsn_of("invoicing")
    return driven(MENDED, settings.with_databases({"payments": dsn}))


async def test_what_crashes_again_stays_and_the_operator_is_told(shop: DrivenWorker) -> None:
    await finds(shop, 666, 1)
    owner = await shop.owner()
    await shop.work(owner)
    await ask(shop, RequeueParked(parking_key="a"))
    await shop.work(owner)
    assert await result_of(shop, "ask") == ("refused", "crashed_again")
    assert await jars(shop) == {}
    (queue,) = await states(shop, "Parking")
    assert b'"first":1,"next":3' in queue[2]


async def test_the_first_is_discarded_and_the_next_goes_through(shop: DrivenWorker) -> None:
    await finds(shop, 666, 1)
    owner = await shop.owner()
    await shop.work(owner)
    await ask(shop, DiscardDeadLetter(seq=1, reason="not ours"), "discard")
    await ask(shop, RequeueDeadLetter(seq=2), "requeue")
    await shop.work(owner)
    assert await jars(shop) == {"a": 1}
    assert [await result_of(shop, name) for name in ("discard", "requeue")] == [("done", None)] * 2


async def test_an_account_takes_commands_again_once_its_queue_is_empty(shop: DrivenWorker) -> None:
    await finds(shop, 666)
    await shop.work(await shop.owner())
    await shop.command(PutCoins(account_id="a", coins=5), "c1")
    mended = await shop.owner(MENDED)
    await shop.work(mended)
    assert await result_of(shop, "c1") == ("refused", "account_parked")
    await ask(shop, RequeueParked(parking_key="a"))
    await shop.command(PutCoins(account_id="a", coins=5), "c1")
    await shop.work(mended)
    assert await jars(shop) == {"a": 671}
    assert await result_of(shop, "c1") == ("done", None)


async def test_who_waits_for_a_dead_lettered_command_gets_its_result(shop: DrivenWorker) -> None:
    await shop.command(PutCoins(account_id="a", coins=666), "c1")
    await shop.work(await shop.owner())
    results = Results(shop.pool)
    faulted = await results.find("c1")
    assert faulted is not None
    assert faulted.status == "faulted"
    with results.expect("c1", after=seen([faulted])) as waiting:
        mended = await shop.owner(MENDED)
        await ask(shop, RequeueDeadLetter(seq=faulted.seq))
        await shop.work(mended)
        result = await asyncio.wait_for(waiting, WITHIN_S)
    assert (result.status, result.subject) == ("done", "a")
    # Whoever sends it once more is answered from the result: it is not decided twice.
    await shop.command(PutCoins(account_id="a", coins=666), "c1")
    await shop.work(mended)
    assert await jars(shop) == {"a": 666}


async def test_a_crash_between_log_and_postgres_leaves_the_same_state(shop: DrivenWorker) -> None:
    """Between steps 8 and 9 of the batch that parks, and of the one that requeues."""
    await finds(shop, 666, 200)
    project = Projection()
    for mended in (False, True):
        service = toy_service(project, mended=mended)
        project.fail_next = True
        with pytest.raises(ConnectionError):
            await shop.work(await shop.owner(service))
        await shop.work(await shop.owner(service))
        if not mended:
            await ask(shop, RequeueParked(parking_key="a"))
    await shop.work(await shop.owner(MENDED))
    assert await jars(shop) == {"a": 846, "tithe": 20}
    assert await states(shop, "Parking", "QueuePlace") == []
    names = [name for _, name, _ in await shop.events()]
    taken_again = ["InputRequeued", "CoinsPut", "InputRequeued", "CoinsPut"]
    assert [name for name in names if name != "CommandRejected"] == [
        *("InputParked", "InputParked"),
        *taken_again,
        "CoinsPut",
    ]


async def test_a_new_owner_takes_again_what_an_earlier_one_put_aside(shop: DrivenWorker) -> None:
    await finds(shop, 666, *([1] * 60))
    await shop.work(await shop.owner())
    await ask(shop, RequeueParked(parking_key="a"))
    await shop.work(await shop.owner(MENDED))
    assert await jars(shop) == {"a": 726}


async def test_a_message_of_the_longest_kind_is_put_aside_byte_by_byte(shop: DrivenWorker) -> None:
    padding = '"\\' * 230_000
    await shop.command(PutCoins(account_id="a", coins=666, padding=padding), "c1")
    await shop.work(await shop.owner())
    await ask(shop, RequeueDeadLetter(seq=1))
    await shop.work(await shop.owner(MENDED))
    (_, _, put) = (await shop.events())[-1]
    assert (put.coins, put.padding) == (666, padding)
    (dead,) = await shop.read("payments.dead", PARTITION)
    faulted = (await shop.read("payments.events"))[0]
    event = outcomes("payments").decode("payments.CommandFaulted.v1", faulted.value)
    assert event.payload_base64 == dead.value  # type: ignore[attr-defined]


async def test_what_became_of_commands_upstream_is_read_and_parks_nobody(shop: DrivenWorker) -> None:
    """A refusal in invoicing must not be an unreadable input of an account here."""
    upstream = UPSTREAM | outcomes("invoicing")
    refused = CommandRejected(command_type="invoicing.X.v1", subject="a", code="no", detail="no", account_id="a")
    requeued = InputRequeued(seq=1, subject="a", account_id="a")
    for event in (refused, requeued, CoinFound(account_id="a", coins=3)):
        await shop.put("invoicing.events", upstream, event)
    await shop.work(await shop.owner())
    assert await jars(shop) == {"a": 3}
    assert [name for _, name, _ in await shop.events()] == ["CoinsPut"]


async def test_what_was_put_aside_and_taken_again_is_built_again_from_the_log(shop: DrivenWorker) -> None:
    """States, results and rows of every kind of resolution, some of it in a build that starts in between."""
    await finds(shop, 666, 200, 7)
    await finds(shop, 666, account="b")
    await shop.command(PutCoins(account_id="c", coins=666), "c1")
    await shop.work(await shop.owner())
    assert (await verified(shop)).equal is True
    mended = await shop.owner(MENDED)
    await ask(shop, RequeueDeadLetter(seq=1), "first")
    await ask(shop, DiscardDeadLetter(seq=2, reason="not ours"), "second")
    await ask(shop, RequeueDeadLetter(seq=5), "command")
    await shop.work(mended)
    proof = await verified(shop)
    assert proof.equal is True, proof.differences
    assert len(await states(shop, "DeadLetter")) == 5


async def verified(shop: DrivenWorker) -> Proof:
    return await RebuildJob(shop.settings, MENDED, processes=0, watch=lambda step: None).verify()
