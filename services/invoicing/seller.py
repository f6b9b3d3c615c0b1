"""Who sells: the operator, as this deployment is set up, or the legal entity by which an account is billed.

FinaliseInvoice(invoice_id="inv-1", account_id="acc-1", seller=seller_of(api.settings))
issuer(INVOICE, "acc-1", None, view, operator=command.seller)    ->  Issuer(operator, series INV)
issuer(INVOICE, "acc-1", "nl", view, operator=command.seller)    ->  Issuer(Northwind Nederland B.V., series LE-nl)

The operator is told with each request to issue, so that no document reads a setting; entities are in the log.
"""

from __future__ import annotations

from typing import NamedTuple

from services.invoicing.bill_profile.messages import TaxTerms
from services.invoicing.invoice.messages import Seller
from services.invoicing.invoice_policy.state import invoice_policy
from services.invoicing.legal_entity.state import legal_entity_of, no_entity
from services.invoicing.taxes import by_tables
from shared.engine.settings import Settings
from shared.kernel.decider import View


class Issuer(NamedTuple):
    """Who issues a document, and in which series it is numbered."""

    seller: Seller | None
    series_id: str


def seller_of(settings: Settings) -> Seller:
    """Each field of `Seller` is the setting of its name. Raises `AttributeError` for one that has none."""
    told = {field: getattr(settings, f"seller_{field}") for field in Seller.__struct_fields__}
    return Seller(**told)


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
