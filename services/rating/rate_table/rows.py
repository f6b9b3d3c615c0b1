"""Events of rate tables -> a row for each table, version and rate.

A version that is discarded keeps its row; its rates go.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from services.rating.rate_table.messages import (
    RatesAdded,
    RateTableDefined,
    RateTableVersionDiscarded,
    RateTableVersionDrafted,
    RateTableVersionPublished,
)
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update


class RateTableRow(Row, frozen=True, kw_only=True):
    """With a `currency` only prices in it use the table."""

    TABLE = "rate_table_row"
    KEY = ("table_id",)

    table_id: str
    name: str
    defined_at: datetime
    currency: str | None = None


class RateTableVersionKey(Columns, frozen=True, kw_only=True):
    """Which row of `rate_table_version_row`."""

    TABLE = "rate_table_version_row"
    KEY = ("table_id", "version")

    table_id: str
    version: int


class RateTableVersionRow(RateTableVersionKey, Row, frozen=True, kw_only=True):
    """A version of `rows` rates, of which `parts_added` of `parts` parts are there."""

    draft_id: str
    rows: int
    parts: int
    drafted_at: datetime
    parts_added: int = 0
    effective_from: date | None = None
    published_at: datetime | None = None
    discarded_at: datetime | None = None


class RateRow(Row, frozen=True, kw_only=True):
    """A rate of a version; `rate` is its `CallRate`."""

    TABLE = "rate_row"
    KEY = ("table_id", "version", "prefix")

    table_id: str
    version: int
    prefix: str
    rate: Jsonb


class PartsAdded(RateTableVersionKey, Change, frozen=True, kw_only=True):
    parts_added: int


class Published(RateTableVersionKey, Change, frozen=True, kw_only=True):
    effective_from: date
    published_at: datetime


class Discarded(RateTableVersionKey, Change, frozen=True, kw_only=True):
    discarded_at: datetime


def _together(one: PartsAdded, other: PartsAdded) -> PartsAdded:
    return PartsAdded(table_id=one.table_id, version=one.version, parts_added=one.parts_added + other.parts_added)


# In the order in which the events of one version can come.
_TABLES: Final = Tables(
    insert(RateTableRow),
    insert(RateTableVersionRow),
    insert(RateRow),
    update(PartsAdded, sets={"parts_added": "t.parts_added + new.parts_added"}, merge=_together),
    update(Published),
    update(Discarded),
)
_DROP: Final = "delete from rate_row where partition = $1 and table_id = $2 and version = $3"


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows: list[Columns] = []
    dropped: list[RateTableVersionDiscarded] = []
    for event, envelope, _ in batch:
        at = envelope.recorded_at
        match event:
            case RateTableDefined():
                rows.append(RateTableRow.of(event, defined_at=at))
            case RateTableVersionDrafted():
                rows.append(RateTableVersionRow.of(event, drafted_at=at))
            case RatesAdded():
                rows.append(PartsAdded.of(event, parts_added=1))
                rows += [RateRow.of(event, prefix=rate.prefix, rate=jsonb(rate)) for rate in event.rates]
            case RateTableVersionPublished():
                rows.append(Published.of(event, published_at=at))
            case RateTableVersionDiscarded():
                rows.append(Discarded.of(event, discarded_at=at))
                dropped.append(event)
    await _TABLES.write(connection, partition, rows)
    for event in dropped:
        await connection.execute(_DROP, partition, event.table_id, event.version)
