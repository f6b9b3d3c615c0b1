"""Payments' resources as the contract shows them, and how rows become them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

import asyncpg
import msgspec
from pydantic import AwareDatetime, BaseModel

from services.payments.rows import ReceivableRow
from shared.http.money import money
from shared.http.pages import Page, Total
from shared.http.row_shape import RowShape
from shared.kernel.money import MoneyBody

PAYMENT_COLUMNS = (
    "payment_id",
    "account_id",
    "currency",
    "amount",
    "unallocated",
    "method",
    "received_on",
    "invoice_id",
    "external_key",
    "recorded_at",
    "version",
    """(select coalesce(json_agg(json_build_object('invoice_id', a.invoice_id, 'amount', a.amount::text)
                                 order by a.seq), '[]')
          from allocation_row a where a.partition = payment.partition and a.payment_id = payment.payment_id)::text
       as allocations""",
)


class AllocationShape(BaseModel):
    invoice_id: str
    amount: MoneyBody


class ActionShape(BaseModel):
    action: str
    allowed: bool
    reason: str | None = None


class PaymentShape(BaseModel):
    """A payment; `allocated` and `unallocated` add up to `amount`, `unallocated` is the account's credit."""

    id: str
    account_id: str
    amount: MoneyBody
    method: str
    received_on: date
    external_key: str | None
    invoice_id: str | None
    allocated: MoneyBody
    unallocated: MoneyBody
    allocations: list[AllocationShape]
    recorded_at: AwareDatetime
    version: int
    allowed_actions: list[ActionShape]


class PaymentTotal(Total):
    allocated: str
    unallocated: str


class PaymentPage(Page):
    items: list[PaymentShape]
    totals: Sequence[PaymentTotal]


class BalanceShape(BaseModel):
    """`balance` = `open` - `credit`: positive is owed by the customer, negative is the customer's (R47).

    `open` is what is outstanding over all invoices.
    """

    account_id: str
    open: MoneyBody
    credit: MoneyBody
    balance: MoneyBody


RECEIVABLE: Final = RowShape(ReceivableRow, hidden=("currency",))


@RECEIVABLE.model
class ReceivableShape(BaseModel):
    """An issued invoice as something owed: `amount` = `paid` + `open`, which is outstanding."""

    paid: MoneyBody
    status: Literal["unpaid", "partially_paid", "paid"]


class ReceivableTotal(Total):
    paid: str
    open: str


class ReceivablePage(Page):
    items: list[ReceivableShape]
    totals: Sequence[ReceivableTotal]


def payment_shape(row: asyncpg.Record) -> dict[str, Any]:
    """A row of `PAYMENT_COLUMNS` as `PaymentShape`."""
    currency = row["currency"]
    allocations = msgspec.json.decode(row["allocations"], type=list[_Allocation])
    return {
        "id": row["payment_id"],
        "account_id": row["account_id"],
        "amount": money(row["amount"], currency),
        "method": row["method"],
        "received_on": row["received_on"],
        "external_key": row["external_key"],
        "invoice_id": row["invoice_id"],
        "allocated": money(row["amount"] - row["unallocated"], currency),
        "unallocated": money(row["unallocated"], currency),
        "allocations": [{"invoice_id": a.invoice_id, "amount": money(a.amount, currency)} for a in allocations],
        "recorded_at": row["recorded_at"],
        "version": row["version"],
        "allowed_actions": [
            {"action": action, "allowed": False, "reason": "not supported by this version"}
            for action in ("refund", "reverse")
        ],
    }


def receivable_shape(row: asyncpg.Record) -> dict[str, Any]:
    """A row of `RECEIVABLE` with its status as `ReceivableShape`."""
    return {
        **RECEIVABLE.values(row),
        "paid": money(row["amount"] - row["open"], row["currency"]),
        "status": row["status"],
    }


class _Allocation(msgspec.Struct):
    invoice_id: str
    amount: Decimal
