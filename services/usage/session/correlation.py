"""Sessions to deltas (R26, R29): of what a session reports the largest is kept, and the difference is what it used.

    start      0 at 01:00              -> 0
    interim  500 at 01:15              -> 500, from 01:00 to 01:15
    interim  500 at 01:15 once more    -> 0
    stop   1,200 at 01:40              -> 700, from 01:15 to 01:40; closed
    interim  900 at 01:30, late        -> 0, it came after its Stop

Every report is one meter of its session in one direction. A session has as many as it reports; each counts for itself.
Reports count the same in any order and however often they come, and what one that is lost would have counted, the next
one counts.

The same key used once more is a new run of it, which counts from zero: where the NAS restarted (another `boot_id`, or
an `uptime_s` that began later), or where a session began after the last report of the one before and that one has its
Stop or had counted more. A quantity that falls for no such reason is `counter_ambiguous`, and counts nothing.
"""

from __future__ import annotations

from typing import Final

import msgspec

from services.usage.session.messages import Status
from services.usage.session.state import Direction, MeterReading, Run

RUNS_MAX: Final = 4
"""Uses of one key that are told apart; ids that begin anew with every restart of a NAS need as many as it restarts."""

_BOOT_SLACK_US: Final = 60_000_000
"""Clock and uptime drift apart over months; a NAS that restarts is away for longer than a minute's worth of it."""

_MICRO: Final = 1_000_000
_NONE: Final = Direction()


class Report(msgspec.Struct, frozen=True):
    """One record of a session. `value` is cumulative, in 1e-6 units; `started_at` is `None` where it was not said."""

    meter: str
    value: int
    status: Status
    read_at: int
    started_at: int | None = None
    boot_id: str | None = None
    uptime_s: int | None = None

    @property
    def began_at(self) -> int | None:
        """When its session began, if it says so."""
        return self.started_at if self.started_at is not None else self.read_at if self.status == "start" else None

    @property
    def booted_at(self) -> int | None:
        return None if self.uptime_s is None else self.read_at - self.uptime_s * _MICRO


class Correlated(msgspec.Struct, frozen=True):
    """What a report counts (1e-6 units) in [began_at, its own instant), and its direction of the session with it.

    `how` is `no_start` (the first of its session, and no Start), `late` (a later one was there), `after_stop`,
    `restart` (a new run of a known key), `corrected` (a Stop after it was closed without one), or `None`.
    """

    quantity: int
    began_at: int
    direction: Direction
    total: int
    how: str | None = None
    ambiguous: str | None = None


class _Counted(msgspec.Struct, frozen=True):
    """A report in its run: what it counts, how, and why that can't be told."""

    quantity: int = 0
    how: str | None = None
    ambiguous: str | None = None


def correlate(known: Direction | None, report: Report) -> Correlated:
    """Put a report among those of its session, in its direction, that are known."""
    before = known or _NONE
    index, is_new = _place(before.runs, report)
    if is_new and index == 0 and before.forgotten:
        why = f"it is of an earlier use of its session id than the latest {RUNS_MAX}, all that are kept"
        return Correlated(0, report.read_at, before, _total(before, report.meter), ambiguous=why)
    run = _new_run(report) if is_new else before.runs[index]
    counted = _count(run, report)
    began_at = _began_at(run, report, counted)
    after = _with_run(before, index, _updated(run, report, counted.quantity), is_new=is_new)
    how = _how(before, after, report, counted, is_new=is_new)
    return Correlated(counted.quantity, began_at, after, _total(after, report.meter), how, counted.ambiguous)


def _place(runs: tuple[Run, ...], report: Report) -> tuple[int, bool]:
    """The run that a report is of, or where a new one of its own belongs."""
    same = [_same_boot(run, report) for run in runs]
    wanted = True if True in same else None
    candidates = [index for index, found in enumerate(same) if found is wanted]
    began_at = report.read_at if report.began_at is None else report.began_at
    if not candidates:
        return sum(run.began_at <= began_at for run in runs), True
    begun = [index for index in candidates if runs[index].began_at <= report.read_at]
    index = begun[-1] if begun else candidates[0]
    if _begins_after(runs[index], report):
        return index + 1, True
    return index, _ends_before(runs[index], report)


def _same_boot(run: Run, report: Report) -> bool | None:
    """Whether the NAS ran on between them; `None` where that can't be told."""
    if run.boot_id is not None and report.boot_id is not None:
        return run.boot_id == report.boot_id
    if run.booted_at is None or report.booted_at is None:
        return None
    return abs(run.booted_at - report.booted_at) <= _BOOT_SLACK_US


