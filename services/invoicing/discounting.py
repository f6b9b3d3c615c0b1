"""What the discounts of an account take off a document, in one visible order: percentages first, then amounts, each
from the one that began first (R41).

    100.00 net, 10 % and 5.00 off      10.00 (10 % of 100.00), then 5.00     85.00 is taxed
    100.00 net, 10 % and 10 %          10.00, then 9.00 (of what is left)    81.00
      3.00 net, 5.00 off               3.00                                   0.00; the rest of the amount is lost

A discount that names plans or services is taken of their lines. A late fee is no price that a discount could lower:
its lines, and those that take one back, stay as they are. Nothing is taken of a document that comes to zero or less:
its net goes to the account's next invoice, with all of it. An amount is one for its period, however many invoices
that has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.discount.state import AccountDiscounts, Discount
from services.invoicing.invoice.messages import Allowance, AllowanceShare, InvoiceLine, InvoiceLocked, TaxGroup
from services.invoicing.late_fee_policy.messages import LATE_FEE
from services.invoicing.plan_service.state import PlanServices, services_of
from services.invoicing.spreading import parts_of, with_amount
from shared.kernel.currency import Currency
from shared.kernel.decider import View
from shared.kernel.decimals import EXACT, exact
from shared.kernel.period import Period
from shared.kernel.rounding import HALF_UP, round_amount


class Taken(NamedTuple):
    """A document's lines with what is to be paid for them; each allowance with its part of each line by its number.

    Both are as the lines are priced: of those that include tax with it (inclusive.py). `whole` are the lines before.
    """

    lines: Sequence[InvoiceLine]
    allowances: Sequence[tuple[Allowance, Mapping[int, Decimal]]]
    whole: Sequence[InvoiceLine] = ()

    def shared(self, groups: Sequence[TaxGroup]) -> list[Allowance]:
        """The allowances, with what of them falls on each group of tax; one that names no lines taxes all."""
        return [
            msgspec.structs.replace(allowance, shares=[_share(group, parts) for group in groups])
            for allowance, parts in self.allowances
        ]


def discounted(
    lines: Sequence[InvoiceLine],
    profile: BillProfile,
    view: View,
    *,
    invoice_id: str,
    period: Period,
    before: Sequence[InvoiceLocked] = (),
) -> Taken:
    """The lines after the account's discounts; `before` are invoices that are locked in the same decision."""
    held = view.get(AccountDiscounts, profile.account_id) if profile.discounted else None
    if held is None:
        return Taken(lines, (), lines)
    for locked in before:
        if locked.account_id == profile.account_id:
            held = held.used(locked.invoice_id, locked.allowances)
    currency, sold = profile.currency, _sold(lines, held.discounts, view)
    return take(lines, held.discounts, invoice_id=invoice_id, period=period, currency=currency, sold=sold)


def _sold(lines: Sequence[InvoiceLine], discounts: Sequence[Discount], view: View) -> Mapping[str, PlanServices]:
    """What the plans of the lines sell, where a discount asks for it."""
    asked = any(discount.terms.services for discount in discounts)
    return services_of({line.plan_id for line in lines}, view) if asked else {}


def take(
    lines: Sequence[InvoiceLine],
    discounts: Sequence[Discount],
    *,
    invoice_id: str,
    period: Period,
    currency: Currency,
    sold: Mapping[str, PlanServices] = MappingProxyType({}),
) -> Taken:
    """All that these discounts take off the lines of an invoice of the period; `sold` by plans. Pure."""
    left = [line.amount for line in lines]
    found = []
    for discount in sorted(discounts, key=lambda one: (one.terms.percent is None, one.starts_on)):
        places = [n for n, line in enumerate(lines) if _lowers(discount, line, sold)]
        nets = [left[n] for n in places]
        if not discount.applies(period) or _sum(nets) <= 0:
            continue
        most = _sum([net for net, line in zip(left, lines, strict=True) if line.kind != LATE_FEE])
        amount = min(_amount(discount, _sum(nets), invoice_id, period, currency), most)
        if amount <= 0:
            continue
        parts = parts_of(amount, nets, currency=currency)
        for n, part in zip(places, parts, strict=True):
            left[n] = EXACT.subtract(left[n], part)
        named = [lines[n].n for n in places] if len(places) < len(lines) or discount.terms.is_limited else []
        allowance = _allowance(discount, amount, _sum(nets), period, named)
        found.append((allowance, {lines[n].n: part for n, part in zip(places, parts, strict=True)}))
    return Taken([with_amount(line, amount) for line, amount in zip(lines, left, strict=True)], found, lines)


def _lowers(discount: Discount, line: InvoiceLine, sold: Mapping[str, PlanServices]) -> bool:
    """Whether it is taken of the line."""
    terms, plan = discount.terms, sold.get(line.plan_id)
    service = plan.services.get(line.plan_version) if plan else None
    named = not terms.is_limited or line.plan_id in terms.plans or service in terms.services
    return line.kind != LATE_FEE and named


def _amount(discount: Discount, net: Decimal, invoice_id: str, period: Period, currency: Currency) -> Decimal:
    """What it takes of so much; an amount takes what is left of it for the period."""
    left = discount.left_of(invoice_id, period)
    if left is not None:
        return min(round_amount(left, HALF_UP, currency), net)
    with exact():
        return round_amount(net * (discount.terms.percent or Decimal(0)) / 100, HALF_UP, currency)


def _allowance(discount: Discount, amount: Decimal, base: Decimal, period: Period, lines: list[int]) -> Allowance:
    return Allowance(
        discount_id=discount.discount_id,
        coupon_id=discount.coupon_id,
        reason=discount.terms.name,
        code=discount.code,
        percent=discount.terms.percent,
        amount=amount,
        base=base,
        period=period,
        lines=lines,
    )


def _share(group: TaxGroup, parts: Mapping[int, Decimal]) -> AllowanceShare:
    of_group = [part for n, part in parts.items() if not group.lines or n in group.lines]
    return AllowanceShare(category=group.category, rate=group.rate, amount=_sum(of_group))


def _sum(amounts: Sequence[Decimal]) -> Decimal:
    with exact():
        return sum(amounts, Decimal(0))
