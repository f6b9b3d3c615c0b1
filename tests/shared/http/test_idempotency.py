"""Idempotency-Key, end to end: one effect and one answer, whoever crashes and however often it is asked again."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
import pytest_asyncio

from shared.http import command_bus
from tests.kit.servers import Servers, fresh_environment
from tests.shared.http.toy_service import BIND_AND_PRODUCE, STEPS, Desk, jar, open_desk

pytestmark = pytest.mark.servers
_jars = itertools.count()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def office(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    """One environment for all of these tests: each uses jars and keys of its own."""
    async with (
        fresh_environment(servers, tmp_path_factory.mktemp("idempotency")) as environment,
        open_desk(environment.settings) as desk,
    ):
        yield desk


@pytest_asyncio.fixture(loop_scope="session")
async def desk(office: Desk) -> AsyncIterator[Desk]:
    await office.open()
    yield office
    await office.close()


@pytest.fixture
def account() -> str:
    return jar(next(_jars))


@pytest.fixture
def key(request: pytest.FixtureRequest) -> str:
    return str(request.node.name).replace(" ", "-")


def codes(answer: httpx.Response) -> list[str]:
    return [error["code"] for error in answer.json()["errors"]]


async def test_the_same_key_and_payload_have_one_effect_and_one_answer(desk: Desk, account: str, key: str) -> None:
    answers = [await desk.put(account, 5, key=key) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {201}
    assert len({(answer.text, answer.headers["position"]) for answer in answers}) == 1
    assert await desk.effects(account) == [5]


async def test_another_payload_under_the_key_is_refused_and_has_no_effect(desk: Desk, account: str, key: str) -> None:
    await desk.put(account, 5, key=key)
    other = await desk.put(account, 6, key=key)
    assert (other.status_code, codes(other)) == (422, ["idempotency_key_reused"])
    assert await desk.effects(account) == [5]


async def test_twenty_retries_at_once_have_one_effect_and_one_answer(desk: Desk, account: str, key: str) -> None:
    answers = await asyncio.gather(*(desk.put(account, 5, key=key) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({(answer.text, answer.headers["position"]) for answer in answers}) == 1
    assert await desk.effects(account) == [5]


async def test_of_two_payloads_at_once_under_one_key_one_wins(desk: Desk, account: str, key: str) -> None:
    answers = await asyncio.gather(*(desk.put(account, 5 + n % 2, key=key) for n in range(10)))
    won = {answer.request.content for answer in answers if answer.status_code == 201}
    lost = {answer.request.content for answer in answers if answer.status_code == 422}
    assert (len(won), len(lost)) == (1, 1)
    assert len(await desk.effects(account)) == 1


async def test_requests_without_a_key_each_have_an_effect(desk: Desk, account: str) -> None:
    answers = [await desk.put(account, 5, key=None) for _ in range(2)]
    assert len({answer.json()["id"] for answer in answers}) == 2
    assert await desk.effects(account) == [5, 5]


@pytest.mark.parametrize("coins", [13, 0], ids=["refused", "nothing to change"])
async def test_an_answer_without_an_effect_is_final_too(desk: Desk, account: str, key: str, coins: int) -> None:
    answers = [await desk.put(account, coins, key=key) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {422 if coins else 201}
    if coins:
        assert all(answer.json()["errors"] == answers[0].json()["errors"] for answer in answers)
    events = [event for event in await desk.shop.events() if event[1] in ("CommandRejected", "CommandDone")]
    for _ in range(2):
        await desk.put(account, coins, key=key)
    assert len([e for e in await desk.shop.events() if e[1] in ("CommandRejected", "CommandDone")]) == len(events)


@pytest.mark.parametrize("step", STEPS)
async def test_a_retry_after_a_crash_has_one_effect(desk: Desk, account: str, key: str, step: str) -> None:
    desk.crash_next(step)
    first = await desk.put(account, 5, key=key)
    assert first.status_code == (503 if step == BIND_AND_PRODUCE else 201), "the next owner answers who still waits"
    again = await desk.put(account, 5, key=key)
    assert again.status_code == 201
    if first.status_code == 201:
        assert (again.text, again.headers["position"]) == (first.text, first.headers["position"])
    assert (await desk.effects(account), await desk.total(account)) == ([5], 5)
    other = await desk.put(account, 6, key=key)
    assert codes(other) == ["idempotency_key_reused"], "the key is bound before anything is produced"


async def test_a_caller_who_hung_up_before_the_answer_gets_it_when_it_asks_again(
    desk: Desk, account: str, key: str
) -> None:
    """The crash after Postgres, before the answer: all is done, and nobody knows."""
    asked = asyncio.create_task(desk.put(account, 5, key=key))
    while await desk.total(account) is None:
        await asyncio.sleep(0.001)
    asked.cancel()
    again = await desk.put(account, 5, key=key)
    assert again.status_code == 201
    assert await desk.effects(account) == [5]


async def test_a_retry_after_a_rebuild_gets_the_same_answer(desk: Desk, account: str, key: str) -> None:
    first = await desk.put(account, 5, key=key)
    refused = await desk.put(account, 13, key=f"{key}-13")
    await desk.rebuild()
    again = await desk.put(account, 5, key=key)
    assert (again.status_code, again.text, again.headers["position"]) == (201, first.text, first.headers["position"])
    assert (await desk.put(account, 13, key=f"{key}-13")).json()["errors"] == refused.json()["errors"]
    assert (await desk.effects(account), await desk.total(account)) == ([5], 5)
    # And what is new is decided by the owner that took over the new tables.
    assert (await desk.put_until_taken(account, 7, key=f"{key}-7")).status_code == 201
    assert await desk.total(account) == 12


async def test_a_key_whose_binding_was_lost_still_finds_its_result(desk: Desk, account: str, key: str) -> None:
    """A Postgres restored from an older backup forgets keys; results come back from the log."""
    first = await desk.put(account, 5, key=key)
    await desk.shop.pool.execute("delete from durable.http_key")
    again = await desk.put(account, 5, key=key)
    assert (again.status_code, again.text) == (201, first.text)
    assert await desk.effects(account) == [5]


async def test_a_command_that_expired_is_decided_when_it_is_sent_again(
    office: Desk, account: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody was there to decide it for a minute (here: at once); `expired` is no final answer."""
    monkeypatch.setattr(command_bus.CommandBus, "wait_s", 0.3)
    monkeypatch.setattr(command_bus, "EXPIRY", -command_bus.EXPIRY)
    first = await office.put(account, 5, key=key)
    assert first.status_code == 202
    path = first.headers["location"]
    assert (await office.client.get(path)).json()["status"] == "pending"
    monkeypatch.setattr(command_bus, "EXPIRY", -command_bus.EXPIRY)
    monkeypatch.setattr(command_bus.CommandBus, "wait_s", 5.0)
    await office.open()
    try:
        while (state := (await office.client.get(path)).json())["status"] == "pending":
            await asyncio.sleep(0.02)
        assert (state["status"], [error["code"] for error in state["errors"]]) == ("refused", ["expired"])
        assert await office.effects(account) == []
        again = await office.put(account, 5, key=key)
        assert again.status_code == 201
        state = (await office.client.get(path)).json()
        assert (state["status"], state["result"]["position"]) == ("done", again.headers["position"])
        assert await office.effects(account) == [5]
    finally:
        await office.close()


