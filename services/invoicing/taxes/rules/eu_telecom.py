"""`eu_telecom`: telecom, broadcasting and electronic services to a consumer in another member state (R43).

They are taxed where the consumer is (Directive 2006/112/EC, Article 58), which needs evidence (Regulation 282/2011):
two pieces that agree, or one where the seller needs one only; a fixed line, or the country of a SIM card, is enough by
itself (Article 24b). Pieces that name another country do not count. Below the threshold of EUR 10,000 a year the seller
may tax at home.
"""

from __future__ import annotations

from typing import Final

from services.invoicing.taxes.engine.registry import Registry
from services.invoicing.taxes.engine.stacking import taxes_at
from services.invoicing.taxes.engine.sums import Levy
from services.invoicing.taxes.engine.supply import EU, TELECOM, Evidence, Supply
from services.invoicing.taxes.rules.contract import RuleExample, TaxRule, example_supply
from shared.kernel.errors import Rejection

CLASSES: Final = frozenset((TELECOM, "voice", "data", "broadcasting", "electronic"))
"""Tax classes of services that follow their consumer."""
ENOUGH_ALONE: Final = ("fixed_line", "sim")


def applies(supply: Supply) -> bool:
    between = {supply.seller.country, supply.buyer.country}
    return len(between) == 2 and between <= EU and supply.product_tax_class in CLASSES


def levies(supply: Supply, registry: Registry) -> list[Levy]:
    if not supply.seller.consumer_country:
        return taxes_at(supply.seller.place or supply.seller.country, supply, registry, rule=RULE.name)
    _check_evidence(supply)
    return taxes_at(supply.buyer.place, supply, registry, rule=RULE.name)


def _check_evidence(supply: Supply) -> None:
    evidence, country = supply.buyer.evidence, supply.buyer.country
    if evidence is None:
        return
    kinds = {piece.kind for piece in evidence if piece.country == country}
    if kinds.intersection(ENOUGH_ALONE) or len(kinds) >= supply.seller.evidence_needed:
        return
    detail = (
        f"{len(kinds)} of {supply.seller.evidence_needed} pieces of evidence say that the customer is in {country}; "
        "add another to the tax profile: a fixed line or a SIM card of that country is enough"
    )
    raise Rejection("location_evidence_missing", detail)


_ADDRESS, _BANK = Evidence("billing_address", "FR"), Evidence("bank", "FR")
_VAT: Final = (("S", "20", "VAT"),)

EXAMPLES: Final = (
    RuleExample(supply=example_supply("DE", "FR", _ADDRESS, _BANK), taken=_VAT),
    RuleExample(supply=example_supply("DE", "FR", Evidence("fixed_line", "FR")), taken=_VAT),
    RuleExample(supply=example_supply("DE", "FR", _ADDRESS), refused="location_evidence_missing"),
    RuleExample(supply=example_supply("DE", "FR", _ADDRESS, _ADDRESS), refused="location_evidence_missing"),
    RuleExample(
        supply=example_supply("DE", "FR", _ADDRESS, Evidence("bank", "DE")), refused="location_evidence_missing"
    ),
    RuleExample(supply=example_supply("DE", "FR", consumer_country=False), taken=(("S", "19", "VAT"),)),
)

RULE: Final = TaxRule(name="eu_telecom", order=20, applies=applies, levies=levies, examples=EXAMPLES)
