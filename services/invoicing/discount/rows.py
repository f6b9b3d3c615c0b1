"""Discounts as rows, and the invoices that took them: a discount has used as many periods as its uses have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from services.invoicing.discount.messages import DiscountEnded, DiscountGranted
from services.invoicing.invoice.messages import InvoiceLocked
from services.invoicing.void.messages import InvoiceVoided
from shared.engine.rows import Amount, Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, update, upsert


class DiscountRow(Row, frozen=True, kw_only=True):
    """A discount of an account; `ended_on` is the day from which on periods begin without it."""

    TABLE = "discount_row"
    KEY = ("discount_id",)

    discount_id: str
    account_id: str
    coupon_id: str | None
    name: str
    code: str
    note: str
    terms: Jsonb
    starts_on: date
    ended_on: date | None = None
    version: int = 1
    granted_at: datetime
    seq: int


class EndedDiscount(Change, frozen=True, kw_only=True):
    TABLE = "discount_row"
    KEY = ("discount_id",)

    discount_id: str
    ended_on: date
    version: int


class DiscountUseRow(Row, frozen=True, kw_only=True):
    """What an invoice took of a discount; nothing counts of one that is void."""

    TABLE = "discount_use"
    KEY = ("invoice_id", "discount_id")

    invoice_id: str
    discount_id: str
    period_start: date
    currency: str
    amount: Amount
    void: bool = False


class VoidUse(Change, frozen=True, kw_only=True):
    TABLE = "discount_use"
    KEY = ("invoice_id",)

    invoice_id: str
    void: bool = True


TABLES: Final = Tables(upsert(DiscountRow), update(EndedDiscount), upsert(DiscountUseRow), update(VoidUse))


def rows(applied: AppliedOf[DiscountGranted | DiscountEnded | InvoiceLocked | InvoiceVoided]) -> Iterator[Columns]:
    match applied.event:
        case DiscountGranted() as event:
            terms = jsonb(event.terms)
            at, seq = applied.envelope.recorded_at, applied.envelope.seq
            yield DiscountRow.of(event, name=event.terms.name, terms=terms, granted_at=at, seq=seq)
        case DiscountEnded() as event:
            yield EndedDiscount.of(event, ended_on=event.on)
        case InvoiceLocked() as event:
            for allowance in event.allowances:
                yield DiscountUseRow.of(
                    allowance,
                    invoice_id=event.invoice_id,
                    currency=event.currency,
                    period_start=allowance.period.start,
                )
        case InvoiceVoided() as event:
            yield VoidUse.of(event)
