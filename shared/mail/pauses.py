"""How often a delivery is tried, and how long is waited in between: eight times within two days.

attempt 1 failed   ->  again after a minute
attempt 4 failed   ->  again after two hours
attempt 8 failed   ->  never: a person looks

>>> ATTEMPTS_MAX, sum(PAUSES_S) / 3600 < 48
(8, True)
"""

from __future__ import annotations

from typing import Final

PAUSES_S: Final = (60, 300, 1_800, 7_200, 18_000, 43_200, 86_400)
ATTEMPTS_MAX: Final = len(PAUSES_S) + 1


def pause_after(attempt: int) -> int | None:
    """Seconds from the end of the so many-th attempt, from 1, to the next one; `None` after the last."""
    return PAUSES_S[max(attempt, 1) - 1] if attempt < ATTEMPTS_MAX else None
