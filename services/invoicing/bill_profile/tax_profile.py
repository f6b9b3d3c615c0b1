"""A tax profile as people write it, and as it is kept: checked tax ids, an address found in the tree of jurisdictions.

{"kind": "determined", "seller": {"country": "DE"}, "place": {"country": "FR"}, "tax_id": "FR 40 303 265 045"}
->  TaxTerms("determined", {"seller_country": "DE", "place": "FR", "tax_country": "FR"})

What names a person does not travel: of an address the jurisdiction is kept, of a tax id its country.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from services.invoicing.bill_profile.messages import TaxTerms
from services.invoicing.tax_quote.parties import PIECES_MAX, EvidenceBody, PlaceBody, TaxIdText, TaxSellerBody
from services.invoicing.taxes.engine.registry import Registry
from services.invoicing.taxes.engine.supply import TELECOM
from services.invoicing.taxes.engine.tax_ids import country_of_tax_id
from shared.kernel.bodies import Body
from shared.kernel.decimals import format_decimal
from shared.kernel.errors import Rejection
from shared.kernel.money import PriceString

RATE_MAX: Final = 100


class TaxProfileBody(Body):
    """One `rate` in percent for all (`account_rate`), or as rules and tables say (`determined`).

    `seller`: who sells, where the account is billed by no legal entity, whose own facts count; left out it is the
    entity, or the operator as the deployment is set up. `place`: where the account is supplied; `tax_id`: of a
    business, checked by its digits; `evidence` of where a consumer is; `default_tax_class`: of lines that have none.
    """

    kind: Literal["account_rate", "determined"]
    rate: Annotated[PriceString, Field(le=RATE_MAX)] | None = None
    seller: TaxSellerBody | None = None
    place: PlaceBody | None = None
    tax_id: TaxIdText | None = None
    evidence: Annotated[list[EvidenceBody], Field(max_length=PIECES_MAX)] | None = None
    default_tax_class: Annotated[str, Field(strict=True, pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")] | None = None


_OF_TABLES: Final = ("seller", "place", "tax_id", "evidence", "default_tax_class")


def terms_of(
    body: TaxProfileBody, registry: Registry, at: str, *, usual_seller: TaxSellerBody | None = None
) -> TaxTerms:
    """The terms; `usual_seller` sells where the body does not say who.

    Raises `Rejection`: `required`, `invalid`, `invalid_tax_id`, `tax_place_unknown`.
    """
    if body.kind == "account_rate":
        for name in _OF_TABLES:
            if getattr(body, name) is not None:
                raise Rejection("invalid", "an account with one rate has no other terms", pointer=f"{at}/{name}")
        if body.rate is None:
            raise Rejection("required", "give the rate in percent", pointer=f"{at}/rate")
        return TaxTerms(kind=body.kind, parameters={"rate": format_decimal(body.rate)})
    if body.rate is not None:
        raise Rejection("invalid", "rates are those of the tables; leave it out", pointer=f"{at}/rate")
    return TaxTerms(kind=body.kind, parameters=_determined(body, body.seller or usual_seller, registry, at))


def _determined(
    body: TaxProfileBody, seller_body: TaxSellerBody | None, registry: Registry, at: str
) -> dict[str, str | list[str]]:
    if seller_body is None:
        raise Rejection("required", "give the seller and its country", pointer=f"{at}/seller")
    if body.place is None:
        raise Rejection("required", "give the place where the account is supplied", pointer=f"{at}/place")
    seller = seller_body.facts(f"{at}/seller")
    said: dict[str, str | list[str]] = {
        "seller_country": seller.country,
        "place": body.place.located(registry, f"{at}/place"),
        "evidence_needed": str(seller.evidence_needed),
        "consumer_country": "yes" if seller.consumer_country else "no",
        "default_tax_class": body.default_tax_class or TELECOM,
        "evidence": [f"{piece.kind}:{piece.country}" for piece in body.evidence or ()],
        "registrations": list(seller.registrations),
    }
    if seller.place is not None:
        said["seller_place"] = registry.jurisdiction(seller.place, pointer=f"{at}/seller/place").jurisdiction_id
    if body.tax_id is not None:
        said["tax_country"] = country_of_tax_id(body.tax_id, pointer=f"{at}/tax_id")
    return said
