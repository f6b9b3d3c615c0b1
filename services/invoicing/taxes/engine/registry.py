"""The tables of taxes as the rules see them: who taxes at a place, and what.

    registry = Registry(view)
    registry.chain("US-IL-CHI")                                   # US, US-IL, US-IL-COOK, US-IL-CHI
    registry.locate(Address(country="US", region="IL", city="Chicago"))        # "US-IL-CHI"

An address goes down the tree as far as it fits. Where a country has states, it must lie in one of them: a state with
the code `*` is that of all other addresses.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

import msgspec

from services.invoicing.tax_jurisdiction.messages import JurisdictionTerms
from services.invoicing.tax_jurisdiction.state import Child, TaxJurisdiction, child_of
from services.invoicing.tax_rate.messages import RateTerms
from services.invoicing.tax_rate.state import RatesOfJurisdiction, StoredRate
from services.invoicing.taxes.engine.sums import RoundBy
from shared.kernel.decider import State, View
from shared.kernel.errors import Rejection

D = TypeVar("D", bound=State)

OTHERS: Final = "*"


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """Where something is supplied, as far as taxes ask."""

    country: str
    region: str | None = None
    county: str | None = None
    city: str | None = None
    district: str | None = None
    postal_code: str | None = None

    def field_of(self, level: str) -> str | None:
        value: str | None = getattr(self, "region" if level == "state" else level)
        return value


class Registry:
    """The tables, read through a view. Raises `Rejection("tax_place_unknown")` for a place that is not in them."""

    def __init__(self, view: View) -> None:
        self._view = view

    def jurisdiction(self, jurisdiction_id: str, *, pointer: str | None = None) -> TaxJurisdiction:
        found = self._view.get(TaxJurisdiction, jurisdiction_id)
        if found is None:
            detail = f"no tax jurisdiction {jurisdiction_id} is known; add it to /v1/tax/jurisdictions"
            raise Rejection("tax_place_unknown", detail, pointer=pointer)
        return found

    def knows(self, jurisdiction_id: str) -> bool:
        return self._view.get(TaxJurisdiction, jurisdiction_id) is not None

    def chain(self, jurisdiction_id: str) -> list[TaxJurisdiction]:
        """The jurisdiction and all that it lies in, from the country down."""
        found = [self.jurisdiction(jurisdiction_id)]
        while (parent := found[0].terms.parent_id) is not None:
            found.insert(0, self.jurisdiction(parent))
        return found

    def rates(self, jurisdiction_id: str) -> Sequence[StoredRate]:
        found = self._view.get(RatesOfJurisdiction, jurisdiction_id)
        return found.rates if found else ()

    def locate(self, address: Address) -> str:
        """The smallest jurisdiction that the address lies in."""
        here = self.jurisdiction(address.country)
        while (below := _fitting(here.children, address)) is not None:
            here = self.jurisdiction(below)
        if here.terms.level == "country" and any(child.level == "state" for child in here.children):
            where = address.region or address.postal_code
            told = f"in none of its states is {where!r}" if where else "give its region or postal code"
            raise Rejection("tax_place_unknown", f"{address.country} is taxed by state, and {told}")
        return here.jurisdiction_id


def round_by(chain: Iterable[TaxJurisdiction]) -> RoundBy:
    """How a jurisdiction rounds: as it says, or as the one does that it lies in; by group where none says."""
    said = [one.terms.round_by for one in chain if one.terms.round_by is not None]
    return said[-1] if said else "group"


def _fitting(children: Collection[Child], address: Address) -> str | None:
    """The child that fits best: by its code, then by the longest postal code, then the one of all others."""
    ranked = [(rank, child.jurisdiction_id) for child in children if (rank := _rank(child, address)) is not None]
    return min(ranked, key=lambda one: (-one[0], one[1]))[1] if ranked else None


def _rank(child: Child, address: Address) -> int | None:
    named, code = address.field_of(child.level), (address.postal_code or "").replace(" ", "").upper()
    if named is not None and named.strip().casefold() in {code.casefold() for code in child.codes}:
        return 1000
    begins = [len(start) for start in child.postal_codes if code.startswith(start.replace(" ", "").upper())]
    if code and begins:
        return max(begins)
    return 0 if OTHERS in child.codes else None


class Tables:
    """Tables in memory, as a view: of an example, of a file that is looked at before it is imported.

    Tables(jurisdictions={"FR": JurisdictionTerms(...)}, rates={"fr-vat": RateTerms(...)})
    """

    def __init__(self, jurisdictions: Mapping[str, JurisdictionTerms], rates: Mapping[str, RateTerms]) -> None:
        self._states: dict[tuple[type[State], str], Any] = {}
        for key, terms in jurisdictions.items():
            below = (child_of(other, of) for other, of in jurisdictions.items() if of.parent_id == key)
            children = tuple(sorted(below, key=lambda child: child.jurisdiction_id))
            self._states[TaxJurisdiction, key] = TaxJurisdiction(jurisdiction_id=key, terms=terms, children=children)
            own = tuple(
                StoredRate(rate_id=rate_id, terms=of)
                for rate_id, of in sorted(rates.items())
                if of.jurisdiction_id == key
            )
            self._states[RatesOfJurisdiction, key] = RatesOfJurisdiction(jurisdiction_id=key, rates=own)

    def get(self, kind: type[D], key: str) -> D | None:
        found: D | None = self._states.get((kind, key))
        return found

    def get_many(self, kind: type[D], keys: Collection[str]) -> dict[str, D]:
        return {key: found for key in keys if (found := self.get(kind, key)) is not None}
