"""What a tax quote answers; all amounts are decimal strings in the currency of the question."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from services.invoicing.taxes.engine.sums import Document, Group, TaxedLine
from shared.kernel.decimals import format_decimal
from shared.kernel.money import format_amount


class TaxQuoteLine(BaseModel):
    """`net` is rounded to the currency, `allowance` the part of what the document takes off that the line bears.

    `charge` is likewise of what it adds. `tax` is the line's part in the tax of its groups.
    """

    id: str
    net: str
    allowance: str
    charge: str
    tax: str


class TaxQuoteGroup(BaseModel):
    """`rate` in percent; `reason` why there is no tax (BT-120).

    Where rules and tables said how to tax: whose tax it is, of which rate, by which rule, of how much of the price.
    """

    category: str
    rate: str
    base: str
    tax: str
    name: str
    reason: str | None = None
    jurisdiction: str | None = None
    rule: str | None = None
    kind: str | None = None
    rate_id: str | None = None
    rate_version: int | None = None
    share: str | None = None
    tax_round: str | None = None


class TaxQuoteShape(BaseModel):
    """`net` is after allowances and charges, `total` with tax, `payable` less what is prepaid."""

    currency: str
    lines: list[TaxQuoteLine]
    groups: list[TaxQuoteGroup]
    net: str
    allowances: str
    charges: str
    tax: str
    total: str
    prepaid: str
    payable: str


def line_shape(line: TaxedLine, allowance: Any, charge: Any, currency: str) -> dict[str, Any]:
    return {
        "id": line.id,
        "net": format_amount(line.net, currency),
        "allowance": format_amount(allowance, currency),
        "charge": format_amount(charge, currency),
        "tax": format_amount(line.tax, currency),
    }


def groups_shape(document: Document, currency: str) -> list[dict[str, Any]]:
    return [_group(group, currency) for group in document.groups]


def _group(group: Group, currency: str) -> dict[str, Any]:
    return {
        "category": group.levy.category,
        "rate": format_decimal(group.levy.rate),
        "base": format_amount(group.base, currency),
        "tax": format_amount(group.tax, currency),
        "name": group.levy.name,
        "reason": group.levy.reason,
        "jurisdiction": group.levy.jurisdiction,
        "rule": group.levy.rule,
        "kind": group.levy.kind,
        "rate_id": group.levy.rate_id,
        "rate_version": group.levy.rate_version,
        "share": format_decimal(group.levy.share),
        "tax_round": group.levy.round_by,
    }
