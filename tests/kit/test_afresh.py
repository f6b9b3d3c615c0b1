"""What the routes of an API have noted is forgotten: in lists, in objects and in theirs; who worked ends."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any, Final

import httpx
from fastapi import APIRouter

from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.server import build_app
from shared.http.vault import Vault
from tests.kit import afresh
from tests.kit.afresh import what_is_noted
from tests.shared.http.stub import StubRuntime

_WORKS: Final[list[asyncio.Task[None]]] = []


class Memory:
    def __init__(self) -> None:
        self.frames: deque[int] = deque(maxlen=3)
        self.work: asyncio.Task[None] | None = None
        self.changed = asyncio.Event()


class Names:
    def __init__(self) -> None:
        self.memory = Memory()
        self.known = {"ann": 1}


async def test_it_is_as_it_was_built(monkeypatch: Any) -> None:
    monkeypatch.setattr(afresh, "_OURS", (*afresh._OURS, __name__))

    def router(api: Api) -> APIRouter:
        routes, made, names = APIRouter(), [0], Names()

        def note() -> None:
            made.append(len(made))
            names.known["bob"] = 2
            names.memory.frames.append(7)
            names.memory.changed.set()
            names.memory.work = asyncio.create_task(asyncio.sleep(3600))
            _WORKS.append(names.memory.work)

        @routes.get("/v1/noted", dependencies=[api.public])
        async def answer() -> Answer:
            memory = names.memory
            found = [made.copy(), names.known.copy(), [*memory.frames], memory.changed.is_set(), memory.work is None]
            note()
            return Answer(found)

        return routes

    runtime: Any = StubRuntime(router)
    app = build_app(runtime, bus=None, vault=Vault(runtime.settings))
    forget = what_is_noted(app)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://rating") as client:
        first = (await client.get("/v1/noted")).json()
        assert first == [[0], {"ann": 1}, [], False, True]
        assert (await client.get("/v1/noted")).json() == [[0, 1], {"ann": 1, "bob": 2}, [7], True, False]
        forget()
        assert (await client.get("/v1/noted")).json() == first
        await asyncio.wait([_WORKS[1]])
        assert _WORKS[1].cancelled()
    for work in _WORKS:
        work.cancel()
