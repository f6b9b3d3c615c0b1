"""All retractions, the newest first: which are under way, what a source or a file had taken back.

GET /v1/usage/retractions?status=pending
GET /v1/usage/retractions?batch_id=usage-file-pja3w…
GET /v1/usage/retractions?source=olt-12&limit=50
"""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response

from services.usage.retraction.shapes import RetractionShape, shapes_of
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.kernel.resource_names import canonical


class RetractionPage(Page):
    items: list[RetractionShape]


# A retraction has a row in each partition with records of it: the first stands for all, or where it was asked for.
_FIRST: Final = """
(select id, reason, batch_id, resource_id, recorded_at, partitions from retraction r
  where not exists (
      select from retraction o
       where o.id = r.id
         and (o.partitions is null, o.recorded_at, o.partition) < (r.partitions is null, r.recorded_at, r.partition)
  )) as made
"""
_PENDING: Final = """
(exists (select from record_standing s where s.retraction_id = made.id and s.status in ('retracting', 'restoring'))
 or exists (select from retraction o where o.id = made.id and o.more)
 or (select count(*) < max(coalesce(o.partitions, 0)) from retraction o where o.id = made.id))
"""

RETRACTIONS: Final = Listing(
    source=_FIRST,
    columns=("id", "recorded_at"),
    filters={
        "status": Filter(
            f"case when {_PENDING} then 'pending' else 'done' end", one_of=("pending", "done"), multiple=False
        ),
        "reason": Filter("reason"),
        "source": Filter(
            where="id in (select s.id from retraction_source s where s.source = {value})",
        ),
        "batch_id": Filter("batch_id"),
        "resource_id": Filter("resource_id", canonical=canonical),
        "from": Filter("recorded_at", op=">=", kind="instant"),
        "to": Filter("recorded_at", op="<", kind="instant"),
    },
    sorts={"created_at": "recorded_at"},
    default_sort="-created_at",
    tiebreak="id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/usage/retractions", **listed(api, RETRACTIONS, RetractionPage))
    async def retractions(request: Request) -> Response:
        """All retractions, the newest first; of a file or a request by its `batch_id`."""
        page = await RETRACTIONS.page(request, api)
        ids = [row["id"] for row in page["items"]]
        shapes = await shapes_of(api, ids)
        page["items"] = [shapes[one] for one in ids if one in shapes]
        return Answer(page)

    return routes
