"""Quarantine: records that wait for a person, each with its reason.

GET /v1/usage/quarantine?reason=unknown_resource&reason=no_subscription
{"items": [{"id": "0192f1c0", "source": "olt-12", "reason": "unknown_resource", "record": "usage/3/1842#17", ...}]}
"""

from __future__ import annotations

from typing import Any, Final, Literal

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.usage.quarantine.rows import QuarantineRow
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.row_shape import RowShape
from shared.kernel.resource_names import canonical

REASONS: Final = (
    "malformed",
    "unknown_source",
    "unknown_resource",
    "unknown_meter",
    "no_subscription",
    "no_price",
    "too_late",
    "in_future",
    "counter_ambiguous",
    "schema_violation",
)


PARKED: Final = RowShape(QuarantineRow, hidden=("seq", "item", "sort_key"))


@PARKED.model
class QuarantinedRecord(BaseModel):
    """`record` cites the event that holds it; `raw` is a malformed record as far as it could be read."""

    state: Literal["quarantined"]
    record: str


class QuarantinePage(Page):
    items: list[QuarantinedRecord]


QUARANTINE: Final = Listing(
    source="(select *, format('usage/%s/%s#%s', partition, seq, item) as record from quarantine) as q",
    filters={
        "reason": Filter("reason", one_of=REASONS),
        "source": Filter("source"),
        "resource": Filter("resource", canonical=canonical),
        "meter": Filter("meter"),
        "id": Filter("id"),
        "account_id": Filter("account_id"),
        "subscription_id": Filter("subscription_id"),
        "batch_id": Filter("batch_id"),
        "from": Filter("started_at", op=">=", kind="instant"),
        "to": Filter("started_at", op="<", kind="instant"),
    },
    sorts={"recorded_at": "recorded_at", "started_at": "started_at", "reason": "reason"},
    default_sort="-recorded_at",
    tiebreak="record",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/usage/quarantine", **listed(api, QUARANTINE, QuarantinePage))
    async def quarantine(request: Request) -> Response:
        """Records that are parked, newest first."""
        return Answer(await QUARANTINE.page(request, api, shape=_shape))

    return routes


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    return {**PARKED.values(row), "state": "quarantined", "record": row["record"]}
