"""The customer's page: who reads it, what is owed, and the invoices. Usage is rating's, the wallet payments', and what
is on an invoice invoicing's.

GET /v1/customer-page                                   Authorization: Bearer mc_…
GET /v1/customer-page/invoices?open=true&limit=12
GET /v1/customer-page/credit-notes?limit=12
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import asyncpg
from fastapi import APIRouter, Request, Response

from services.reporting.customer.api import customers_at
from services.reporting.customer_link.links import find_link
from services.reporting.customer_page.models import CustomerCreditNotes, CustomerInvoices, CustomerPageShape
from services.reporting.invoice.api import invoices_at
from shared.http.api import Api, caller_of
from shared.http.auth import CUSTOMER
from shared.http.customer_link import PAGES, fresh, own_account
from shared.http.customers import open_customers
from shared.http.listing import Filter, Listing
from shared.http.money import money
from shared.http.parameters import listed
from shared.kernel.errors import Rejection

_SHOWN: Final = ("number", "kind", "status", "payment_status", "issued_on", "due_on", "days_overdue")
ISSUED: Final = ["issued", "void"]
"""What a customer has been sent."""

_SUMS: Final = ("net", "tax", "total")

INVOICES: Final = Listing(
    source="invoice_list",
    tiebreak="invoice_id",
    columns=("invoice_id", *_SHOWN, "currency", "total", "due"),
    filters={"open": Filter("(due > 0)", kind="boolean")},
    sorts={"issued_on": "issued_on", "due_on": "due_on"},
    default_sort="-issued_on",
)

CREDIT_NOTES: Final = Listing(
    source="""(select n.*, i.number as invoice_number from credit_note_row n
                left join invoice_row i on i.partition = n.partition and i.invoice_id = n.invoice_id) as note""",
    tiebreak="credit_note_id",
    columns=(*("credit_note_id", "number", "invoice_id", "invoice_number", "issued_on", "reason", "currency"), *_SUMS),
    sorts={"issued_on": "issued_on"},
    default_sort="-issued_on",
    never_null=frozenset({"issued_on"}),
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get(PAGES, dependencies=[api.roles(CUSTOMER)], response_model=CustomerPageShape)
    async def read_customer_page(request: Request) -> Response:
        """Who reads this page, and what is owed. `If-None-Match` takes the `ETag` of the answer before: 304."""
        account_id = own_account(request)
        row = await api.db.fetchrow(f"select * from {customers_at(api.clock.now())} where account_id = $1", account_id)
        link = await find_link(api.db, caller_of(request).actor.partition(":")[2])
        if row is None or link is None:
            raise Rejection("not_found", "there is no page behind this link", status=404)
        customer = {"name": row["name"], "details": row["details"]}
        await open_customers(api, request, [customer])
        said = {name: row[name] for name in ("currency", "time_zone", "today")}
        said["status"] = "active" if row["closed_on"] is None else "closed"
        owed = {"owed": money(row["open"], row["currency"]), "overdue": money(row["overdue"], row["currency"])}
        who = {"name": customer["name"], "language": customer["language"]}
        return fresh(request, {**who, **said, **owed, "link_expires_at": link.expires_at})

    @routes.get(f"{PAGES}/invoices", **listed(api, INVOICES, CustomerInvoices, CUSTOMER))
    async def list_customer_invoices(request: Request) -> Response:
        """What was issued to the account, the latest first; `open` of them that are still to be paid."""
        listing = replace(INVOICES, source=invoices_at(api.clock.now()))
        where = {"account_id": own_account(request), "status = any({value}::text[])": ISSUED}
        page = await listing.page(request, api, shape=_shape, where=where)
        return fresh(request, {name: page[name] for name in ("items", "total", "next_cursor")})

    @routes.get(f"{PAGES}/credit-notes", **listed(api, CREDIT_NOTES, CustomerCreditNotes, CUSTOMER))
    async def list_customer_credit_notes(request: Request) -> Response:
        """What was credited to the account, the latest first."""
        page = await CREDIT_NOTES.page(request, api, shape=_note, where={"account_id": own_account(request)})
        return fresh(request, {name: page[name] for name in ("items", "total", "next_cursor")})

    return routes


def _note(row: asyncpg.Record) -> dict[str, Any]:
    return {
        "id": row["credit_note_id"],
        **{name: row[name] for name in ("number", "invoice_id", "invoice_number", "issued_on", "reason")},
        **{name: money(row[name], row["currency"]) for name in _SUMS},
    }


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    return {
        "id": row["invoice_id"],
        **{name: row[name] for name in _SHOWN},
        **{name: money(row[name], row["currency"]) for name in ("total", "due")},
    }
