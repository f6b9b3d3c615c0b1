"""`/v1/clock`: the time of the system, and with the test clock on, the control that moves it.

    PUT    /v1/clock          {"now": "2026-09-01T00:00:00Z"}     set it
    POST   /v1/clock/advance  {"to": "2026-12-01T00:00:00Z"}      answers when everything due until then has happened
    DELETE /v1/clock                                              let it run again, from real time on if it lies ahead

Advancing asks each service for its earliest due instant, moves there, waits until all is quiet, and asks again: what
happens at midnight may make something due at one o'clock. So three months play out in order and in seconds. Quiet means
that every service has followed the clock, has read all there is, has no timer left that is due, and that two rounds of
questions found the same. One that is not quiet after 60 s is named in a 503; the clock stays where it was then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from meterlog.entry.proxy import Proxy
from meterlog.entry.services import Services, content_of
from meterlog.installation import SERVICES
from shared.engine.clock import ClockReleased, ClockSet
from shared.http.answer import Answer
from shared.http.problems import Unavailable
from shared.kernel import bodies
from shared.kernel.envelope import format_instant, parse_instant
from shared.kernel.errors import Rejection
from shared.kernel.json_keys import NOT_JSON, check_keys
from shared.kernel.message import Event

STEP_S: Final = 60.0
_FOLLOW_S: Final = 10.0
# A round asks every service and they ask the broker: the longer it takes, the more rarely it is asked.
_FIRST_ROUND_S: Final = 0.02
_LAST_ROUND_S: Final = 0.25
_MICROSECOND: Final = timedelta(microseconds=1)


class ClockControl(Protocol):
    """The system's clock and the way to move it."""

    @property
    def test(self) -> bool: ...

    @property
    def started(self) -> bool: ...

    def now(self) -> datetime: ...

    async def move(self, event: Event, *, actor: str) -> int:
        """Write a clock event and follow it here; returns its offset."""
        ...


