"""A legal entity as people write it: what settings say of the operator, and what tax has to know of it.

{"name": "Northwind Nederland B.V.", "street": "Damrak 1", "postal_code": "1012 LG", "city": "Amsterdam",
 "country": "NL", "vat_id": "NL004495445B01", "iban": "NL91 ABNA 0417 1643 00",
 "series": {"invoice": "NL-INV"}, "tax": {"registrations": ["CH"]}}
"""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field, StrictBool, StrictStr
from stdnum import iban

from services.invoicing.invoice.printed import Seller
from services.invoicing.invoice_policy.numbering import SeriesChoiceBody
from services.invoicing.legal_entity.messages import SellerTax
from services.invoicing.tax_quote.parties import COUNTRIES_MAX, CountryCode
from services.invoicing.taxes.engine.tax_ids import country_of_tax_id
from shared.kernel.bodies import Body, IdText, PrintableText
from shared.kernel.customer import is_country
from shared.kernel.errors import Rejection

LineText = Annotated[PrintableText, Field(max_length=200)]
Lines = Annotated[list[LineText], Field(max_length=10)]
Email = Annotated[StrictStr, Field(max_length=200, pattern=r"^([^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+)?$")]
ElectronicAddress = Annotated[StrictStr, Field(max_length=200, pattern=r"^([0-9A-Z]{2,4}:[^\s\x00-\x1f\x7f]+)?$")]

LINES: Final = ("address", "payment_details")
"""Fields of several lines."""


class EntityTaxBody(Body):
    """What tax has to know of it beside its country: as `seller` of a tax profile.

    `place` is the tax jurisdiction of its seat. `consumer_country` false: below EUR 10,000 a year telecom services to
    consumers abroad may be taxed at home; `evidence_needed` 1: below EUR 100,000; `registrations`: other countries
    where it is registered for tax.
    """

    place: IdText | None = None
    consumer_country: StrictBool = True
    evidence_needed: Annotated[int, Field(strict=True, ge=1, le=2)] = 2
    registrations: Annotated[list[CountryCode], Field(max_length=COUNTRIES_MAX)] = []


class LegalEntityFields(Body):
    """Who issues documents. What is empty is not printed; without `country` it is that of `vat_id`.

    `address` and `payment_details` are lines of print; the others are what electronic invoices need apart.
    `series`, by kind of document: series that were opened with this `legal_entity`; else it has its own.
    """

    name: Annotated[PrintableText, Field(min_length=1, max_length=200)]
    address: Lines = []
    tax_id: LineText = ""
    payment_details: Lines = []
    street: LineText = ""
    postal_code: Annotated[PrintableText, Field(max_length=20)] = ""
    city: LineText = ""
    region: LineText = ""
    country: CountryCode | None = None
    vat_id: Annotated[PrintableText, Field(max_length=20)] = ""
    registration_id: LineText = ""
    electronic_address: ElectronicAddress = ""
    iban: Annotated[PrintableText, Field(max_length=50)] = ""
    bic: Annotated[StrictStr, Field(pattern=r"^([0-9A-Z]{8}|[0-9A-Z]{11})?$")] = ""
    email: Email = ""
    phone: Annotated[PrintableText, Field(max_length=50)] = ""
    tax: EntityTaxBody = EntityTaxBody()
    series: SeriesChoiceBody = SeriesChoiceBody()

    def seller(self) -> Seller:
        """Raises `Rejection`: `invalid_tax_id`, `invalid`, or `required` where nothing says its country."""
        said = {field: getattr(self, field) for field in Seller.__struct_fields__}
        said |= {field: "\n".join(said[field]) for field in LINES}
        found = country_of_tax_id(self.vat_id, pointer="/vat_id") if self.vat_id else None
        country = self.country or found
        if country is None:
            raise Rejection("required", "give the country that the entity is established in", pointer="/country")
        check_countries([country], "/country")
        return Seller(**said | {"country": country, "vat_id": _compact(self.vat_id), "iban": _iban(self.iban)})

    def seller_tax(self) -> SellerTax:
        """Raises `Rejection("invalid")` for what is no country."""
        check_countries(self.tax.registrations, "/tax/registrations")
        return SellerTax(**self.tax.model_dump())


class LegalEntityBody(LegalEntityFields):
    __doc__ = LegalEntityFields.__doc__

    id: IdText | None = None


def check_countries(codes: list[str], pointer: str) -> None:
    for code in codes:
        if not is_country(code):
            raise Rejection("invalid", f"{code} is no country of ISO 3166-1", pointer=pointer)


def _compact(vat_id: str) -> str:
    return vat_id.replace(" ", "").upper()


def _iban(text: str) -> str:
    """Without spaces; one with a wrong digit would be on every invoice, and in its QR code."""
    if text and not iban.is_valid(text):
        raise Rejection("invalid", f"{text[:40]!r} is no IBAN: a digit or its length is wrong", pointer="/iban")
    return iban.compact(text)
