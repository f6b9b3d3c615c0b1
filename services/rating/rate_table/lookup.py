"""What pricing looks up in stored tables: the rate with the longest prefix of a number, day by day (R19, R21).

    rates = StoredRates(view, since=period.start)
    PricingContext(..., rate_of=rates.rate_of, want_rates=rates.want_rates)

A version counts from the day it is in force. One that ended before `since` prices nothing any more and is not loaded.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from services.rating.pricing.calls.cutting import DatedRate
from services.rating.pricing.calls.destination import told_apart
from services.rating.pricing.calls.rate import CallRate
from services.rating.rate_table.state import RateIndex, RatePiece, RatesInForce, RateTable, index_key
from shared.kernel.decider import View
from shared.kernel.errors import absent


class StoredRates:
    """The rates of all tables, for usage that begins on `since` or later. Raises `Rejection` for an unknown table."""

    def __init__(self, view: View, *, since: date) -> None:
        self._view = view
        self._since = since

    def rate_of(self, table_id: str, number: str) -> tuple[DatedRate, ...]:
        """What the digits cost under each version, in the order they come into force; empty where none is published."""
        return tuple(
            DatedRate(span.start, self._winner(table_id, span, number), span.version) for span in self._spans(table_id)
        )

    def want_rates(self, table_id: str, numbers: Collection[str]) -> None:
        """Ask for all that these numbers need, each kind of state once, so that it is loaded in one go."""
        spans = self._spans(table_id)
        indexes = self._view.get_many(RateIndex, {index_key(table_id, span.version) for span in spans})
        pieces = {index.piece_of(number) for index in indexes.values() for number in numbers}
        self._view.get_many(RatePiece, {key for key in pieces if key is not None})

    def _spans(self, table_id: str) -> list[RatesInForce]:
        table = self._view.get(RateTable, table_id)
        if table is None:
            raise absent("rate_table", table_id, pointer="/rate_table")
        return [span for span in table.spans() if span.end is None or span.end > self._since]

    def _winner(self, table_id: str, span: RatesInForce, number: str) -> CallRate | None:
        index = self._view.get(RateIndex, index_key(table_id, span.version))
        key = None if index is None or told_apart(number, index.firsts) else index.piece_of(number)
        piece = None if key is None else self._view.get(RatePiece, key)
        return None if piece is None else piece.winner(number)
