"""`determined`: each line is taxed by what it is, who sells, who buys and where, as the rules and the tables say.

    TaxTerms(kind="determined", parameters={"seller_country": "DE", "place": "FR",
                                            "evidence": ["billing_address:FR", "bank:FR"]})

Which rule applies is told by rules/, one file each; what a place takes by the tables of /v1/tax. Where either does not
say enough, the invoice is refused with the reason, and others go on (R43, R44, R45).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Final, Literal, cast

from pydantic import BaseModel, ConfigDict, Field

from services.invoicing.invoice.messages import TaxGroup
from services.invoicing.taxes.contract import Example, Taxable, TaxKind
from services.invoicing.taxes.engine.explained import explained
from services.invoicing.taxes.engine.sums import Levy, Line, total
from services.invoicing.taxes.engine.supply import TELECOM, BuyerFacts, Evidence, EvidenceKind, SellerFacts, Supply
from services.invoicing.taxes.rules import levies_of
from services.invoicing.taxes.rules.contract import EXAMPLE_TABLES
from shared.kernel.ids import ID_PATTERN

Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Place = Annotated[str, Field(pattern=ID_PATTERN)]
Piece = Annotated[str, Field(pattern=r"^(billing_address|ip_address|bank|sim|fixed_line|other):[A-Z]{2}$")]


class Determined(BaseModel):
    """Who sells from where, and where the account is: the smallest tax jurisdiction that it lies in.

    `tax_country`: of its checked VAT number, where it is a business. `evidence` of where a consumer is, as
    "billing_address:FR". `default_tax_class`: of lines that have none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    seller_country: Country
    place: Place
    seller_place: Place | None = None
    tax_country: Country | None = None
    evidence: list[Piece] = []
    evidence_needed: Literal["1", "2"] = "2"
    consumer_country: Literal["yes", "no"] = "yes"
    registrations: list[Country] = []
    default_tax_class: str = TELECOM

    def seller(self) -> SellerFacts:
        return SellerFacts(
            country=self.seller_country,
            place=self.seller_place,
            consumer_country=self.consumer_country == "yes",
            evidence_needed=int(self.evidence_needed),
            registrations=tuple(self.registrations),
        )

    def buyer(self, country: str) -> BuyerFacts:
        pieces = (piece.split(":") for piece in self.evidence)
        evidence = tuple(Evidence(cast(EvidenceKind, kind), where) for kind, where in pieces)
        return BuyerFacts(country=country, place=self.place, tax_country=self.tax_country, evidence=evidence)


def tax(parameters: Determined, taxable: Taxable) -> Sequence[TaxGroup]:
    """A group for each levy. Raises `Rejection` where tables or terms do not say enough to tax a line."""
    both = zip(taxable.lines, levies(parameters, taxable), strict=True)
    lines = [Line(id=str(line.n), net=line.net, levies=of_line) for line, of_line in both]
    return [explained(group, lines, taxable.lines) for group in total(lines, currency=taxable.currency).groups]


def levies(parameters: Determined, taxable: Taxable) -> list[tuple[Levy, ...]]:
    """What is taken of each line."""
    if taxable.registry is None:
        raise TypeError("lines are determined by tables of taxes, and none were given")
    country = taxable.registry.chain(parameters.place)[0].jurisdiction_id
    seller, buyer = parameters.seller(), parameters.buyer(country)
    found = []
    for line in taxable.lines:
        supply = Supply(
            product_tax_class=line.tax_class or parameters.default_tax_class,
            on=taxable.on,
            seller=seller,
            buyer=buyer,
            exemptions=taxable.exemptions,
        )
        found.append(tuple(levies_of(supply, taxable.registry)))
    return found


def _example_group(category: str, rate: str, base: str, amount: str, name: str, **explained: object) -> TaxGroup:
    said: dict[str, object] = {
        "rule": "domestic",
        "kind": "percent",
        "rate_version": 1,
        "round_by": "group",
        "lines": [1, 2],
    }
    amounts = {"rate": Decimal(rate), "base": Decimal(base), "tax": Decimal(amount)}
    return TaxGroup(category=category, name=name, **amounts, **said | explained)  # type: ignore[arg-type]


EXAMPLES: Final = (
    Example(
        parameters={"seller_country": "FR", "place": "FR"},
        nets=("10.01", "20.02"),
        groups=(_example_group("S", "20", "30.03", "6.01", "VAT", jurisdiction="FR", rate_id="fr-vat"),),
        registry=EXAMPLE_TABLES,
    ),
    Example(
        parameters={"seller_country": "DE", "place": "FR", "evidence": ["fixed_line:FR"]},
        nets=("10.01", "20.02"),
        groups=(
            _example_group("S", "20", "30.03", "6.01", "VAT", jurisdiction="FR", rate_id="fr-vat", rule="eu_telecom"),
        ),
        registry=EXAMPLE_TABLES,
    ),
    Example(
        parameters={"seller_country": "US", "place": "US-IL-CHI"},
        nets=("10.01", "20.02"),
        currency="USD",
        groups=(
            _example_group("S", "3", "30.03", "0.90", "Federal excise", jurisdiction="US", rate_id="us-excise"),
            _example_group("S", "7", "30.03", "2.10", "State telecom tax", jurisdiction="US-IL", rate_id="il-tel"),
            _example_group("S", "7", "30.03", "2.10", "City telecom tax", jurisdiction="US-IL-CHI", rate_id="chi-tel"),
        ),
        registry=EXAMPLE_TABLES,
    ),
)

TAX: Final = TaxKind(
    name="determined",
    parameters=Determined,
    tax=tax,
    levies=levies,
    examples=EXAMPLES,
    by_tables=True,
)
