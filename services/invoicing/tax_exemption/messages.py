"""Exemptions: a certificate that frees an account from what a jurisdiction takes, between two dates (R45).

    GrantTaxExemption("ex-1", "acc-1", terms=ExemptionTerms(jurisdiction_id="US-IL", certificate="ST-5 0042", ...))
    -> TaxExemptionGranted
    EndTaxExemption("ex-1", "acc-1", on=date(2027, 1, 1))   -> TaxExemptionEnded

It lives with its account. What is issued keeps what it was taxed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec

from shared.kernel.claims import Claim, claim_chosen
from shared.kernel.errors import Rejection
from shared.kernel.message import Command, Event

EXEMPTIONS_MAX: Final = 500
"""Exemptions of one account, past and future."""


class ExemptionTerms(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a certificate frees from: all taxes of a jurisdiction and of those in it, or one `tax` by its name, or of
    products of one tax class. Valid from `valid_from` until before `valid_to` (`None`: until it is ended).
    """

    jurisdiction_id: str
    certificate: str
    valid_from: date
    valid_to: date | None = None
    tax: str | None = None
    product_tax_class: str | None = None
    reason: str | None = None

    def valid(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


def exemption_exists(exemption_id: str) -> Rejection:
    detail = f"there is a tax exemption {exemption_id}; choose another id"
    return Rejection("tax_exemption_exists", detail, pointer="/id", status=409)


class GrantTaxExemption(Command, frozen=True, kw_only=True):
    """Refused: `account_not_found`, `tax_jurisdiction_not_found`, `certificate_expired`, `tax_exemption_exists`,
    `invalid`."""

    exemption_id: str
    account_id: str
    terms: ExemptionTerms

    def claims(self, command_id: str) -> Sequence[Claim]:
        return claim_chosen("tax_exemption", self.exemption_id, exemption_exists, command_id=command_id)


class EndTaxExemption(Command, frozen=True, kw_only=True):
    """The certificate frees from nothing from the day `on`. Refused: `tax_exemption_not_found`, `invalid`."""

    exemption_id: str
    account_id: str
    on: date


class TaxExemptionGranted(Event, frozen=True, kw_only=True):
    """The account is exempt as the certificate says."""

    exemption_id: str
    account_id: str
    terms: ExemptionTerms


class TaxExemptionEnded(Event, frozen=True, kw_only=True):
    """From the day `on` the certificate frees from nothing."""

    exemption_id: str
    account_id: str
    on: date
