"""Customers who dial in: a Start, reports of what the session has come to, a Stop; and the NAS that they dial into.

    Start      0 up          0 down
    interim    4,200,000     61,000,000       after 15 minutes
    Stop       9,800,000     140,000,000      after 41

Each report is one record for each direction. A NAS that restarts forgets its sessions: it says Accounting-On, no Stop
ever comes, and its customers dial in anew.
"""

from __future__ import annotations

import random
from typing import Final

from meterlog.simulation.demand import residential
from meterlog.simulation.equipment import SECOND_US
from meterlog.simulation.network import Line
from meterlog.simulation.report import OCTETS, SIGNAL, Accounting, Record, Report, instant

START, STOP, INTERIM, ACCOUNTING_ON = 1, 2, 3, 7
STATUSES: Final = {START: "start", STOP: "stop", INTERIM: "interim", ACCOUNTING_ON: "accounting_on"}

_INTERIM_S: Final = 900
_SHORTEST_S, _LONGEST_S = 1200, 4 * 3600
_PAUSE_S: Final = 600
_OCTETS_A_SECOND: Final = 120_000
_RUNS_S: Final = 6 * 3600


class Nas:
    """What customers dial into. `boots` counts its restarts."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.boots = 0

    def first_us(self, start_us: int, chance: random.Random) -> int:
        return start_us + chance.randrange(600, _RUNS_S) * SECOND_US

    def report(self, at_us: int, chance: random.Random) -> tuple[list[Report], int]:
        self.boots += 1
        due_us = at_us + chance.randrange(_RUNS_S // 2, 2 * _RUNS_S) * SECOND_US
        return [signal(at_us, Accounting(self.name, ACCOUNTING_ON))], due_us


class DialIn:
    """One customer's sessions, one after the other."""

    def __init__(self, line: Line, nas: Nas) -> None:
        self._line = line
        self._nas = nas
        self._boot = -1
        self._session: str | None = None
        self._began_us = self._ends_us = self._read_us = 0
        self._up = self._down = 0

    def first_us(self, start_us: int, chance: random.Random) -> int:
        return start_us + chance.randrange(1, _PAUSE_S) * SECOND_US

    def report(self, at_us: int, chance: random.Random) -> tuple[list[Report], int]:
        if self._session is None or self._boot != self._nas.boots:
            return self._begin(at_us, chance)
        used = self._use(at_us, chance)
        if at_us < self._ends_us:
            return [self._told(at_us, INTERIM, used)], min(at_us + _INTERIM_S * SECOND_US, self._ends_us)
        stop = self._told(at_us, STOP, used)
        self._session = None
        return [stop], at_us + chance.randrange(30, _PAUSE_S) * SECOND_US

    def _begin(self, at_us: int, chance: random.Random) -> tuple[list[Report], int]:
        self._boot, self._session = self._nas.boots, f"{chance.getrandbits(48):012x}"
        self._began_us = self._read_us = at_us
        self._ends_us = at_us + chance.randrange(_SHORTEST_S, _LONGEST_S) * SECOND_US
        self._up = self._down = 0
        return [self._told(at_us, START, 0)], at_us + _INTERIM_S * SECOND_US

    def _use(self, at_us: int, chance: random.Random) -> int:
        """Octets since the report before, in both directions."""
        seconds = (at_us - self._read_us) // SECOND_US
        peak = seconds * _OCTETS_A_SECOND * self._line.appetite
        down = peak * residential(at_us) * chance.randrange(60, 141) // 10_000 + chance.randrange(1000)
        up = down // chance.randrange(8, 20)
        self._read_us, self._up, self._down = at_us, self._up + up, self._down + down
        return up + down

    def _told(self, at_us: int, status: int, used: int) -> Report:
        assert self._session is not None
        said = Accounting(
            nas=self._nas.name,
            status=status,
            user=self._line.resource.removeprefix("user:"),
            port=self._line.number,
            session=self._session,
            lasted_s=(at_us - self._began_us) // SECOND_US,
            up=self._up,
            down=self._down,
        )
        return Report(at_us, "session", session_records(self._line.source, said, at_us), ((OCTETS, used),), said)


def signal(at_us: int, said: Accounting) -> Report:
    """What a NAS says of all its sessions."""
    record: Record = {
        "source": said.nas,
        "resource": f"nas:{said.nas}",
        "meter": OCTETS,
        "quantity": "0",
        "kind": "session",
        "status": STATUSES[said.status],
        "started_at": instant(at_us),
    }
    return Report(at_us, SIGNAL, (record,), (), said)


def session_records(source: str, said: Accounting, at_us: int) -> tuple[Record, ...]:
    """A record for each direction, as the RADIUS listener makes them of a packet."""
    return tuple(
        {
            "id": f"{said.nas}/{said.port}/{said.session}/{direction}/{STATUSES[said.status]}/{said.lasted_s}",
            "source": source,
            "resource": f"user:{said.user}",
            "meter": OCTETS,
            "kind": "session",
            "session_id": f"{said.nas}/{said.port}/{said.session}/{direction}",
            "status": STATUSES[said.status],
            "quantity": str(octets),
            "started_at": instant(at_us - said.lasted_s * SECOND_US),
            "ended_at": instant(at_us),
            "attributes": {"direction": direction},
        }
        for direction, octets in (("up", said.up), ("down", said.down))
    )
