"""Who a client is and how he came is what the connection says, or a proxy that was named."""

from __future__ import annotations

from typing import Any

import pytest

from tests.shared.http.sockets import exchanged, listening_on, request


async def who(scope: Any, receive: Any, send: Any) -> None:
    """Answers with what the application knows of its client."""
    said = f"{scope['client'][0]} {scope['scheme']}".encode()
    headers = [(b"content-length", str(len(said)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": said})


@pytest.mark.parametrize(
    ("trusted", "forwarded", "known"),
    [
        ((),                "203.0.113.7",             "127.0.0.1 http"),
        (("10.0.0.0/8",),   "203.0.113.7",             "127.0.0.1 http"),
        (("127.0.0.1",),    "203.0.113.7",             "203.0.113.7 https"),
        (("127.0.0.0/8",),  "203.0.113.7",             "203.0.113.7 https"),
        (("127.0.0.1",),    "192.0.2.1, 203.0.113.7",  "203.0.113.7 https"),
    ],
)  # fmt: skip
async def test_only_a_named_proxy_says_where_a_client_is(trusted: tuple[str, ...], forwarded: str, known: str) -> None:
    async with listening_on(who, trusted_proxies=trusted) as port:
        answer = await exchanged(port, request("/", f"X-Forwarded-For: {forwarded}", "X-Forwarded-Proto: https"))
    assert answer.partition(b"\r\n\r\n")[2].decode() == known
