"""`GET /v1/invoices` and `/{id}`: the document from invoicing joined with what payments says of it.

    GET /v1/invoices?status=issued&payment_status=unpaid&overdue=true&sort=-due_on
    {"items": [{"id", "number": "INV-000042", "days_overdue": 12, "due": {"amount": "14.88", "currency": "EUR"}, ...}],
     "total": 118, "totals": [{"currency": "EUR", "amount": "1240.00", "net", "total", "paid", "due"}], ...}

`from`, `to`, `due_from` and `due_to` name days and include both. Overdue is counted from the clock's date in the
account's time zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, get_args

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response

from services.reporting.audit.payloads import Payloads
from services.reporting.credit_note.queries import OF_INVOICE, PAID_OF_CREDIT, of_invoice, paid_of_credit
from services.reporting.customer.names import CustomerNames
from services.reporting.delivery.rows import Status as DeliveryStatus
from services.reporting.invoice import models
from services.reporting.invoice.as_known import PAID_OF_PAYMENTS, actions_then, known, known_or_none
from services.reporting.invoice.models import INVOICE, LINE
from services.reporting.invoice.rows import Status
from shared.http.actions import action
from shared.http.allowances import allowance_shapes
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.filtering import begins
from shared.http.listing import Filter, KeptSums, Listing, Totals
from shared.http.moments import Moment, check_day, moment
from shared.http.money import money
from shared.http.parameters import listed
from shared.http.periods import period
from shared.http.problems import not_found
from shared.kernel.envelope import format_instant

_AMOUNTS: Final = (("amount", "total"), ("net", "net"), ("total", "total"))

_OF_SUMS: Final = frozenset(
    ("status", "payment_status", "kind", "currency", "cycle_id", "overdue", "from", "to", "due_from", "due_to")
)
_OF_LIST: Final = frozenset(
    (
        *("account_id", "run_id", "number", "below_zero", "q", "approval", "clearance"),
        *("legal_entity", "delivery_status"),
    )
)
"""Filters by columns that the kept sums have, and that the list has beside those."""

_CLAIMS_NOTHING: Final = "status in ('carried_forward', 'passed_on', 'credited', 'void')"
INVOICES: Final = Listing(
    source="invoice_list",
    tiebreak="invoice_id",
    never_null=frozenset(("account_id", "status", "period_start", "net", "total", "paid", "due", "invoice_id")),
    columns=(
        *INVOICE.columns,
        *("payment_status", "days_overdue", "period_start", "period_end", "paid", "credited", "due", "time_zone"),
        *("kind", "approval", "approval_asked_by", "approval_by", "approval_reason"),
        *("clearance", "clearance_authority", "clearance_reference", "clearance_reason", "clearance_at"),
        *("sent_at", "delivery_status", "written_off"),
    ),
    filters={
        "status": Filter("status", one_of=get_args(Status)),
        "payment_status": Filter("payment_status", one_of=("unpaid", "partially_paid", "paid", "written_off")),
        "id": Filter("invoice_id"),
        "account_id": Filter("account_id"),
        "cycle_id": Filter("cycle_id"),
        "run_id": Filter("run_id"),
        "currency": Filter("currency"),
        "number": Filter("number"),
        "overdue": Filter("(due > 0 and days_overdue > 0)", kind="boolean"),
        "kind": Filter("kind", one_of=("invoice", "debit_note")),
        "approval": Filter("approval", one_of=("waiting", "approved", "rejected")),
        "clearance": Filter("clearance", one_of=("none", "waiting", "submitted", "cleared", "rejected")),
        "legal_entity": Filter("legal_entity"),
        "delivery_status": Filter("delivery_status", one_of=get_args(DeliveryStatus)),
        "below_zero": Filter("(status = 'draft' and total < 0)", kind="boolean"),
        "q": Filter(
            where=f"({begins('number', '{value}')} or {begins('account_id', '{value}')} or invoice_id = {{value}}"
            " or account_id = any({found}))"
        ),
        "from": Filter("issued_on", op=">=", kind="date"),
        "to": Filter("issued_on", op="<=", kind="date"),
        "due_from": Filter("due_on", op=">=", kind="date"),
        "due_to": Filter("due_on", op="<=", kind="date"),
    },
    sorts={
        **{name: name for name in ("issued_on", "due_on", "number", "account_id", "status", "days_overdue")},
        **{name: name for name in ("net", "total", "paid", "due")},
        "id": "invoice_id",
        "period": "period_start",
    },
    default_sort="-issued_on",
    totals=Totals(
        sums={
            # What was carried forward or passed on counts where it went to, what is void nowhere.
            **{name: f"case when {_CLAIMS_NOTHING} then 0 else {column} end" for name, column in _AMOUNTS},
            "paid": "paid",
            "credited": "credited",
            "due": "due",
        },
    ),
)


_DEBIT_NOTES: Final = """
select * from invoice_view where partition = $1 and corrects = $2 order by issued_on, number limit 200
"""

BELOW_ZERO: Final = "it comes to less than zero: the amount is carried forward to the account's next invoice"


def invoices_at(now: datetime, view: str = "invoice_list") -> str:
    """The source of the list at an instant of the clock. The instant is our own text, never the caller's."""
    today = f"(timestamptz '{format_instant(now)}' at time zone v.time_zone)::date"
    return f"""(select v.*, case when v.due > 0 then greatest(0, {today} - v.due_on) else 0 end as days_overdue
                  from {view} v) as invoice"""


