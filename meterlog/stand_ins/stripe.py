"""Stripe as a program of its own: PaymentIntents and refunds, and webhooks that come late, twice and out of order.

    python -m meterlog.stand_ins.stripe --port 0              # says "listening on 53124"

    POST /control/webhooks {"url", "secret", "mode": "once"|"off"|"twice"|"held"}     held: until they are let go
    POST /control/release  {"order": "reversed", "times": 3}       what was held, in this order, so many times
    POST /control/intents/{id} {"to": "succeeded"}                 what the customer or the bank does
    POST /control/trouble  {"every": 5}                            each fifth charge is made and its answer is lost
    GET  /control/books                                            what it holds, and what it was asked twice

What becomes of a charge its payment method says (`intents.py`).
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web

from meterlog.stand_ins.intents import Answered, Books, Intent

TIMEOUT_S: Final = 10.0
SLOW_S: Final = 4.0
TRIES: Final = 40
"""Stripe sends a webhook for three days; here for as long as a restart of ours may take, and some more."""
Now = Callable[[], Awaitable[float]]
_TYPES: Final = {
    "succeeded": "payment_intent.succeeded",
    "processing": "payment_intent.processing",
    "requires_action": "payment_intent.requires_action",
    "canceled": "payment_intent.canceled",
    "requires_payment_method": "payment_intent.payment_failed",
}


class StripeStandIn:
    """`now` is the instant that webhooks are signed at, in seconds: the services' own, whose clock may be a test's."""

    def __init__(self, now: Now | None = None) -> None:
        self.books = Books()
        self._now = now or _machine_time
        self.url = ""
        self._hook: dict[str, str] = {"url": "", "secret": "", "mode": "off"}
        self._held: list[bytes] = []
        self._trouble = 0
        self._created = 0
        self._sending: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    def application(self) -> web.Application:
        application = web.Application()
        application.add_routes(
            [
                web.post("/v1/payment_intents", self._create),
                web.get("/v1/payment_intents/search", self._search),
                web.get("/v1/payment_intents/{id}", self._one),
                web.post("/v1/payment_intents/{id}/cancel", self._cancel),
                web.post("/v1/refunds", self._refund),
                web.get("/v1/refunds", self._refunds),
                web.get("/v1/refunds/{id}", self._one_refund),
                web.post("/control/webhooks", self._set_webhooks),
                web.post("/control/release", self._release),
                web.post("/control/intents/{id}", self._move),
                web.post("/control/trouble", self._set_trouble),
                web.get("/control/books", self._show_books),
            ]
        )
        return application

    def tell(self, url: str, secret: str, mode: str) -> None:
        """Webhooks go there from now on."""
        self._hook = {"url": url, "secret": secret, "mode": mode}

    def lose_every(self, n: int) -> None:
        """Of the charges that are made each n-th loses its answer; 0: none does."""
        self._trouble = n

    async def close(self) -> None:
        for task in self._sending:
            task.cancel()
        if self._session is not None:
            await self._session.close()

    # -- Stripe's API ------------------------------------------------------------------------------------------------

    async def _create(self, request: web.Request) -> web.StreamResponse:
        if (refused := _unauthorised(request)) is not None:
            return refused
        fields = dict(parse_qsl(await request.text()))
        word = fields.get("payment_method", "").removeprefix("pm_")
        if word == "away":
            self.books.calls[fields.get("metadata[intent_id]", "")] += 1
            return _hung_up(request)
        known = len(self.books.intents)
        status, body = self.books.create(fields, request.headers.get("Idempotency-Key", f"none-{known}"))
        made = [*self.books.intents.values()][known:]
        for intent in made:
            await self._tell(intent, now=word == "hook_first")
        self._created += len(made)
        troubled = bool(made) and self._trouble > 0 and self._created % self._trouble == 0
        if word == "slow":
            await asyncio.sleep(SLOW_S)
        if word == "timeout" or troubled:
            return _hung_up(request)
        if word == "broken":
            return web.json_response({"error": {"type": "api_error"}}, status=500)
        return web.json_response(body, status=status)

    async def _search(self, request: web.Request) -> web.StreamResponse:
        """Only as we ask: metadata['intent_id']:'…'."""
        if (refused := _unauthorised(request)) is not None:
            return refused
        wanted = request.query.get("query", "").rpartition(":")[2].strip("'")
        found = [intent.shown() for intent in self.books.find(wanted)]
        return web.json_response({"object": "search_result", "data": found, "has_more": False, "url": request.path})

    async def _one(self, request: web.Request) -> web.StreamResponse:
        if (refused := _unauthorised(request)) is not None:
            return refused
        intent = self.books.intents.get(request.match_info["id"])
        if intent is None:
            error = {"type": "invalid_request_error", "code": "resource_missing"}
            return web.json_response({"error": error}, status=404)
        return web.json_response(intent.shown())

    async def _cancel(self, request: web.Request) -> web.StreamResponse:
        if (refused := _unauthorised(request)) is not None:
            return refused
        answered: Answered = self.books.cancel(request.match_info["id"])
        if answered[0] == 200:
            await self._tell(self.books.intents[request.match_info["id"]])
        return web.json_response(answered[1], status=answered[0])

    async def _refund(self, request: web.Request) -> web.StreamResponse:
        if (refused := _unauthorised(request)) is not None:
            return refused
        known, key = len(self.books.refunds), request.headers.get("Idempotency-Key", "")
        status, body = self.books.refund(dict(parse_qsl(await request.text())), key)
        made = [*self.books.refunds.values()][known:]
        for refund in made:
            await self._say("refund.updated", refund.shown())
        self._created += len(made)
        troubled = bool(made) and self._trouble > 0 and self._created % self._trouble == 0
        return _hung_up(request) if troubled else web.json_response(body, status=status)

    async def _refunds(self, request: web.Request) -> web.StreamResponse:
        """Those of an intent."""
        if (refused := _unauthorised(request)) is not None:
            return refused
        wanted = request.query.get("payment_intent")
        found = [one.shown() for one in self.books.refunds.values() if one.payment_intent == wanted]
        return web.json_response({"object": "list", "data": found, "has_more": False})

    async def _one_refund(self, request: web.Request) -> web.StreamResponse:
        found = self.books.refunds.get(request.match_info["id"])
        if (refused := _unauthorised(request)) is not None or found is None:
            return refused or web.json_response({"error": {"code": "resource_missing"}}, status=404)
        return web.json_response(found.shown())

    # -- what tests say ----------------------------------------------------------------------------------------------

    async def _set_webhooks(self, request: web.Request) -> web.Response:
        self._hook |= await request.json()
        return web.json_response({"mode": self._hook["mode"]})

    async def _set_trouble(self, request: web.Request) -> web.Response:
        self.lose_every(int((await request.json())["every"]))
        return web.json_response({"every": self._trouble})

    async def _move(self, request: web.Request) -> web.Response:
        intent = self.books.move(request.match_info["id"], (await request.json())["to"])
        if intent is None:
            return web.json_response({}, status=404)
        await self._tell(intent)
        return web.json_response(intent.shown())

    async def _release(self, request: web.Request) -> web.Response:
        """Each of them is answered before the next one is sent; returns what was answered."""
        how = await request.json()
        held, self._held = self._held, []
        ordered = held[::-1] if how.get("order") == "reversed" else held
        answers = [await self._post(body) for _ in range(int(how.get("times", 1))) for body in ordered]
        return web.json_response({"answers": answers})

    async def _show_books(self, request: web.Request) -> web.Response:
        books = self.books
        shown = [{**vars(one), "calls": books.calls[one.intent_id]} for one in books.intents.values()]
        held = len(self._held)
        return web.json_response({"intents": shown, "calls": books.calls, "twice": books.twice(), "held": held})

    # -- webhooks ----------------------------------------------------------------------------------------------------

    async def _tell(self, intent: Intent, *, now: bool = False) -> None:
        await self._say(_TYPES[intent.status], intent.shown(), now=now)

    async def _say(self, kind: str, shown: dict[str, Any], *, now: bool = False) -> None:
        event = {
            "id": f"evt_{time.monotonic_ns()}",
            "object": "event",
            "api_version": "2026-10-28",
            "created": int(time.time()),
            "type": kind,
            "data": {"object": shown},
        }
        body, mode = json.dumps(event).encode(), self._hook["mode"]
        if now:
            await self._post(body)
        elif mode == "held":
            self._held.append(body)
        elif mode in ("once", "twice"):
            for _ in range(2 if mode == "twice" else 1):
                task = asyncio.create_task(self._deliver(body))
                self._sending.add(task)
                task.add_done_callback(self._sending.discard)

    async def _deliver(self, body: bytes) -> None:
        """Until it is taken, with longer and longer pauses."""
        for turn in range(TRIES):
            if await self._post(body) == 200:
                return
            await asyncio.sleep(min(10.0, 0.2 * 2**turn))

    async def _post(self, body: bytes) -> int:
        """The status of the answer; 0 where there was none."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT_S))
        headers = {
            "Stripe-Signature": signature(body, self._hook["secret"], await self._now()),
            "Content-Type": "application/json",
        }
        try:
            async with self._session.post(self._hook["url"], data=body, headers=headers) as answer:
                await answer.read()
                return answer.status
        except (aiohttp.ClientError, TimeoutError):
            return 0


def signature(body: bytes, secret: str, at_s: float) -> str:
    stamp = str(int(at_s))
    digest = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={digest}"


@asynccontextmanager
async def stripe_stand_in(port: int = 0, *, now: Now | None = None) -> AsyncIterator[StripeStandIn]:
    """Listening on a port of its own within the block."""
    stand_in = StripeStandIn(now)
    runner = web.AppRunner(stand_in.application())
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        stand_in.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield stand_in
    finally:
        await stand_in.close()
        await runner.cleanup()


async def _machine_time() -> float:
    return time.time()


def _unauthorised(request: web.Request) -> web.Response | None:
    if request.headers.get("Authorization", "").startswith("Bearer sk_"):
        return None
    return web.json_response({"error": {"type": "invalid_request_error", "message": "Invalid API Key"}}, status=401)


def _hung_up(request: web.Request) -> web.Response:
    """The connection is closed in place of an answer."""
    if request.transport is not None:
        request.transport.close()
    return web.Response()


async def _serve(port: int) -> None:
    async with stripe_stand_in(port) as stand_in:
        print(f"listening on {stand_in.url.rpartition(':')[2]}", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--port", type=int, default=0)
    asyncio.run(_serve(parser.parse_args().port))
