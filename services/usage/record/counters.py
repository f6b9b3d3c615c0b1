"""Counters to deltas (R30, R33): what a line used between two readings of a number that only goes up, until it doesn't.

    reading  1,000  first seen                   -> 0, the baseline
    reading  1,700  same boot                    -> 700
    reading    200  same boot, 32 bits           -> 200 - 1,700 + 2^32, it wrapped
    reading     50  another boot_id              -> 50, it restarted from zero

Readings come in any order, and the sum is the same in each: a reading goes among those that are known by `read_at`, and
counts what it adds to them there.

    300 at 01:10, the baseline                   -> 0
    100 at 01:00, late: it began lower           -> 200
    450 at 01:20                                 -> 150
    400 at 01:15, late: it lies in those 150     -> 0

A 32-bit counter of a fast line wraps between two polls, and may do so twice: 34 s at 1 Gb/s, 5.7 min at 100 Mb/s. Where
the reading says how fast its line is, what it can have carried decides; without that, a wrap is trusted over an hour.

    32 bits, 300 s, line of 100 Mb/s: 3.75e9 octets at most    -> no second wrap fits: told
    32 bits, 300 s, line of   1 Gb/s: 3.75e10 octets at most   -> ambiguous, whether it rose or fell

A reading says whether its device restarted by `boot_id`, or by `uptime_s` where that is shorter than the time since the
reading before. Where neither arithmetic can be trusted the record is `counter_ambiguous`: never a guess. A reading that
arrives later and lies between the two may resolve it: it counts what could not be told before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeGuard

import msgspec

from services.usage.meter.state import DISCONTINUITY, LINE_SPEED
from services.usage.record.state import Counter, Reading

MICRO: Final = 1_000_000

WRAP_TRUSTED_US: Final = 3_600 * MICRO
"""32 bits of octets wrap in 57 minutes at 10 Mb/s (R30): over a longer gap nobody knows how often they did."""

READINGS_MAX: Final = 16
"""Readings kept of a counter, so that a late one can be compared: 80 minutes at one in five. Of 64 bits only those
where a run between restarts begins and ends, which is enough: they never wrap."""

_WRAP: Final = MICRO << 32
_SPEED_DIGITS_MAX: Final = 15
_RESTART_UNKNOWN: Final = "the reading fell, and whether the device restarted can't be told from these two"

_CLOCK_SLACK_S: Final = 2
"""An uptime in whole seconds and the equipment's clock disagree by so much without anything having happened."""


def reading_of(
    value: str, read_at: int, counter: tuple[int, str | None, int | None], attributes: Mapping[str, Any] | None
) -> Reading:
    """What a record shows. `counter` is (bits, boot_id, uptime_s); its attributes may say `line_speed_bps`, and
    `discontinuity`, any text that changes with ifCounterDiscontinuityTime."""
    bits, boot_id, uptime_s = counter
    if not attributes:
        return Reading(read_at, value, bits, boot_id, uptime_s)
    speed, jumped = attributes.get(LINE_SPEED), attributes.get(DISCONTINUITY)
    return Reading(
        read_at,
        value,
        bits,
        boot_id,
        uptime_s,
        line_speed_bps=int(speed) if is_line_speed(speed) else None,
        discontinuity=None if jumped is None else str(jumped),
    )


def is_line_speed(value: Any) -> TypeGuard[str | int]:
    """Bits a second as an integer, or as its digits."""
    if isinstance(value, str):
        return value.isascii() and value.isdigit() and len(value) <= _SPEED_DIGITS_MAX
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**_SPEED_DIGITS_MAX


class Difference(msgspec.Struct, frozen=True):
    """What was used between two readings next to each other. `how` is `wrap`, `restart`, or `None` for subtraction.

    `ambiguous` says why it can't be told; then `quantity` is 0.
    """

    quantity: int
    how: str | None = None
    ambiguous: str | None = None


class Delta(msgspec.Struct, frozen=True):
    """What a reading counts, in 1e-6 units, and the readings that are known with it.

    `how` is `baseline`, `wrap`, `restart`, `late` (it lies before a known one), `resolved` (late, and tells what was
    ambiguous without it) or `None` for plain subtraction. `ambiguous` says why nothing can be told. `readings` is
    `None` where it adds nothing to what is known: it is a repetition, or cannot lie among them.
    """

    quantity: int
    how: str | None = None
    ambiguous: str | None = None
    readings: tuple[Reading, ...] | None = None


