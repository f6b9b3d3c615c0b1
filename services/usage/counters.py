"""Counters to deltas (R30, R33): what a line used between two readings of a number that only goes up, until it doesn't.

    reading  1,000  first seen                   -> 0, the baseline
    reading  1,700  same boot                    -> 700
    reading    200  same boot, 32 bits           -> 200 - 1,700 + 2^32, it wrapped
    reading     50  another boot_id              -> 50, it restarted from zero

A reading says whether its device restarted by `boot_id`, or by `uptime_s` where that is shorter than the time since the
reading before. Where neither arithmetic can be trusted the record is `counter_ambiguous`: never a guess.
"""

from __future__ import annotations

from typing import Final

import msgspec

from services.usage.documents import Counter

MICRO: Final = 1_000_000

WRAP_TRUSTED_US: Final = 3_600 * MICRO
"""32 bits of octets wrap in 57 minutes at 10 Mb/s (R30): over a longer gap nobody knows how often they did."""

_CLOCK_SLACK_S: Final = 2
"""An uptime in whole seconds and the equipment's clock disagree by so much without anything having happened."""


class Delta(msgspec.Struct, frozen=True):
    """`quantity` in 1e-6 units. `how` is `baseline`, `wrap`, `restart` or `None` for plain subtraction.

    `ambiguous` says why no delta can be told. `latest` tells whether this reading is now the counter's latest.
    """

    quantity: int
    how: str | None = None
    ambiguous: str | None = None
    latest: bool = True


def delta(before: Counter | None, now: Counter) -> Delta:
    """What was used between the two readings. `read_at` is in microseconds."""
    if before is None:
        return Delta(0, "baseline")
    old, new = int(before.value), int(now.value)
    if now.read_at < before.read_at:
        return _earlier(before, old, now, new)
    restarted = _restarted(before, now)
    if restarted:
        return Delta(new, "restart")
    if before.bits != now.bits:
        return Delta(0, ambiguous=f"the counter had {before.bits} bits and now has {now.bits}")
    if new >= old:
        return Delta(new - old)
    return _fell(before, old, now, new, restart_known=restarted is not None)


def _fell(before: Counter, old: int, now: Counter, new: int, *, restart_known: bool) -> Delta:
    """The reading is lower and the device did not restart: a wrap, if it can only have been one."""
    if not restart_known:
        return Delta(0, ambiguous="the reading fell, and whether the device restarted can't be told from these two")
    if now.bits == 64:
        return Delta(0, ambiguous="a 64-bit counter fell without a restart; it does not wrap in a lifetime")
    gap_us = now.read_at - before.read_at
    if gap_us > WRAP_TRUSTED_US:
        return Delta(0, ambiguous=f"a 32-bit counter fell over a gap of {gap_us // MICRO} s; it may have wrapped often")
    return Delta(new - old + (MICRO << 32), "wrap")


def _earlier(before: Counter, old: int, now: Counter, new: int) -> Delta:
    """A reading taken before the latest one: what it saw is in the latest delta already, if both are of one run."""
    if new <= old and before.boot_id is not None and before.boot_id == now.boot_id:
        return Delta(0, "late", latest=False)
    return Delta(0, ambiguous="it was read before the reading that was counted last", latest=False)


def _restarted(before: Counter, now: Counter) -> bool | None:
    """Whether the device restarted between the readings; `None` where they cannot be compared."""
    if before.boot_id is not None and now.boot_id is not None:
        return before.boot_id != now.boot_id
    if now.uptime_s is None:
        return None
    if before.uptime_s is not None and now.uptime_s < before.uptime_s:
        return True
    gap_s = (now.read_at - before.read_at) // MICRO
    return now.uptime_s + _CLOCK_SLACK_S < gap_s
