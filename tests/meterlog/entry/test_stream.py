"""The live stream over real servers: from an event on the log through reporting and the entry to a reader."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import msgspec
import pytest

from meterlog.entry import proxy
from meterlog.entry.app import Entry
from meterlog.installation import SERVICES, create_topics
from services.rating import events as rating
from services.reporting import identity
from services.reporting.app import SERVICE as REPORTING
from services.reporting.stream.subscriber import frames
from shared.engine.process import Runtime
from shared.engine.settings import Settings
from tests.kit.ports import free_port
from tests.kit.servers import FreshEnvironment
from tests.kit.waiting import WITHIN_S, until
from tests.services.invoicing.processes.receiver import receiver
from tests.services.reporting.story import account_opened
from tests.shared.engine.test_idle import publish, replica

pytestmark = pytest.mark.servers


@dataclass
class Stack:
    """Reporting and the entry in this process, and an admin's client."""

    runtime: Runtime
    entry: Entry
    settings: Settings
    client: httpx.AsyncClient
    key_id: str

    async def open_account(self, n: int) -> None:
        await publish(self.settings, "rating.events", rating.EVENTS, account_opened(f"acc-{n}"), partition=1, seq=n)


@pytest.fixture
async def stack(fresh_env: FreshEnvironment) -> AsyncIterator[Stack]:
    service_port = free_port()
    # The other services are away: nobody listens there.
    addresses = {name: f"http://127.0.0.1:{free_port()}" for name in SERVICES}
    addresses["reporting"] = f"http://127.0.0.1:{service_port}"
    settings = fresh_env.settings.with_services(addresses).model_copy(
        update={"port": 0, "service_port": service_port, "webhook_networks": "127.0.0.0/8"}
    )
    await create_topics(settings)
    async with replica(REPORTING, settings) as runtime:
        entry = Entry(settings)
        port = await entry.start()
        try:
            key = await identity.create_key(runtime.pool, name="test", role="admin", created_by="test")
            headers = {"Authorization": f"Bearer {key.key}"}
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=120) as client:
                yield Stack(runtime, entry, settings, client, key.api_key.key_id)
        finally:
            await entry.stop()


@dataclass
class Reader:
    """A stream as a browser reads it."""

    lines: AsyncIterator[str]
    answer: httpx.Response
    last_event_id: str = ""

    async def next(self) -> dict[str, str] | None:
        """The next frame; `None` where the stream has ended."""
        frame: dict[str, str] = {}
        async with asyncio.timeout(WITHIN_S):
            async for line in self.lines:
                if not line:
                    self.last_event_id = frame.get("id", self.last_event_id)
                    return frame
                name, _, value = line.partition(": ")
                frame[name] = value
        return None


@asynccontextmanager
async def watching(stack: Stack, **headers: str) -> AsyncIterator[Reader]:
    async with stack.client.stream("GET", "/v1/stream", headers=headers) as answer:
        assert answer.status_code == 200, await answer.aread()
        reader = Reader(answer.aiter_lines(), answer)
        assert (await reader.next() or {})["retry"] == "2000"
        yield reader


async def test_a_reader_sees_what_has_been_committed_and_goes_on_where_it_stopped(stack: Stack) -> None:
    async with watching(stack) as reader:
        assert reader.answer.headers["content-type"].startswith("text/event-stream")
        await stack.open_account(1)
        frame = await reader.next()
    assert frame is not None and frame["event"] == "rating.AccountOpened.v1"
    data = msgspec.json.decode(frame["data"])
    assert data == {
        "id": "rating/1/1",
        "type": "rating.AccountOpened.v1",
        "subject": "acc-1",
        "version": 1,
        "service": "rating",
    }
    # What a frame names can be read.
    assert (await stack.client.get("/v1/events", params={"aggregate_id": "acc-1"})).json()["total"] == 1

    await stack.open_account(2)
    await until(lambda: stack.runtime.pool.fetchval("select count(*) = 2 from account_row"))
    async with watching(stack, **{"Last-Event-ID": reader.last_event_id}) as again:
        missed = await again.next()
    assert missed is not None and msgspec.json.decode(missed["data"])["subject"] == "acc-2"

    async with watching(stack, **{"Last-Event-ID": "of-another-process-7"}) as stranger:
        assert (await stranger.next() or {})["event"] == "reset"


