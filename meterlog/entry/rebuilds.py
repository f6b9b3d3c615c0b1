"""`GET /v1/proof/rebuilds`: every verification and rebuild of every service, the newest first.

    GET /v1/proof/rebuilds?service=rating&equal=false&limit=10
    {"items": [{"proof_id": "verify-rating-...", "service": "rating", "equal": false, "differences": [...], ...}],
     "total": 3, "totals": [], "next_cursor": null, "as_of": "2026-11-23T06:00:00Z"}

Each service keeps its own. All of them sort alike, so a cursor made here continues in each of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from pydantic import AwareDatetime, BaseModel
from starlette.requests import Request
from starlette.responses import Response

from meterlog.entry.proxy import Proxy
from meterlog.entry.services import Services, content_of
from meterlog.installation import SERVICES
from shared.http.answer import Answer
from shared.http.auth import READERS
from shared.http.filtering import Arguments, Filter, conditions
from shared.http.pages import Page
from shared.http.paging import LIMIT_MAX, PARAMETERS, SORT_KEY, TIE_KEY, Paging, cursor_of, read_paging
from shared.http.problems import BadParameter
from shared.http.rebuilds import REBUILDS
from shared.kernel.envelope import parse_instant
from shared.kernel.errors import Rejection

_FILTERS: Final = {"service": Filter("service", one_of=SERVICES), **REBUILDS.filters}


class RebuildProof(BaseModel):
    """One verification or rebuild. `equal` is null where nothing could be compared, as `why` says.

    `offsets` map topic and partition to the next offset to apply; `rows`, `digest` and `tables` are those of the
    rebuilt tables there. `differences` name table, partition, what differs and a few rows by their keys. `shown`: the
    rebuilt tables took the place of the others.
    """

    proof_id: str
    service: str
    kind: str
    equal: bool | None
    shown: bool
    rows: int
    offsets: dict[str, int]
    digest: str
    seconds: float
    generation: int
    resumed: bool
    why: str | None
    tables: list[dict[str, Any]]
    not_compared: list[str]
    differences: list[dict[str, Any]]
    finished_at: AwareDatetime


class RebuildProofPage(Page):
    items: list[RebuildProof]


class Rebuilds:
    def __init__(self, services: Services, proxy: Proxy) -> None:
        self._services = services
        self._proxy = proxy

    async def list(self, request: Request) -> Response:
        grant = await self._proxy.admit(request)
        if grant.role not in READERS:
            raise Rejection("forbidden", f"the role {grant.role} may not read the books", status=403)
        conditions(request, _FILTERS, Arguments(), known=PARAMETERS)
        paging = read_paging(request, sorts=REBUILDS.sorts, default=REBUILDS.default_sort, tiebreak=REBUILDS.tiebreak)
        if paging.offset + paging.limit > LIMIT_MAX:
            raise BadParameter("page", f"pages reach as far as {LIMIT_MAX} proofs; take limit and cursor to go on")
        names = request.query_params.getlist("service") or SERVICES
        query = urlencode(_passed_on(request, paging))
        pages = await asyncio.gather(*(self._page(name, query) for name in dict.fromkeys(names)))
        return Answer(_merged(pages, paging))

    async def _page(self, service: str, query: str) -> dict[str, Any]:
        return content_of(await self._services.ask(service, f"/internal/rebuilds?{query}"), service)


def _passed_on(request: Request, paging: Paging) -> list[tuple[str, str]]:
    """The question to one service: of the same order and filters, as many as the page may need of it."""
    same = [(name, text) for name, text in request.query_params.multi_items() if name in (*REBUILDS.filters, "cursor")]
    return [*same, ("sort", paging.sort), ("limit", str(paging.offset + paging.limit))]


def _merged(pages: list[dict[str, Any]], paging: Paging) -> dict[str, Any]:
    found = [item for page in pages for item in page["items"]]
    found.sort(key=_place, reverse=paging.descending)
    items = found[paging.offset : paging.offset + paging.limit]
    more = len(found) > paging.offset + paging.limit or any(page["next_cursor"] for page in pages)
    instant, proof_id = _place(items[-1]) if items else (None, None)
    last: Mapping[str, Any] = {SORT_KEY: instant, TIE_KEY: proof_id}
    return {
        "items": items,
        "total": sum(page["total"] for page in pages),
        "totals": [],
        "next_cursor": cursor_of(last, paging) if items and more and not paging.by_number else None,
        "as_of": max(page["as_of"] for page in pages),
    }


def _place(item: Mapping[str, Any]) -> tuple[Any, str]:
    return parse_instant(item["finished_at"]), item["proof_id"]
