"""Who sells to whom, and where, as a body says it: of a tax quote, and of an account's tax profile.

{"seller": {"country": "DE"}, "buyer": {"tax_id": "FR40303265045"}, "ship_to": {"country": "FR"}}
"""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field, StrictBool, StrictStr

from services.invoicing.taxes.engine.registry import Address, Registry
from services.invoicing.taxes.engine.supply import EU, BuyerFacts, Evidence, EvidenceKind, SellerFacts
from services.invoicing.taxes.engine.tax_ids import country_of_tax_id
from shared.kernel.bodies import Body, IdText, PrintableText
from shared.kernel.errors import Rejection

PIECES_MAX: Final = 20
COUNTRIES_MAX: Final = 250

CountryCode = Annotated[StrictStr, Field(pattern=r"^[A-Z]{2}$")]
TaxIdText = Annotated[PrintableText, Field(min_length=1, max_length=64)]
Word = Annotated[PrintableText, Field(min_length=1, max_length=100)]


class TaxSellerBody(Body):
    """Who sells. Without `country` it is that of `tax_id`; `place` is the tax jurisdiction of its seat.

    `consumer_country` false: below EUR 10,000 a year telecom services to consumers abroad may be taxed at home;
    `evidence_needed` 1: below EUR 100,000; `registrations`: other countries where it is registered for tax.
    """

    country: CountryCode | None = None
    tax_id: TaxIdText | None = None
    place: IdText | None = None
    consumer_country: StrictBool = True
    evidence_needed: Annotated[int, Field(strict=True, ge=1, le=2)] = 2
    registrations: Annotated[list[CountryCode], Field(max_length=COUNTRIES_MAX)] = []

    def facts(self, at: str) -> SellerFacts:
        """Raises `Rejection`: `invalid_tax_id`, or `required` where it says no country."""
        checked = country_of_tax_id(self.tax_id, pointer=f"{at}/tax_id") if self.tax_id else None
        country = self.country or checked
        if country is None:
            raise Rejection("required", "give the country that the seller is established in", pointer=f"{at}/country")
        return SellerFacts(
            country=country,
            place=self.place,
            consumer_country=self.consumer_country,
            evidence_needed=self.evidence_needed,
            registrations=tuple(self.registrations),
        )


class EvidenceBody(Body):
    """A piece of evidence of where a customer is."""

    kind: EvidenceKind
    country: CountryCode

    def piece(self) -> Evidence:
        return Evidence(self.kind, self.country)


class TaxBuyerBody(Body):
    """Who buys. A `tax_id` is checked by its digits and makes a business of the buyer.

    Where `evidence` of a consumer's country is left out, the country is taken as given.
    """

    country: CountryCode | None = None
    tax_id: TaxIdText | None = None
    evidence: Annotated[list[EvidenceBody], Field(max_length=PIECES_MAX)] | None = None

    def tax_country(self, at: str) -> str | None:
        """Raises `Rejection("invalid_tax_id")`."""
        return country_of_tax_id(self.tax_id, pointer=f"{at}/tax_id") if self.tax_id else None


class PlaceBody(Body):
    """Where something is supplied: a tax jurisdiction by its id, or an address, which is found in the tree of them."""

    jurisdiction_id: IdText | None = None
    country: CountryCode | None = None
    region: Word | None = None
    county: Word | None = None
    city: Word | None = None
    district: Word | None = None
    postal_code: Word | None = None

    def located(self, registry: Registry, at: str) -> str:
        """The smallest jurisdiction. Raises `Rejection("tax_place_unknown")`, or `required` where it says nothing."""
        try:
            if self.jurisdiction_id is not None:
                return registry.jurisdiction(self.jurisdiction_id).jurisdiction_id
            if self.country is None:
                raise Rejection("required", "give a country, or a jurisdiction_id", pointer=f"{at}/country")
            return registry.locate(self._address(self.country))
        except Rejection as refusal:
            if refusal.pointer is not None:
                raise
            field = "country" if self.jurisdiction_id is None else "jurisdiction_id"
            raise Rejection(refusal.code, refusal.detail, pointer=f"{at}/{field}") from refusal

    def _address(self, country: str) -> Address:
        named = ("region", "county", "city", "district", "postal_code")
        return Address(country=country, **{name: getattr(self, name) for name in named})


def buyer_facts(
    buyer: TaxBuyerBody, ship_to: PlaceBody | None, seller: SellerFacts, registry: Registry, at: str
) -> BuyerFacts:
    """Who buys where. A place abroad where the seller charges nothing need not be in the tables."""
    tax_country = buyer.tax_country(f"{at}/buyer")
    country = buyer.country or tax_country
    if ship_to is not None:
        where, pointer = ship_to, f"{at}/ship_to"
    elif country is not None:
        where, pointer = PlaceBody(country=country), f"{at}/buyer"
    else:
        raise Rejection("required", "give ship_to, or the buyer's country", pointer=f"{at}/ship_to")
    evidence = None if buyer.evidence is None else tuple(piece.piece() for piece in buyer.evidence)
    if where.country is not None and not _is_taxed_there(where.country, seller, tax_country, registry):
        return BuyerFacts(country=where.country, place=where.country, tax_country=tax_country, evidence=evidence)
    place = where.located(registry, pointer)
    found = registry.chain(place)[0].jurisdiction_id
    return BuyerFacts(country=found, place=place, tax_country=tax_country, evidence=evidence)


def _is_taxed_there(country: str, seller: SellerFacts, tax_country: str | None, registry: Registry) -> bool:
    if country == seller.country or country in seller.registrations:
        return True
    return tax_country is None and (country in EU or registry.knows(country))
