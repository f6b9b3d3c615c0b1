"""A signed POST, by Standard Webhooks: HMAC-SHA256 over id, time and body, in Base64 after `v1,`."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from typing import Final

import httpx
from standardwebhooks import Webhook

from services.usage.network.calls.outcome import Element, Outcome
from services.usage.network.contract import HttpRequest

_PREFIX: Final = "whsec_"
TIMEOUT_S: Final = 10.0


async def post(element: Element, request: HttpRequest) -> Outcome:
    """Raises `httpx.HTTPError` where nobody answers. Redirects are not followed: they are no acknowledgement."""
    async with httpx.AsyncClient(timeout=TIMEOUT_S, follow_redirects=False) as client:
        headers = signed(request, element.secret, datetime.now(UTC))
        answer = await client.post(element.address, content=request.body, headers=headers)
    return Outcome("acknowledged" if answer.is_success else "refused", f"HTTP {answer.status_code}")


def signed(request: HttpRequest, secret: str, at: datetime) -> dict[str, str]:
    """The headers of a request that is sent at that instant, UTC."""
    return {
        "content-type": "application/json",
        "webhook-id": request.message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(_key(secret)).sign(request.message_id, at, request.body.decode()),
    }


def _key(secret: str) -> bytes:
    """`whsec_` and Base64, as the standard has it; any other secret as it is. Not left to the library, which decodes
    whatever it is given and leaves out what is no Base64."""
    if secret.startswith(_PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(_PREFIX), validate=True) or secret.encode()
        except binascii.Error:
            pass
    return secret.encode()
