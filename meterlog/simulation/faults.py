"""What goes wrong on the way: reports that come twice, late, in another order or broken, and those that never come.

    for sent in troubled(reports, {"duplicates", "late"}, seed=7): ...

    duplicates         sent a second time, a few seconds later
    late               held back for 20 to 50 minutes
    reorder            overtaken by those of the next seconds
    wrong-clock        beside a good one, one of a clock that was never set, or is set to 2099
    unknown-resource   beside a good one, one of a line that nobody registered
    malformed          beside a good one, one with a field of the wrong type, or without its session
    lost-stop          the Stop of a session never comes
    nas-restart        a NAS restarts and says so (measuring.py)

What is right stays as it was, whichever faults are on. What a NAS says of itself is not touched.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterable, Iterator, Set
from typing import Final, NamedTuple

from meterlog.simulation.equipment import SECOND_US
from meterlog.simulation.report import OCTETS, SIGNAL, Accounting, Record, Report, instant, record_id
from meterlog.simulation.sessions import INTERIM, STOP

FAULTS: Final = (
    *("duplicates", "late", "reorder", "wrong-clock", "unknown-resource", "malformed", "lost-stop", "nas-restart"),
)
"""What `--faults` takes."""

STRAYS: Final = ("wrong-clock", "unknown-resource", "malformed")
"""Faults that are reports of their own, beside a good one."""

_PER_MILLE: Final = {
    "duplicates": 10,
    "late": 8,
    "reorder": 50,
    "wrong-clock": 4,
    "unknown-resource": 4,
    "malformed": 3,
}
_LOST_STOPS_PERCENT: Final = 20
FAR_AHEAD: Final = "2099-01-01T00:00:00Z"
NEVER_SET: Final = "1970-01-01T00:03:12Z"
_WAITED_FOR_EVER_S: Final = 0xFFFFFFFF


class Sent(NamedTuple):
    """A report on its way, and which fault it has. One of fault `lost-stop` is not sent."""

    report: Report
    fault: str | None = None


def troubled(reports: Iterable[Report], faults: Set[str], *, seed: int) -> Iterator[Sent]:
    """The reports in the order in which they are sent; what is held back comes with the last at the latest."""
    chance = random.Random(f"{seed}/faults")
    held: list[tuple[int, int, Sent]] = []
    last_us = 0
    for number, report in enumerate(reports):
        last_us = report.at_us
        while held and held[0][0] <= last_us:
            yield heapq.heappop(held)[2]
        for order, sent in enumerate(_befallen(report, faults, chance)):
            if sent.report.at_us <= last_us or sent.fault == "lost-stop":
                yield sent
            else:
                heapq.heappush(held, (sent.report.at_us, number * 8 + order, sent))
    while held:
        yield _at_last(heapq.heappop(held)[2], last_us)


def _befallen(report: Report, faults: Set[str], chance: random.Random) -> Iterator[Sent]:
    """The report and what comes with it. Draws are the same whichever faults are on."""
    drawn = {fault: chance.randrange(1000) < share and fault in faults for fault, share in _PER_MILLE.items()}
    seconds, stray_seed, lost = chance.randrange(1, 31), chance.getrandbits(64), chance.randrange(100)
    if report.kind == SIGNAL:
        yield Sent(report)
        return
    is_stop = report.accounting is not None and report.accounting.status == STOP
    if is_stop and "lost-stop" in faults and lost < _LOST_STOPS_PERCENT:
        yield Sent(report, "lost-stop")
        return
    if drawn["late"]:
        yield Sent(_later(report, 1200 + 60 * seconds), "late")
    elif drawn["reorder"]:
        yield Sent(_later(report, seconds), "reorder")
    else:
        yield Sent(report)
    if drawn["duplicates"] and not drawn["late"]:
        yield Sent(_later(report, seconds + 1), "duplicates")
    for fault in STRAYS:
        if drawn[fault]:
            yield Sent(_STRAY[fault](report, random.Random(f"{stray_seed}/{fault}")), fault)


def _later(report: Report, seconds: int) -> Report:
    """The same, sent later; a packet says how long it has waited."""
    said = report.accounting
    waited = None if said is None else said._replace(waited_s=seconds)
    return report._replace(at_us=report.at_us + seconds * SECOND_US, accounting=waited)


def _at_last(sent: Sent, last_us: int) -> Sent:
    """Not held back any longer than until the end."""
    report = sent.report
    sooner_s = -(-(report.at_us - last_us) // SECOND_US)
    said = report.accounting
    waited = None if said is None else said._replace(waited_s=max(0, said.waited_s - sooner_s))
    return sent._replace(report=report._replace(at_us=last_us, accounting=waited))


def _wrong_clock(report: Report, chance: random.Random) -> Report:
    at = FAR_AHEAD if chance.randrange(2) else NEVER_SET
    said = _session(report, chance, waited_s=_WAITED_FOR_EVER_S)
    return _stray(report, {**_record(report, chance), "started_at": at, "ended_at": at}, said)


def _unknown_resource(report: Report, chance: random.Random) -> Report:
    nobody = f"nobody-{chance.getrandbits(32):08x}"
    said = _session(report, chance, user=nobody)
    return _stray(report, {**_record(report, chance), "resource": f"user:{nobody}"}, said)


def _malformed(report: Report, chance: random.Random) -> Report:
    record = _record(report, chance)
    return _stray(report, {**record, "quantity": int(record["quantity"])}, _session(report, chance, session=""))


_STRAY: Final[dict[str, Callable[[Report, random.Random], Report]]] = {
    "wrong-clock": _wrong_clock,
    "unknown-resource": _unknown_resource,
    "malformed": _malformed,
}


def _stray(report: Report, record: Record, said: Accounting | None) -> Report:
    return Report(report.at_us, report.kind, (record,), (), said)


def _record(report: Report, chance: random.Random) -> Record:
    """A delta of its own, from the same equipment and line."""
    at = instant(report.at_us)
    return {
        "id": record_id(report.at_us, chance),
        "source": report.records[0]["source"],
        "resource": report.records[0]["resource"],
        "meter": OCTETS,
        "quantity": str(chance.randrange(1, 1_000_000)),
        "started_at": at,
        "ended_at": at,
    }


def _session(report: Report, chance: random.Random, **other: object) -> Accounting | None:
    """A session of its own, of the same customer."""
    if report.accounting is None:
        return None
    said = {"session": f"stray-{chance.getrandbits(48):012x}", "status": INTERIM, **other}
    return report.accounting._replace(**said)  # type: ignore[arg-type]
