"""A small operator's autumn, drawn from a seed: who buys what, what equipment reports, and when.

    story = Story.drawn(4711)
    story.lines[0]            Line(account_id="acc-0", subscription_id="sub-0", resource_id="mac:00", plan_id="metered")
    story.september           what equipment publishes, in order: [Report(at, partition=1, records=[...]), ...]

Nothing here depends on how the story is run: the same seed tells the same story with faults and without.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

Fields = dict[str, Any]

OPENING: Final = datetime(2026, 9, 1, 9, tzinfo=UTC)
OCTOBER: Final = datetime(2026, 10, 1, tzinfo=UTC)
NOVEMBER: Final = datetime(2026, 11, 1, tzinfo=UTC)
SEPTEMBER_ENDS: Final = date(2026, 10, 1)
OCTOBER_ENDS: Final = date(2026, 11, 1)
CLOSING: Final = timedelta(hours=3)
"""After a period's end: its collection grace of one hour is over."""

ALL_IN: Final[list[Fields]] = [{"model": "flat", "amount": "30.00"}]
METERED: Final[list[Fields]] = [
    {"model": "flat", "amount": "10.00"},
    {
        "model": "graduated",
        "meter": "data.octets",
        "tiers": [{"up_to": "100", "unit_price": "0.05"}, {"up_to": None, "unit_price": "0.03"}],
    },
]
METERED_FROM_OCTOBER: Final[list[Fields]] = [
    {"model": "flat", "amount": "12.00"},
    {"model": "per_unit", "meter": "data.octets", "unit_price": "0.04"},
    {"model": "per_unit", "meter": "voice.seconds", "unit_price": "0.001"},
]
METERS: Final = ("data.octets", "voice.seconds")


@dataclass(frozen=True)
class Line:
    """One subscription and the equipment that reports for it."""

    account_id: str
    subscription_id: str
    resource_id: str
    plan_id: str
    start: date


@dataclass(frozen=True)
class Report:
    """One message of equipment: published once the clock shows `at`, into a reported partition."""

    at: datetime
    partition: int
    records: list[Fields]


@dataclass(frozen=True)
class Story:
    """`late` is published after September was closed, for September."""

    lines: tuple[Line, ...]
    september: tuple[Report, ...]
    october: tuple[Report, ...]
    late: tuple[Report, ...]
    pays: tuple[str, ...]
    """For each account how it pays an invoice: in full, in part, twice over."""

    @property
    def accounts(self) -> list[str]:
        return sorted({line.account_id for line in self.lines})

    @classmethod
    def drawn(cls, seed: int, *, partitions: int) -> Story:
        chance = random.Random(f"{seed}/story")
        lines = _lines(chance)
        writer = _Writer(chance, lines, partitions)
        return cls(
            lines=lines,
            september=writer.month(OPENING + timedelta(days=1), OCTOBER, messages=chance.randint(6, 12)),
            october=writer.month(OCTOBER + CLOSING, NOVEMBER, messages=chance.randint(4, 8)),
            late=(writer.late(OCTOBER + CLOSING),),
            pays=tuple(chance.choice(("full", "part", "over")) for _ in range(len(lines))),
        )


def _lines(chance: random.Random) -> tuple[Line, ...]:
    """Two or three accounts, some with two subscriptions; one of them is metered for sure."""
    lines: list[Line] = []
    for account in range(chance.randint(2, 3)):
        for _ in range(chance.randint(1, 2)):
            number = len(lines)
            plan = "metered" if not lines else chance.choice(("metered", "all-in"))
            start = date(2026, 9, chance.choice((1, 1, 11)))
            lines.append(Line(f"acc-{account}", f"sub-{number}", f"mac:{number:02}", plan, start))
    return tuple(lines)


class _Writer:
    """Equipment: deltas and counters, and now and then something that is wrong with a record."""

    def __init__(self, chance: random.Random, lines: tuple[Line, ...], partitions: int) -> None:
        self._chance = chance
        self._lines = lines
        self._partitions = partitions
        self._ids = 0
        self._readings = dict.fromkeys((line.resource_id for line in lines), 0)
        self._sent: list[tuple[Fields, int]] = []

    def month(self, first: datetime, end: datetime, *, messages: int) -> tuple[Report, ...]:
        """Published through the month and up to half an hour beyond it, in order of time."""
        last = end + timedelta(minutes=30)
        moments = sorted(first + (last - first) * self._chance.random() for _ in range(messages))
        return tuple(self._report(moment, min(moment, end), first) for moment in moments)

    def late(self, at: datetime) -> Report:
        """Records of September that nobody saw in time, and not too late even where October ends first."""
        happened = OPENING + timedelta(days=28)
        return Report(at, 0, [self._delta(self._chance.choice(self._lines), happened, None) for _ in range(2)])

    def _report(self, moment: datetime, until: datetime, since: datetime) -> Report:
        partition = self._chance.randrange(self._partitions)
        records = [self._record(until, since, partition) for _ in range(self._chance.randint(1, 4))]
        return Report(moment, partition, records)

    def _record(self, until: datetime, since: datetime, partition: int) -> Fields:
        line = self._chance.choice(self._lines)
        happened = since + (until - since) * self._chance.random() * 0.999
        kind = self._chance.random()
        sent, here = self._sent, [record for record, where in self._sent if where == partition]
        if kind < 0.08 and sent:
            return dict(self._chance.choice(sent)[0])
        if kind < 0.12 and here:
            # Behind the record it contradicts: which of the two counts must not depend on the order of partitions.
            return {**self._chance.choice(here), "quantity": "999"}
        if kind < 0.16:
            return {**self._delta(line, happened, None), "quantity": "-1"}
        if kind < 0.20:
            return {**self._delta(line, happened, None), "resource": "mac:nobody"}
        counted = [line for n, line in enumerate(self._lines) if n % self._partitions == partition]
        if kind < 0.35 and counted:
            return self._counter(self._chance.choice(counted), until)
        return self._delta(line, happened, partition)

    def _delta(self, line: Line, happened: datetime, partition: int | None) -> Fields:
        record = {
            "id": f"r{self._ids}",
            "source": "olt-1",
            "resource": self._chance.choice((line.resource_id, f"subscription:{line.subscription_id}")),
            "meter": self._chance.choice(METERS),
            "quantity": str(self._chance.randint(1, 90)),
            "started_at": happened.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        self._ids += 1
        if partition is not None:
            self._sent.append((record, partition))
        return record

    def _counter(self, line: Line, read_at: datetime) -> Fields:
        """Readings of one counter come through one reported partition, in order of time."""
        reading = self._readings[line.resource_id] = self._readings[line.resource_id] + self._chance.randint(1, 50)
        return {
            "id": f"c{reading}",
            "source": f"agent-{line.resource_id}",
            "resource": line.resource_id,
            "meter": "data.octets",
            "kind": "counter",
            "counter_bits": 64,
            "boot_id": "b1",
            "quantity": str(reading),
            "started_at": read_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
