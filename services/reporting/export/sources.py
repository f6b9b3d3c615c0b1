"""What can be exported: the lists of this service, and its reports.

    POST /v1/report-jobs {"list": "invoices", "query": "status=issued&sort=-due_on"}
    POST /v1/report-jobs {"report": "revenue", "query": "from=2026-09-01&group_by=month"}

A query is that of the list's own path. Rows are kept as they come out of the tables, with personal fields sealed;
`opened` puts in what the reader of the file may see.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from fastapi import Request
from pydantic import BaseModel

from services.reporting.audit import api as audit
from services.reporting.audit.models import EVENT, Event
from services.reporting.customer import api as customer
from services.reporting.customer.models import CustomerConfig
from services.reporting.customer.names import CustomerNames
from services.reporting.invoice import api as invoice
from services.reporting.invoice.models import Invoice
from services.reporting.report_rows import row_lists
from services.reporting.usage_record import api as usage_record
from services.reporting.usage_record.models import UsageRecord
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.customers import open_customers
from shared.http.listing import Listing

Opened = Callable[[Api, CustomerNames, Request, list[dict[str, Any]]], Awaitable[None]]


async def _nothing(api: Api, names: CustomerNames, request: Request, items: list[dict[str, Any]]) -> None:
    """The list has nothing personal in it."""


async def _account_names(api: Api, names: CustomerNames, request: Request, items: list[dict[str, Any]]) -> None:
    await names.put_into(request, items)


async def _customers(api: Api, names: CustomerNames, request: Request, items: list[dict[str, Any]]) -> None:
    await open_customers(api, request, items)


@dataclass(frozen=True, kw_only=True)
class ListSource:
    """A list: who may read it, the shape of its items, and how its rows are made and opened."""

    listing: Listing
    item: type[BaseModel]
    shape: Callable[[Any], dict[str, Any]]
    roles: Sequence[str] = READERS
    source_at: Callable[[datetime], str] | None = None
    listing_at: Callable[[datetime], Listing] | None = None
    opened: Opened = _nothing

    def at(self, now: datetime) -> Listing:
        if self.listing_at is not None:
            return self.listing_at(now)
        return self.listing if self.source_at is None else replace(self.listing, source=self.source_at(now))


LISTS: Final[Mapping[str, ListSource]] = {
    "invoices": ListSource(
        listing=invoice.INVOICES,
        item=Invoice,
        shape=invoice.invoice_shape,
        source_at=invoice.whole_invoices_at,
        opened=_account_names,
    ),
    "customer-configs": ListSource(
        listing=customer.CUSTOMERS,
        item=CustomerConfig,
        shape=customer.customer_shape,
        listing_at=customer.customers_listing,
        opened=_customers,
    ),
    "usage/records": ListSource(listing=usage_record.RECORDS, item=UsageRecord, shape=usage_record.record_shape),
    "events": ListSource(listing=audit.EVENTS, item=Event, shape=EVENT.values, roles=audit.AUDITORS),
    **{
        rows.path.removeprefix("/v1/"): ListSource(
            listing=rows.listing(datetime(1970, 1, 1, tzinfo=UTC)),
            item=rows.item,
            shape=rows.shape,
            listing_at=rows.listing,
        )
        for rows in row_lists().values()
    },
}
"""By the path of the list."""
