"""Who has read whose personal data.

GET /v1/personal-data-reads?account_id=acc-1      every read of acc-1, those of lists that it was on included
"""

from __future__ import annotations

from typing import Any, Final

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel

from shared.http.api import Api
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed

WHO_READS: Final = ("admin", "auditor")


class PersonalDataRead(BaseModel):
    """`accounts` are those whose fields were opened, up to 500 of `accounts_total`; `route` is the path without values.

    The same read by the same caller within ten minutes is told once.
    """

    id: str
    recorded_at: AwareDatetime
    actor: str
    role: str
    service: str
    method: str
    route: str
    accounts: list[str]
    accounts_total: int
    correlation_id: str | None


class PersonalDataReadPage(Page):
    items: list[PersonalDataRead]


READS: Final = Listing(
    source="durable.personal_read",
    tiebreak="seq",
    columns=("seq", "recorded_at", "actor", "correlation_id", "data::text as data"),
    filters={
        "account_id": Filter(where="accounts @> array[{value}]"),
        "actor": Filter("actor"),
        "from": Filter("recorded_at", op=">=", kind="instant"),
        "to": Filter("recorded_at", op="<", kind="instant"),
    },
    sorts={"recorded_at": "recorded_at"},
    default_sort="-recorded_at",
    never_null=frozenset({"recorded_at"}),
    counted_to=10_000,
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/personal-data-reads", **listed(api, READS, PersonalDataReadPage, *WHO_READS))
    async def list_personal_data_reads(request: Request) -> Response:
        """Who opened which accounts' personal fields, when, and on which path; newest first."""
        return await READS.fetch(request, api, shape=_shape)

    return routes


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    return {
        "id": f"personal-data/0/{row['seq']}",
        **{name: row[name] for name in ("recorded_at", "actor", "correlation_id")},
        **msgspec.json.decode(row["data"]),
    }