def delta_of(counter: Counter | None, now: Reading) -> Delta:
    """What a reading adds to what those that are known have counted.

    Of the intervals between readings, those that are told were counted as a `Difference` each; `counted` of one that is
    ambiguous is what it already cost as part of a longer one that seemed to be told (less than 0: what it still lacks).
    """
    known = () if counter is None else counter.readings
    if not known:
        return Delta(0, "baseline", readings=(now,))
    if now.read_at > known[-1].read_at:
        return _latest(known, now)
    at = _index(known, now)
    if any(_same(other, now) for other in known[max(0, at - 1) : at + 1]):
        return Delta(0)
    if at == len(known):
        return _latest(known, now)
    if at == 0:
        return _earliest(known, now, trimmed=counter is not None and counter.trimmed)
    return _in_the_middle(known, at, now)


def with_readings(counter: Counter | None, resource: str, meter: str, readings: tuple[Reading, ...]) -> Counter:
    """The counter with these readings, the latest of them up to the bound."""
    trimmed = len(readings) > READINGS_MAX or (counter is not None and counter.trimmed)
    return Counter(resource=resource, meter=meter, readings=readings[-READINGS_MAX:], trimmed=trimmed)


def difference(before: Reading, now: Reading) -> Difference:
    """What was used between two readings, `now` not being the earlier one."""
    boot_id = now.boot_id
    restarted = False if boot_id is not None and before.boot_id == boot_id else _restarted(before, now)
    if restarted:
        if before.read_at == now.read_at:
            return Difference(0, ambiguous="two readings of one instant, before and after a restart")
        return Difference(int(now.value), "restart")
    if before.bits != now.bits:
        return Difference(0, ambiguous=f"the counter had {before.bits} bits and now has {now.bits}")
    if before.discontinuity != now.discontinuity and None not in (before.discontinuity, now.discontinuity):
        return Difference(0, ambiguous="the counter jumped between them, though its device did not restart")
    old, new = int(before.value), int(now.value)
    if now.bits == 32 and (speed := max(before.line_speed_bps or 0, now.line_speed_bps or 0)):
        return _on_a_line(speed, now.read_at - before.read_at, old, new, restart_known=restarted is not None)
    if new >= old:
        return Difference(new - old)
    return _fell(before, old, now, new, restart_known=restarted is not None)


def _on_a_line(speed: int, gap_us: int, old: int, new: int, *, restart_known: bool) -> Difference:
    """32 bits of a line whose speed is known: told where what it can carry leaves one answer (R30)."""
    if new < old and not restart_known:
        return Difference(0, ambiguous=_RESTART_UNKNOWN)
    # Of octets in 1e-6 units: bits a second, over microseconds, over 8 bits an octet.
    least, most = (new - old) % _WRAP, gap_us * speed // 8
    if least + _WRAP <= most:
        return Difference(
            0, ambiguous=f"a 32-bit counter may wrap more than once in {gap_us // MICRO} s at {speed} b/s; poll 64 bits"
        )
    return Difference(least, "wrap" if new < old else None)


def _fell(before: Reading, old: int, now: Reading, new: int, *, restart_known: bool) -> Difference:
    """The reading is lower and the device did not restart: a wrap, if it can only have been one."""
    if not restart_known:
        return Difference(0, ambiguous=_RESTART_UNKNOWN)
    if now.bits == 64:
        return Difference(0, ambiguous="a 64-bit counter fell without a restart; it does not wrap in a lifetime")
    gap_us = now.read_at - before.read_at
    if gap_us > WRAP_TRUSTED_US:
        return Difference(
            0, ambiguous=f"a 32-bit counter fell over a gap of {gap_us // MICRO} s; it may have wrapped often"
        )
    return Difference(new - old + _WRAP, "wrap")


def _restarted(before: Reading, now: Reading) -> bool | None:
    """Whether the device restarted between the readings; `None` where that can't be told."""
    if before.boot_id is not None and now.boot_id is not None:
        return before.boot_id != now.boot_id
    if now.uptime_s is None:
        return None
    gap_s = (now.read_at - before.read_at) // MICRO
    up_before = gap_s if before.uptime_s is None else max(gap_s, before.uptime_s)
    if now.uptime_s + _CLOCK_SLACK_S < up_before:
        return True
    return None if now.uptime_s < up_before else False


