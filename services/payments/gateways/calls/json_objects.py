"""JSON that gateways send, as an object or nothing: no number becomes a float, and no depth of nesting is a fault.

>>> decoded(b'{"Amount": 36.10}')["Amount"], decoded(b"[1]"), decoded(b"nonsense"), decoded(b"[" * 200_000)
(Decimal('36.10'), None, None, None)
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import msgspec

_DECODER: Final = msgspec.json.Decoder(float_hook=Decimal)


def decoded(body: bytes) -> dict[str, Any] | None:
    """The object; `None` for whatever else is there."""
    try:
        said = _DECODER.decode(body)
    except (msgspec.DecodeError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def part(value: object) -> dict[str, Any]:
    """An object within it; empty where something else stands."""
    return value if isinstance(value, dict) else {}
