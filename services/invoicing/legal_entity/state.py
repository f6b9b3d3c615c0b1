"""The legal entities there are, and who is billed by them."""

from __future__ import annotations

from typing import ClassVar

from services.invoicing.invoice.printed import Seller
from services.invoicing.legal_entity.messages import SellerTax
from services.invoicing.numbering_series.choice import series_of_entity
from shared.kernel.decider import Home, State, View
from shared.kernel.errors import Rejection


class LegalEntity(State, frozen=True, kw_only=True):
    """An entity in its newest version.

    One that is `deleted` is still known: an account that was given it at the same moment goes on being billed by it.
    """

    HOME: ClassVar[Home] = Home.REFERENCE
    KEY_FIELD: ClassVar[str] = "legal_entity_id"

    legal_entity_id: str
    seller: Seller
    tax: SellerTax = SellerTax()
    series: dict[str, str] = {}
    version: int = 1
    deleted: bool = False

    def series_of(self, kind: str) -> str:
        """The series that numbers its documents of that kind."""
        return self.series.get(kind) or series_of_entity(kind, self.legal_entity_id)

    def terms(self) -> dict[str, str | list[str]]:
        """What a tax profile that is determined by tables says of its seller, as it says it."""
        said: dict[str, str | list[str]] = {
            "seller_country": self.seller.country,
            "evidence_needed": str(self.tax.evidence_needed),
            "consumer_country": "yes" if self.tax.consumer_country else "no",
            "registrations": list(self.tax.registrations),
        }
        return said if self.tax.place is None else said | {"seller_place": self.tax.place}


class LegalEntityUse(State, frozen=True, kw_only=True):
    """How many accounts of all partitions are billed by an entity, some of them, and how many documents it has issued.

    Counted in the tables (rows.py): an account that is given the entity at the same moment may be missed. None is no
    state.
    """

    KEY_FIELD: ClassVar[str] = "legal_entity_id"
    STORED: ClassVar[bool] = False

    legal_entity_id: str
    accounts: int
    examples: tuple[str, ...]
    documents: int


def legal_entity_of(legal_entity_id: str | None, view: View) -> LegalEntity | None:
    """The entity that an account or a document names; `None` where it is the operator's own."""
    return None if legal_entity_id is None else view.get(LegalEntity, legal_entity_id)


def no_entity(legal_entity_id: str, *, pointer: str | None = None) -> Rejection:
    """There is no such entity: 404, or 422 for one that a body names."""
    detail = f"there is no legal entity {legal_entity_id!r}; GET /v1/legal-entities lists those there are"
    return Rejection("legal_entity_not_found", detail, pointer=pointer, status=404 if pointer is None else 422)
