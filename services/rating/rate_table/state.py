"""A rate table, its versions, and their rates in small pieces: a look-up loads one of them, however large the table is.

table = view.get(RateTable, "world")                       which versions are in force when
index = view.get(RateIndex, index_key("world", 1))         where each piece begins: ("1", "1204", "1246", …)
piece = view.get(RatePiece, index.piece_of("12125550100")) some 250 rates: all that can win for the number
piece.winner("12125550100")                                CallRate("1212", …)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from typing import ClassVar, Final

import msgspec
from msgspec.structs import replace

from services.rating.pricing.calls.destination import prefixes, told_apart
from services.rating.pricing.calls.rate import CallRate
from shared.kernel.currency import Currency
from shared.kernel.decider import Home, State
from shared.kernel.wire import write

PIECE_ROWS: Final = 250


class RateTableVersion(msgspec.Struct, frozen=True, kw_only=True):
    """`received` are the parts that are there while some are missing; `complete` once none is."""

    version: int
    rows: int
    parts: int
    received: tuple[int, ...] = ()
    complete: bool = False
    discarded: bool = False
    effective_from: date | None = None


class RatesInForce(msgspec.Struct, frozen=True):
    """A published version and the days it is in force, from `start` to `end` (exclusive; the last one has none)."""

    version: int
    start: date
    end: date | None


class RateTable(State, frozen=True, kw_only=True):
    """A rate table and all its versions, by number."""

    KEY_FIELD = "table_id"
    HOME: ClassVar[Home] = Home.REFERENCE

    table_id: str
    name: str
    currency: Currency | None = None
    versions: tuple[RateTableVersion, ...] = ()

    @property
    def latest(self) -> int:
        return len(self.versions)

    def version(self, number: int) -> RateTableVersion | None:
        return self.versions[number - 1] if 1 <= number <= self.latest else None

    def spans(self) -> list[RatesInForce]:
        """The published versions in order, each with the days it is in force."""
        published = [(v.version, v.effective_from) for v in self.versions if v.effective_from is not None]
        ends = [start for _, start in published[1:]]
        return [RatesInForce(version, start, end) for (version, start), end in zip_longest(published, ends)]


class RateIndex(State, frozen=True, kw_only=True):
    """Where the pieces of a version begin: their first prefixes, rising."""

    HOME: ClassVar[Home] = Home.REFERENCE

    table_id: str
    version: int
    firsts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return index_key(self.table_id, self.version)

    def piece_of(self, number: str) -> str | None:
        """The key of the piece with all prefixes that the digits can have; `None` where the table begins after them.

        A prefix of the number that stands in an earlier piece is a beginning of this piece's first prefix too, and is
        repeated there.
        """
        place = bisect_right(self.firsts, number) - 1
        return None if place < 0 else piece_key(self.table_id, self.version, self.firsts[place])

    def pieces(self) -> Iterator[str]:
        return (piece_key(self.table_id, self.version, first) for first in self.firsts)


class _Packed(msgspec.Struct, frozen=True):
    """Rates by prefix, as places in `terms` and `names`: a table has many prefixes with few terms and names."""

    rates: dict[str, tuple[int, int]]
    terms: list[msgspec.Raw]
    names: list[str | None]


class RatePiece(State, frozen=True, kw_only=True):
    """A few hundred rates, packed as JSON, since a cache holds many of these: only the one that wins is unpacked."""

    HOME: ClassVar[Home] = Home.REFERENCE

    table_id: str
    version: int
    first: str
    rates: msgspec.Raw

    @property
    def key(self) -> str:
        return piece_key(self.table_id, self.version, self.first)

    def winner(self, number: str) -> CallRate | None:
        """The rate with the longest prefix of the digits (R19)."""
        packed = _PACKED.decode(self.rates)
        winner = next((prefix for prefix in prefixes(number) if prefix in packed.rates), None)
        if winner is None or told_apart(number, packed.rates):
            return None
        terms, name = packed.rates[winner]
        return replace(_RATE.decode(packed.terms[terms]), prefix=winner, name=packed.names[name])


def index_key(table_id: str, version: int) -> str:
    return f"{table_id}/{version}"


def piece_key(table_id: str, version: int, first: str) -> str:
    return f"{table_id}/{version}/{first}"


def pieces_of(table_id: str, version: int, rates: list[CallRate], above: list[CallRate]) -> Iterator[RatePiece]:
    """The rates of a part (rising prefixes) in pieces, each with those of before whose prefix its first begins with."""
    for start in range(0, len(rates), PIECE_ROWS):
        piece = rates[start : start + PIECE_ROWS]
        first = piece[0].prefix
        begins = set(prefixes(first[:-1]))
        inherited = [rate for rate in (*above, *rates[:start]) if rate.prefix in begins]
        packed = msgspec.Raw(write(_packed([*inherited, *piece])))
        yield RatePiece(table_id=table_id, version=version, first=first, rates=packed)


def _packed(rates: list[CallRate]) -> _Packed:
    terms: dict[bytes, int] = {}
    names: dict[str | None, int] = {}
    by_prefix: dict[str, tuple[int, int]] = {}
    for rate in rates:
        written = write(replace(rate, prefix="", name=None))
        by_prefix[rate.prefix] = (terms.setdefault(written, len(terms)), names.setdefault(rate.name, len(names)))
    return _Packed(by_prefix, [msgspec.Raw(written) for written in terms], list(names))


_PACKED: Final = msgspec.json.Decoder(_Packed)
_RATE: Final = msgspec.json.Decoder(CallRate)
