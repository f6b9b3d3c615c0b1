"""A service of the catalogue, and the plans that sell it."""

from __future__ import annotations

from typing import ClassVar

from services.rating.service_offering.messages import ServiceTerms
from shared.kernel.decider import Home, State


class ServiceOffering(State, frozen=True, kw_only=True):
    """A service of the catalogue. `plans` are those any version of which sells it, in order of their ids."""

    HOME: ClassVar[Home] = Home.REFERENCE

    service_id: str
    terms: ServiceTerms
    version: int = 1
    plans: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.service_id
