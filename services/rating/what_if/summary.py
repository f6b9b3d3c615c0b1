"""A comparison summed up while it is made: totals, winners and losers, bands of the difference. Bounded memory.

    summary = Summary(limit=50)
    for billed in ...:
        summary.add(compare(billed, plan, candidate, view))       # one subscription at a time, by account
    summary.end()

A customer who would pay less is a winner. Of each kind at most `limit` periods are kept, the largest differences first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final, Literal

from services.rating.pricing.engine.contract import ZERO
from services.rating.what_if.comparing import Compared
from shared.kernel.decimals import exact

_BOUNDS: Final = (-50, -25, -10, 0, 10, 25, 50)
"""Per cent of what was charged."""


@dataclass(slots=True)
class Counts:
    """How many would pay less, more and the same."""

    winners: int = 0
    losers: int = 0
    unchanged: int = 0

    def add(self, difference: Decimal) -> None:
        if difference < 0:
            self.winners += 1
        elif difference > 0:
            self.losers += 1
        else:
            self.unchanged += 1


@dataclass(slots=True)
class Band:
    """Periods whose difference is `over` (excluded) to `up_to` (included) per cent of what was charged.

    Below zero it is the other way round: from `over` (included) to `up_to` (excluded), so that a band of winners and
    its mirror of losers are alike. `None`: without end. `kind` tells those that have no per cent.
    """

    kind: Literal["percent", "unchanged", "nothing_charged"]
    over: int | None = None
    up_to: int | None = None
    periods: int = 0
    difference: Decimal = ZERO


class Largest:
    """The periods with the largest differences, at most `limit`."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: list[Compared] = []

    def add(self, compared: Compared) -> None:
        self._kept.append(compared)
        if len(self._kept) >= 2 * self._limit + 1_000:
            self._kept = self.found()

    def found(self) -> list[Compared]:
        """In order: the largest first, then by account, subscription and period."""
        return sorted(self._kept, key=_by_difference)[: self._limit]


class Summary:
    """What all compared periods come to. Subscriptions are added account by account."""

    def __init__(self, limit: int) -> None:
        self.charged = ZERO
        self.candidate = ZERO
        self.accounts = Counts()
        self.periods = Counts()
        self.bands = _bands()
        self.winners = Largest(limit)
        self.losers = Largest(limit)
        self.subscriptions = 0
        self.records = 0
        self.not_computable: list[Compared] = []
        self.not_computable_by_reason: dict[str, int] = {}
        self.not_computable_charged = ZERO
        self._limit = limit
        self._account: tuple[str, Decimal] | None = None

    @property
    def difference(self) -> Decimal:
        with exact():
            return self.candidate - self.charged

    def add(self, subscription: Sequence[Compared]) -> None:
        """The periods of one subscription."""
        self.subscriptions += 1
        with exact():
            for compared in subscription:
                if compared.reason is None and compared.candidate is not None:
                    self._take(compared, compared.candidate)
                else:
                    self._set_aside(compared)

    def end(self) -> None:
        """All have been added: the last account is counted."""
        if self._account is not None:
            self.accounts.add(self._account[1])
            self._account = None

    def _take(self, compared: Compared, candidate: Decimal) -> None:
        difference = compared.difference
        self.charged += compared.charged
        self.candidate += candidate
        self.records += compared.records
        self.periods.add(difference)
        band = self._band_of(difference, compared.charged)
        band.periods += 1
        band.difference += difference
        if difference:
            (self.winners if difference < 0 else self.losers).add(compared)
        if self._account is not None and self._account[0] != compared.account_id:
            self.end()
        before = ZERO if self._account is None else self._account[1]
        self._account = (compared.account_id, before + difference)

    def _set_aside(self, compared: Compared) -> None:
        reason = compared.reason or ""
        self.not_computable_by_reason[reason] = self.not_computable_by_reason.get(reason, 0) + 1
        self.not_computable_charged += compared.charged
        if len(self.not_computable) < self._limit:
            self.not_computable.append(compared)

    def _band_of(self, difference: Decimal, charged: Decimal) -> Band:
        if not difference:
            return next(band for band in self.bands if band.kind == "unchanged")
        if not charged:
            return self.bands[-1]
        hundredfold, base = difference * 100, abs(charged)
        for band in self.bands:
            if band.kind == "percent" and _within(hundredfold, base, band):
                return band
        raise ValueError(f"no band holds a difference of {difference} on {charged}")


def _within(hundredfold: Decimal, base: Decimal, band: Band) -> bool:
    """Whether the per cent lie in the band, without dividing."""
    low = None if band.over is None else band.over * base
    high = None if band.up_to is None else band.up_to * base
    if hundredfold < 0:
        return (low is None or hundredfold >= low) and high is not None and hundredfold < high
    return low is not None and hundredfold > low and (high is None or hundredfold <= high)


def _bands() -> list[Band]:
    edges = [None, *_BOUNDS, None]
    found: list[Band] = []
    for over, up_to in pairwise(edges):
        if over == 0:
            found.append(Band("unchanged", 0, 0))
        found.append(Band("percent", over, up_to))
    return [*found, Band("nothing_charged")]


def _by_difference(compared: Compared) -> tuple[Decimal, str, str, date]:
    return -abs(compared.difference), compared.account_id, compared.subscription_id, compared.period.start
