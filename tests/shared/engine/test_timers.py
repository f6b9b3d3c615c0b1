"""Timers: each due row fires once, whoever owns the partition when, and whatever the clock does."""

from __future__ import annotations

import itertools
import random
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
import pytest_asyncio

from shared.engine import timers
from shared.engine.worker import Worker
from shared.kernel.envelope import from_headers
from shared.kernel.recovery import DiscardDeadLetter
from tests.kit.driven_worker import DrivenWorker, driven
from tests.kit.servers import Servers, fresh_environment
from tests.kit.toy import HAUNTED, UPSTREAM, CoinFound, CoinsPut, Emptied, Projection, PutCoins, toy_service

pytestmark = [pytest.mark.servers, pytest.mark.databases("payments")]
DAY = timedelta(days=1)
_tests = itertools.count()
JARS = ("a", "b", "c")


class Shop:
    """A partition of jars, each of which is emptied a day after the last coins were put in.

    The partition is that of all tests here; the jars are those of one, named without its prefix.
    """

    def __init__(self, driven: DrivenWorker, projection: Projection, test: int) -> None:
        self.driven = driven
        self.projection = projection
        self.clock = driven.clock
        self._prefix = f"{test}."

    async def fill(self, owner: Worker, tag: str, *jars: str) -> None:
        for jar in jars:
            put = PutCoins(account_id=self._prefix + jar, coins=5)
            await self.driven.command(put, f"{self._prefix}{tag}-{jar}")
        await self.driven.work(owner)

    async def park(self, owner: Worker, jar: str) -> int:
        """Put an input of that jar aside; gives back the number of the dead letter."""
        await self.driven.put("invoicing.events", UPSTREAM, CoinFound(account_id=self._prefix + jar, coins=HAUNTED))
        await self.driven.work(owner)
        return max(seq for seq, name, _ in await self.driven.events() if name == "InputParked")

    async def fire(self, owner: Worker) -> None:
        """Send what is due, and nothing more: the owner ends before it decides any of it."""
        await owner.timers.fire(self.driven.pool, now=self.clock.now(), watermark=None)

    async def emptied(self) -> list[tuple[str, datetime]]:
        return [(jar, event.at) for jar, event in await self._events() if isinstance(event, Emptied)]

    async def filled(self) -> list[tuple[str, datetime]]:
        return [(jar, event.at) for jar, event in await self._events() if isinstance(event, CoinsPut)]

    async def open_timers(self) -> list[str]:
        found = "select name from due where starts_with(name, $1) order by name"
        return [name for (name,) in await self.driven.rows(found, f"empty/{self._prefix}")]

    async def sent(self) -> list[str]:
        """The command ids of the timers' commands in the log, in order."""
        envelopes = [from_headers(record.headers) for record in await self.driven.read("payments.commands")]
        ours = [e for e in envelopes if e.actor == "timer" and e.subject.startswith(f"empty/{self._prefix}")]
        return [envelope.command_id or "" for envelope in ours]

    async def _events(self) -> list[tuple[str, CoinsPut | Emptied]]:
        events = [event for _, _, event in await self.driven.events() if event is not None]
        return [(e.account_id.removeprefix(self._prefix), e) for e in events if e.account_id.startswith(self._prefix)]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def partition(
    servers: Servers, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[DrivenWorker, Projection]]:
    projection = Projection()
    async with (
        fresh_environment(servers, tmp_path_factory.mktemp("timers")) as environment,
        driven(toy_service(projection), environment.settings) as made,
    ):
        yield made, projection


@pytest.fixture
def shop(partition: tuple[DrivenWorker, Projection]) -> Shop:
    return Shop(*partition, next(_tests))


async def test_a_crash_between_sending_and_deciding_empties_once(shop: Shop) -> None:
    first = await shop.driven.owner()
    await shop.fill(first, "c", *JARS)
    shop.clock.at += DAY
    await shop.fire(first)
    assert await shop.emptied() == []

    second = await shop.driven.owner()
    await shop.driven.work(second)
    assert [jar for jar, _ in await shop.emptied()] == list(JARS)
    assert await shop.open_timers() == []
    sent = await shop.sent()
    assert len(set(sent)) == len(JARS), "sent by both, under one id each"


async def test_two_owners_at_once_empty_once(shop: Shop) -> None:
    """A zombie may go on sending timers; it can't decide any, and its commands are those of the owner."""
    zombie = await shop.driven.owner()
    await shop.fill(zombie, "c", *JARS)
    shop.clock.at += DAY
    owner = await shop.driven.owner()
    await shop.fire(zombie)
    await shop.fire(owner)
    await shop.driven.work(owner)
    await shop.fire(zombie)
    await shop.driven.work(owner)
    assert [jar for jar, _ in await shop.emptied()] == list(JARS)


@pytest.mark.parametrize("times", [1, 3])
async def test_a_crash_between_log_and_postgres_empties_once(shop: Shop, times: int) -> None:
    await shop.fill(await shop.driven.owner(), "c", *JARS)
    shop.clock.at += DAY
    for _ in range(times):
        shop.projection.fail_next = True
        with pytest.raises(ConnectionError):
            owner = await shop.driven.owner()
            await shop.driven.work(owner)
    await shop.driven.work(await shop.driven.owner())
    assert sorted(jar for jar, _ in await shop.emptied()) == list(JARS)
    assert await shop.open_timers() == []


async def test_before_its_time_nothing_is_sent_however_the_clock_came_there(shop: Shop) -> None:
    owner = await shop.driven.owner()
    await shop.fill(owner, "c", "a")
    for step in (timedelta(hours=23), -timedelta(days=400), timedelta(days=400), timedelta(minutes=59)):
        shop.clock.at += step
        await shop.driven.work(owner)
    assert await shop.sent() == []
    assert len(await shop.open_timers()) == 1
    shop.clock.at += timedelta(minutes=1)
    await shop.driven.work(owner)
    assert [jar for jar, _ in await shop.emptied()] == ["a"]