_DETAIL: Final = """
join lateral (select d.period_end, d.tax, d.provisional, d.carried_into, d.passed_to, d.passed_into, d.replaces,
                     d.replaced_by, d.void_reason, d.voided_on, d.version, d.drafted_at, d.corrects, d.reason,
                     d.approval_asked_by, d.approval_by, d.approval_reason,
                     d.clearance_authority, d.clearance_reference, d.clearance_reason, d.clearance_at,
                     d.sent_at, d.written_off
                from invoice_view d
               where d.partition = page.partition and d.invoice_id = page.invoice_id) as detail on true
"""
"""What only a page shows of its invoices."""


def whole_invoices_at(now: datetime) -> str:
    """The same with what a page joins: for reading many of them through."""
    return invoices_at(now, "invoice_view")


def _listing_at(now: datetime) -> Listing:
    """The list at that instant, with its kept sums. What is alike in these is overdue together."""
    kept = (
        KeptSums(invoices_at(now, "invoice_sum"), count="sum(invoices)", filters=_OF_SUMS),
        KeptSums(invoices_at(now), count="count(*)", filters=_OF_SUMS | _OF_LIST),
    )
    totals = None if INVOICES.totals is None else replace(INVOICES.totals, kept=kept)
    return replace(INVOICES, source=invoices_at(now), totals=totals, detail=_DETAIL)


def router(api: Api, names: CustomerNames) -> APIRouter:
    routes = APIRouter()
    payloads = Payloads(lambda: api.settings)

    @routes.get("/v1/invoices", **listed(api, INVOICES, models.InvoicePage))
    async def list_invoices(request: Request) -> Response:
        """Invoices of all states, with payment state, and totals per currency over all that match."""
        page = await _listing_at(api.clock.now()).page(
            request, api, shape=invoice_shape, found=await names.matching(request)
        )
        await names.put_into(request, page["items"])
        return Answer(page)

    @routes.get("/v1/invoices/{invoice_id}", dependencies=[api.roles(*READERS)], response_model=models.InvoiceDetail)
    async def read_invoice(
        invoice_id: str, request: Request, as_of: str | None = None, known_at: str | None = None
    ) -> Response:
        """One invoice with its lines, its tax and what has paid it: as it is now, or at the moment asked for."""
        asked = moment(as_of, known_at, now=api.clock.now())
        invoice = await (
            invoice_detail(api, invoice_id) if asked is None else invoice_then(api, payloads, invoice_id, asked)
        )
        await names.put_into(request, [invoice])
        return Answer(invoice)

    return routes


async def invoice_detail(api: Api, invoice_id: str) -> dict[str, Any]:
    """One invoice as `GET /v1/invoices/{id}` shows it. Raises the 404."""
    columns = ", ".join((*INVOICES.columns, "partition", "tax_groups", "allowances"))
    source = whole_invoices_at(api.clock.now())
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        row = await connection.fetchrow(f"select {columns} from {source} where invoice_id = $1", invoice_id)
        if row is None:
            raise not_found("invoice", invoice_id)
        lines = await connection.fetch(
            "select * from invoice_line_row where partition = $1 and invoice_id = $2 order by n",
            row["partition"],
            invoice_id,
        )
        allocations = await connection.fetch(
            PAID_OF_PAYMENTS,
            row["partition"],
            invoice_id,
        )
        notes = await connection.fetch(OF_INVOICE, row["partition"], invoice_id)
        debits = await connection.fetch(_DEBIT_NOTES, row["partition"], invoice_id)
        credits = await connection.fetch(PAID_OF_CREDIT, row["partition"], invoice_id)
    return {
        **invoice_shape(row),
        "credit_notes": [of_invoice(note) for note in notes],
        "debit_notes": [_debit_note(note) for note in debits],
        "credits": [paid_of_credit(credit) for credit in credits],
        "lines": [_line(line, row["currency"]) for line in lines],
        "tax_groups": msgspec.json.decode(row["tax_groups"]),
        "allowances": allowance_shapes(row["allowances"], row["currency"]),
        "payments": [
            {
                "payment_id": allocation["payment_id"],
                "amount": money(allocation["amount"], allocation["currency"]),
                "received_on": allocation["received_on"],
            }
            for allocation in allocations
        ],
    }


