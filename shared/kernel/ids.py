"""Identifiers that are derived, never drawn: the same cause gives the same id, in a retry and in a rebuild.

>>> derive("rating", "acc-1", "2026-09-01")
'pja3whn3r32mnz3dlupfikmdvq'
>>> check_id("line-7", "/id")
'line-7'
"""

from __future__ import annotations

import hashlib
import re
import struct
from itertools import product
from typing import Final

from shared.kernel.errors import Rejection

ID_PATTERN: Final = r"^[A-Za-z0-9._:-]{1,64}$"

STEPS: Final = frozenset({".", ".."})
"""Steps of a path, which no path may hold: whatever is called so could not be asked for."""

_ID: Final = re.compile(ID_PATTERN)
_PAIRS: Final = tuple("".join(pair) for pair in product("abcdefghijklmnopqrstuvwxyz234567", repeat=2))
"""Two characters of base32 for each ten bits: the library takes twice as long, and each step derives an id."""
_HALVES: Final = struct.Struct(">QQ").unpack


def derive(*parts: str | int) -> str:
    """26 characters of base32: a 128-bit BLAKE2b of the parts, length-prefixed, so ("a", "bc") is not ("ab", "c")."""
    texts = [str(part).encode() for part in parts]
    hashed = b"".join([len(text).to_bytes(4, "big") + text for text in texts])
    high: int
    low: int
    high, low = _HALVES(hashlib.blake2b(hashed, digest_size=16).digest())
    return (
        _PAIRS[high >> 54]
        + _PAIRS[high >> 44 & 1023]
        + _PAIRS[high >> 34 & 1023]
        + _PAIRS[high >> 24 & 1023]
        + _PAIRS[high >> 14 & 1023]
        + _PAIRS[high >> 4 & 1023]
        + _PAIRS[(high & 15) << 6 | low >> 58]
        + _PAIRS[low >> 48 & 1023]
        + _PAIRS[low >> 38 & 1023]
        + _PAIRS[low >> 28 & 1023]
        + _PAIRS[low >> 18 & 1023]
        + _PAIRS[low >> 8 & 1023]
        # 128 bits and two of padding are 26 times five.
        + _PAIRS[low << 2 & 1023]
    )


def payload_hash(payload: bytes) -> str:
    """32 hex characters that identify a payload, for the `payloadhash` header and for `Idempotency-Key` checks."""
    return hashlib.blake2b(payload, digest_size=16).hexdigest()


def check_id(text: str, pointer: str) -> str:
    """A client-chosen id: 1 to 64 of `A-Za-z0-9._:-`, not `.` or `..`. Raises `Rejection("invalid")`."""
    if _ID.fullmatch(text) is None or text in STEPS:
        detail = f"{text!r} is not an id: use 1 to 64 of A-Z a-z 0-9 . _ : -, other than . and .."
        raise Rejection("invalid", detail, pointer=pointer)
    return text
