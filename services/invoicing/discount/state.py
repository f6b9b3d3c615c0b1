"""The discounts of an account, and the invoices that took them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

import msgspec

from services.invoicing.coupon.messages import DiscountTerms
from services.invoicing.invoice.messages import Allowance
from shared.kernel.decider import State
from shared.kernel.decimals import exact
from shared.kernel.period import Period

USES_KEPT: Final = 24
"""Of a discount that counts no periods the last uses are enough: only invoices of the same period ask for them."""


class Use(msgspec.Struct, frozen=True, kw_only=True):
    """What an invoice took of a discount, for a billing period."""

    invoice_id: str
    period: Period
    amount: Decimal


class Discount(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A discount from `starts_on` until before `ends_on`, where that is given, and its uses in their order."""

    discount_id: str
    terms: DiscountTerms
    code: str
    starts_on: date
    coupon_id: str | None = None
    ends_on: date | None = None
    uses: tuple[Use, ...] = ()
    version: int = 1

    def applies(self, period: Period) -> bool:
        """Whether invoices of the period take it: it is in force on a day of it, and has periods left."""
        ends = [day for day in (self.ends_on, self.terms.until) if day is not None]
        if self.starts_on >= period.end or any(day <= period.start for day in ends):
            return False
        used = {use.period for use in self.uses}
        return self.terms.periods is None or period in used or len(used) < self.terms.periods

    def left_of(self, invoice_id: str, period: Period) -> Decimal | None:
        """Of an amount what other invoices of the period have not taken; `None` for a percentage."""
        if self.terms.amount is None:
            return None
        others = [use.amount for use in self.uses if use.period == period and use.invoice_id != invoice_id]
        with exact():
            return self.terms.amount - sum(others, Decimal(0))

    def used(self, invoice_id: str, allowance: Allowance) -> Discount:
        """The discount once an invoice has taken it. An invoice counts once, and so does a period."""
        use = Use(invoice_id=invoice_id, period=allowance.period, amount=allowance.used)
        uses = (*(other for other in self.uses if other.invoice_id != invoice_id), use)
        return self._with(uses if self.terms.periods is not None else uses[-USES_KEPT:])

    def given_back(self, invoice_id: str) -> Discount:
        """The discount as if the invoice had not taken it."""
        return self._with(tuple(use for use in self.uses if use.invoice_id != invoice_id))

    def passed_to(self, invoice_id: str, anew: str) -> Discount:
        """The invoice is issued anew by another, for which its period is kept."""
        return self._with(
            tuple(
                msgspec.structs.replace(use, invoice_id=anew, amount=Decimal(0))
                if use.invoice_id == invoice_id
                else use
                for use in self.uses
            )
        )

    def _with(self, uses: tuple[Use, ...]) -> Discount:
        return msgspec.structs.replace(self, uses=uses)


class AccountDiscounts(State, frozen=True, kw_only=True):
    """All of an account, past and future, in the order in which they were granted."""

    account_id: str
    discounts: tuple[Discount, ...] = ()

    def discount(self, discount_id: str) -> Discount | None:
        return next((one for one in self.discounts if one.discount_id == discount_id), None)

    def used(self, invoice_id: str, allowances: Sequence[Allowance]) -> AccountDiscounts:
        """The discounts once an invoice is locked with these allowances."""
        by_id = {allowance.discount_id: allowance for allowance in allowances}
        return self.each(lambda one: one.used(invoice_id, by_id[one.discount_id]) if one.discount_id in by_id else one)

    def each(self, change: Callable[[Discount], Discount]) -> AccountDiscounts:
        """Every discount, changed."""
        return msgspec.structs.replace(self, discounts=tuple(map(change, self.discounts)))