def _latest(known: tuple[Reading, ...], now: Reading) -> Delta:
    """The common case, and the hot one: nothing but the last readings matters."""
    found = difference(known[-1], now)
    if now.bits == 64 and len(known) > 1 and found.how is None and _in_a_run((known[-2], known[-1], now)):
        known = known[:-1]
    return Delta(found.quantity, found.how, found.ambiguous, (*known, now))


def _earliest(known: tuple[Reading, ...], now: Reading, *, trimmed: bool) -> Delta:
    """It was read before all that are known. Those began their sum at the first of them: it adds what came before."""
    if trimmed:
        return Delta(0, ambiguous=f"it was read before the latest {READINGS_MAX} readings, all that are kept")
    found = difference(now, known[0])
    return Delta(found.quantity, "late", found.ambiguous, _thinned((now, *known), 0))


def _in_the_middle(known: tuple[Reading, ...], at: int, now: Reading) -> Delta:
    """It splits an interval: it counts what the two parts come to, less what the whole was counted as."""
    before, after = known[at - 1], known[at]
    if _restarted(before, after) is False and (_restarted(before, now) or _restarted(now, after)):
        return Delta(0, ambiguous="it tells of a restart in the middle of what the readings around it show as one run")
    whole, first, second = difference(before, after), difference(before, now), difference(now, after)
    counted = whole.quantity if whole.ambiguous is None else int(after.counted)
    told = first.quantity + second.quantity
    unclear = second.ambiguous or first.ambiguous
    if unclear is None:
        if told < counted:
            return Delta(
                0, ambiguous=f"the readings around it counted {counted - told} of 1e-6 units more than it says"
            )
        how = "late" if whole.ambiguous is None else "resolved"
        return Delta(told - counted, how, None, _split(known, at, now, after))
    if whole.ambiguous is None or (first.ambiguous is not None and second.ambiguous is not None):
        quantity = 0
    else:
        # One part is told, the other stays as ambiguous as the whole was: that has been reported.
        quantity, unclear = max(0, told - max(0, counted)), None
    rest = str(counted + quantity - told)
    if second.ambiguous is not None:
        readings = _split(known, at, now, after, rest)
    else:
        readings = _split(known, at, _counted(now, rest), after)
    return Delta(quantity, "late", unclear, readings)


def _split(
    known: tuple[Reading, ...], at: int, now: Reading, after: Reading, counted: str = "0"
) -> tuple[Reading, ...]:
    return _thinned((*known[:at], now, _counted(after, counted), *known[at + 1 :]), at)


def _counted(reading: Reading, quantity: str) -> Reading:
    return msgspec.structs.replace(reading, counted=quantity)


def _thinned(readings: tuple[Reading, ...], at: int) -> tuple[Reading, ...]:
    """Without those next to `at` that tell nothing more: 64 bits in the middle of a run add up with or without them."""
    if readings[at].bits != 64:
        return readings
    thinned = list(readings)
    for index in (at + 1, at, at - 1):
        if 0 < index < len(thinned) - 1 and _in_a_run(thinned[index - 1 : index + 2]):
            del thinned[index]
    return tuple(thinned)


def _in_a_run(three: Sequence[Reading]) -> bool:
    before, middle, after = three
    if not before.bits == middle.bits == after.bits == 64:
        return False
    if not before.discontinuity == middle.discontinuity == after.discontinuity:
        return False
    if not int(before.value) <= int(middle.value) <= int(after.value):
        return False
    if before.boot_id is not None and before.boot_id == middle.boot_id == after.boot_id:
        return True
    return _restarted(before, middle) is _restarted(middle, after) is _restarted(before, after) is False


def _index(known: tuple[Reading, ...], now: Reading) -> int:
    """Where a reading belongs: nearly always at the end."""
    index, key = len(known), _order(now)
    while index and _order(known[index - 1]) > key:
        index -= 1
    return index


def _order(reading: Reading) -> tuple[int, int, int, str, int]:
    """By time. Of one instant the lower one comes first, and the rest only makes the order the same for any arrival."""
    uptime_s = -1 if reading.uptime_s is None else reading.uptime_s
    return reading.read_at, int(reading.value), reading.bits, reading.boot_id or "", uptime_s


def _same(one: Reading, other: Reading) -> bool:
    """The same reading once more; by uptime alone it may have been rounded to another second."""
    return _order(one)[:4] == _order(other)[:4]
