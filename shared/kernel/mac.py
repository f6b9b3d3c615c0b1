"""MAC addresses in one spelling, since equipment writes the same one in four.

>>> [canonical(f"mac:{text}") for text in ("00-1B-44-11-3A-B7", "001b.4411.3ab7", "001B44113AB7")]
['mac:00:1b:44:11:3a:b7', 'mac:00:1b:44:11:3a:b7', 'mac:00:1b:44:11:3a:b7']
>>> canonical("mac:00:1b"), canonical("ip:10.0.0.1")
('mac:00:1b', 'ip:10.0.0.1')
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

PREFIX: Final = "mac:"

_ADDRESS: Final = re.compile(
    r"[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}|[0-9a-f]{12}",
    re.ASCII | re.IGNORECASE,
)
_SEPARATORS: Final = str.maketrans("", "", ":-.")


def canonical(resource: str) -> str:
    """The resource with its MAC address in lower case and colons; any other resource, and no whole address, as is."""
    return _canonical(resource) if resource[:4] in (PREFIX, "MAC:") else resource


def spellings(resource: str) -> tuple[str, ...]:
    """Every way to write a canonical MAC address that is read as it, itself first; of any other resource only that."""
    if resource[:4] != PREFIX or _ADDRESS.fullmatch(resource, 4) is None:
        return (resource,)
    digits = resource[4:].translate(_SEPARATORS)
    pairs = [digits[n : n + 2] for n in range(0, 12, 2)]
    fours = [digits[n : n + 4] for n in range(0, 12, 4)]
    written = (":".join(pairs), "-".join(pairs), ".".join(fours), digits)
    return tuple(dict.fromkeys(PREFIX + case(text) for case in (str.lower, str.upper) for text in written))


# A line reports every few minutes: its resource is asked for again and again.
@lru_cache(maxsize=65_536)
def _canonical(resource: str) -> str:
    if _ADDRESS.fullmatch(resource, 4) is None:
        return resource
    digits = resource[4:].translate(_SEPARATORS).lower()
    return PREFIX + ":".join(digits[n : n + 2] for n in range(0, 12, 2))
