"""What a kind of tax is: from lines, seller, buyer and date to amounts that explain themselves.

    TAX = TaxKind(name="account_rate", parameters=AccountRate, tax=tax, examples=EXAMPLES)

`parameters` is what the account's terms say of it (`TaxTerms.parameters`), checked when the account is opened. The sums
are made here, so a kind gives groups and nothing else: net = sum of the lines, tax = sum of the groups, total = both.
Where a price includes tax, what the kind `levies` of each line divides it (engine/sums.py, R42), and `group` says a
group of that in the kind's own words.
Late fees that are outside the scope of VAT it does not see: they are a group of their own (engine/outside_vat.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache, reduce
from typing import Any, Final, Generic, TypeVar

import msgspec
from pydantic import BaseModel

from services.invoicing.invoice.messages import Allowance, InvoiceLine, Seller, TaxGroup
from services.invoicing.tax_exemption.state import Exemption
from services.invoicing.taxes.engine import outside_vat
from services.invoicing.taxes.engine.explained import explained
from services.invoicing.taxes.engine.registry import Registry
from services.invoicing.taxes.engine.sums import Group, Levy, Line, total
from shared.kernel.currency import Currency
from shared.kernel.decimals import EXACT
from shared.kernel.rounding import HALF_UP, round_amount
from shared.kernel.wire import write

P = TypeVar("P", bound=BaseModel)

TAX_DATA_MISSING: Final = ("location_evidence_missing", "tax_place_unknown", "tax_rate_missing", "tax_rule_missing")
"""The codes by which a draft is not taxed because tables, rules or the tax profile do not say enough."""


class Taxable(msgspec.Struct, frozen=True, kw_only=True):
    """What is taxed: lines in one currency, on a date of the account, sold by `seller` to account `buyer`.

    A kind that is `by_tables` gets the tables of taxes and the account's exemptions; others do without. `divided`: the
    nets of lines that include tax are told.
    """

    lines: Sequence[InvoiceLine]
    currency: Currency
    on: date
    buyer: str
    seller: Seller | None = None
    registry: Registry | None = None
    exemptions: Sequence[Exemption] = ()
    summed: Decimal | None = None
    divided: bool = False

    @property
    def base(self) -> Decimal:
        """The sum of the lines' nets: `summed`, where it is known."""
        return net_of(self.lines, self.currency) if self.summed is None else self.summed


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """Exact sums: `net` of the lines after the `allowances`, `tax` of the groups, `total` of both.

    `nets` are those of lines that include tax, by their numbers.
    """

    net: Decimal
    tax: Decimal
    total: Decimal
    groups: list[TaxGroup]
    allowances: list[Allowance] = []
    nets: Mapping[int, Decimal] = {}


@dataclass(frozen=True, kw_only=True)
class Example:
    """Lines of these nets under these parameters are taxed in these groups."""

    parameters: dict[str, str | list[str]]
    nets: tuple[str, ...]
    groups: tuple[TaxGroup, ...]
    currency: Currency = "EUR"
    on: date = date(2026, 10, 1)
    registry: Registry | None = None


@dataclass(frozen=True, kw_only=True)
class TaxKind(Generic[P]):
    """One way to tax. `tax` is pure, and rounds each group once; `by_tables`: it asks the tables of taxes."""

    name: str
    parameters: type[P]
    tax: Callable[[P, Taxable], Sequence[TaxGroup]]
    levies: Callable[[P, Taxable], Sequence[tuple[Levy, ...]]]
    examples: tuple[Example, ...]
    group: Callable[[Group, Sequence[Line], Sequence[InvoiceLine]], TaxGroup] = explained
    by_tables: bool = False

    def totals(self, parameters: dict[str, Any], taxable: Taxable) -> Totals:
        """Tax the lines. Raises pydantic's `ValidationError` where the parameters are none of this kind."""
        agreed: P = _agreed(self.parameters, write(parameters))
        inside, fees = outside_vat.split(taxable.lines)
        nets: Mapping[int, Decimal] = {}
        if any(line.gross is not None for line in inside):
            groups, nets = self._divided(agreed, msgspec.structs.replace(taxable, lines=inside))
            net = sum_of((nets.get(line.n, line.net) for line in taxable.lines), taxable.currency)
        else:
            net = net_of(taxable.lines, taxable.currency)
            seen = msgspec.structs.replace(taxable, lines=inside, summed=None if fees else net)
            groups = list(self.tax(agreed, seen)) if inside or not fees else []
        if fees:
            base = net_of(fees, taxable.currency)
            groups = outside_vat.with_fees(groups, inside=inside, fees=fees, base=base)
        tax = round_amount(reduce(EXACT.add, [group.tax for group in groups], Decimal(0)), HALF_UP, taxable.currency)
        return Totals(net=net, tax=tax, total=EXACT.add(net, tax), groups=groups, nets=nets)

    def _divided(self, agreed: P, taxable: Taxable) -> tuple[list[TaxGroup], Mapping[int, Decimal]]:
        """The groups of lines of which some include tax, and the nets of those."""
        lines = [
            Line(id=str(line.n), net=line.net, gross=line.gross, levies=levies, divided=taxable.divided)
            for line, levies in zip(taxable.lines, self.levies(agreed, taxable), strict=True)
        ]
        document = total(lines, currency=taxable.currency)
        both = zip(taxable.lines, document.lines, strict=True)
        nets = {line.n: taxed.net for line, taxed in both if line.gross is not None}
        return [self.group(group, lines, taxable.lines) for group in document.groups], nets


def net_of(lines: Iterable[InvoiceLine], currency: Currency) -> Decimal:
    """The sum of the lines' nets, which are rounded already: exact, written with the currency's decimals."""
    return sum_of([line.net for line in lines], currency)


def sum_of(nets: Iterable[Decimal], currency: Currency) -> Decimal:
    """Exact, written with the currency's decimals."""
    return round_amount(reduce(EXACT.add, nets, Decimal(0)), HALF_UP, currency)


@lru_cache(maxsize=1024)
def _agreed(parameters: type[BaseModel], terms: bytes) -> Any:
    """The parameters that these terms say, in JSON: most accounts have the same few, and each invoice asks twice."""
    return parameters.model_validate(msgspec.json.decode(terms))
