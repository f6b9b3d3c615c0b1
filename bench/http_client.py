"""A collector in a process of its own: batches of a thousand records over HTTP, as fast as they are taken or at a rate.

    python -m bench.http_client bodies.bin --url http://127.0.0.1:8080 --key mk_... --at-once 4 [--rate 10000]
    {"records": 400000, "seconds": 7.9, "ms": [31.2, ...]}

At a rate a time is counted from when the batch was due, so that one that had to wait for its predecessor is not
flattered.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import pickle
import time
from pathlib import Path
from typing import Final

import httpx

from shared.http.transport import Wire

RECORDS_A_BODY: Final = 1000


async def post_all(bodies: list[bytes], *, url: str, key: str, at_once: int, rate: float | None) -> dict[str, object]:
    """Raises `RuntimeError` unless each is answered 202 with nothing rejected."""
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    places = asyncio.Semaphore(at_once)
    times_s: list[float] = []
    began_s = time.monotonic()

    async def post(number: int, body: bytes) -> None:
        due_s = time.monotonic() if rate is None else began_s + number * RECORDS_A_BODY / rate
        await asyncio.sleep(max(0.0, due_s - time.monotonic()))
        async with places:
            sent_s = time.monotonic() if rate is None else due_s
            answer = await client.post("/v1/usage/records", content=body, headers=headers)
            times_s.append(time.monotonic() - sent_s)
        if answer.status_code != 202 or answer.json()["rejected"]:
            raise RuntimeError(f"{answer.status_code} {answer.text[:300]}")

    async with httpx.AsyncClient(base_url=url, timeout=60, transport=Wire()) as client:
        await asyncio.gather(*(post(number, body) for number, body in enumerate(bodies)))
    seconds = time.monotonic() - began_s
    return {"records": len(bodies) * RECORDS_A_BODY, "seconds": seconds, "ms": [1000 * s for s in times_s]}


def main() -> None:
    parser = argparse.ArgumentParser(description="Post batches that were written before.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--url", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--at-once", type=int, default=4)
    parser.add_argument("--rate", type=float)
    given = parser.parse_args()
    bodies: list[bytes] = pickle.loads(given.file.read_bytes())
    told = asyncio.run(post_all(bodies, url=given.url, key=given.key, at_once=given.at_once, rate=given.rate))
    print(json.dumps(told))


if __name__ == "__main__":
    main()
