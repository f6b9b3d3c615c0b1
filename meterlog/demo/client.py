"""The demo as a client of the API: every write carries a key, so that what a restart swallowed is simply sent again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from typing import Any

import httpx

from shared.http.transport import Wire

# How long a service may be away before the demo gives up; a restart takes a few seconds.
GIVE_UP_AFTER_S = 60.0
PAUSE_S = 0.25
AT_ONCE = 48
# 503: a service is starting; 504: an answer did not come in time. Both are safe to repeat under the same key.
PASSING = frozenset({502, 503, 504})


class Refused(Exception):
    """The API said no to something the demo is sure of: a defect, told with the API's own words."""


class Client:
    def __init__(self, base_url: str, key: str, *, give_up_after_s: float = GIVE_UP_AFTER_S) -> None:
        self._give_up_after_s = give_up_after_s
        self._http = httpx.AsyncClient(
            base_url=base_url,
            headers={"Authorization": f"Bearer {key}"},
            timeout=httpx.Timeout(90.0),
            transport=Wire(),
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def get(self, path: str, **query: Any) -> Any:
        return await self._call("GET", path, params=query)

    async def post(self, path: str, body: Any, *, key: str) -> Any:
        """`key` is the Idempotency-Key; what was done already answers as it did then."""
        return await self._call("POST", path, json=body, headers={"Idempotency-Key": key})

    async def put(self, path: str, body: Any) -> Any:
        return await self._call("PUT", path, json=body)

    async def patch(self, path: str, body: Any) -> Any:
        return await self._call("PATCH", path, json=body)

    def passes(self, answer: httpx.Response) -> bool:
        """Whether an answer that is no success may be another one in a moment, to the same request."""
        return answer.status_code == 202 or answer.status_code in PASSING

    async def _call(self, method: str, path: str, **how: Any) -> Any:
        deadline = asyncio.get_running_loop().time() + self._give_up_after_s
        while True:
            try:
                answer = await self._http.request(method, path, **how)
                if answer.status_code < 300 and answer.status_code != 202:
                    return answer.json()
                why = f"{method} {path}: {answer.status_code} {answer.text[:500]}"
                if not self.passes(answer):
                    raise Refused(why)
            except httpx.TransportError as error:
                why = f"{method} {path}: {error!r}"
            if asyncio.get_running_loop().time() > deadline:
                raise Refused(f"{why} (for {self._give_up_after_s:.0f} s)")
            await asyncio.sleep(PAUSE_S)


async def together(work: Iterable[Awaitable[Any]]) -> list[Any]:
    """Many requests, AT_ONCE of them at a time, results in order."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(job: Awaitable[Any]) -> Any:
        async with places:
            return await job

    return await asyncio.gather(*(one(job) for job in work))