async def invoice_then(api: Api, payloads: Payloads, invoice_id: str, asked: Moment) -> dict[str, Any]:
    """The invoice as it was at a moment, in the same shape. Raises the 404 and what `known` raises."""
    columns = ", ".join((*INVOICES.columns, "partition", "tax_groups", "allowances", "drafted_at"))
    now = api.clock.now()
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        source = whole_invoices_at(now)
        row = await connection.fetchrow(f"select {columns} from {source} where invoice_id = $1", invoice_id)
        if row is None:
            raise not_found("invoice", invoice_id)
        check_day(asked, now, row["time_zone"])
        then = await known(connection, payloads, row, asked)
        debits = await connection.fetch(_DEBIT_NOTES, row["partition"], invoice_id)
        debited = [debit for one in debits if (debit := await known_or_none(connection, payloads, one, asked))]
        lines = await connection.fetch(
            "select * from invoice_line_row where partition = $1 and invoice_id = $2 and added_at <= $3 order by n",
            row["partition"],
            invoice_id,
            asked.instant,
        )
    shown = invoice_shape(then.row)
    return {
        **shown,
        **then.told(),
        **asked.told(),
        "allowed_actions": actions_then(shown["allowed_actions"]),
        "lines": [_line(line, row["currency"]) for line in lines],
        "tax_groups": msgspec.json.decode(then.row["tax_groups"]),
        "allowances": allowance_shapes(then.row["allowances"], row["currency"]),
        "debit_notes": [_debit_note(debit.row) for debit in debited],
    }


def invoice_shape(row: asyncpg.Record | Mapping[str, Any]) -> dict[str, Any]:
    currency = row["currency"]
    return {
        **INVOICE.values(row),
        **{name: row[name] for name in ("payment_status", "days_overdue", "time_zone", "sent_at", "delivery_status")},
        "kind": row["kind"],
        "approval": _approval(row),
        "clearance": {
            "status": row["clearance"],
            **{name: row[f"clearance_{name}"] for name in ("authority", "reference", "reason", "at")},
        },
        "period": period(row["period_start"], row["period_end"]),
        **{name: money(row[name], currency) for name in ("paid", "credited", "written_off", "due")},
        "allowed_actions": _actions(row),
    }


def _actions(row: asyncpg.Record | Mapping[str, Any]) -> list[dict[str, Any]]:
    status = row["status"]
    issued = status == "issued"
    not_issued = None if issued else "the invoice is not issued yet"
    as_it_is = f"the invoice is {status.replace('_', ' ')}"
    why_not: str | None = as_it_is
    if status == "draft":
        why_not = BELOW_ZERO if row["total"] < 0 else _WAITS.get(row["approval"])
    why_not_credited = None if issued else as_it_is
    return [
        action("issue", why_not=why_not),
        *(action(name, why_not=_why_not_decided(row, word)) for name, word in _DECIDED.items()),
        action("credit_draft", why_not=None if why_not == BELOW_ZERO else "it is no draft below zero"),
        action("pdf", why_not=not_issued),
        action("send", why_not=why_not_credited),
        action("record_payment", why_not="nothing is due" if issued and row["due"] <= 0 else not_issued),
        action("credit", why_not=why_not_credited),
        action("debit", why_not=why_not_credited),
        action("reissue", why_not=why_not_credited),
        action("void", why_not=_why_not_void(row)),
        action("report_clearance", why_not="it is cleared" if row["clearance"] == "cleared" else why_not_credited),
    ]


def _why_not_void(row: asyncpg.Record | Mapping[str, Any]) -> str | None:
    if row["status"] != "issued":
        return f"the invoice is {row['status'].replace('_', ' ')}"
    if row["clearance"] in _WITH_AUTHORITY:
        return _WITH_AUTHORITY[row["clearance"]]
    if row["paid"] > 0:
        return "it is paid in part or in full: credit it"
    return "it is credited: credit what is left of it" if row["credited"] > 0 else None


_WAITS: Final[Mapping[str | None, str]] = {
    "waiting": "it waits for an approval",
    "rejected": "its approval was rejected",
}
_DECIDED: Final = {"approve": "approved", "reject": "rejected"}
_WITH_AUTHORITY: Final = {
    "submitted": "it is with the tax authority",
    "cleared": "the tax authority has cleared it: credit it",
}


def _approval(row: asyncpg.Record | Mapping[str, Any]) -> dict[str, Any] | None:
    if row["approval"] is None:
        return None
    return {"status": row["approval"], **{name: row[f"approval_{name}"] for name in ("asked_by", "by", "reason")}}


def _why_not_decided(row: asyncpg.Record | Mapping[str, Any], word: str) -> str | None:
    if row["status"] != "draft":
        return f"the invoice is {row['status'].replace('_', ' ')}"
    if row["approval"] is None:
        return "nobody has asked for an approval of it as it is now"
    return f"it is {word} already" if row["approval"] == word else None


def _debit_note(row: asyncpg.Record | Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": row["invoice_id"],
        **{name: row[name] for name in ("number", "status", "issued_on", "reason")},
        **{name: money(row[name], row["currency"]) for name in ("total", "due")},
    }


def _line(row: asyncpg.Record, currency: str) -> dict[str, Any]:
    values = LINE.values({**row, "currency": currency})
    return {**values, "period": period(row["period_start"], row["period_end"])}
