"""Where a document counts: the smallest tax jurisdiction that its tax is of.

region_of(groups of US, US-IL and US-IL-CHI)     "US-IL-CHI"
region_of(groups of a rate that no table says)   ""
"""

from __future__ import annotations

from collections.abc import Iterable

from services.invoicing.invoice.messages import TaxGroup


def region_of(groups: Iterable[TaxGroup]) -> str:
    """Ids of jurisdictions begin with those that they lie in; of two apart from each other the first by name."""
    places = {group.jurisdiction for group in groups if group.jurisdiction}
    return min(places, key=lambda place: (-place.count("-"), place), default="")
