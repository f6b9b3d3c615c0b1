"""Values as collectors write them: whole numbers as numbers or as text, instants counted from 1970 in any unit.

>>> whole(3436617431), whole("65382630"), whole(12.0), whole(-1), whole("12e3"), whole(True)
(3436617431, 65382630, 12, None, None, None)
>>> instant(1575509815), instant(1575509815_250), instant("1681583295157626000")
('2019-12-05T01:36:55Z', '2019-12-05T01:36:55.250000Z', '2023-04-15T18:28:15.157626Z')
>>> instant("2019-12-05T01:36:55Z"), instant("yesterday")
('2019-12-05T01:36:55Z', None)
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from shared.kernel.instants import EPOCH, INSTANT

_DIGITS_MAX: Final = 20
# A count of seconds reaches 10^11 in the year 5138; one of milliseconds was there in 1973.
_UNITS: Final = ((10**11, 1_000_000), (10**14, 1000), (10**17, 1))
_NANOS_MAX: Final = 10**19


def whole(value: Any) -> int | None:
    """A whole number of at most 20 digits that is not negative; `None` for anything else."""
    if type(value) is int:
        return value if 0 <= value < 10**_DIGITS_MAX else None
    if type(value) is str:
        return int(value) if 0 < len(value) <= _DIGITS_MAX and value.isascii() and value.isdigit() else None
    # What a decoder made of `12.0`; beyond 2^53 it would not be the number that was written.
    if type(value).__name__ == "float" and value.is_integer() and 0 <= value < 1 << 53:
        return int(value)
    return None


def instant(value: Any) -> str | None:
    """RFC 3339 of a count of seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by size, or of
    a text that is RFC 3339 already; `None` for anything else."""
    if type(value) is str and INSTANT.fullmatch(value):
        return value
    count = whole(value)
    if count is None or count >= _NANOS_MAX:
        return None
    for below, factor in _UNITS:
        if count < below:
            return _text(count * factor)
    return _text(count // 1000)


def _text(micros: int) -> str:
    return (EPOCH + timedelta(microseconds=micros)).isoformat().replace("+00:00", "Z")
