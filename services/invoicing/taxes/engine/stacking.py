"""What all authorities at a place take of a line: district, city, county, state and country, each by its own table.

    Chicago, a call, 100.00:   FUSF      30 % of 25 %  =  7.50     surcharge
                               state     7 % of 107.50 =  7.53     a tax whose base includes the surcharge (R44)
                               city      7 %           =  7.00
                               federal   3 %           =  3.00

Of several rates of one tax that of the product's own class wins over the one for all, then the latest. Nothing is free
of tax in silence: where no table says what is taken, the line is refused; a rate of 0 says that nothing is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from services.invoicing.tax_exemption.state import Exemption
from services.invoicing.tax_jurisdiction.state import TaxJurisdiction
from services.invoicing.tax_rate.messages import ANY_CLASS
from services.invoicing.tax_rate.state import StoredRate
from services.invoicing.taxes.engine.registry import Registry, round_by
from services.invoicing.taxes.engine.sums import Levy, RoundBy
from services.invoicing.taxes.engine.supply import Supply
from shared.kernel.errors import Rejection


def taxes_at(place: str, supply: Supply, registry: Registry, *, rule: str) -> list[Levy]:
    """The levies of everything that the place lies in. Raises `Rejection`: `tax_place_unknown`, `tax_rate_missing`."""
    chain = registry.chain(place)
    intra_state = _in_state_of_seller(chain, supply, registry)
    found = [
        (rate, round_by(chain[: n + 1]))
        for n, one in enumerate(chain)
        for rate in _in_force(registry.rates(one.jurisdiction_id), supply, intra_state=intra_state)
    ]
    if not found:
        detail = (
            f"no rate is in force in {place} on {supply.on} for products of tax class {supply.product_tax_class}; "
            "add one to /v1/tax/rates, a rate of 0 where nothing is taken"
        )
        raise Rejection("tax_rate_missing", detail)
    replaced = {rate_id for rate, _ in found for rate_id in rate.terms.replaces}
    kept = [(rate, rounded) for rate, rounded in found if rate.rate_id not in replaced]
    above = {one.jurisdiction_id: {other.jurisdiction_id for other in chain[: n + 1]} for n, one in enumerate(chain)}
    levies = [_levy(rate, rounded, rule) for rate, rounded in _in_order(kept)]
    return [_exempt(levy, supply, above[levy.jurisdiction or ""]) for levy in levies]


def _in_force(rates: Iterable[StoredRate], supply: Supply, *, intra_state: bool) -> list[StoredRate]:
    """One rate of each tax."""
    unwanted = "inter_state" if intra_state else "intra_state"
    best: dict[str, StoredRate] = {}
    for rate in rates:
        terms = rate.terms
        if not terms.in_force(supply.on) or terms.where == unwanted:
            continue
        if terms.product_tax_class not in (ANY_CLASS, supply.product_tax_class):
            continue
        if terms.tax not in best or _rank(rate) > _rank(best[terms.tax]):
            best[terms.tax] = rate
    return list(best.values())


def _rank(rate: StoredRate) -> tuple[object, ...]:
    return (rate.terms.product_tax_class != ANY_CLASS, rate.terms.effective_from, rate.rate_id)


def _in_state_of_seller(chain: Sequence[TaxJurisdiction], supply: Supply, registry: Registry) -> bool:
    """Whether seller and buyer are in one state; in countries without states, in one country."""
    if supply.seller.place is None:
        return False
    own = registry.chain(supply.seller.place)
    return [one.jurisdiction_id for one in own[:2]] == [one.jurisdiction_id for one in chain[:2]]


def _in_order(rates: Sequence[tuple[StoredRate, RoundBy]]) -> list[tuple[StoredRate, RoundBy]]:
    """Those that others include first. Rates that include each other in a circle come last, and find nothing."""
    waiting, ordered, there = list(rates), [], set[str]()
    named = {rate.rate_id for rate, _ in rates}
    while ready := [one for one in waiting if not (set(one[0].terms.includes) & named) - there]:
        ordered += ready
        there |= {rate.rate_id for rate, _ in ready}
        waiting = [one for one in waiting if one not in ready]
    return [*ordered, *waiting]


def _levy(rate: StoredRate, rounded: RoundBy, rule: str) -> Levy:
    terms = rate.terms
    return Levy(
        category=terms.category,
        rate=terms.rate,
        name=terms.tax,
        reason=terms.reason,
        kind=terms.kind,
        jurisdiction=terms.jurisdiction_id,
        rule=rule,
        rate_id=rate.rate_id,
        rate_version=rate.version,
        share=terms.share,
        includes=terms.includes,
        round_by=rounded,
    )


def _exempt(levy: Levy, supply: Supply, above: set[str]) -> Levy:
    """The levy, or nothing of it by a certificate that is valid (R45)."""
    for exemption in supply.exemptions:
        if _frees(exemption, levy, supply, above):
            certificate = f"Exempt by certificate {exemption.terms.certificate}"
            reason = f"{certificate}: {exemption.terms.reason}" if exemption.terms.reason else certificate
            return msgspec.structs.replace(levy, category="E", rate=Decimal(0), reason=reason, rule="exemption")
    return levy


def _frees(exemption: Exemption, levy: Levy, supply: Supply, above: set[str]) -> bool:
    terms = exemption.terms
    return (
        terms.valid(supply.on)
        and terms.jurisdiction_id in above
        and terms.tax in (None, levy.name)
        and terms.product_tax_class in (None, supply.product_tax_class)
    )
