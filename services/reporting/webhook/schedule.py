"""When a delivery is tried again, and when an endpoint is left alone for a while; pure.

    after a failed attempt   5 s   5 min   30 min   2 h   5 h   10 h   14 h   20 h   24 h    then it has failed: 3 days

    >>> retry_s(1, chance=0.5), retry_s(9, chance=0.5), retry_s(10, chance=0.5)
    (5.0, 86400.0, None)

An endpoint whose calls fail one after the other is called less and less often, whatever waits for it: one second after
the fifth, two after the sixth, five minutes at the most.

    >>> rest_s(4, chance=0.5), rest_s(5, chance=0.5), rest_s(8, chance=0.5), rest_s(100, chance=0.5)
    (0.0, 1.0, 8.0, 300.0)
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

RETRIES_S: Final = (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
"""What Standard Webhooks proposes."""
ATTEMPTS_MAX: Final = len(RETRIES_S) + 1
DISABLED_AFTER_S: Final = 72 * 3600
"""An endpoint that has answered nothing well for so long is switched off."""
RETRY_AFTER_S_MAX: Final = 24 * 3600
REST_FROM: Final = 5
REST_S_MAX: Final = 300
_SPREAD: Final = 0.2


def retry_s(attempts: int, *, chance: float) -> float | None:
    """How long after that many failed attempts the next one follows, a tenth more or less as `chance` (0 to 1) has it;
    `None` where none does."""
    if attempts >= ATTEMPTS_MAX:
        return None
    return RETRIES_S[attempts - 1] * _spread(chance)


def rest_s(failures: int, *, chance: float) -> float:
    """How long an endpoint is left alone after so many failures in a row."""
    if failures < REST_FROM:
        return 0.0
    return float(min(2 ** min(failures - REST_FROM, 20), REST_S_MAX)) * _spread(chance)


def retry_after_s(header: str | None, now: datetime) -> float:
    """What a receiver asks for in `Retry-After` (RFC 9110, 10.2.3): seconds or a date; a day at most. 0 for none, and
    for what can't be read.

    >>> now = datetime(2026, 11, 1, tzinfo=UTC)
    >>> [retry_after_s(said, now) for said in ("120", "Sun, 01 Nov 2026 00:01:00 GMT", "-5", "soon", "9" * 400, None)]
    [120.0, 60.0, 0.0, 0.0, 86400.0, 0.0]
    """
    said = (header or "").strip()
    if said.isascii() and said.isdigit():
        return float(min(int(said[:9]), RETRY_AFTER_S_MAX))
    try:
        at = parsedate_to_datetime(said)
    except (TypeError, ValueError, OverflowError):
        return 0.0
    at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return float(min(max((at - now).total_seconds(), 0.0), RETRY_AFTER_S_MAX))


def _spread(chance: float) -> float:
    """So that what failed together does not come back together."""
    return 1 + _SPREAD * (chance - 0.5)
