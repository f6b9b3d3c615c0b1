"""A service of the catalogue, and the plans that sell it."""

from __future__ import annotations

from services.rating.catalogue_item import CatalogueItem
from services.rating.service_offering.messages import ServiceTerms


class ServiceOffering(CatalogueItem, frozen=True, kw_only=True):
    """A service of the catalogue."""

    KEY_FIELD = "service_id"

    service_id: str
    terms: ServiceTerms
