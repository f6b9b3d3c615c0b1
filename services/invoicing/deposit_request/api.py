"""The printed request for a deposit: what is asked for, why, and where to pay it.

GET /v1/deposit-requests/{deposit_id}/pdf

It is no invoice: it has no tax, and no number of a series, but the deposit's id, which the customer quotes. Who asks
and where to pay are as they are today, so a request that is printed again names the account that is in use.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response

from services.invoicing.document_style import Styles
from services.invoicing.documents import outputs
from services.invoicing.documents.contract import DEPOSIT_REQUEST, InvoiceContents
from services.invoicing.invoice.messages import InvoiceLine, Seller
from services.invoicing.legal_entity.state import legal_entity_of
from services.invoicing.rendering import rendered
from services.invoicing.seller import seller_of
from shared.engine.stored_states import StoredStates
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.customers import open_customers
from shared.http.problems import not_found
from shared.kernel.customer import CustomerFields
from shared.kernel.errors import Rejection
from shared.kernel.period import Period

_ROW: Final = "select * from deposit_request where deposit_id = $1"


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    styles = Styles(api.settings)

    @routes.get(
        "/v1/deposit-requests/{deposit_id}/pdf",
        response_class=Response,
        responses={200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}},
        dependencies=[api.roles(*READERS)],
    )
    async def deposit_request_pdf(deposit_id: str, request: Request) -> Response:
        row = await api.db.fetchrow(_ROW, deposit_id)
        if row is None:
            raise not_found("deposit", deposit_id)
        if row["closed"] is not None:
            detail = f"deposit {deposit_id} is {row['closed']}: nothing is asked for any more"
            raise Rejection("deposit_not_open", detail, status=409)
        customer = {"name": row["name"], "details": row["details"]}
        await open_customers(api, request, [customer])
        contents = _contents(row, customer, await _seller(api, row["legal_entity"]))
        output = outputs()["pdf"]
        styled = msgspec.structs.replace(contents, style=styles.of(row["legal_entity"]))
        document = await rendered(output, styled)
        headers = {"Content-Disposition": f'inline; filename="{deposit_id}.pdf"'}
        return Response(document, media_type=output.media_type, headers=headers)

    return routes


async def _seller(api: Api, legal_entity: str | None) -> Seller:
    """Who asks for it: the account's legal entity, or the operator."""
    if legal_entity is None:
        return seller_of(api.settings)
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        found = await StoredStates(connection, home=0).ask(lambda view: legal_entity_of(legal_entity, view))
    return seller_of(api.settings) if found is None else found.seller


def _contents(row: asyncpg.Record, customer: dict[str, Any], seller: Seller) -> InvoiceContents:
    details, day = CustomerFields.model_validate(customer), row["requested_on"]
    amount: Decimal = row["amount"]
    line = InvoiceLine(
        n=1,
        charge_id="",
        kind=DEPOSIT_REQUEST,
        description=row["purpose"],
        subscription_id="",
        plan_id="",
        plan_version=0,
        period=Period(day, day + timedelta(days=1)),
        net=amount,
        unrounded=amount,
    )
    return InvoiceContents(
        kind=DEPOSIT_REQUEST,
        number=row["deposit_id"],
        account_id=row["account_id"],
        bill_to=customer["name"],
        bill_to_address=details.address,
        bill_to_tax_id=details.tax_id or "",
        buyer_reference=details.buyer_reference or "",
        language=details.language or "",
        currency=row["currency"],
        issued_on=day,
        due_on=row["due_on"] or day,
        period=line.period,
        lines=[line],
        tax_groups=[],
        net=amount,
        tax=Decimal(0),
        total=amount,
        seller=seller,
        note=row["note"],
    )
