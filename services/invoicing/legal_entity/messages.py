"""Legal entities: who issues documents, where an operator has several companies.

    DefineLegalEntity("nl", seller=Seller(name="Northwind Nederland B.V.", country="NL", vat_id="NL...", ...),
                      series={"invoice": "NL-INV"})
    -> LegalEntityDefined, version 1
    ChangeLegalEntity(...)  -> LegalEntityChanged, version 2: for documents that are locked from then on
    DeleteLegalEntity(...)  -> LegalEntityDeleted, unless an account is billed by it or it has issued something

Reference data: it lives in partition 0. An account names its entity (bill_profile/legal_entities.py); without one it is
billed by the operator, as the deployment is set up. Documents hold their seller as it was when they were locked.
"""

from __future__ import annotations

from services.invoicing.invoice.printed import Seller
from shared.kernel.bounds import Checked, Count
from shared.kernel.message import Command, Event, Message


class SellerTax(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """What tax has to know of a seller beside its country, as a tax profile says it of the operator.

    `place`: the tax jurisdiction of its seat. `consumer_country`: services to consumers abroad are taxed there;
    `evidence_needed`: pieces, 1 or 2; `registrations`: other countries where it is registered.
    """

    place: str | None = None
    consumer_country: bool = True
    evidence_needed: Count = 2
    registrations: list[str] = []


class OfLegalEntity(Message, frozen=True, kw_only=True):
    """What is asked or said of a legal entity."""

    KEY_FIELD = "legal_entity_id"
    REFERENCE = True

    legal_entity_id: str


class DefineLegalEntity(OfLegalEntity, Command, frozen=True, kw_only=True):
    """`series` by kind of document, where it is not the entity's usual one (numbering_series/choice.py).

    Refused: `legal_entity_exists`, `required` without a country.
    """

    seller: Seller
    tax: SellerTax = SellerTax()
    series: dict[str, str] = {}


class ChangeLegalEntity(OfLegalEntity, Command, frozen=True, kw_only=True):
    """Say something else of an entity, all of it. What is locked keeps its seller.

    Refused: `legal_entity_not_found`, `version_mismatch`, `required`.
    """

    seller: Seller
    tax: SellerTax = SellerTax()
    series: dict[str, str] = {}


class DeleteLegalEntity(OfLegalEntity, Command, frozen=True, kw_only=True):
    """Refused: `legal_entity_not_found`, `legal_entity_in_use`, `version_mismatch`."""


class LegalEntityDefined(OfLegalEntity, Event, frozen=True, kw_only=True):
    """A legal entity, version 1 of it."""

    seller: Seller
    tax: SellerTax = SellerTax()
    series: dict[str, str] = {}


class LegalEntityChanged(OfLegalEntity, Event, frozen=True, kw_only=True):
    """This is said of the entity from now on."""

    version: Count
    seller: Seller
    tax: SellerTax = SellerTax()
    series: dict[str, str] = {}


class LegalEntityDeleted(OfLegalEntity, Event, frozen=True, kw_only=True):
    """No account may be given it any more; its id may be given again."""
