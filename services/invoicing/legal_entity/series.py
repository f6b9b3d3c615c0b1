"""In which series a legal entity's documents are numbered: numbers of one seller follow one another (R46).

{"invoice": "NL-INV"}     a series that was opened for it: {"id": "NL-INV", "kind": "invoice", "legal_entity": "nl"}
{}                        LE-nl/000001, LEC-nl/000001, LED-nl/000001: series of its own, opened with their first number

A series says from its opening on whose it is, so that no two sellers share one.
"""

from __future__ import annotations

from typing import Final

import msgspec

from services.invoicing.invoice_policy.messages import INVOICES, Numbering
from services.invoicing.invoice_policy.numbering import SeriesChoiceBody
from services.invoicing.numbering_series.choice import SERIES, series_of_entity
from shared.http.api import Api
from shared.kernel.errors import Rejection

_CHOSEN: Final = "select series_id, kind, legal_entity from numbering_series_row where series_id = any($1::text[])"
_ALIKE: Final = """
select min(series_id) from numbering_series_row
 where (series_id = any($1::text[]) or exists (select from unnest($2::text[]) b where starts_with(upper(pattern), b)))
   and legal_entity <> $3
"""
_POLICY: Final = "select numbering from invoice_policy_row where policy_id = $1"


async def chosen_series(api: Api, legal_entity_id: str, body: SeriesChoiceBody) -> dict[str, str]:
    """The choice, by kind; what is the entity's usual series is left out. Raises `Rejection`."""
    chosen = {kind: series_id for kind, series_id in body.model_dump().items() if series_id is not None}
    usual = {kind: series_of_entity(kind, legal_entity_id) for kind in SERIES}
    chosen = {kind: series_id for kind, series_id in chosen.items() if series_id != usual[kind]}
    rows = await api.db.fetch(_CHOSEN, [*chosen.values()]) if chosen else []
    found = {row["series_id"]: (row["kind"], row["legal_entity"]) for row in rows}
    policy = await _of_operator(api) if chosen else ()
    for kind, series_id in chosen.items():
        if found.get(series_id) != (kind, legal_entity_id) or series_id in policy:
            detail = (
                f"{series_id} is no series of {legal_entity_id} for this kind; open one by POST /v1/numbering-series "
                f'with "kind": "{kind}", "legal_entity": "{legal_entity_id}"'
            )
            raise Rejection("invalid", detail, pointer=f"/series/{kind}")
    if len(chosen) < len(usual):
        await _check_nothing_alike(api, legal_entity_id, [*usual.values()])
    return chosen


async def _of_operator(api: Api) -> tuple[str, ...]:
    """The series in which the operator's own documents are numbered."""
    stored = await api.db.fetchval(_POLICY, INVOICES)
    numbering = Numbering() if stored is None else msgspec.json.decode(stored, type=Numbering)
    return (*SERIES.values(), *numbering.series.values())


async def _check_nothing_alike(api: Api, legal_entity_id: str, usual: list[str]) -> None:
    """Of before the beginnings of entities' series were kept for them, there may be others."""
    begins = [f"{series_id.upper()}/" for series_id in usual]
    alike = await api.db.fetchval(_ALIKE, usual, begins, legal_entity_id)
    if alike is not None:
        detail = f"numbers of series {alike} may look like those of {legal_entity_id}; choose another id, or series"
        raise Rejection("pattern_taken", detail, pointer="/id", status=409)
