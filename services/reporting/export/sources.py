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
from services.reporting.export.cells import columns_of
from services.reporting.export.formats.contract import Column
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
    """A list: who may read it, the shape of its items, and how its rows are made and opened.

    `numbers` are fields whose text is a decimal, `on_paper` the columns of a PDF for which nobody has chosen any.
    """

    title: str
    definition: str
    listing: Listing
    item: type[BaseModel]
    shape: Callable[[Any], dict[str, Any]]
    roles: Sequence[str] = READERS
    source_at: Callable[[datetime], str] | None = None
    listing_at: Callable[[datetime], Listing] | None = None
    opened: Opened = _nothing
    numbers: tuple[str, ...] = ()
    on_paper: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        return columns_of(self.item, numbers=self.numbers)

    def at(self, now: datetime) -> Listing:
        if self.listing_at is not None:
            return self.listing_at(now)
        return self.listing if self.source_at is None else replace(self.listing, source=self.source_at(now))


ON_PAPER_MAX: Final = 12
LISTS: Final[Mapping[str, ListSource]] = {
    "invoices": ListSource(
        title="Invoices",
        definition="Invoices and debit notes with what has been paid of them.",
        on_paper=(
            *("number", "account_id", "account_name", "status", "payment_status", "issued_on", "due_on"),
            *("total", "paid", "due", "days_overdue", "currency"),
        ),
        listing=invoice.INVOICES,
        item=Invoice,
        shape=invoice.invoice_shape,
        source_at=invoice.whole_invoices_at,
        opened=_account_names,
    ),
    "customer-configs": ListSource(
        title="Customers",
        definition="Accounts with their terms, what they owe, and where they stand.",
        numbers=("tax_rate",),
        on_paper=(
            *("account_id", "name", "status", "address_city", "address_country", "opened_on", "subscriptions"),
            *("open", "overdue", "credit", "dunning_step_name", "currency"),
        ),
        listing=customer.CUSTOMERS,
        item=CustomerConfig,
        shape=customer.customer_shape,
        listing_at=customer.customers_listing,
        opened=_customers,
    ),
    **{
        rows.path.removeprefix("/v1/"): ListSource(
            title=rows.name.replace("-", " ").capitalize(),
            definition=rows.definition,
            numbers=tuple(column.name for column in rows.columns if column.kind in ("quantity", "percent")),
            on_paper=tuple(column.name for column in rows.columns[:ON_PAPER_MAX]),
            listing=rows.listing(datetime(1970, 1, 1, tzinfo=UTC)),
            item=rows.item,
            shape=rows.shape,
            listing_at=rows.listing,
        )
        for rows in row_lists().values()
    },
    "usage/records": ListSource(
        title="Usage records",
        definition="Records of usage with what became of them.",
        listing=usage_record.RECORDS,
        item=UsageRecord,
        shape=usage_record.record_shape,
        numbers=("quantity",),
        on_paper=("source", "id", "resource", "meter", "quantity", "started_at", "account_id", "state", "reason"),
    ),
    "events": ListSource(
        title="Audit trail",
        definition="What happened, in order: by whom, about what, because of what.",
        listing=audit.EVENTS,
        item=Event,
        shape=EVENT.values,
        roles=audit.AUDITORS,
        on_paper=("recorded_at", "type", "aggregate_id", "account_id", "actor", "correlation_id"),
    ),
}
"""By the path of the list."""
