"""Rows on their way into Postgres: a batch is one statement for each class of rows, with an array for each column.

class StillOpen(Change, frozen=True, kw_only=True):
    TABLE = "receivable_row"
    KEY = ("invoice_id",)

    invoice_id: str
    open: Amount

TABLES = Tables(insert(ReceivableRow), update(StillOpen))       # written in this order

rows = [ReceivableRow(invoice_id="inv-7", ...), StillOpen(invoice_id="inv-7", open=Decimal("4.88"))]
await TABLES.write(connection, partition, rows)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from msgspec.structs import astuple

from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Row, columns
from shared.engine.service import Applied, AppliedOf, Project
from shared.engine.taken import rows_of
from shared.kernel.message import Event

C = TypeVar("C", bound=Columns)
E = TypeVar("E")
R = TypeVar("R", bound=Row)
U = TypeVar("U", bound=Change)


@dataclass(frozen=True)
class Statement(Generic[C]):
    """Writes rows of one class. `merge` makes one row of two with the same key; without it each is written."""

    row: type[C]
    sql: str | None
    merge: Callable[[C, C], C] | None = None

    async def write(self, connection: Connection, partition: int, rows: Sequence[C]) -> None:
        rows = self.merged(rows)
        if self.sql is None:
            names = ("partition", *self.row.__struct_fields__)
            records = ((partition, *astuple(row)) for row in rows)
            await connection.copy_records_to_table(self.row.TABLE, records=records, columns=names)
        elif rows:
            await connection.execute(self.sql, partition, *zip(*map(astuple, rows), strict=True))

    def merged(self, rows: Sequence[C]) -> Sequence[C]:
        """One row of each key, where two can be made one."""
        merge = self.merge
        if merge is None:
            return rows
        merged: dict[Any, C] = {}
        for row in rows:
            key = tuple(getattr(row, name) for name in self.row.KEY)
            merged[key] = merge(merged[key], row) if key in merged else row
        return list(merged.values())


def copy(row: type[R]) -> Statement[R]:
    """New rows by COPY, which takes half the time where there are thousands of them."""
    return Statement(row, None)


def insert(row: type[R], *, known: Literal["refused", "kept"] = "refused") -> Statement[R]:
    """New rows. One whose key is there is an error, unless what is there shall be `kept`."""
    return Statement(row, _insert(row) + (" on conflict do nothing" if known == "kept" else ""))


def upsert(
    row: type[R], *, sets: Mapping[str, str] | None = None, merge: Callable[[R, R], R] | None = None
) -> Statement[R]:
    """Rows that are new or replace what is there; of two of a batch with the same key the last one counts.

    `sets` gives columns another value, in SQL over `t`, what is there, and `excluded`, the new, such as
    {"records": "t.records + excluded.records"}.
    Then `merge` has to make one row of two.
    """
    changes = _changes(row, sets, new="excluded")
    sql = f"{_insert(row)} on conflict (partition, {', '.join(row.KEY)}) do update set {changes}"
    return Statement(row, sql, _merge(sets, merge))


def update(
    row: type[U], *, sets: Mapping[str, str] | None = None, merge: Callable[[U, U], U] | None = None
) -> Statement[U]:
    """Rows that are there get new values; `sets` and `merge` as in `upsert`, but that the new ones are called `new`."""
    changes = _changes(row, sets, new="new")
    keys = " and ".join(f"t.{name} = new.{name}" for name in row.KEY)
    sql = f"update {row.TABLE} as t set {changes} from {_sent(row)} where t.partition = $1 and {keys}"
    return Statement(row, sql, _merge(sets, merge))


class Tables:
    """What a projection writes: a statement for each class of rows, done in this order."""

    def __init__(self, *statements: Statement[Any]) -> None:
        self._statements = {statement.row: statement for statement in statements}

    async def write(self, connection: Connection, partition: int, rows: Iterable[Columns]) -> None:
        """Write rows of any of the classes, inside the caller's transaction."""
        by_class: dict[type[Columns], list[Columns]] = {row: [] for row in self._statements}
        for row in rows:
            by_class[type(row)].append(row)
        for kind, found in by_class.items():
            if found:
                await self._statements[kind].write(connection, partition, found)

    def projection(
        self, rows: Callable[[AppliedOf[E]], Iterable[Columns]], *, anew: tuple[type[Event], ...] = ()
    ) -> Project:
        """The projection that writes the rows of each event that `rows` takes: `TABLES.projection(rows)`.

        `anew` gives an id again that was deleted: what the batch holds of its earlier life is written before.
        """
        taken = rows_of(rows)

        async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
            waiting: list[Columns] = []
            for applied in batch:
                if type(applied.event) not in taken:
                    continue
                if waiting and isinstance(applied.event, anew):
                    await self.write(connection, partition, waiting)
                    waiting = []
                waiting += rows(applied)
            if waiting:
                await self.write(connection, partition, waiting)

        return project


def _insert(row: type[Columns]) -> str:
    names = ", ".join(row.__struct_fields__)
    return f"insert into {row.TABLE} as t (partition, {names}) select $1::int, new.* from {_sent(row)}"


def _sent(row: type[Columns]) -> str:
    """The rows as Postgres gets them: `new`, from an array for each column. Raises `TypeError` for arrays of arrays."""
    if nested := [column.name for column in columns(row) if column.kind.endswith("[]")]:
        raise TypeError(f"{row.__name__} has arrays ({', '.join(nested)}), which only `copy` can write")
    arrays = ", ".join(f"${n}::{column.sent}[]" for n, column in enumerate(columns(row), start=2))
    values = ", ".join(
        column.name + ("" if column.sent == column.kind else f"::{column.kind}") for column in columns(row)
    )
    names = ", ".join(row.__struct_fields__)
    return f"(select {values} from unnest({arrays}) as sent ({names})) as new"


def _changes(row: type[Columns], sets: Mapping[str, str] | None, *, new: str) -> str:
    beside_key = [name for name in row.__struct_fields__ if name not in row.KEY]
    if unknown := set(sets or ()).difference(beside_key):
        raise TypeError(f"{row.__name__} has no column {', '.join(unknown)} beside its key")
    values = {name: f"{new}.{name}" for name in beside_key} | dict(sets or {})
    return ", ".join(f"{name} = {value}" for name, value in values.items())


def _merge(sets: Mapping[str, str] | None, merge: Callable[[C, C], C] | None) -> Callable[[C, C], C]:
    if sets and merge is None:
        raise TypeError("what is added to must be merged: of two rows of a batch the first would be lost")
    return _last if merge is None else merge


def _last(earlier: C, later: C) -> C:
    return later
