"""Stripe's stand-in as the program that it is, and what tests say to it.

async with stripe_program() as stripe:
    await stripe.tells("http://127.0.0.1:8083", "whsec", "held")
    (await stripe.books())["twice"]
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx


class StripeProgram:
    def __init__(self, url: str, client: httpx.AsyncClient) -> None:
        self.url = url
        self._client = client

    async def tells(self, address: str, secret: str, mode: str) -> None:
        """Webhooks go there from now on: `once`, `twice`, `held` or `off`."""
        hook = {"url": f"{address}/v1/gateways/stripe/webhook", "secret": secret, "mode": mode}
        await self._say("webhooks", hook)

    async def release(self, *, order: str = "as_made", times: int = 1) -> list[int]:
        answers: list[int] = (await self._say("release", {"order": order, "times": times}))["answers"]
        return answers

    async def customer(self, intent: str, does: str) -> None:
        await self._say(f"intents/{intent}", {"to": does})

    async def books(self) -> dict[str, Any]:
        answer = await self._client.get("/control/books")
        found: dict[str, Any] = answer.json()
        return found

    async def calls(self, collection_id: str) -> list[tuple[str, int]]:
        """How often it was called for each attempt of a collection."""
        books = await self.books()
        return sorted((key, n) for key, n in books["calls"].items() if key.rpartition("-")[0] == collection_id)

    async def _say(self, what: str, body: dict[str, Any]) -> Any:
        answer = await self._client.post(f"/control/{what}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()


@asynccontextmanager
async def stripe_program() -> AsyncIterator[StripeProgram]:
    command = (sys.executable, "-m", "meterlog.stand_ins.stripe", "--port", "0")
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        said = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
        url = f"http://127.0.0.1:{int(said.split()[-1])}"
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:
            yield StripeProgram(url, client)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