async def test_the_head_of_a_stream_has_an_end(stack: Stack) -> None:
    answer = await stack.client.head("/v1/stream")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"].startswith("text/event-stream")


async def test_streams_have_a_number_and_a_place_is_free_when_its_reader_goes(stack: Stack) -> None:
    async def ask() -> Any:
        async with stack.client.stream("GET", "/v1/stream") as answer:
            return answer.status_code, answer.headers.get("retry-after")

    async with asyncio.TaskGroup() as readers:
        leave = asyncio.Event()
        entered = asyncio.Semaphore(0)

        async def stay() -> None:
            async with watching(stack):
                entered.release()
                await leave.wait()

        for _ in range(6):
            readers.create_task(stay())
        for _ in range(6):
            await entered.acquire()
        assert await ask() == (429, "30")
        leave.set()

    async def is_free() -> bool:
        return bool((await ask())[0] == 200)

    await until(is_free)


async def test_heartbeats_carry_a_silent_stream_over_the_read_time_out(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proxy, "READ_TIMEOUT_S", 1.0)
    monkeypatch.setitem(frames.__kwdefaults__ or {}, "heartbeat_s", 0.4)
    async with watching(stack) as reader:
        for _ in range(6):
            assert (await reader.next() or {})[""] == "still here"
        await stack.open_account(1)
        while "event" not in (frame := await reader.next() or {}):
            pass
        assert frame["event"] == "rating.AccountOpened.v1"


async def test_a_stream_ends_with_the_key_that_opened_it(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proxy, "KEPT_S", 0.5)
    async with watching(stack) as reader:
        assert (await stack.client.delete(f"/v1/api-keys/{stack.key_id}")).status_code == 204
        assert await reader.next() is None


async def test_a_stream_ends_within_seconds_of_its_key_whoever_has_revoked_it(stack: Stack) -> None:
    async with watching(stack) as reader:
        await identity.revoke_key(stack.runtime.pool, stack.key_id)
        assert await reader.next() is None


async def test_a_stream_tells_what_is_asked_for_and_no_enormous_question_is_taken(stack: Stack) -> None:
    async with stack.client.stream("GET", "/v1/stream", params={"account_id": "acc-2"}) as answer:
        reader = Reader(answer.aiter_lines(), answer)
        await reader.next()
        await stack.open_account(1)
        await stack.open_account(2)
        assert msgspec.json.decode((await reader.next() or {})["data"])["subject"] == "acc-2"
    for asked in ({"types": ["a.*"] * 51}, {"types": "a" * 7000}, {"types": "%"}, {"account_id": "a b"}, {"q": "x"}):
        refused = await stack.client.get("/v1/stream", params=asked)
        assert refused.status_code in (400, 422), refused.text


async def test_a_stream_ends_when_its_service_stops(stack: Stack) -> None:
    async with watching(stack) as reader:
        async with asyncio.timeout(6):
            await stack.runtime.stop()
        assert await reader.next() is None


async def test_a_stream_ends_when_the_entry_stops(stack: Stack) -> None:
    async with watching(stack) as reader:
        async with asyncio.timeout(5):
            stopping = asyncio.create_task(stack.entry.stop())
            assert await reader.next() is None
            await stopping


async def test_a_webhook_gets_what_the_log_has_and_watchers_of_both_are_told(stack: Stack) -> None:
    async with receiver() as there:
        made = await stack.client.post("/v1/webhook-endpoints", json={"url": there.url, "events": ["rating.*"]})
        assert made.status_code == 201, made.text
        there.secret = made.json()["secret"]
        async with watching(stack) as reader:
            await stack.open_account(1)
            assert "rating/1/1" in (await reader.next() or {})["data"]
        await until(lambda: there.calls)
        [(message_id, event)] = there.calls
        assert (message_id, event["id"], event["subject"], there.forged) == ("rating/1/1", "1", "acc-1", 0)
        path = "/v1/webhook-deliveries"
        await until(lambda: stack.client.get(path, params={"status": "delivered"}), lambda page: page.json()["total"])
