"""The live stream's bounds: how far its memory reaches, how many may watch, and what happens to the slow."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import msgspec
import pytest

from services.reporting.stream.admitted import Admitted
from services.reporting.stream.feed import Feed
from services.reporting.stream.memory import Memory
from services.reporting.stream.subscriber import frames
from services.reporting.stream.wanted import FILTERS_MAX, Wanted
from shared.http.auth import Caller
from shared.http.problems import BadParameter, Unavailable
from tests.kit.waiting import WITHIN_S


def content(n: int) -> dict[str, Any]:
    return {"id": f"rating/1/{n}", "type": "rating.AccountOpened.v1", "subject": f"acc-{n}", "version": 1}


class HandFeed:
    """A feed whose events the test makes."""

    def __init__(self, size: int = 100) -> None:
        self.memory = Memory(size)
        self.changed = asyncio.Event()
        self.is_alive = True

    def happen(self, *numbers: int, **more: Any) -> None:
        self.memory.add(content(n) | more for n in numbers)
        self.wake()

    def wake(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()


class Watcher:
    """Reads a stream as a browser does."""

    def __init__(self, feed: HandFeed, last_event_id: str | None = None, **more: Any) -> None:
        self.stopping = asyncio.Event()
        self._frames = frames(cast(Feed, feed), last_event_id, self.stopping, **more)
        self.last_event_id = last_event_id

    async def next(self) -> dict[str, str]:
        """The next frames as one dict (of their last one); empty where the stream has ended."""
        async with asyncio.timeout(WITHIN_S):
            chunk = await anext(self._frames, b"")
        frame: dict[str, str] = {}
        for line in filter(None, chunk.decode().splitlines()):
            name, _, value = line.partition(": ")
            frame[name] = value
        self.last_event_id = frame.get("id", self.last_event_id)
        return frame


def test_a_memory_holds_the_last_frames_and_says_which_are_gone() -> None:
    memory = Memory(3)
    memory.add(content(n) for n in range(1, 6))
    assert (memory.first, memory.last) == (3, 5)
    assert memory.after(1) is None
    assert len(memory.after(2) or []) == 3
    assert len(memory.after(2, most=2) or []) == 2
    assert memory.after(5) == []
    [frame] = memory.after(4) or []
    lines = dict(line.split(": ", 1) for line in frame.content.decode().splitlines() if line)
    assert (lines["event"], lines["id"]) == ("rating.AccountOpened.v1", f"{memory.run}-5")
    assert msgspec.json.decode(lines["data"]) == content(5)


@pytest.mark.parametrize(
    "lost", ["other-4", "{run}-1", "{run}-6", "{run}-", "{run}-x", "", "{run}-99999999999999999999"]
)
def test_a_place_that_no_memory_has_is_no_place(lost: str) -> None:
    memory = Memory(3)
    memory.add(content(n) for n in range(1, 6))
    assert memory.place_of(f"{memory.run}-2") == 2
    assert memory.place_of(lost.format(run=memory.run)) is None


async def test_a_watcher_gets_what_happens_from_now_on() -> None:
    feed = HandFeed()
    feed.happen(1)
    watcher = Watcher(feed)
    assert await watcher.next() == {"retry": "2000", "id": f"{feed.memory.run}-1"}
    feed.happen(2)
    assert (await watcher.next())["id"] == f"{feed.memory.run}-2"


async def test_who_comes_again_goes_on_where_he_stopped() -> None:
    feed = HandFeed()
    watcher = Watcher(feed)
    await watcher.next()
    feed.happen(1, 2)
    again = Watcher(feed, watcher.last_event_id)
    await again.next()
    assert "acc-2" in (await again.next())["data"]
    feed.happen(3)
    assert "acc-3" in (await again.next())["data"]


async def test_who_comes_again_too_late_is_told_to_read_anew() -> None:
    feed = HandFeed(size=2)
    feed.happen(1)
    last_seen = feed.memory.id_of(1)
    feed.happen(2, 3, 4)
    again = Watcher(feed, last_seen)
    await again.next()
    reset = await again.next()
    assert (reset["event"], reset["data"], reset["id"]) == ("reset", "{}", feed.memory.id_of(4))
    feed.happen(5)
    assert "acc-5" in (await again.next())["data"]


async def test_a_burst_that_no_memory_holds_is_told_as_one_reset() -> None:
    feed = HandFeed()
    watcher = Watcher(feed)
    await watcher.next()
    feed.memory.empty()
    feed.wake()
    assert (await watcher.next())["event"] == "reset"


async def test_who_does_not_keep_up_is_cut_off() -> None:
    feed = HandFeed(size=2)
    watcher = Watcher(feed)
    await watcher.next()
    feed.happen(1, 2, 3)
    assert await watcher.next() == {}


async def test_silence_is_broken_by_heartbeats() -> None:
    feed = HandFeed()
    watcher = Watcher(feed, heartbeat_s=0.02)
    await watcher.next()
    assert await watcher.next() == {"": "still here", "id": feed.memory.id_of(0)}
    assert watcher.last_event_id == feed.memory.id_of(0)


async def test_a_stream_ends_with_its_process_and_with_its_feed() -> None:
    feed = HandFeed()
    first, second = Watcher(feed), Watcher(feed)
    await first.next()
    await second.next()
    first.stopping.set()
    feed.wake()
    assert await first.next() == {}
    feed.is_alive = False
    feed.wake()
    assert await second.next() == {}


def test_there_are_so_many_streams_for_a_caller_and_for_a_process() -> None:
    admitted = Admitted(most=3, most_per_caller=2)
    one, two = Caller("user:u1", "admin", session="s1"), Caller("user:u2", "admin", session="s2")
    admitted.enter(one)
    admitted.enter(one)
    with pytest.raises(Unavailable) as greedy:
        admitted.enter(one)
    assert (greedy.value.status, greedy.value.code) == (429, "too_many_streams")
    guest = admitted.enter(two)
    with pytest.raises(Unavailable) as full:
        admitted.enter(Caller("user:u3", "admin", session="s3"))
    assert (full.value.status, full.value.retry_after_s) == (503, 30)
    admitted.leave(guest)
    admitted.enter(Caller("user:u3", "admin", session="s3"))


@pytest.mark.parametrize(
    ("types", "accounts", "role", "told"),
    [
        ([],                                    [],                 "admin",   ["a1", "a2", "plan", "paid"]),
        (["payments.*"],                        [],                 "auditor", ["paid"]),
        (["payments.*,rating.PlanPublished.*"], [],                 "billing", ["plan", "paid"]),
        (["rating.AccountOpened.v1"],           ["acc-1"],          "admin",   ["a1"]),
        ([],                                    ["acc-1", "acc-2"], "admin",   ["a1", "a2", "paid"]),
        ([],                                    [],                 "support", ["a1", "a2", "paid"]),
        (["rating.*"],                          [],                 "support", ["a1", "a2"]),
    ],
)  # fmt: skip
async def test_a_watcher_is_told_what_he_asks_for_and_may_see(
    types: list[str], accounts: list[str], role: str, told: list[str]
) -> None:
    feed = HandFeed()
    watcher = Watcher(feed, wanted=Wanted.of(types, accounts, role=role), heartbeat_s=0.0)
    await watcher.next()
    happened = [
        ("a1", "rating.AccountOpened.v1", "acc-1"),
        ("a2", "rating.AccountOpened.v1", "acc-2"),
        ("plan", "rating.PlanPublished.v1", None),
        ("paid", "payments.PaymentCaptured.v1", "acc-2"),
    ]
    subjects = []
    for n, (subject, kind, account) in enumerate(happened):
        feed.happen(n, type=kind, account_id=account, subject=subject)
        frame = await watcher.next()
        assert "account_id" not in frame.get("data", "")
        subjects += [msgspec.json.decode(frame["data"])["subject"]] if "data" in frame else []
    assert subjects == told
    # Who is told little knows how far the stream is all the same.
    await watcher.next()
    assert watcher.last_event_id == feed.memory.id_of(4)


@pytest.mark.parametrize(
    ("types", "accounts", "name"),
    [
        (["%"],                       [],                  "types"),
        ([""],                        [],                  "types"),
        (["a" * 101],                 [],                  "types"),
        ([",".join(["a.*"] * 51)],    [],                  "types"),
        (["," * 1_000_000],           [],                  "types"),
        (["*.*"],                     [],                  "types"),
        ([],                          ["acc 1"],           "account_id"),
        ([],                          ["a"] * 51,          "account_id"),
    ],
)  # fmt: skip
def test_a_filter_that_can_not_be_is_refused(types: list[str], accounts: list[str], name: str) -> None:
    with pytest.raises(BadParameter) as refused:
        Wanted.of(types, accounts, role="admin")
    assert (refused.value.status, refused.value.pointer) == (422, f"/{name}")
    assert FILTERS_MAX == 50


async def test_who_may_not_come_in_any_more_is_sent_away() -> None:
    feed, admitted = HandFeed(), Admitted()
    guest = admitted.enter(Caller("key:k1", "admin"))
    watcher = Watcher(feed, guest=guest)
    await watcher.next()
    guest.may_stay = False
    feed.wake()
    assert await watcher.next() == {}