async def test_after_202_the_command_can_be_asked_for_and_retried(
    office: Desk, account: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command_bus.CommandBus, "wait_s", 0.3)
    waiting = [await office.put(account, 5, key=key) for _ in range(2)]
    assert {answer.status_code for answer in waiting} == {202}
    assert waiting[0].json() == waiting[1].json(), "one command, though it was sent twice"
    monkeypatch.setattr(command_bus.CommandBus, "wait_s", 5.0)
    await office.open()
    try:
        again = await office.put(account, 5, key=key)
        assert again.status_code == 201
        state = (await office.client.get(waiting[0].headers["location"])).json()
        assert (state["status"], state["result"]["id"]) == ("done", account)
        assert await office.effects(account) == [5]
    finally:
        await office.close()


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_happens_a_key_has_one_effect_and_one_answer(desk: Desk, seed: int) -> None:
    """A seeded schedule of retries, bursts, other payloads, crashes at every step, and a rebuild."""
    chance = random.Random(seed)
    requests = {f"seed-{seed}-{n}": (jar(next(_jars)), chance.choice((1, 5, 9, 13, 0))) for n in range(3)}
    final: dict[str, set[tuple[int, str]]] = {key: set() for key in requests}
    used: set[str] = set()
    rebuild_at = chance.randrange(16)
    for turn in range(16):
        key = chance.choice(list(requests))
        account, coins = requests[key]
        if turn == rebuild_at:
            await desk.rebuild()
        if chance.random() < 0.5:
            desk.crash_next(chance.choice(STEPS))
        if key in used and chance.random() < 0.25:
            other = await desk.put(account, coins + 1, key=key)
            assert codes(other) == ["idempotency_key_reused"], (seed, turn)
            continue
        used.add(key)
        burst = chance.choice((1, 1, 2, 20))
        for answer in await asyncio.gather(*(desk.put(account, coins, key=key) for _ in range(burst))):
            if answer.status_code not in (202, 503):
                final[key].add((answer.status_code, _said(answer)))
    for key, (account, coins) in requests.items():
        answer = await desk.put_until_taken(account, coins, key=key)
        final[key].add((answer.status_code, _said(answer)))
        assert len(final[key]) == 1, (seed, final[key])
        assert await desk.effects(account) == ([coins] if coins not in (0, 13) else []), seed
        assert (await desk.total(account) or 0) == (coins if coins != 13 else 0), seed


def _said(answer: httpx.Response) -> str:
    """What an answer says: the resource, or the refusals (a problem also has the request's trace id)."""
    return answer.text if answer.is_success else str(answer.json()["errors"])


async def test_a_key_is_forgotten_35_days_after_its_result(desk: Desk, account: str, key: str) -> None:
    """Last of this file: it moves the clock of all."""
    await desk.put(account, 5, key=key)
    desk.shop.clock.at += timedelta(days=35)
    assert codes(await desk.put(account, 7, key=key)) == ["idempotency_key_reused"]
    desk.shop.clock.at += timedelta(days=1)
    await desk.put(account, 6, key=f"{key}-later")
    for table in ("durable.http_key", "command_result"):
        assert await desk.shop.rows(f"select count(*) from {table}") == [(1,)]
    assert (await desk.put(account, 7, key=key)).status_code == 201
    assert await desk.effects(account) == [5, 6, 7]
