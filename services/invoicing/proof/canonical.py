"""One form of a value and its hash, which a stranger computes with `jq` and `sha256sum`: RFC 8785, SHA-256.

    >>> canonical({"net": "10.00", "lines": [{"n": 1}]})
    b'{"lines":[{"n":1}],"net":"10.00"}'
    >>> digest({"net": "10.00", "lines": [{"n": 1}]})[:16]
    'b154b04d2e99ce34'

Members are sorted by name, there is no space between them, and letters stand for themselves, in UTF-8. Names are ASCII
and numbers are integers here, where RFC 8785 and this are the same; amounts are text.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final

import msgspec

_ENCODER: Final = msgspec.json.Encoder(order="sorted")


def canonical(value: Any) -> bytes:
    """The value as RFC 8785 writes it. Structs leave out what is as by default."""
    return _ENCODER.encode(value)


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, as 64 hexadecimal digits."""
    return sha256(canonical(value)).hexdigest()
