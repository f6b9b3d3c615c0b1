"""VAT by category and rate (BG-23), and which of it each line has.

    TaxGroup S 20 % on 1155.40     ->  Tax(category="S", rate=20, base=1155.40, amount=231.08)
    TaxGroup AE 0 %                ->  "Reverse charge", VATEX-EU-AE
    county 1.5 % and state 6.25 % on the same lines  ->  rejection `not_vat`: these are no VAT

Groups of one category and rate are one here, whatever the documents call them (BR-S-08).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

import msgspec

from services.invoicing.documents.contract import InvoiceContents
from services.invoicing.documents.en16931.terms import Allowance, Tax
from services.invoicing.invoice.messages import TaxGroup
from shared.kernel.decimals import EXACT, exact, format_decimal
from shared.kernel.errors import Rejection

_CATEGORIES: Final = frozenset({"S", "Z", "E", "AE", "K", "G", "O", "L", "M"})
"""Of UNTDID 5305, those that the norm has."""

_EXEMPT: Final = {
    "AE": ("Reverse charge", "VATEX-EU-AE"),
    "K": ("Intra-community supply", "VATEX-EU-IC"),
    "G": ("Export outside the EU", "VATEX-EU-G"),
    "O": ("Not subject to VAT", "VATEX-EU-O"),
}
"""Why there is no tax, where the group itself has no words for it (BT-120, BT-121)."""


class LineTax(NamedTuple):
    category: str
    rate: Decimal | None


def taxes(contents: InvoiceContents) -> list[Tax]:
    """The groups, one for each category and rate. Raises `Rejection` for what is no VAT, or does not say why."""
    found: dict[LineTax, Tax] = {}
    for group in contents.tax_groups:
        tax = _tax(group)
        key = LineTax(tax.category, tax.rate)
        found[key] = _together(found[key], tax) if key in found else tax
    with exact():
        if sum((tax.base for tax in found.values()), Decimal(0)) != contents.net:
            raise _no_vat("the bases of its groups are not the net amount, as VAT would have it")
    return list(found.values())


def allowances(contents: InvoiceContents) -> list[Allowance]:
    """What each discount takes off in each category and rate; shares of groups that are one here are one."""
    found: list[Allowance] = []
    for one in contents.allowances:
        by_tax: dict[LineTax, Decimal] = {}
        for group, share in zip(contents.tax_groups, one.shares, strict=False):
            by_tax[_key(group)] = EXACT.add(by_tax.get(_key(group), Decimal(0)), share.amount)
        found += [
            Allowance(amount=amount, reason=one.reason, category=tax.category, rate=tax.rate)
            for tax, amount in by_tax.items()
            if amount
        ]
    return found


def tax_of_lines(contents: InvoiceContents) -> dict[int, LineTax]:
    """Category and rate of each line, by its number. Raises `Rejection` where that is not told."""
    groups = {_key(group) for group in contents.tax_groups}
    if len(groups) == 1:
        return dict.fromkeys((line.n for line in contents.lines), groups.pop())
    found = {n: _key(group) for group in contents.tax_groups for n in group.lines}
    untold = [line.n for line in contents.lines if line.n not in found]
    if untold:
        raise Rejection(
            "tax_incomplete",
            f"EN 16931 wants the VAT of each line; that of line {untold[0]} is not told, take the PDF",
            pointer=f"/lines/{untold[0]}",
            status=409,
        )
    return found


def _tax(group: TaxGroup) -> Tax:
    if group.category not in _CATEGORIES:
        raise _no_vat(f"{group.category} is no category of VAT")
    reason, code = _EXEMPT.get(group.category, ("", ""))
    if group.category == "E" and not group.reason:
        raise Rejection(
            "tax_incomplete",
            "EN 16931 wants to know why there is no tax: give the exemption a reason",
            pointer="/tax_groups/reason",
            status=409,
        )
    says_why = group.category in _EXEMPT or group.category == "E"
    return Tax(
        category=group.category,
        rate=_key(group).rate,
        base=group.base,
        amount=group.tax,
        reason=(group.reason or reason) if says_why else "",
        reason_code=code,
    )


def _key(group: TaxGroup) -> LineTax:
    """`20.0` and `20` are the same rate; what is outside VAT has none."""
    return LineTax(group.category, None if group.category == "O" else Decimal(format_decimal(group.rate)))


def _together(one: Tax, other: Tax) -> Tax:
    return msgspec.structs.replace(
        one, base=EXACT.add(one.base, other.base), amount=EXACT.add(one.amount, other.amount)
    )


def _no_vat(why: str) -> Rejection:
    return Rejection("not_vat", f"EN 16931 is about VAT, and this tax is none: {why}; take the PDF", status=409)
