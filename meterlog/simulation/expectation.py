"""What must be counted of all that was sent, each record once.

    expected = Expectation("kafka")
    expected.add(sent)
    expected.totals()
    -> {"records_in": 812, "accepted": 805, "duplicates": 5, "malformed": 2, "rejected": 0, "answered_again": 0,
        "quarantined": {"in_future": 3, "malformed": 2, "unknown_resource": 4}, "signals": 1, "lost": 2,
        "quantity": {"data.octets": "73400320"}}

The words are those of `meterlog conservation`: accepted with what is parked in it, `quantity` without; `quarantined`
tells what is parked or malformed by reason. How a record is refused depends on the way it came: HTTP refuses it in its
answer and keeps nothing, the log sets it aside; a RADIUS packet that comes twice is answered twice and recorded once.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from meterlog.simulation.faults import FAR_AHEAD, Sent
from meterlog.simulation.report import SIGNAL

WAYS: Final = ("kafka", "http", "radius")
_RECORDS_A_PACKET: Final = 2


class Expectation:
    """Sums, and nothing of single records: it stays as small however long a simulation lasts."""

    def __init__(self, way: str) -> None:
        self._way = way
        self._counts: Counter[str] = Counter()
        self._quarantined: Counter[str] = Counter()
        self._quantity: Counter[str] = Counter()

    def add(self, sent: Sent) -> None:
        """One report that was sent, or lost on purpose."""
        records = len(sent.report.records)
        if sent.report.kind == SIGNAL:
            self._counts["signals"] += 1
            return
        match sent.fault:
            case "lost-stop":
                self._counts["lost"] += records
            case "duplicates":
                self._counts["answered_again" if self._way == "radius" else "duplicates"] += records
            case "wrong-clock":
                self._wrong_clock(sent)
            case "unknown-resource":
                self._park("unknown_resource")
            case "malformed":
                self._refuse("malformed", 1)
            case _:
                self._counts["accepted"] += records
                for meter, quantity in sent.report.used:
                    self._quantity[meter] += quantity

    def totals(self) -> dict[str, Any]:
        counts = {name: self._counts[name] for name in ("accepted", "duplicates", "malformed")}
        others = {name: self._counts[name] for name in ("rejected", "answered_again", "signals", "lost")}
        return {
            "records_in": sum(counts.values()),
            **counts,
            **others,
            "quarantined": dict(sorted(self._quarantined.items())),
            "quantity": {meter: str(quantity) for meter, quantity in sorted(self._quantity.items())},
        }

    def _wrong_clock(self, sent: Sent) -> None:
        """A packet has no instant but what it waited: beyond all bounds. A record of 2099 waits for a person."""
        if self._way == "radius":
            self._refuse("schema_violation", _RECORDS_A_PACKET)
        elif sent.report.records[0]["started_at"] == FAR_AHEAD:
            self._park("in_future")
        else:
            self._refuse("schema_violation", 1)

    def _park(self, reason: str) -> None:
        records = _RECORDS_A_PACKET if self._way == "radius" else 1
        self._counts["accepted"] += records
        self._quarantined[reason] += records

    def _refuse(self, reason: str, records: int) -> None:
        if self._way == "http":
            self._counts["rejected"] += records
            return
        self._counts["malformed"] += records
        self._quarantined[reason] += records
