"""What equipment says at one moment: records as JSON has them, and for a session the accounting packet too.

    Report(at_us, "pon", records=({"id": "...", "meter": "data.octets", "quantity": "73400320", ...},),
           used=(("data.octets", 73400320),))

`used` is what counting this report once adds to each meter.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any, Final, NamedTuple

from shared.kernel.instants import EPOCH

OCTETS: Final = "data.octets"
SECONDS: Final = "voice.seconds"
RATE: Final = "rate.bps"

SIGNAL: Final = "signal"
"""The kind of a report in which a NAS speaks of itself, and that is no record."""

Record = dict[str, Any]


class Accounting(NamedTuple):
    """What a RADIUS accounting packet says; octets since the session began, `status` as RFC 2866 numbers it."""

    nas: str
    status: int
    user: str = ""
    port: int = 0
    session: str = ""
    lasted_s: int = 0
    up: int = 0
    down: int = 0
    waited_s: int = 0


class Report(NamedTuple):
    """`at_us` is when the equipment sends it, in microseconds since 1970."""

    at_us: int
    kind: str
    records: tuple[Record, ...]
    used: tuple[tuple[str, int], ...] = ()
    accounting: Accounting | None = None


def instant(at_us: int) -> str:
    """RFC 3339, in whole milliseconds.

    >>> instant(1_795_395_600_250_000)
    '2026-11-23T01:00:00.250Z'
    """
    moment = EPOCH + timedelta(microseconds=at_us)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def record_id(at_us: int, chance: random.Random) -> str:
    """A UUIDv7: ids sort by time."""
    text = (
        f"{at_us // 1000:012x}7{chance.getrandbits(12):03x}{8 | chance.getrandbits(2):x}{chance.getrandbits(60):015x}"
    )
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
