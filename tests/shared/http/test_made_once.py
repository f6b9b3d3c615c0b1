"""What is dear to make is made once, and nobody else waits for it."""

from __future__ import annotations

import asyncio
import threading

import pytest

from shared.http.made_once import MadeOnce
from shared.http.openapi import describe
from tests.shared.http.stub import StubRuntime, client_of
from tests.shared.http.test_roles import router


async def test_a_service_answers_others_while_it_describes_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    others_were_answered = threading.Event()

    def slowly(*args: object, **named: object) -> object:
        assert others_were_answered.wait(10), "nobody else was answered meanwhile"
        return describe(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("shared.http.server.describe", slowly)
    async with client_of(StubRuntime(router)) as client:
        described = asyncio.create_task(client.get("/openapi.json"))
        assert (await client.get("/healthz")).status_code == 200
        others_were_answered.set()
        assert "/v1/write" in (await described).json()["paths"]


async def test_a_service_describes_itself_once_however_often_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    times = []

    def counted(*args: object, **named: object) -> object:
        times.append(1)
        return describe(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("shared.http.server.describe", counted)
    async with client_of(StubRuntime(router)) as client:
        answers = await asyncio.gather(*(client.get("/openapi.json") for _ in range(5)))
        answers.append(await client.get("/openapi.json"))
    assert len(times) == 1 and len({answer.content for answer in answers}) == 1


async def test_who_goes_away_leaves_the_work_to_who_asks_next() -> None:
    go_on, times = threading.Event(), []

    def make() -> list[int]:
        times.append(1)
        go_on.wait(10)
        return times

    made = MadeOnce(make)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(made.text(), 0.01)
    go_on.set()
    assert await made.text() == b"[1]"


async def test_what_could_not_be_made_is_tried_again() -> None:
    answers = iter([ValueError("not yet"), {"a": 1}])

    def make() -> object:
        answer = next(answers)
        if isinstance(answer, ValueError):
            raise answer
        return answer

    made = MadeOnce(make)
    with pytest.raises(ValueError, match="not yet"):
        await made.text()
    assert await made.text() == b'{"a":1}'
