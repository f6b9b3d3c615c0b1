"""The exemptions of an account."""

from __future__ import annotations

import msgspec

from services.invoicing.tax_exemption.messages import ExemptionTerms
from shared.kernel.decider import State


class Exemption(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate and what it frees from."""

    exemption_id: str
    terms: ExemptionTerms


class TaxExemptions(State, frozen=True, kw_only=True):
    """All of an account, past and future, in the order in which they were granted."""

    account_id: str
    exemptions: tuple[Exemption, ...] = ()
