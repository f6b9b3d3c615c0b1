"""Rates by the jurisdiction that takes them, and which jurisdiction a rate belongs to."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from services.invoicing.tax_rate.messages import RateTerms
from shared.kernel.decider import Home, State


class StoredRate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rate and how often something was said of it."""

    rate_id: str
    terms: RateTerms
    version: int = 1


class RatesOfJurisdiction(State, frozen=True, kw_only=True):
    """All that a jurisdiction takes, past and future, by the ids of the rates."""

    KEY_FIELD = "jurisdiction_id"
    HOME: ClassVar[Home] = Home.REFERENCE

    jurisdiction_id: str
    rates: tuple[StoredRate, ...] = ()

    def rate(self, rate_id: str) -> StoredRate | None:
        return next((rate for rate in self.rates if rate.rate_id == rate_id), None)


class TaxRate(State, frozen=True, kw_only=True):
    """Whose a rate is."""

    KEY_FIELD = "rate_id"
    HOME: ClassVar[Home] = Home.REFERENCE

    rate_id: str
    jurisdiction_id: str
