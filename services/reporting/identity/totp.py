"""Codes of an authenticator app: TOTP (RFC 6238) over HOTP (RFC 4226), SHA-1, six digits, thirty seconds.

>>> code_at(b"12345678901234567890", 59 // STEP_S)
'287082'
>>> step_of(b"12345678901234567890", "287082", 59 + 30)
1

The code of the step before and of the one after are taken too, for clocks differ and people type (RFC 6238, 5.2).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Final
from urllib.parse import quote

STEP_S: Final = 30
DIGITS: Final = 6
_ISSUER: Final = "Meterlog"


def code_at(key: bytes, step: int) -> str:
    """The code of one step of thirty seconds, counted from 1970."""
    mac = hmac.digest(key, step.to_bytes(8, "big"), hashlib.sha1)
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(key: bytes, code: str, at_s: int) -> int | None:
    """The step whose code it is, of the three around `at_s`; `None` if of none. Compared in constant time."""
    steps = range(at_s // STEP_S - 1, at_s // STEP_S + 2)
    fitting = [step for step in steps if hmac.compare_digest(code_at(key, step).encode(), code.encode())]
    return fitting[0] if fitting else None


def as_text(key: bytes) -> str:
    """The key as people type it."""
    return base64.b32encode(key).decode()


def as_uri(key: bytes, email: str) -> str:
    """What the square code says to an app."""
    label = quote(f"{_ISSUER}:{email}", safe="@:")
    return (
        f"otpauth://totp/{label}?secret={as_text(key)}&issuer={_ISSUER}&algorithm=SHA1&digits={DIGITS}&period={STEP_S}"
    )
