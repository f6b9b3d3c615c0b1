"""A jurisdiction with those that lie directly in it, so that an address finds its way down the tree.

TaxJurisdiction(jurisdiction_id="US", children=(Child("US-IL", "state", codes=("IL",)), ...))
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from services.invoicing.tax_jurisdiction.messages import JurisdictionTerms, Level
from shared.kernel.decider import Home, State, View
from shared.kernel.errors import NeverBegan


class Child(msgspec.Struct, frozen=True, omit_defaults=True):
    """What tells whether an address lies in a jurisdiction below."""

    jurisdiction_id: str
    level: Level
    codes: tuple[str, ...] = ()
    postal_codes: tuple[str, ...] = ()


class TaxJurisdiction(State, frozen=True, kw_only=True):
    """A jurisdiction; `version` counts what was said of it."""

    KEY_FIELD = "jurisdiction_id"
    HOME: ClassVar[Home] = Home.REFERENCE

    jurisdiction_id: str
    terms: JurisdictionTerms
    version: int = 1
    children: tuple[Child, ...] = ()


def child_of(jurisdiction_id: str, terms: JurisdictionTerms) -> Child:
    return Child(jurisdiction_id, terms.level, terms.codes, terms.postal_codes)


def jurisdiction_of(view: View, jurisdiction_id: str) -> TaxJurisdiction:
    """The jurisdiction, which must be there. Raises `NeverBegan`."""
    found = view.get(TaxJurisdiction, jurisdiction_id)
    if found is None:
        raise NeverBegan(f"tax jurisdiction {jurisdiction_id} is not known here")
    return found
