"""Who issues a document, and in which series: the operator, or the legal entity by which an account is billed. Pure.

issuer(INVOICE, "acc-1", None, view, operator=command.seller)    ->  Issuer(operator, series INV)
issuer(INVOICE, "acc-1", "nl", view, operator=command.seller)    ->  Issuer(Northwind Nederland B.V., series LE-nl)
"""

from __future__ import annotations

from typing import NamedTuple

from services.invoicing.bill_profile.messages import TaxTerms
from services.invoicing.invoice.messages import Seller
from services.invoicing.invoice_policy.state import invoice_policy
from services.invoicing.legal_entity.state import legal_entity_of, no_entity
from services.invoicing.taxes import by_tables
from shared.kernel.decider import View


class Issuer(NamedTuple):
    """Who issues a document, and in which series it is numbered."""

    seller: Seller | None
    series_id: str


def issuer(kind: str, account_id: str, legal_entity: str | None, view: View, *, operator: Seller | None) -> Issuer:
    """Who issues a document of that kind. Raises `Rejection("legal_entity_not_found")`, which only a lost log can."""
    if legal_entity is None:
        return Issuer(operator, invoice_policy(view).series_of(kind, account_id))
    entity = legal_entity_of(legal_entity, view)
    if entity is None:
        raise no_entity(legal_entity)
    return Issuer(entity.seller, entity.series_of(kind))


def sold_by(terms: TaxTerms, legal_entity: str | None, view: View) -> TaxTerms:
    """The terms by which an account is taxed: where tables determine it, the seller in them is its legal entity."""
    entity = legal_entity_of(legal_entity, view) if by_tables(terms) else None
    if entity is None:
        return terms
    others = {name: value for name, value in terms.parameters.items() if name != "seller_place"}
    return TaxTerms(kind=terms.kind, parameters=others | entity.terms())
