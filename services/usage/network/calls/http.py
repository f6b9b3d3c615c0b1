"""A signed POST, by Standard Webhooks: HMAC-SHA256 over id, time and body, in Base64 after `v1,`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import httpx

from services.usage.network.calls.outcome import Element, Outcome
from services.usage.network.contract import HttpRequest
from shared.http import webhook_signature

TIMEOUT_S: Final = 10.0


async def post(element: Element, request: HttpRequest) -> Outcome:
    """Raises `httpx.HTTPError` where nobody answers. Redirects are not followed: they are no acknowledgement."""
    async with httpx.AsyncClient(timeout=TIMEOUT_S, follow_redirects=False) as client:
        headers = signed(request, element.secret, datetime.now(UTC))
        answer = await client.post(element.address, content=request.body, headers=headers)
    return Outcome("acknowledged" if answer.is_success else "refused", f"HTTP {answer.status_code}")


def signed(request: HttpRequest, secret: str, at: datetime) -> dict[str, str]:
    """The headers of a request that is sent at that instant, UTC."""
    return webhook_signature.signed(secret, request.message_id, request.body, at)
