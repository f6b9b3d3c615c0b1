"""`GET /v1/search?q=`: the thing behind a number or an id, whatever kind of thing it is.

    GET /v1/search?q=cust-13
    {"items": [{"kind": "account", "id": "CUST-13", "label": "Ann Example", "account_id": "CUST-13"}, ...]}

Beginnings match in any case for what people type (numbers, chosen ids); usage records and events need their whole id.
Each kind is asked of its index, for eight at most. Customers are found by name too, for those who may read names.
"""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from services.reporting.customer.names import CustomerNames
from services.reporting.search import models
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.customers import SEALED
from shared.http.filtering import begins, folded
from shared.http.vault import ERASED

FOUND_MAX: Final = 20

EACH_MAX: Final = 8


def _beginning(kind: str, table: str, *, by: str, id: str, label: str, account: str = "account_id") -> str:
    """The first few rows of a table whose column `by` begins with what is asked."""
    return f"""(select '{kind}', {id}, {label}, {account} from {table}
    where {begins(by, "$1::text")} order by {folded(by)} limit {EACH_MAX})"""


# An exact match comes first, then by kind and name; each kind gives few enough that none crowds out the others.
SEARCH_SQL: Final = f"""
with found (kind, id, label, account_id) as (
  {_beginning("invoice", "invoice_row", by="number", id="invoice_id", label="number")}
  union
  {_beginning("invoice", "invoice_row", by="invoice_id", id="invoice_id", label="coalesce(number, invoice_id)")}
  union
  {_beginning("account", "account_row", by="account_id", id="account_id", label="account_id")}
  union
  {_beginning("subscription", "subscription_row", by="subscription_id", id="subscription_id", label="subscription_id")}
  union
  {_beginning("payment", "payment_row", by="payment_id", id="payment_id", label="payment_id")}
  union
  (select distinct 'plan', plan_id, plan_id, null from plan_row where {begins("plan_id", "$1::text")} order by 2
    limit {EACH_MAX})
  union
  (select 'usage_record', source || '/' || id, id, account_id from usage_record
    where id = $1 and state not in ('duplicate', 'conflict') order by 2 limit {EACH_MAX})
  union
  (select 'event', id, type, account_id from audit_event where id = $1)
)
select kind, id, label, account_id from found
 order by lower($1::text) not in (lower(id), lower(label)), kind, label, id limit $2
"""


def router(api: Api, names: CustomerNames) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/search", dependencies=[api.roles(*READERS)], response_model=models.SearchResult)
    async def search(request: Request, q: Annotated[str, Query(min_length=1, max_length=255)]) -> Response:
        """Invoices, accounts (also by name), subscriptions, payments, plans, usage records, events by number or id."""
        items = [dict(row) for row in await api.db.fetch(SEARCH_SQL, q.strip(), FOUND_MAX)]
        known = {item["id"] for item in items if item["kind"] == "account"}
        by_name = [account for account in await names.matching(request) if account not in known]
        items += ({"kind": "account", "id": id, "label": id, "account_id": id} for id in by_name[:EACH_MAX])
        await names.put_into(request, items)
        for item in items:
            if item["kind"] == "account" and item["account_name"] not in (SEALED, ERASED):
                item["label"] = item["account_name"]
        return Answer({"items": items})

    return routes
