"""The test clock moves forward only, in order, and not before everything due has happened."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiokafka.errors import KafkaConnectionError, KafkaTimeoutError

from meterlog.entry import clock
from meterlog.entry.app import ClockTopicControl
from shared.engine.clock import Clock, ClockReleased, ClockSet
from tests.meterlog.entry.stubs import StubEntry, key, running_entry


@pytest.fixture
async def entry(tmp_path: Path) -> AsyncIterator[StubEntry]:
    async with running_entry(tmp_path) as entry:
        yield entry


def at(month: int, day: int = 1) -> datetime:
    return datetime(2026, month, day, tzinfo=UTC)


async def set_clock(entry: StubEntry, text: str | None) -> int:
    return (await entry.client.put("/v1/clock", json={"now": text}, headers=key("admin"))).status_code


async def test_the_clock_is_shown_to_whoever_is_known(entry: StubEntry) -> None:
    answer = await entry.client.get("/v1/clock", headers=key("ingest"))
    assert answer.json() == {"now": "2026-11-23T06:00:00Z", "test": True}
    assert (await entry.client.get("/v1/clock")).status_code == 401


async def test_it_may_start_anywhere_and_then_goes_forward_only(entry: StubEntry) -> None:
    assert await set_clock(entry, "2026-09-01T00:00:00Z") == 200
    assert await set_clock(entry, "2026-09-02T00:00:00+02:00") == 200
    answer = await entry.client.put("/v1/clock", json={"now": "2026-08-31T00:00:00Z"}, headers=key("admin"))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/now")
    assert "2026-09-01T22:00:00Z" in answer.json()["detail"]


async def test_advancing_stops_at_everything_that_is_due(entry: StubEntry) -> None:
    await set_clock(entry, "2026-09-01T00:00:00Z")
    entry.system.due = [at(10), at(9, 15), at(11), at(12)]
    answer = await entry.client.post("/v1/clock/advance", json={"to": "2026-11-15T00:00:00Z"}, headers=key("admin"))
    assert answer.json() == {"now": "2026-11-15T00:00:00Z", "test": True}
    moves = [move.now for move in entry.control.moves if isinstance(move, ClockSet)]
    assert moves == [at(9), at(9), at(9, 15), at(10), at(11), at(11, 15)]


async def test_advancing_backwards_is_refused(entry: StubEntry) -> None:
    await set_clock(entry, "2026-09-01T00:00:00Z")
    answer = await entry.client.post("/v1/clock/advance", json={"to": "2026-08-01T00:00:00Z"}, headers=key("admin"))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "clock_backwards")


async def test_a_service_that_does_not_get_done_is_named(entry: StubEntry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "STEP_S", 1.0)  # long enough for the others to be done
    entry.system.busy.add("invoicing")
    answer = await entry.client.post("/v1/clock/advance", json={"to": "2026-12-01T00:00:00Z"}, headers=key("admin"))
    assert answer.status_code == 503
    assert "invoicing" in answer.json()["detail"]
    assert "payments" not in answer.json()["detail"]


async def test_after_a_step_that_was_not_finished_advancing_goes_on_where_it_stood(
    entry: StubEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    await set_clock(entry, "2026-09-01T00:00:00Z")
    entry.system.due = [at(10), at(11)]
    entry.system.busy.add("invoicing")
    body = {"to": "2026-11-15T00:00:00Z"}
    with monkeypatch.context() as impatient:
        impatient.setattr(clock, "STEP_S", 0.2)
        assert (await entry.client.post("/v1/clock/advance", json=body, headers=key("admin"))).status_code == 503
    assert (await entry.client.get("/v1/clock", headers=key("admin"))).json()["now"] == "2026-09-01T00:00:00Z"
    entry.system.busy.clear()
    for _ in range(2):
        answer = await entry.client.post("/v1/clock/advance", json=body, headers=key("admin"))
        assert answer.json() == {"now": "2026-11-15T00:00:00Z", "test": True}
    moves = [move.now for move in entry.control.moves if isinstance(move, ClockSet)]
    assert [now for n, now in enumerate(moves) if n == 0 or now != moves[n - 1]] == [at(9), at(10), at(11), at(11, 15)]


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
async def test_released_it_plays_what_is_due_until_real_time_and_runs_with_it(entry: StubEntry, method: str) -> None:
    await set_clock(entry, "2026-09-01T00:00:00Z")
    entry.system.due = [at(9, 15), at(10)]
    assert await release(entry, method) < timedelta(minutes=1)
    moves = [move.now for move in entry.control.moves if isinstance(move, ClockSet)]
    assert moves[:4] == [at(9), at(9), at(9, 15), at(10)]
    assert entry.control.moves[-1] == ClockReleased()


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
async def test_released_ahead_of_real_time_it_runs_on_from_where_it_stands(entry: StubEntry, method: str) -> None:
    await set_clock(entry, "2150-01-01T00:00:00Z")
    await release(entry, method)
    assert datetime(2150, 1, 1, tzinfo=UTC) <= entry.control.now() < datetime(2150, 1, 2, tzinfo=UTC)
    assert not isinstance(entry.control.moves[-1], ClockSet)


async def release(entry: StubEntry, method: str) -> timedelta:
    """How far from real time the clock is afterwards."""
    content = b'{"now": null}' if method == "PUT" else None
    answer = await entry.client.request(method, "/v1/clock", headers=key("admin"), content=content)
    assert answer.status_code == 200, answer.text
    return abs(datetime.now(UTC) - entry.control.now())


@pytest.mark.parametrize("role", ["billing", "support", "ingest"])
async def test_only_an_admin_moves_it(entry: StubEntry, role: str) -> None:
    answer = await entry.client.put("/v1/clock", json={"now": "2026-09-01T00:00:00Z"}, headers=key(role))
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("body", "status", "pointer", "code"),
    [
        (b"{bad",                           400, "",     "malformed"),
        (b'{"now": "\xff"}',                400, "",     "malformed"),
        (b'{"now": null, "now": 5}',        422, "/now", "duplicate_key"),
        (b"[]",                             422, "/now", "required"),
        (b"{}",                             422, "/now", "required"),
        (b'{"now": 5}',                     422, "/now", "invalid"),
        (b'{"now": "2026-09-01"}',          422, "/now", "invalid"),
        (b'{"now": "2026-09-01T00:00:00"}', 422, "/now", "invalid"),
        (b'{"now": "2026-W36-2T00:00:00Z"}', 422, "/now", "invalid"),
        (b'{"now": "0001-01-01T00:00:00+10:00"}', 422, "/now", "invalid"),
        (b'{"now": "9999-12-31T23:59:59-12:00"}', 422, "/now", "invalid"),
        (b'{"now": "3000-01-01T00:00:00Z"}', 422, "/now", "invalid"),
        (b'{"now": null, "then": 1}',       422, "/then", "unknown_field"),
    ],
)  # fmt: skip
async def test_a_bad_instant_is_refused(entry: StubEntry, body: bytes, status: int, pointer: str, code: str) -> None:
    answer = await entry.client.put("/v1/clock", content=body, headers=key("admin"))
    [error] = answer.json()["errors"]
    assert (answer.status_code, error["pointer"], error["code"]) == (status, pointer, code)


async def test_the_real_clock_can_not_be_moved(tmp_path: Path) -> None:
    async with running_entry(tmp_path, test_clock=False) as entry:
        for method, path, field in (("PUT", "/v1/clock", "now"), ("POST", "/v1/clock/advance", "to")):
            answer = await entry.client.request(
                method, path, json={field: "2026-12-01T00:00:00Z"}, headers=key("admin")
            )
            assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "real_clock")


@pytest.mark.parametrize("to", ["0001-01-01T00:00:00+10:00", "9999-12-31T23:59:59-12:00"])
async def test_advancing_to_an_instant_beyond_the_calendar_is_refused(entry: StubEntry, to: str) -> None:
    answer = await entry.client.post("/v1/clock/advance", json={"to": to}, headers=key("admin"))
    [error] = answer.json()["errors"]
    assert (answer.status_code, error["pointer"], error["code"]) == (422, "/to", "invalid")


class AwayKafka:
    """A broker that takes nothing, in one of the ways in which aiokafka says so."""

    env = "test"

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def topic(self, name: str) -> str:
        return name

    async def send_and_wait(self, *_args: Any, **_more: Any) -> Any:
        raise self._error


@pytest.mark.parametrize("error", [KafkaTimeoutError(), KafkaConnectionError(), TimeoutError(), OSError("refused")])
@pytest.mark.parametrize(
    ("method", "path", "field"), [("PUT", "/v1/clock", "now"), ("POST", "/v1/clock/advance", "to")]
)
async def test_while_kafka_is_away_the_clock_answers_503_and_names_it(
    entry: StubEntry, monkeypatch: pytest.MonkeyPatch, error: BaseException, method: str, path: str, field: str
) -> None:
    away: Any = AwayKafka(error)
    control = ClockTopicControl(Clock(away, test=True), away, away)
    monkeypatch.setattr(entry.control, "move", control.move)
    answer = await entry.client.request(method, path, json={field: "2026-12-01T00:00:00Z"}, headers=key("admin"))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (503, "service_unavailable")
    assert answer.json()["detail"].startswith("kafka does not answer")
