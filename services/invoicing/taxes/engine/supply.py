"""What the rules of taxation are told of one line: what is sold, when, by whom, to whom, where.

Supply(product_tax_class="telecom", on=date(2026, 10, 1), seller=SellerFacts(country="DE"),
       buyer=BuyerFacts(country="FR", place="FR", evidence=(Evidence("billing_address", "FR"), ...)))
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal, NamedTuple, get_args

import msgspec

from services.invoicing.tax_exemption.state import Exemption

EvidenceKind = Literal["billing_address", "ip_address", "bank", "sim", "fixed_line", "other"]
EVIDENCE_KINDS: Final[tuple[EvidenceKind, ...]] = get_args(EvidenceKind)

TELECOM: Final = "telecom"
"""The tax class of a line that has none: what an operator sells."""

EU: Final = frozenset(
    {
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
        *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    }
)
"""Member states of the European Union, by ISO 3166-1."""


class Evidence(NamedTuple):
    """What says in which country a customer is (Regulation 282/2011, Articles 24b and 24f)."""

    kind: EvidenceKind
    country: str


class SellerFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Who sells. `country` of establishment; `place` where it is in it, as far as taxes ask.

    `consumer_country`: whether telecom services to consumers are taxed where these are, as above the threshold of
    EUR 10,000 a year; `evidence_needed`: one piece below EUR 100,000, else two; `registrations`: other countries where
    it is registered for tax.
    """

    country: str
    place: str | None = None
    consumer_country: bool = True
    evidence_needed: int = 2
    registrations: tuple[str, ...] = ()


class BuyerFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Who buys, where. `place`: the smallest jurisdiction. `tax_country`: of a checked tax id, that of a business.

    `evidence` is `None` where the country is taken as given, in a quote that says nothing of it.
    """

    country: str
    place: str
    tax_country: str | None = None
    evidence: tuple[Evidence, ...] | None = None


class Supply(msgspec.Struct, frozen=True, kw_only=True):
    """One line, as the rules see it. `on` is a day of the account."""

    product_tax_class: str
    on: date
    seller: SellerFacts
    buyer: BuyerFacts
    exemptions: Sequence[Exemption] = ()
