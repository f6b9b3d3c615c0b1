"""Signatures of webhooks, as Stripe and others make them: an instant and a keyed hash over it and the body.

>>> from datetime import UTC, datetime
>>> at = datetime(2026, 10, 9, tzinfo=UTC)
>>> header = signed(b"{}", "whsec", at)
>>> check(header, b"{}", "whsec", at)
>>> check(header, b"{ }", "whsec", at)
Traceback (most recent call last):
shared.kernel.errors.Rejection: bad_signature: the signature is not that of this body
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

from shared.kernel.errors import Rejection

TOLERANCE: Final = timedelta(minutes=5)
"""A webhook that is older was kept by somebody and sent again."""


def signed(body: bytes, secret: str, at: datetime) -> str:
    stamp = str(int(at.timestamp()))
    return f"t={stamp},v1={_hash(stamp, body, secret)}"


def check(header: str, body: bytes, secret: str, now: datetime) -> None:
    """Raises `Rejection`: `bad_signature`."""
    parts = [part.partition("=") for part in header.split(",")]
    stamp = next((value for name, _, value in parts if name.strip() == "t"), "")
    given = [value for name, _, value in parts if name.strip() == "v1"]
    if not secret or not stamp.isdecimal() or len(stamp) > 12:
        raise _bad("there is no signature, or nobody has said by which secret")
    if not any(hmac.compare_digest(value, _hash(stamp, body, secret)) for value in given):
        raise _bad("the signature is not that of this body")
    if abs(int(now.timestamp()) - int(stamp)) > TOLERANCE.total_seconds():
        raise _bad("it was signed more than five minutes ago")


def _hash(stamp: str, body: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _bad(why: str) -> Rejection:
    return Rejection("bad_signature", why, status=401)
