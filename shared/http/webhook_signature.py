"""The headers of a signed POST, by Standard Webhooks: HMAC-SHA256 over id, time and body, in Base64 after `v1,`.

signed("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg-1", b"{}", datetime(2026, 11, 1, tzinfo=UTC))
-> {"webhook-id": "msg-1", "webhook-timestamp": "1793491200", "webhook-signature": "v1,…", …}
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Final

from standardwebhooks import Webhook

_PREFIX: Final = "whsec_"


def signed(secret: str, message_id: str, body: bytes, at: datetime, *earlier: str) -> dict[str, str]:
    """The headers of a request that is sent at that instant, UTC. The id is what the receiver tells repetitions by.
    With `earlier` secrets, while one takes the place of another, it is signed with each: one that fits is enough."""
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(
            Webhook(_key(one)).sign(message_id, at, body.decode()) for one in (secret, *earlier)
        ),
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
