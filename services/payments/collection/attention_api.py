"""For the entry alone: what of collections waits for a person.

GET /internal/attention    {"items": [{"kind": "failed_payments", "count": 3, "severity": "warning", "link": "..."}]}
"""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Response

from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import SERVICE

GIVEN_UP: Final = """(status = 'failed'
 and exists (select from receivable_row r
              where r.partition = collection_row.partition and r.invoice_id = collection_row.invoice_id
                and r.open > 0 and not r.withdrawn)
 and not exists (select from collection_row later
                  where later.partition = collection_row.partition and later.invoice_id = collection_row.invoice_id
                    and later.asked_at > collection_row.asked_at))"""
"""It is not tried again, nothing else was tried since, and the invoice is still open."""


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/internal/attention", dependencies=[api.roles(SERVICE)], include_in_schema=False)
    async def attention() -> Response:
        count = await api.db.fetchval(f"select count(*) from collection_row where {GIVEN_UP}")
        link = "/payments/collections?status=attention"
        found = {"kind": "failed_payments", "count": count, "severity": "warning", "link": link}
        return Answer({"items": [found] if count else []})

    return routes
