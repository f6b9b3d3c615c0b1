"""The live stream as a stranger reads it: logged in as the console does, with a client for server-sent events
(httpx-sse) that knows nothing of Meterlog."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import httpx
import pytest
from httpx_sse import EventSource, aconnect_sse

from meterlog.entry.app import Entry
from services.invoicing import events as invoicing
from services.reporting import identity
from services.reporting.stream.subscriber import HEARTBEAT_S, frames
from tests.kit.waiting import until
from tests.meterlog.entry.test_stream import Stack, stack
from tests.services.reporting.story import issued
from tests.shared.engine.test_idle import publish

__all__ = ["stack"]

pytestmark = pytest.mark.servers

EMAIL, PASSWORD = "ann@example.net", "correct horse battery"
WAITS_S = 20.0
"""For a byte: longer than between two heartbeats, shorter than between two events."""


@dataclass
class Stranger:
    """Reads on whenever it is cut off, behind the last frame that it has, and keeps all it is told."""

    client: httpx.AsyncClient
    told: list[tuple[str, str]] = field(default_factory=list)
    connected: int = 0
    last_event_id: str = ""
    retry_ms: int = 0

    async def follow(self, connections: int) -> None:
        for _ in range(connections):
            headers = {"Last-Event-ID": self.last_event_id} if self.last_event_id else {}
            async with aconnect_sse(self.client, "GET", "/v1/stream", headers=headers) as source:
                assert source.response.status_code == 200
                await self._read(source)
            await asyncio.sleep(self.retry_ms / 1000)

    async def _read(self, source: EventSource) -> None:
        async for frame in source.aiter_sse():
            self.last_event_id = frame.id or self.last_event_id
            if frame.retry is not None:
                self.retry_ms = frame.retry
                self.connected += 1
            # This client also hands out frames without data, which a browser drops.
            if frame.data:
                self.told.append((frame.event, str(frame.json().get("subject"))))


@pytest.fixture
async def stranger(stack: Stack) -> AsyncIterator[Stranger]:
    """Somebody with a session of the console, and no key."""
    await identity.create_user(stack.runtime.pool, EMAIL, PASSWORD, "auditor")
    async with httpx.AsyncClient(base_url=stack.client.base_url, timeout=WAITS_S) as client:
        answer = await client.post("/v1/session", json={"email": EMAIL, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        assert list(client.cookies) == ["meterlog_session"]
        yield Stranger(client)


def opened(n: int) -> tuple[str, str]:
    return "rating.AccountOpened.v1", f"acc-{n}"


async def follows(stranger: Stranger, *, connections: int) -> asyncio.Task[None]:
    before = stranger.connected
    following = asyncio.create_task(stranger.follow(connections))
    await until(lambda: stranger.connected > before or following.done())
    return following


async def leave(following: asyncio.Task[None]) -> None:
    following.cancel()
    await asyncio.wait([following])
    assert following.cancelled(), following.exception()


async def accounts_can_be_read(stack: Stack, count: int) -> None:
    await until(lambda: stack.runtime.pool.fetchval("select count(*) = $1 from account_row", count))


async def test_a_stranger_who_hangs_up_goes_on_without_a_gap_and_without_a_double(
    stack: Stack, stranger: Stranger
) -> None:
    following = await follows(stranger, connections=1)
    await stack.open_account(1)
    await until(lambda: stranger.told == [opened(1)])
    await leave(following)

    # Meanwhile, on two logs.
    await stack.open_account(2)
    await accounts_can_be_read(stack, 2)
    await publish(stack.settings, "invoicing.events", invoicing.EVENTS, issued(), partition=1, seq=1)
    await until(lambda: stack.runtime.pool.fetchval("select count(*) = 1 from audit_event where invoice_id = 'inv-1'"))

    following = await follows(stranger, connections=1)
    await stack.open_account(3)
    await until(lambda: opened(3) in stranger.told)
    assert stranger.told == [opened(1), opened(2), ("invoicing.InvoiceIssued.v1", "inv-1"), opened(3)]
    await leave(following)


async def test_a_stranger_who_is_cut_off_by_the_entry_goes_on_at_the_next_one(stack: Stack, stranger: Stranger) -> None:
    following = await follows(stranger, connections=2)
    await stack.open_account(1)
    await until(lambda: stranger.told == [opened(1)])

    next_entry = Entry(stack.settings)
    stranger.client.base_url = httpx.URL(f"http://127.0.0.1:{await next_entry.start()}")
    try:
        await stack.entry.stop()
        await stack.open_account(2)
        await accounts_can_be_read(stack, 2)
        await until(lambda: stranger.connected == 2 or following.done())
        await stack.open_account(3)
        await until(lambda: opened(3) in stranger.told or following.done())
        assert stranger.told == [opened(1), opened(2), opened(3)]
        await leave(following)
    finally:
        await next_entry.stop()


async def test_heartbeats_keep_a_strangers_stream_open_for_longer_than_it_waits_for_a_byte(
    stack: Stack, stranger: Stranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are a fraction of what they are: it is which is the longer that counts."""
    assert HEARTBEAT_S < WAITS_S
    monkeypatch.setitem(frames.__kwdefaults__ or {}, "heartbeat_s", HEARTBEAT_S / 8)
    stranger.client.timeout = httpx.Timeout(WAITS_S / 4)
    following = await follows(stranger, connections=1)
    await asyncio.wait([following], timeout=WAITS_S / 4 + 2)
    await stack.open_account(1)
    await until(lambda: stranger.told == [opened(1)] or following.done())
    assert (stranger.told, stranger.connected) == ([opened(1)], 1)
    await leave(following)
