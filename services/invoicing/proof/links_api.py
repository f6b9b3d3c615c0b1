"""The links of a series' chain, one for each document that it numbered.

GET /v1/numbering-series/INV/links?sort=-n&limit=50
-> {"items": [{"n": 7, "number": "INV-000007", "kind": "invoice", "document_id": "inv-7", "issued_on": "2026-10-01",
               "sha256": "c2…", "previous_sha256": "5f…", "fingerprint": "…"}], ...}

Whether they hold is told by GET …/chain, which walks them.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.invoicing.proof.carried import fingerprint
from shared.http.api import Api
from shared.http.filtering import Filter
from shared.http.listing import Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found

_NAMES: Final = ("n", "number", "kind", "document_id", "issued_on")


class ChainLinkShape(BaseModel):
    """A document and its place in the chain. The hashes are `null` of what was numbered before there were proofs, that
    before it also of the first."""

    n: int
    number: str
    kind: str
    document_id: str
    issued_on: date
    sha256: str | None
    previous_sha256: str | None
    fingerprint: str | None


class ChainLinkPage(Page):
    items: list[ChainLinkShape]


LINKS: Final = Listing(
    source="document_link",
    columns=("n", "number", "kind", "document_id", "issued_on", "hash", "previous"),
    filters={
        "number": Filter("number"),
        "document_id": Filter("document_id"),
        "from": Filter("issued_on", op=">=", kind="date"),
        "to": Filter("issued_on", op="<=", kind="date"),
    },
    sorts={"n": "n"},
    default_sort="-n",
    tiebreak="n",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/numbering-series/{series_id}/links", **listed(api, LINKS, ChainLinkPage))
    async def links_of_series(series_id: str, request: Request) -> Response:
        if await api.db.fetchval("select 1 from numbering_series_row where series_id = $1", series_id) is None:
            raise not_found("numbering series", series_id)
        return await LINKS.fetch(request, api, shape=_shape, where={"series_id": series_id})

    return routes


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    return {
        **{name: row[name] for name in _NAMES},
        "sha256": row["hash"],
        "previous_sha256": row["previous"],
        "fingerprint": None if row["hash"] is None else fingerprint(row["hash"]),
    }
