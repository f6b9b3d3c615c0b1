"""The levies of a line of a quote that says what it is, who sells it, who buys it and where.

{"product_tax_class": "telecom", "seller": {"country": "DE"}, "ship_to": {"country": "FR"}}  ->  VAT of France, 20 %
"""

from __future__ import annotations

import msgspec

from services.invoicing.tax_quote.bodies import TaxQuoteBody, TaxQuoteLineBody
from services.invoicing.tax_quote.parties import TaxBuyerBody, buyer_facts
from services.invoicing.taxes.engine.registry import Registry
from services.invoicing.taxes.engine.sums import Levy
from services.invoicing.taxes.engine.supply import Supply
from services.invoicing.taxes.rules import levies_of
from shared.kernel.errors import Rejection


def determined(n: int, line: TaxQuoteLineBody, asked: TaxQuoteBody, registry: Registry) -> tuple[Levy, ...]:
    """What rules and tables take of the line. Raises `Rejection` with a pointer."""
    try:
        levies = levies_of(_supply(line, asked, registry, n), registry)
    except Rejection as refusal:
        pointer = refusal.pointer or f"/lines/{n}/product_tax_class"
        raise Rejection(refusal.code, refusal.detail, pointer=pointer) from refusal
    if asked.tax_round is None:
        return tuple(levies)
    return tuple(msgspec.structs.replace(levy, round_by=asked.tax_round) for levy in levies)


def _supply(line: TaxQuoteLineBody, asked: TaxQuoteBody, registry: Registry, n: int) -> Supply:
    at = f"/lines/{n}"
    seller = line.seller or asked.seller
    if asked.date is None:
        raise Rejection("required", "give the date on which it is supplied", pointer="/date")
    if seller is None:
        raise Rejection("required", "give the seller and its country", pointer=f"{at}/seller")
    facts = seller.facts(f"{at}/seller" if line.seller else "/seller")
    own = line.buyer is not None or line.ship_to is not None
    buyer, ship_to = line.buyer or asked.buyer or TaxBuyerBody(), line.ship_to or asked.ship_to
    return Supply(
        product_tax_class=line.product_tax_class or "",
        on=asked.date,
        seller=facts,
        buyer=buyer_facts(buyer, ship_to, facts, registry, at if own else ""),
    )
