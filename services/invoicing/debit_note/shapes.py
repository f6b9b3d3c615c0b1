"""Debit notes as the contract shows them, out of the rows of invoices, and the lists of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, Literal, get_args

import asyncpg
import msgspec
from pydantic import BaseModel

from services.invoicing.credit_note.shapes import CreditedTaxShape
from services.invoicing.fields import PeriodShape
from services.invoicing.invoice.messages import InvoiceLine
from services.invoicing.invoice.shapes import ApprovalShape, LineShape, approval_shape, line_shape
from services.invoicing.reasons import Reason
from shared.http.listing import Filter, Listing, Totals
from shared.http.money import money
from shared.http.pages import Page, Total
from shared.kernel.money import MoneyBody

_SAME: Final = ("number", "account_id", "invoice_number", "status", "reason", "note", "issued_on", "due_on", "version")


class DebitNoteShape(BaseModel):
    """What is claimed beside an issued invoice, by a document of its own with a number of its own (R46).

    It is an invoice of kind `debit_note`: `GET /v1/invoices/{id}` says what was paid of it. `invoice_id` is the one
    that it raises. It is a `draft` while it waits for an approval.
    """

    id: str
    number: str | None
    account_id: str
    invoice_id: str
    invoice_number: str
    status: Literal["draft", "locked", "issued", "void"]
    approval: ApprovalShape | None
    reason: str
    note: str
    issued_on: date | None
    due_on: date | None
    period: PeriodShape
    net: MoneyBody
    tax: MoneyBody
    total: MoneyBody
    version: int


class DebitNoteDetail(DebitNoteShape):
    lines: list[LineShape]
    tax_groups: list[CreditedTaxShape]


class DebitNoteTotal(Total):
    net: str
    tax: str


class DebitNotePage(Page):
    items: list[DebitNoteShape]
    totals: Sequence[DebitNoteTotal]


_CLAIMED: Final = "case when status in ('void', 'draft') then 0 else {} end"
DEBIT_NOTES: Final = Listing(
    source="(select d.*, i.number as invoice_number from invoice_row d join invoice_row i"
    " on i.partition = d.partition and i.invoice_id = d.corrects where d.kind = 'debit_note') as debit_note",
    filters={
        "account_id": Filter("account_id"),
        "invoice_id": Filter("corrects"),
        "number": Filter("number"),
        "status": Filter("status", one_of=("draft", "locked", "issued", "void")),
        "reason": Filter("reason", one_of=get_args(Reason)),
        "currency": Filter("currency"),
        "from": Filter("issued_on", op=">=", kind="date"),
        "to": Filter("issued_on", op="<=", kind="date"),
    },
    sorts={"issued_on": "issued_on", "number": "number", "total": "total"},
    default_sort="-issued_on",
    tiebreak="invoice_id",
    totals=Totals(
        sums={"amount": _CLAIMED.format("total"), "net": _CLAIMED.format("net"), "tax": _CLAIMED.format("tax")}
    ),
)


def debit_note_shape(row: asyncpg.Record) -> dict[str, Any]:
    """A row of `DEBIT_NOTES` as `DebitNoteShape`."""
    return {
        "id": row["invoice_id"],
        "invoice_id": row["corrects"],
        **{name: row[name] for name in _SAME},
        "approval": approval_shape(row),
        "period": {"start": row["period_start"], "end": row["period_end"]},
        **{name: money(row[name], row["currency"]) for name in ("net", "tax", "total")},
    }


def detail(row: asyncpg.Record, lines: Sequence[InvoiceLine]) -> dict[str, Any]:
    """One with its lines, as `DebitNoteDetail`."""
    groups = msgspec.json.decode(row["tax_groups"])
    return {
        **debit_note_shape(row),
        "lines": [line_shape(line, row["currency"]) for line in lines],
        "tax_groups": [{name: group[name] for name in ("category", "rate", "base", "tax")} for group in groups],
    }
