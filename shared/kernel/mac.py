"""MAC addresses in one spelling, since equipment writes the same one in four.

>>> [canonical(f"mac:{text}") for text in ("00-1B-44-11-3A-B7", "001b.4411.3ab7", "001B44113AB7")]
['mac:00:1b:44:11:3a:b7', 'mac:00:1b:44:11:3a:b7', 'mac:00:1b:44:11:3a:b7']
>>> canonical("mac:00:1b")
'mac:00:1b'
"""

from __future__ import annotations

import re
from typing import Final

PREFIX: Final = "mac:"

_ADDRESS: Final = re.compile(
    r"[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}|[0-9a-f]{12}",
    re.ASCII | re.IGNORECASE,
)
_SEPARATORS: Final = str.maketrans("", "", ":-.")


def is_address(text: str) -> bool:
    """Whether it is a whole MAC address, in any spelling."""
    return _ADDRESS.fullmatch(text) is not None


def canonical(resource: str) -> str:
    """A resource `mac:…` with its address in lower case and colons; what is no whole address, as it is."""
    if not is_address(resource[len(PREFIX) :]):
        return resource
    digits = resource[len(PREFIX) :].translate(_SEPARATORS).lower()
    return PREFIX + ":".join(digits[n : n + 2] for n in range(0, 12, 2))


def spellings(resource: str) -> tuple[str, ...]:
    """Every way to write a canonical MAC address that is read as it, itself first; of any other resource only that."""
    if not resource.startswith(PREFIX) or not is_address(resource[len(PREFIX) :]):
        return (resource,)
    digits = resource[len(PREFIX) :].translate(_SEPARATORS)
    pairs = [digits[n : n + 2] for n in range(0, 12, 2)]
    fours = [digits[n : n + 4] for n in range(0, 12, 4)]
    written = (":".join(pairs), "-".join(pairs), ".".join(fours), digits)
    return tuple(dict.fromkeys(PREFIX + case(text) for case in (str.lower, str.upper) for text in written))