async def test_a_clock_that_jumps_a_year_fires_each_once_and_one_that_jumps_back_none_again(shop: Shop) -> None:
    owner = await shop.driven.owner()
    await shop.fill(owner, "c", *JARS)
    shop.clock.at += timedelta(days=365)
    await shop.driven.work(owner)
    ahead = shop.clock.at
    shop.clock.at -= timedelta(days=365)
    await shop.driven.work(await shop.driven.owner())
    shop.clock.at += DAY
    await shop.driven.work(owner := await shop.driven.owner())
    assert await shop.emptied() == [(jar, ahead) for jar in JARS]
    # Coins put in while the clock is behind are put in at the partition's time, which never went back.
    await shop.fill(owner, "late", "a")
    assert (await shop.filled())[-1] == ("a", ahead)
    shop.clock.at = ahead + DAY
    await shop.driven.work(owner)
    assert await shop.open_timers() == []


async def test_a_timer_that_is_set_again_fires_again(shop: Shop) -> None:
    owner = await shop.driven.owner()
    for n in range(3):
        await shop.fill(owner, f"c{n}", "a")
        shop.clock.at += DAY
        await shop.driven.work(owner)
    assert [at for _, at in await shop.emptied()] == [shop.clock.at - DAY * n for n in (2, 1, 0)]
    assert len(set(await shop.sent())) == 3


async def test_more_timers_than_one_sweep_sends_all_fire(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timers, "SWEEP", 4)
    owner = await shop.driven.owner()
    jars = [f"j{n:02}" for n in range(11)]
    await shop.fill(owner, "c", *jars)
    shop.clock.at += DAY
    await shop.driven.work(owner)
    assert sorted(jar for jar, _ in await shop.emptied()) == jars


async def test_no_more_are_on_their_way_than_can_be_decided_and_each_is_sent_once(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timers, "ON_THE_WAY_MAX", 3)
    owner = await shop.driven.owner()
    jars = [f"j{n:02}" for n in range(11)]
    await shop.fill(owner, "c", *jars)
    shop.clock.at += DAY
    for _ in range(5):
        await shop.fire(owner)
    assert len(await shop.sent()) == 3
    await shop.driven.work(owner)
    assert sorted(jar for jar, _ in await shop.emptied()) == jars
    assert len(await shop.sent()) == 11


async def test_a_timer_that_is_refused_is_sent_ever_less_often_until_its_account_is_free(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = await shop.driven.owner()
    await shop.fill(owner, "c", "a")
    parked = await shop.park(owner, "a")
    shop.clock.at += DAY
    seconds = 0.0
    monkeypatch.setattr(timers, "time", SimpleNamespace(monotonic=lambda: seconds))
    for _ in range(1000):
        await shop.fire(owner)
        seconds += 1
    assert len(await shop.sent()) == 9, "at 0, 5, 15, 35, 75, 155, 315, 615 and 915 seconds"
    await shop.driven.command(DiscardDeadLetter(seq=parked, reason="haunted"), f"discard-{parked}")
    await shop.driven.work(owner)
    assert [jar for jar, _ in await shop.emptied()] == ["a"]
    assert len(await shop.sent()) == 10


@pytest.mark.parametrize("seed", range(5))
async def test_whatever_happens_each_timer_fires_once(shop: Shop, seed: int) -> None:
    """A seeded schedule of coins, days that pass, takeovers, and crashes before and after the log."""
    chance = random.Random(seed)
    owner = await shop.driven.owner()
    expected: list[str] = []
    full: dict[str, datetime] = {}
    for turn in range(14):
        match chance.choice(("fill", "fill", "pass", "take over", "crash sending", "crash deciding", "zombie")):
            case "fill":
                jar = chance.choice(JARS)
                full[jar] = shop.clock.at + DAY
                await shop.fill(owner, f"{turn}", jar)
            case "pass":
                shop.clock.at += timedelta(hours=chance.choice((1, 12, 25, 200)))
                await shop.driven.work(owner)
                _note(full, expected, shop.clock.at)
            case "take over":
                owner = await shop.driven.owner()
            case "crash sending":
                shop.clock.at += timedelta(hours=chance.choice((12, 25)))
                await shop.fire(owner)
                owner = await shop.driven.owner()
                await shop.driven.work(owner)
                _note(full, expected, shop.clock.at)
            case "crash deciding":
                shop.clock.at += timedelta(hours=25)
                shop.projection.fail_next = bool(full)
                owner = await _work_on(shop, owner)
                shop.projection.fail_next = False
                _note(full, expected, shop.clock.at)
            case "zombie":
                zombie, owner = owner, await shop.driven.owner()
                await shop.fire(zombie)
                await shop.driven.work(owner)
                _note(full, expected, shop.clock.at)
    shop.clock.at += DAY
    await shop.driven.work(owner)
    _note(full, expected, shop.clock.at)
    assert sorted(jar for jar, _ in await shop.emptied()) == sorted(expected), seed
    assert await shop.open_timers() == []


def _note(full: dict[str, datetime], expected: list[str], now: datetime) -> None:
    """Which jars must have been emptied by now, one event each."""
    for jar in [jar for jar, due_at in full.items() if due_at <= now]:
        expected.append(jar)
        del full[jar]


async def _work_on(shop: Shop, owner: Worker) -> Worker:
    """Work, as the next owner if this one crashes."""
    try:
        await shop.driven.work(owner)
    except ConnectionError:
        owner = await shop.driven.owner()
        await shop.driven.work(owner)
    return owner
