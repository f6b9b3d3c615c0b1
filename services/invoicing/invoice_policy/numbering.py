"""The part of the policy that says in which series documents are numbered, over HTTP.

{"series": {"invoice": "INV-NL", "credit_note": "CN-NL"}}     series that are open, each for documents of its kind
{"per_customer": true}                                        C-acc-1/000001, for each account its own
"""

from __future__ import annotations

from typing import Any, Final, Self

from pydantic import BaseModel, StrictBool, model_validator

from services.invoicing.invoice_policy.messages import Numbering
from services.invoicing.numbering_series.choice import OF_CUSTOMERS, SERIES
from shared.http.api import Api
from shared.kernel.bodies import Body, IdText
from shared.kernel.errors import Rejection


class SeriesChoiceBody(Body):
    """The series of each kind of document; what is left out stays in `INV`, `CN`, `DN`."""

    invoice: IdText | None = None
    credit_note: IdText | None = None
    debit_note: IdText | None = None


class NumberingBody(Body):
    """`series` by kind of document, or `per_customer`: each account has series of its own."""

    series: SeriesChoiceBody = SeriesChoiceBody()
    per_customer: StrictBool = False

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if self.per_customer and self.series != SeriesChoiceBody():
            raise ValueError("series of customers leave no choice; give series or per_customer")
        return self


class SeriesChoiceShape(BaseModel):
    invoice: str | None
    credit_note: str | None
    debit_note: str | None


class NumberingShape(BaseModel):
    """The series that are in force, by kind of document; `null` where each customer has its own."""

    series: SeriesChoiceShape
    per_customer: bool


_KINDS: Final = """
select series_id, kind, (select min(e.legal_entity_id) from legal_entity_row e
                          where e.legal_entity_id = s.legal_entity and e.deleted_at is null) as owner
  from numbering_series_row s where series_id = any($1::text[])
"""
_ALIKE: Final = """
select min(series_id) from numbering_series_row
 where (upper(series_id) like any($1::text[]) or upper(pattern) like any($1::text[]))
   and pattern <> series_id || '/{n:06}'
"""


async def numbering_of(api: Api, body: NumberingBody) -> Numbering:
    """The choice, if the series are there; a series stays once it is open. Raises `Rejection`."""
    chosen = {kind: series_id for kind, series_id in body.series.model_dump().items() if series_id is not None}
    rows = await api.db.fetch(_KINDS, [*chosen.values()]) if chosen else []
    kinds = {row["series_id"]: row["kind"] for row in rows}
    for row in rows:
        if row["owner"] is not None:
            detail = f"{row['series_id']} is a series of legal entity {row['owner']}, whose numbers are its own"
            raise Rejection("invalid", detail, pointer=f"/numbering/series/{row['kind']}")
    for kind, series_id in chosen.items():
        if kinds.get(series_id) != kind and series_id != SERIES[kind]:
            detail = f"{series_id} is no series of this kind; open it by POST /v1/numbering-series with kind {kind}"
            raise Rejection("invalid", detail, pointer=f"/numbering/series/{kind}")
    if body.per_customer:
        await _check_nothing_alike(api)
    series = {kind: series_id for kind, series_id in chosen.items() if series_id != SERIES[kind]}
    return Numbering(series=series, per_customer=body.per_customer)


async def _check_nothing_alike(api: Api) -> None:
    """Of before the beginnings of customers' series were kept for them, there may be others."""
    alike = await api.db.fetchval(_ALIKE, [f"{begins}%" for begins in OF_CUSTOMERS.values()])
    if alike is not None:
        detail = f"numbers of series {alike} may look like those of a customer; choose series instead"
        raise Rejection("pattern_taken", detail, pointer="/numbering/per_customer", status=409)


def numbering_shape(numbering: Numbering) -> dict[str, Any]:
    in_force = {
        kind: None if numbering.per_customer else numbering.series.get(kind, usual) for kind, usual in SERIES.items()
    }
    return {"series": in_force, "per_customer": numbering.per_customer}
