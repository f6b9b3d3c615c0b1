"""LegalEntityDefined, …Changed -> a row of legal_entity_row; LegalEntityDeleted -> when.

Who is billed by an entity is counted from the profiles of all partitions, what it has issued from its series.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from services.invoicing.legal_entity.messages import LegalEntityChanged, LegalEntityDefined, LegalEntityDeleted
from services.invoicing.legal_entity.state import LegalEntityUse
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Tables, update, upsert

EXAMPLES_MAX: Final = 5
"""So many of the accounts that an entity bills are named."""


class EntityColumns(Columns, frozen=True, kw_only=True):
    """What is said of an entity."""

    TABLE = "legal_entity_row"
    KEY = ("legal_entity_id",)

    legal_entity_id: str
    name: str
    country: str
    seller: Jsonb
    tax: Jsonb
    series: Jsonb
    version: int = 1


class LegalEntityRow(EntityColumns, Row, frozen=True, kw_only=True):
    """An entity; one that was deleted stays as such until its id is given again."""

    defined_at: datetime
    deleted_at: datetime | None = None


class ChangedEntity(EntityColumns, Change, frozen=True, kw_only=True):
    """This is said of it from now on."""


class DeletedEntity(Change, frozen=True, kw_only=True):
    TABLE = "legal_entity_row"
    KEY = ("legal_entity_id",)

    legal_entity_id: str
    deleted_at: datetime


TABLES: Final = Tables(upsert(LegalEntityRow), update(ChangedEntity), update(DeletedEntity))

ISSUED: Final = "(select coalesce(sum(s.last), 0)::bigint from numbering_series_row s where s.legal_entity = {0})"
"""How many documents an entity has issued: its series are of nobody else."""

_USE: Final = f"""
select e as legal_entity, used.accounts, used.examples, {ISSUED.format("e")} as documents
  from unnest($1::text[]) as e
 cross join lateral (
       select count(*) as accounts, coalesce((array_agg(account_id order by account_id))[1:$2::int], '{{}}') as examples
         from bill_profile where legal_entity = e) as used
"""


def rows(applied: Applied) -> Iterator[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    match event:
        case LegalEntityDefined():
            yield LegalEntityRow.of(event, **_said(event), defined_at=at)
        case LegalEntityChanged():
            yield ChangedEntity.of(event, **_said(event))
        case LegalEntityDeleted():
            yield DeletedEntity.of(event, deleted_at=at)


def _said(event: LegalEntityDefined | LegalEntityChanged) -> dict[str, str | Jsonb]:
    return {
        "name": event.seller.name,
        "country": event.seller.country,
        **{field: jsonb(getattr(event, field)) for field in ("seller", "tax", "series")},
    }


async def uses(connection: Connection, partition: int, entities: Sequence[str]) -> Mapping[str, LegalEntityUse]:
    """Those of the entities that bill accounts of any partition, or have issued something."""
    found = await connection.fetch(_USE, list(entities), EXAMPLES_MAX)
    return {
        row["legal_entity"]: LegalEntityUse(
            legal_entity_id=row["legal_entity"],
            accounts=row["accounts"],
            examples=tuple(row["examples"]),
            documents=row["documents"],
        )
        for row in found
        if row["accounts"] or row["documents"]
    }