class ClockApi:
    """The four routes. One movement at a time."""

    def __init__(self, control: ClockControl, services: Services, proxy: Proxy) -> None:
        self._control = control
        self._services = services
        self._proxy = proxy
        self._moving = asyncio.Lock()

    async def show(self, request: Request) -> Response:
        await self._proxy.admit(request)
        return self._answer()

    async def set(self, request: Request) -> Response:
        actor = await self._mover(request)
        now = await _instant(request, "now", optional=True)
        async with self._alone():
            if now is None:
                await asyncio.shield(asyncio.ensure_future(self._release(actor)))
            else:
                self._check_forward(now, "/now")
                offset = await self._control.move(ClockSet(now=now), actor=actor)
                await self._all_quiet(offset, until=None, deadline_s=_FOLLOW_S)
        return self._answer()

    async def release(self, request: Request) -> Response:
        """Let it run: back to real time, where what is due until then plays out in order first. A clock that stands
        ahead of real time runs on from where it stands, since time does not go backwards.
        """
        actor = await self._mover(request)
        async with self._alone():
            await asyncio.shield(asyncio.ensure_future(self._release(actor)))
        return self._answer()

    async def _release(self, actor: str) -> None:
        if self._control.started and self._control.now() < _real_now():
            await self._advance(_real_now(), actor)
        ahead = (self._control.now() - _real_now()) // _MICROSECOND if self._control.started else 0
        offset = await self._control.move(ClockReleased(ahead_us=max(0, ahead)), actor=actor)
        await self._all_quiet(offset, until=None, deadline_s=_FOLLOW_S)

    async def advance(self, request: Request) -> Response:
        actor = await self._mover(request)
        to = await _instant(request, "to")
        assert to is not None
        async with self._alone():
            self._check_forward(to, "/to")
            # A caller who hangs up does not stop time half-way.
            await asyncio.shield(asyncio.ensure_future(self._advance(to, actor)))
        return self._answer()

    async def _advance(self, to: datetime, actor: str) -> None:
        if not self._control.started and to < self._control.now():
            # Never set, it may start anywhere; there is nothing between real time and the past.
            offset = await self._control.move(ClockSet(now=to), actor=actor)
            await self._all_quiet(offset, until=to, deadline_s=STEP_S)
            return
        # What is due already comes first, at the time it is now.
        offset = await self._control.move(ClockSet(now=self._control.now()), actor=actor)
        next_due = await self._all_quiet(offset, until=self._control.now(), deadline_s=STEP_S)
        while True:
            at = to if next_due is None else min(max(next_due, self._control.now()), to)
            offset = await self._control.move(ClockSet(now=at), actor=actor)
            next_due = await self._all_quiet(offset, until=at, deadline_s=STEP_S)
            if at == to:
                return

    async def _all_quiet(self, offset: int, *, until: datetime | None, deadline_s: float) -> datetime | None:
        """Wait until nothing happens any more; returns the next instant at which something will.

        Without `until` it is enough that all have followed the clock. Raises `Unavailable` naming who is in the way.
        """
        deadline = asyncio.get_running_loop().time() + deadline_s
        before: tuple[Any, ...] | None = None
        pause_s = _FIRST_ROUND_S
        while True:
            rounds = await asyncio.gather(*(self._progress(name) for name in SERVICES))
            busy = [name for name, seen in zip(SERVICES, rounds, strict=True) if not _quiet(seen, offset, until)]
            activity = tuple(seen.get("activity") for seen in rounds)
            if not busy and (until is None or activity == before):
                return min((due for due in map(_next_due, rounds) if due is not None), default=None)
            if asyncio.get_running_loop().time() >= deadline:
                waited = f"not done with {format_instant(self._control.now())} after {deadline_s:.0f} s"
                raise Unavailable("clock_step_unfinished", f"{', '.join(busy) or 'the services'}: {waited}; try again")
            pause_s = min(pause_s * 1.4, _LAST_ROUND_S) if busy else _FIRST_ROUND_S
            before = None if busy else activity
            await asyncio.sleep(pause_s)

    async def _progress(self, service: str) -> Mapping[str, Any]:
        try:
            return content_of(await self._services.ask(service, "/internal/progress"), service)
        except Unavailable:
            return {}  # restarting: it counts as busy

    async def _mover(self, request: Request) -> str:
        grant = await self._proxy.admit(request)
        if grant.role != "admin":
            raise Rejection("forbidden", f"the role {grant.role} may not move the clock; admin may", status=403)
        if not self._control.test:
            detail = "this system runs on real time; start it with --test-clock to move its clock"
            raise Rejection("real_clock", detail, status=409)
        return grant.actor

    def _check_forward(self, to: datetime, pointer: str) -> None:
        """Time does not go backwards. A test clock that was never set may start anywhere."""
        now = self._control.now()
        if self._control.started and to < now:
            detail = f"it is {format_instant(now)} already; {format_instant(to)} is in the past"
            raise Rejection("clock_backwards", detail, pointer=pointer)

    def _alone(self) -> asyncio.Lock:
        if self._moving.locked():
            raise Rejection("clock_moving", "the clock is being moved; try again when that is done", status=409)
        return self._moving

    def _answer(self) -> Response:
        return Answer({"now": self._control.now(), "test": self._control.test})


def _quiet(seen: Mapping[str, Any], offset: int, until: datetime | None) -> bool:
    if int(seen.get("clock", -1)) <= offset:
        return False
    due = _next_due(seen)
    return until is None or (bool(seen.get("idle")) and (due is None or due > until))


def _next_due(seen: Mapping[str, Any]) -> datetime | None:
    text = seen.get("next_due")
    return None if text is None else parse_instant(text)


def _real_now() -> datetime:
    return datetime.now(UTC)


async def _instant(request: Request, field: str, *, optional: bool = False) -> datetime | None:
    """The only field of the body. Raises a refusal that names it."""
    text = await request.body()
    try:
        body = msgspec.json.decode(text)
    except NOT_JSON as error:
        raise Rejection("malformed", f"the body is not JSON: {error}", status=400) from error
    check_keys(text)
    if not isinstance(body, dict) or field not in body:
        raise Rejection(
            "required", f"{field} is missing; give an instant such as 2026-11-23T01:00:00Z", pointer=f"/{field}"
        )
    for name in body:
        if name != field:
            raise Rejection("unknown_field", f"{name} is not a field of this request; remove it", pointer=f"/{name}")
    value = body[field]
    if value is None and optional:
        return None
    try:
        return bodies.parse_instant(value)
    except ValueError as error:
        detail = f"{field} is an instant with its offset, such as 2026-11-23T01:00:00Z, from 1970 to 2999"
        raise Rejection("invalid", detail, pointer=f"/{field}") from error
