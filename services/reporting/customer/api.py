"""`GET /v1/customer-configs`: one joined line per account, from what four services know of it.

    {"account_id": "acc-1", "name": "Ann Example", "address": {...}, "tax_id", "email", "language", "currency": "EUR",
     "cycle": {"id", "frequency", "anchor_day", "time_zone"}, "terms_days": 14,
     "tax": {"kind": "account_rate", "rate": "20"},
     "open": {"amount": "14.88", "currency": "EUR"}, "overdue", "credit", ...}

Names and addresses are opened by the vault for the roles that may see personal data; others read "sealed".
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response

from services.invoicing.bill_profile.messages import TaxTerms
from services.reporting.customer import models
from services.reporting.customer.in_force import not_ended, plan_on
from services.reporting.customer.models import CUSTOMER
from services.reporting.customer.names import CustomerNames
from services.reporting.dunning.customers import DUNNING_COLUMNS, dunning_filter, dunning_joins, dunning_shape
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.customers import open_customers
from shared.http.filtering import begins
from shared.http.listing import Filter, Listing
from shared.http.money import money
from shared.http.parameters import listed
from shared.http.periods import period
from shared.http.problems import not_found
from shared.kernel.envelope import format_instant

CUSTOMERS: Final = Listing(
    source="account_row",
    tiebreak="account_id",
    filters={
        "account_id": Filter("account_id"),
        "cycle_id": Filter("cycle_id"),
        "currency": Filter("currency"),
        "parent_id": Filter("parent_id"),
        "status": Filter("status", one_of=("active", "on_hold", "closed")),
        "plan_id": Filter(
            where="exists (select from subscription_row s where s.account_id = customer.account_id"
            f" and {not_ended('customer.today')} and {plan_on('customer.today')} = {{value}})"
        ),
        "overdue": Filter("overdue > 0", kind="boolean"),
        "dunning": dunning_filter(),
        "spend_cap_reached": Filter(
            "((partition, account_id) in (select partition, account_id from capped_account))", kind="boolean"
        ),
        "q": Filter(where=f"({begins('account_id', '{value}')} or account_id = any({{found}}))"),
    },
    sorts={
        "account_id": "account_id",
        "opened_on": "opened_on",
        **{name: name for name in ("open", "overdue", "credit", "subscriptions")},
    },
    default_sort="account_id",
)


def customers_listing(now: datetime) -> Listing:
    """The list at an instant of the clock."""
    filters = {**CUSTOMERS.filters, "dunning": dunning_filter(now)}
    return replace(CUSTOMERS, source=customers_at(now), filters=filters)


def customers_at(now: datetime) -> str:
    """The source of the list at an instant of the clock."""
    today = f"(timestamptz '{format_instant(now)}' at time zone a.time_zone)::date"
    return f"""(
        select a.*, {today} as today,
               case when a.closed_on is not null then 'closed'
                    when a.held_reason is not null and (a.held_until is null or a.held_until > {today}) then 'on_hold'
                    else 'active' end as status,
               p.terms_days, p.own_terms, p.tax, c.name as cycle_name, n.subscriptions, r.open, r.overdue, m.credit,
               {DUNNING_COLUMNS}
          from account_row a
          left join bill_profile_row p on p.partition = a.partition and p.account_id = a.account_id
          left join cycle_row c on c.cycle_id = a.cycle_id
          {dunning_joins(today)}
         cross join lateral (
               select count(*) as subscriptions from subscription_row s
                where s.account_id = a.account_id and {not_ended(today)}) n
         cross join lateral (
               select coalesce(sum(open), 0) as open,
                      coalesce(sum(open) filter (where due_on < {today}), 0) as overdue
                 from receivable_row r where r.partition = a.partition and r.account_id = a.account_id) r
         cross join lateral (
               select coalesce(sum(unallocated), 0) as credit
                 from (select unallocated from payment_row p where p.account_id = a.account_id
                       union all
                       select unallocated from credit_row c where c.account_id = a.account_id) as left_over) m
        ) as customer"""


def router(api: Api, names: CustomerNames) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/customer-configs", **listed(api, CUSTOMERS, models.CustomerConfigPage))
    async def list_customer_configs(request: Request) -> Response:
        """Accounts with their calendar, terms and balance."""
        listing = customers_listing(api.clock.now())
        page = await listing.page(request, api, shape=customer_shape, found=await names.matching(request))
        await open_customers(api, request, page["items"])
        return Answer(page)

    @routes.get(
        "/v1/customer-configs/{account_id}",
        dependencies=[api.roles(*READERS)],
        response_model=models.CustomerConfig,
    )
    async def read_customer_config(account_id: str, request: Request) -> Response:
        """One account with its calendar, terms and balance."""
        row = await api.db.fetchrow(f"select * from {customers_at(api.clock.now())} where account_id = $1", account_id)
        if row is None:
            raise not_found("account", account_id)
        customer = customer_shape(row)
        await open_customers(api, request, [customer])
        return Answer(customer)

    return routes


def customer_shape(row: asyncpg.Record) -> dict[str, Any]:
    return {
        **CUSTOMER.values(row),
        "details": row["details"],
        "status": row["status"],
        "held_reason": row["held_reason"] if row["status"] == "on_hold" else None,
        "cycle": {
            "id": row["cycle_id"],
            "name": row["cycle_name"],
            "frequency": msgspec.json.decode(row["frequency"]),
            "anchor_day": row["anchor_day"],
            "anchor_month": row["anchor_month"],
            "counts_from": row["counts_from"],
            "time_zone": row["time_zone"],
        },
        "terms_days": row["terms_days"],
        "terms_source": None if row["own_terms"] is None else "account" if row["own_terms"] else "operator",
        **_taxed(row),
        "open_period": period(row["period_start"], row["period_end"]),
        "subscriptions": row["subscriptions"],
        **{name: money(row[name], row["currency"]) for name in ("open", "overdue", "credit")},
        "dunning": dunning_shape(row),
    }


def _taxed(row: asyncpg.Record) -> dict[str, Any]:
    """The tax profile as invoicing has it; until it has one, the rate that the account was opened with."""
    if row["tax"] is None:
        return {"tax": None}
    terms = msgspec.json.decode(row["tax"], type=TaxTerms)
    return {"tax": {"kind": terms.kind, **terms.parameters}, "tax_rate": terms.rate}
