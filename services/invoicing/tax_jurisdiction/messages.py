"""Who taxes where: a tree of countries, states, counties, cities and districts.

    DefineTaxJurisdiction("US", terms=JurisdictionTerms(level="country", name="United States"))
    DefineTaxJurisdiction("US-IL", terms=JurisdictionTerms(level="state", name="Illinois", parent_id="US", ...))
    -> TaxJurisdictionDefined
    ChangeTaxJurisdiction(...)      -> TaxJurisdictionChanged, all of it
    ImportTaxJurisdictions([...])   -> both, for what differs from what is there
    DeleteTaxJurisdiction("US-IL")  -> TaxJurisdictionDeleted, while nothing lies in it and it has no rates

What it taxes is in tax_rate/. Reference data: it lives in partition 0.
"""

from __future__ import annotations

from typing import ClassVar, Final, Literal

import msgspec

from shared.kernel.bounds import Count
from shared.kernel.message import Command, Event, Message

Level = Literal["country", "state", "county", "city", "district"]
LEVELS: Final[tuple[Level, ...]] = ("country", "state", "county", "city", "district")
"""From the top of the tree; each lies in one above it, levels may be left out."""

IMPORT_ROWS_MAX: Final = 500
"""Rows of one import command, so that it stays well below what a message may hold."""


class JurisdictionTerms(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is said of a jurisdiction.

    An address lies in it where its field of that level is one of `codes` (in any case), or its postal code begins with
    one of `postal_codes`. `round_by`: whether tax is rounded by group or line by line (R39), `None` as above it.
    """

    level: Level
    name: str
    parent_id: str | None = None
    codes: tuple[str, ...] = ()
    postal_codes: tuple[str, ...] = ()
    round_by: Literal["group", "line"] | None = None


class JurisdictionEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row of an import."""

    jurisdiction_id: str
    terms: JurisdictionTerms


class OfJurisdiction(Message, frozen=True, kw_only=True):
    """What is asked or said of a jurisdiction."""

    KEY_FIELD = "jurisdiction_id"
    REFERENCE: ClassVar[bool] = True

    jurisdiction_id: str


class DefineTaxJurisdiction(OfJurisdiction, Command, frozen=True, kw_only=True):
    """Put a jurisdiction into the tree. A country's id is its code of ISO 3166-1.

    Refused: `tax_jurisdiction_exists`, `tax_jurisdiction_not_found` (the one it lies in), `invalid`.
    """

    terms: JurisdictionTerms


class ChangeTaxJurisdiction(OfJurisdiction, Command, frozen=True, kw_only=True):
    """Say something else of it; level and place in the tree stay. What is issued keeps what it was taxed.

    Refused: `tax_jurisdiction_not_found`, `invalid`, `version_mismatch`.
    """

    terms: JurisdictionTerms


class DeleteTaxJurisdiction(OfJurisdiction, Command, frozen=True, kw_only=True):
    """Refused: `tax_jurisdiction_not_found`, `tax_jurisdiction_in_use`, `version_mismatch`."""


class ImportTaxJurisdictions(Command, frozen=True, kw_only=True):
    """Define and change jurisdictions until they are as these entries say, all or none. Parents stand before children.

    Refused: as the two; the pointer names the entry.
    """

    KEY_FIELD = "import_id"
    REFERENCE: ClassVar[bool] = True

    import_id: str
    entries: list[JurisdictionEntry]


class TaxJurisdictionDefined(OfJurisdiction, Event, frozen=True, kw_only=True):
    """A jurisdiction is in the tree, version 1 of it."""

    terms: JurisdictionTerms


class TaxJurisdictionChanged(OfJurisdiction, Event, frozen=True, kw_only=True):
    """This is said of it from now on."""

    version: Count
    terms: JurisdictionTerms


class TaxJurisdictionDeleted(OfJurisdiction, Event, frozen=True, kw_only=True):
    """It is no longer in the tree; its id may be given again."""
