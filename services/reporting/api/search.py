"""`GET /v1/search?q=`: the thing behind a number or an id, whatever kind of thing it is.

    GET /v1/search?q=INV-0000
    {"items": [{"kind": "invoice", "id": "inv-7", "label": "INV-000042", "account_id": "acc-1"}, ...]}

Beginnings match for what people type (numbers, chosen ids); usage records and events need their whole id.
"""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query, Response

from services.reporting.api import models
from shared.runtime.auth import READERS
from shared.runtime.http.answer import Answer
from shared.runtime.http.edge import Edge

FOUND_MAX: Final = 20

# An exact match comes first, then by kind and name; each kind gives few enough that none crowds out the others.
_SQL: Final = """
with found (kind, id, label, account_id) as (
  (select 'invoice', invoice_id, coalesce(number, invoice_id), account_id from invoice_row
    where starts_with(number, upper($1)) or invoice_id = $1 order by number limit 8)
  union all
  (select 'account', account_id, account_id, account_id from account_row
    where starts_with(account_id, $1) order by account_id limit 8)
  union all
  (select 'subscription', subscription_id, subscription_id, account_id from subscription_row
    where starts_with(subscription_id, $1) order by subscription_id limit 8)
  union all
  (select 'payment', payment_id, payment_id, account_id from payment_row
    where starts_with(payment_id, $1) order by payment_id limit 8)
  union all
  (select distinct 'plan', plan_id, plan_id, null from plan_row where starts_with(plan_id, $1) order by 2 limit 8)
  union all
  (select 'usage_record', source || '/' || id, id, account_id from usage_record
    where id = $1 and state not in ('duplicate', 'conflict') order by 2 limit 8)
  union all
  (select 'event', id, type, account_id from audit_event where id = $1)
)
select kind, id, label, account_id from found order by $1 not in (id, label), kind, label, id limit $2
"""


def router(edge: Edge) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/search", dependencies=[edge.roles(*READERS)], response_model=models.SearchResult)
    async def search(q: Annotated[str, Query(min_length=1, max_length=255)]) -> Response:
        """Invoices, accounts, subscriptions, payments, plans, usage records and events by number or id."""
        rows = await edge.db.fetch(_SQL, q.strip(), FOUND_MAX)
        return Answer({"items": [dict(row) for row in rows]})

    return routes
