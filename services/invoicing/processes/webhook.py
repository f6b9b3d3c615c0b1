"""A signed POST, by Standard Webhooks: `webhook-id` is the delivery's id, by which the receiver knows a repetition.

    2xx          sent
    410          gone        the webhook is not called any more
    all others   deferred    redirects among them: they are no receipt

Private addresses are called: receivers often stand beside Meterlog. Which are not, shared/http/outgoing.py says.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from shared.http import outgoing
from shared.http.outgoing import FAULTS, Refused, check_address
from shared.http.webhook_signature import signed
from shared.mail.outcome import Outcome
from shared.mail.said import kept

__all__ = ["Refused", "check_address", "post"]

TIMEOUT_S: Final = 15.0


async def post(url: str, secret: str, message_id: str, body: bytes) -> Outcome:
    """Never raises: whatever a receiver of somebody else does is an outcome. Of the answer only the code is read."""
    headers = signed(secret, message_id, body, datetime.now(UTC))
    try:
        received = await outgoing.post(url, headers, body, check=check_address, timeout_s=TIMEOUT_S)
        return _outcome(received.status)
    except TimeoutError:
        return Outcome("deferred", "timeout", "no answer in time")
    except Refused as why:
        return Outcome("failed", "address_refused", str(why))
    except FAULTS as error:
        return Outcome("deferred", "no_connection", kept(f"{type(error).__name__}: {error}", secret))


def _outcome(status: int) -> Outcome:
    if 200 <= status < 300:
        return Outcome("sent", str(status))
    return Outcome("gone" if status == 410 else "deferred", str(status))
