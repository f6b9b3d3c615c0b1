"""Credit notes as the contract shows them, and the lists of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, get_args

import asyncpg
import msgspec
from pydantic import BaseModel

from services.invoicing.credit_note.rows import CreditNoteRow
from services.invoicing.fields import PeriodShape, period_shape
from services.invoicing.invoice.messages import InvoiceLine
from services.invoicing.reasons import Reason
from shared.http.listing import Filter, Listing, Totals
from shared.http.money import money
from shared.http.pages import Page, Total
from shared.http.row_shape import RowShape
from shared.kernel.decimals import format_decimal
from shared.kernel.money import MoneyBody

CREDIT_NOTE: Final = RowShape(
    CreditNoteRow,
    hidden=(
        *("invoice_issued_on", "currency", "period_start", "period_end", "tax_groups", "seller", "proof", "name"),
        *("details", "issued_at", "seq"),
    ),
    renamed={"credit_note_id": "id"},
)


@CREDIT_NOTE.model
class CreditNoteShape(BaseModel):
    """What is taken back of an invoice, by a document of its own with a number of its own (R46).

    It is `locked` until it has its number. `reissued_as` is the draft that bills anew what is credited.
    """

    period: PeriodShape
    version: int


class CreditedLineShape(BaseModel):
    """A line; `invoice_line` is the one of the invoice that it credits, `null` where an amount was credited."""

    n: int
    invoice_line: int | None
    kind: str
    description: str
    subscription_id: str | None
    plan_id: str | None
    meter: str | None
    unit: str | None
    quantity: str | None
    period: PeriodShape
    net: MoneyBody
    charge_id: str | None
    account_id: str | None


class CreditedTaxShape(BaseModel):
    category: str
    rate: str
    base: str
    tax: str


class CreditNoteDetail(CreditNoteShape):
    lines: list[CreditedLineShape]
    tax_groups: list[CreditedTaxShape]


class CreditNoteTotal(Total):
    net: str
    tax: str


class CreditNotePage(Page):
    items: list[CreditNoteShape]
    totals: Sequence[CreditNoteTotal]


CREDIT_NOTES: Final = Listing(
    source="credit_note_row",
    columns=(*CREDIT_NOTE.columns, "period_start", "period_end"),
    filters={
        "account_id": Filter("account_id"),
        "invoice_id": Filter("invoice_id"),
        "number": Filter("number"),
        "status": Filter("status", one_of=("locked", "issued")),
        "reason": Filter("reason", one_of=get_args(Reason)),
        "currency": Filter("currency"),
        "from": Filter("issued_on", op=">=", kind="date"),
        "to": Filter("issued_on", op="<=", kind="date"),
    },
    sorts={"issued_on": "issued_on", "number": "number", "total": "total"},
    default_sort="-issued_on",
    tiebreak="credit_note_id",
    totals=Totals(sums={"amount": "total", "net": "net", "tax": "tax"}),
)


def credit_note_shape(row: asyncpg.Record) -> dict[str, Any]:
    """A row of `CREDIT_NOTES` as `CreditNoteShape`."""
    return {
        **CREDIT_NOTE.values(row),
        "period": {"start": row["period_start"], "end": row["period_end"]},
        "version": 2 if row["status"] == "issued" else 1,
    }


def detail(row: asyncpg.Record, lines: Sequence[asyncpg.Record]) -> dict[str, Any]:
    """One with its lines, as `CreditNoteDetail`."""
    groups = msgspec.json.decode(row["tax_groups"])
    return {
        **credit_note_shape(row),
        "lines": [_line(line, row["currency"]) for line in lines],
        "tax_groups": [{name: group[name] for name in ("category", "rate", "base", "tax")} for group in groups],
    }


def _line(row: asyncpg.Record, currency: str) -> dict[str, Any]:
    line = msgspec.json.decode(row["line"], type=InvoiceLine)
    return {
        "n": row["place"],
        "invoice_line": row["invoice_line"],
        "kind": line.kind,
        "description": line.description,
        "subscription_id": line.subscription_id or None,
        "plan_id": line.plan_id or None,
        "meter": line.meter,
        "unit": line.unit,
        "quantity": None if line.quantity is None else format_decimal(line.quantity),
        "period": period_shape(line.period),
        "net": money(line.net, currency),
        "charge_id": line.charge_id or None,
        "account_id": line.account_id,
    }
