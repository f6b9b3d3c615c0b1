"""Lines that measure themselves: each is asked when it is due, reports, and says when it is due again.

    due_us = line.first_us(start_us, chance)
    reports, due_us = line.report(due_us, chance)

Optical lines report octets every five minutes; business circuits a rate for each direction and five minutes; telephones
each call when it ends.
"""

from __future__ import annotations

import random
from typing import Final, Protocol

from meterlog.simulation.demand import office, residential
from meterlog.simulation.network import Line
from meterlog.simulation.report import OCTETS, RATE, SECONDS, Record, Report, instant, record_id

INTERVAL_US: Final = 300_000_000
SECOND_US: Final = 1_000_000

_PEAK_OCTETS: Final = 60_000_000
_CIRCUIT_BPS: Final = 20_000_000
_CALL_S_MAX: Final = 900
_CALL_PAUSE_S: Final = 3600


class Equipment(Protocol):
    def first_us(self, start_us: int, chance: random.Random) -> int:
        """When it is due for the first time: lines do not all speak at once."""
        ...

    def report(self, at_us: int, chance: random.Random) -> tuple[list[Report], int]:
        """What it says, and when it is due again."""
        ...


class OpticalLine:
    def __init__(self, line: Line) -> None:
        self._line = line

    def first_us(self, start_us: int, chance: random.Random) -> int:
        return start_us + INTERVAL_US + chance.randrange(INTERVAL_US // SECOND_US) * SECOND_US

    def report(self, at_us: int, chance: random.Random) -> tuple[list[Report], int]:
        octets = self._line.appetite * _PEAK_OCTETS * residential(at_us) * chance.randrange(60, 141) // 10_000
        octets += chance.randrange(1000)
        record = _record(self._line, OCTETS, octets, at_us - INTERVAL_US, at_us, chance)
        return [Report(at_us, "pon", (record,), ((OCTETS, octets),))], at_us + INTERVAL_US


class Circuit:
    def __init__(self, line: Line) -> None:
        self._line = line

    def first_us(self, start_us: int, chance: random.Random) -> int:
        """On the grid of five minutes, some seconds after each began: one sample a slot."""
        slot = start_us - start_us % INTERVAL_US + INTERVAL_US
        return slot + chance.randrange(1, 60) * SECOND_US

    def report(self, at_us: int, chance: random.Random) -> tuple[list[Report], int]:
        records, used = [], []
        for direction in ("in", "out"):
            rate = self._line.appetite * _CIRCUIT_BPS * office(at_us) * chance.randrange(50, 151) // 10_000
            sample = {"kind": "sample", "attributes": {"direction": direction}}
            records.append({**_record(self._line, RATE, rate, at_us, at_us, chance), **sample})
            used.append((RATE, rate))
        return [Report(at_us, "business", tuple(records), tuple(used))], at_us + INTERVAL_US


class Telephone:
    def __init__(self, line: Line) -> None:
        self._line = line

    def first_us(self, start_us: int, chance: random.Random) -> int:
        return start_us + _CALL_S_MAX * SECOND_US + chance.randrange(_CALL_PAUSE_S) * SECOND_US

    def report(self, at_us: int, chance: random.Random) -> tuple[list[Report], int]:
        pause_us = (_CALL_S_MAX + chance.randrange(_CALL_PAUSE_S) // self._line.appetite) * SECOND_US
        # Nobody is called at night: the busier the hour, the likelier a call.
        if chance.randrange(100) >= residential(at_us):
            return [], at_us + pause_us
        seconds = chance.randrange(5, _CALL_S_MAX)
        record = _record(self._line, SECONDS, seconds, at_us - seconds * SECOND_US, at_us, chance)
        record["attributes"] = {"destination": f"33{chance.randrange(1, 10)}{chance.randrange(10**8):08d}"}
        return [Report(at_us, "voice", (record,), ((SECONDS, seconds),))], at_us + pause_us


def _record(line: Line, meter: str, quantity: int, started_us: int, ended_us: int, chance: random.Random) -> Record:
    return {
        "id": record_id(ended_us, chance),
        "source": line.source,
        "resource": line.resource,
        "meter": meter,
        "quantity": str(quantity),
        "started_at": instant(started_us),
        "ended_at": instant(ended_us),
    }
