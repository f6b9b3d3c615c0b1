"""A large body that is refused leaves memory with its answer, and not when the garbage collector comes by."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import AsyncIterator

import httpx
import pytest

from shared.http import request_middleware
from tests.shared.http.test_problems import client

__all__ = ["client"]

MEGABYTE = 1_000_000
TIMES = 10


async def in_pieces(body: bytes) -> AsyncIterator[bytes]:
    yield body


@pytest.mark.parametrize("told", [True, False], ids=["with its length", "in chunks"])
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"amount": {"amount": "1.5", "currency": "EUR"}, "method": "' + b"z" * MEGABYTE + b'"}', 422),
        (b'{"amount":' + b"}" * MEGABYTE, 400),
    ],
    ids=["a method that there is not", "no JSON"],
)
async def test_a_refused_body_is_gone_with_its_answer(
    monkeypatch: pytest.MonkeyPatch, client: httpx.AsyncClient, body: bytes, status: int, told: bool
) -> None:
    monkeypatch.setattr(request_middleware, "REFUSED_BYTES", MEGABYTE)
    json_of = {"content-type": "application/json"}
    gc.collect()
    gc.freeze()  # What other tests have left would be looked through with each body.
    gc.disable()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(TIMES):
            own = bytes(bytearray(body))
            answer = await client.post("/v1/payments", content=own if told else in_pieces(own), headers=json_of)
            assert answer.status_code == status
        del answer, own
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        gc.enable()
        gc.unfreeze()
    assert after - before < 5 * MEGABYTE  # the last ones, and what the client has of them