def _begins_after(run: Run, report: Report) -> bool:
    """A session that began after all that is known of the run, which was over or had counted more."""
    began_at = report.began_at
    if began_at is None or began_at <= run.read_at:
        return False
    known = run.meters.get(report.meter)
    return run.stopped or (known is not None and report.value < int(known.value))


def _ends_before(run: Run, report: Report) -> bool:
    """The mirror image, so that both orders of arrival count the same: the report is of a session before the run."""
    if report.read_at >= run.began_at:
        return False
    known = run.meters.get(report.meter)
    return run.told or report.status == "stop" or (known is not None and report.value > int(known.value))


def _count(run: Run, report: Report) -> _Counted:
    known = run.meters.get(report.meter)
    if known is None:
        return _Counted(report.value)
    is_later, more = report.read_at > known.read_at, report.value - int(known.value)
    if known.final and report.status != "stop":
        why = "it says more than the Stop of its session did" if is_later and more > 0 else None
        return _Counted(how="after_stop", ambiguous=why)
    if more >= 0:
        return _Counted(more, "late" if report.read_at < known.read_at else None)
    if is_later:
        return _Counted(ambiguous="the quantity fell, and neither a restart nor a later start of the session tells why")
    return _Counted(how="late")


def _began_at(run: Run, report: Report, counted: _Counted) -> int:
    """Where the interval of a delta begins: with the report before it, or the session."""
    known = run.meters.get(report.meter)
    if known is not None and known.read_at <= report.read_at:
        return known.read_at
    return min(run.began_at, report.read_at) if counted.quantity else report.read_at


def _new_run(report: Report) -> Run:
    began_at = report.read_at if report.began_at is None else report.began_at
    return Run(began_at, report.read_at, {}, told=report.status == "start")


def _updated(run: Run, report: Report, quantity: int) -> Run:
    known = run.meters.get(report.meter, MeterReading("0", report.read_at))
    is_stop = report.status == "stop"
    reading = MeterReading(str(int(known.value) + quantity), max(known.read_at, report.read_at), known.final or is_stop)
    is_latest = report.read_at >= run.read_at
    booted_at = report.booted_at if report.booted_at is not None and is_latest else run.booted_at
    return Run(
        _began(run, report),
        max(run.read_at, report.read_at),
        {**run.meters, report.meter: reading},
        run.told or report.status == "start",
        run.stopped or is_stop,
        run.boot_id if report.boot_id is None else report.boot_id,
        report.booted_at if booted_at is None else booted_at,
    )


def _began(run: Run, report: Report) -> int:
    """What a Start says stands; else the earliest instant that is known."""
    began_at = report.read_at if report.began_at is None else report.began_at
    if report.status == "start":
        return min(began_at, run.began_at) if run.told else began_at
    return run.began_at if run.told else min(run.began_at, began_at)


def _with_run(before: Direction, index: int, run: Run, *, is_new: bool) -> Direction:
    runs = (*before.runs[:index], run, *before.runs[index if is_new else index + 1 :])
    closed_by, closed_at = before.closed_by, before.closed_at
    if index == len(runs) - 1:
        if run.stopped:
            closed_by, closed_at = "stop", run.read_at
        elif is_new or run.read_at > closed_at:
            closed_by, closed_at = None, 0
    return Direction(runs[-RUNS_MAX:], closed_by, closed_at, _added(before.forgotten, runs[:-RUNS_MAX]))


def _added(forgotten: dict[str, str], runs: tuple[Run, ...]) -> dict[str, str]:
    """What runs came to that are no longer kept."""
    sums = {meter: int(value) for meter, value in forgotten.items()}
    for run in runs:
        for meter, reading in run.meters.items():
            sums[meter] = sums.get(meter, 0) + int(reading.value)
    return {meter: str(value) for meter, value in sums.items()} if runs else forgotten


def _how(before: Direction, after: Direction, report: Report, counted: _Counted, *, is_new: bool) -> str | None:
    if report.status == "stop" and before.closed_by not in (None, "stop") and after.closed_by == "stop":
        return "corrected"
    if is_new and before.runs:
        return "restart"
    if is_new and report.status != "start":
        return "no_start"
    return counted.how


def _total(direction: Direction, meter: str) -> int:
    kept = sum(int(run.meters[meter].value) for run in direction.runs if meter in run.meters)
    return kept + int(direction.forgotten.get(meter, "0"))
