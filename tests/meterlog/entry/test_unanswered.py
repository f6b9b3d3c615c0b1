"""A service that stands still: what the caller is told depends on whether the request can have changed anything."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from meterlog.entry.services import Services, read_whole
from shared.http.problems import Unavailable
from tests.meterlog.entry.stubs import stub_settings


class Silent(httpx.AsyncBaseTransport):
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("nothing came", request=request)


class BreaksOff(httpx.AsyncByteStream):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"{"
        raise httpx.ReadError("connection reset")


@pytest.mark.parametrize(("method", "asks_for_a_key"), [("GET", False), ("HEAD", False), ("POST", True), ("PUT", True)])
async def test_a_read_that_was_not_answered_asks_for_no_idempotency_key(
    method: str, asks_for_a_key: bool, tmp_path: Path
) -> None:
    services = Services(stub_settings(tmp_path), transport=Silent())
    with pytest.raises(Unavailable) as silent:
        await services.send("rating", method, b"/v1/accounts", headers=[], read_timeout_s=1)
    with pytest.raises(Unavailable) as torn:
        await read_whole(httpx.Response(200, stream=BreaksOff()), "rating", method)
    # What the entry asks for itself, such as whose key it is, has changed nothing: the caller's request is still here.
    with pytest.raises(Unavailable) as own:
        await services.ask("rating", "/internal/exchange", method=method, body={} if asks_for_a_key else None)
    assert "Idempotency-Key" not in str(own.value)
    for refusal in (str(silent.value), str(torn.value)):
        assert "rating" in refusal
        assert ("Idempotency-Key" in refusal) is asks_for_a_key
