"""Rates by destination, many thousands of them, in versions that never change once they are published.

    DefineRateTable(table_id="world", name="World", currency="EUR")            -> RateTableDefined
    DraftRateTableVersion(table_id="world", rows=200000, parts=200)            -> RateTableVersionDrafted, version 1
    AddRates(table_id="world", version=1, part=0, rates=[CallRate("1", …), …])  -> RatesAdded, and so on to part 199
    PublishRateTableVersion(table_id="world", version=1, effective_from=date(2026, 7, 1)) -> RateTableVersionPublished

A message holds a part of the rates, since all of them would be larger than a message may be. Nothing is priced by a
version before all its parts are there and it is published.

Reference data: rate tables live in partition 0.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final

from services.rating.pricing.calls.rate import CallRate
from shared.kernel.bounds import Count
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event, Message

PART_ROWS_MAX: Final = 1000
PART_BYTES_MAX: Final = 400_000
ROWS_MAX: Final = 200_000


class OfRateTable(Message, frozen=True, kw_only=True):
    """What is asked or said of a rate table."""

    KEY_FIELD = "table_id"
    REFERENCE: ClassVar[bool] = True

    table_id: str


class DefineRateTable(OfRateTable, Command, frozen=True, kw_only=True):
    """Name a rate table; with `currency` only prices in it may use the table. Refused: `rate_table_exists`."""

    name: str
    currency: Currency | None = None


class DraftRateTableVersion(OfRateTable, Command, frozen=True, kw_only=True):
    """Draft the next version of `rows` rates, which follow in `parts` commands. Refused: `rate_table_not_found`."""

    rows: Count
    parts: Count


class AddRates(OfRateTable, Command, frozen=True, kw_only=True):
    """Part `part` (from 0) of the rates of a draft: rising prefixes, none of which another part has.

    `above` are those of earlier parts whose prefix is a beginning of the first one here, so that who looks for the
    longest prefix finds all that can win in one place. Refused: `rate_table_not_found`,
    `rate_table_version_not_found`, `version_published`, `invalid`. A part that is there already changes nothing.
    """

    version: Count
    part: Count
    rates: list[CallRate]
    above: list[CallRate] = []


class PublishRateTableVersion(OfRateTable, Command, frozen=True, kw_only=True):
    """Put a draft in force from `effective_from` (a date in each account's time zone).

    Refused: `rate_table_not_found`, `rate_table_version_not_found`, `version_incomplete`, `version_published`,
    `version_discarded`, `version_superseded`, `effective_from_order`, `backdated`.
    """

    version: int
    effective_from: date


class DiscardRateTableVersion(OfRateTable, Command, frozen=True, kw_only=True):
    """Give up a draft and its rates. Refused: `rate_table_not_found`, `rate_table_version_not_found`,
    `version_published`. A draft that is given up already stays so.
    """

    version: int


class RateTableDefined(OfRateTable, Event, frozen=True, kw_only=True):
    name: str
    currency: Currency | None = None


class RateTableVersionDrafted(OfRateTable, Event, frozen=True, kw_only=True):
    """A version is announced: `rows` rates in `parts` parts. `draft_id` is the id of the command that asked for it."""

    version: Count
    rows: Count
    parts: Count
    draft_id: str


class RatesAdded(OfRateTable, Event, frozen=True, kw_only=True):
    """A part of the rates of a draft; `above` as in `AddRates`."""

    version: Count
    part: Count
    rates: list[CallRate]
    above: list[CallRate] = []


class RateTableVersionPublished(OfRateTable, Event, frozen=True, kw_only=True):
    """From `effective_from` on, this version prices calls; it never changes again."""

    version: Count
    effective_from: date


class RateTableVersionDiscarded(OfRateTable, Event, frozen=True, kw_only=True):
    """A draft that will never be published; its rates are gone."""

    version: Count
