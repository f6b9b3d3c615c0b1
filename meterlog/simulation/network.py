"""The lines of a simulated network, drawn from a seed.

    network = Network.drawn(seed=7, lines=200)
    network.lines[0]                   # Line(kind="pon", resource="mac:02:00:07:00:00:00", source="sim7-olt-1", ...)
    network.account_of(line)           # "sim7-00000"

Of 100 lines 60 are of a passive optical network, 10 are business circuits, 15 are telephones and 15 dial in (PPPoE,
mobile). Where only sessions can be told, over RADIUS, all lines dial in.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

KINDS: Final = ("pon", "business", "voice", "session")
_SHARES: Final = {"pon": 60, "business": 10, "voice": 15, "session": 15}
_SOURCES: Final = {"pon": "olt", "business": "pe", "voice": "switch", "session": "bng"}
_LINES_A_SOURCE: Final = 64


@dataclass(frozen=True)
class Line:
    """One customer's line. `appetite` scales what it uses."""

    number: int
    kind: str
    resource: str
    source: str
    appetite: int


@dataclass(frozen=True)
class Network:
    seed: int
    lines: tuple[Line, ...]

    @staticmethod
    def drawn(*, seed: int, lines: int, kinds: Sequence[str] = KINDS) -> Network:
        """`kinds` are those that the network has, each with its share."""
        chance = random.Random(f"{seed}/network")
        return Network(seed, tuple(_line(seed, number, kinds, chance) for number in range(lines)))

    @property
    def sources(self) -> tuple[str, ...]:
        """The equipment, each once."""
        return tuple(dict.fromkeys(line.source for line in self.lines))

    def account_of(self, line: Line) -> str:
        return f"sim{self.seed}-{line.number:05d}"


def _line(seed: int, number: int, kinds: Sequence[str], chance: random.Random) -> Line:
    (kind,) = chance.choices(kinds, weights=[_SHARES[kind] for kind in kinds])
    source = f"sim{seed}-{_SOURCES[kind]}-{number // _LINES_A_SOURCE + 1}"
    return Line(number, kind, _resource(seed, number, kind), source, chance.choice((1, 1, 2, 2, 3, 5, 8)))


def _resource(seed: int, number: int, kind: str) -> str:
    match kind:
        case "pon":
            # 02: an address that its owner gave, so that it is nobody else's.
            digits = f"02{seed & 0xFFFF:04x}{number & 0xFFFFFF:06x}"
            return "mac:" + ":".join(digits[at : at + 2] for at in range(0, 12, 2))
        case "business":
            return f"ifindex:sim{seed}-pe-{number // _LINES_A_SOURCE + 1}/{number}"
        case "voice":
            return f"tel:33{seed % 1000:03d}{number:06d}"
        case _:
            return f"user:{number:05d}@sim{seed}.example"
