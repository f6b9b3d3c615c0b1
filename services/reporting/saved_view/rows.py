"""Saved views: a list as somebody set it up, under a name. Durable, since no event says so.

    await save(database, SavedView(view_id="v1", owner="user:u2", list="invoices", name="Late", query="overdue=true"))

A name is unique for its owner and list: saving under it again replaces the view and raises its version.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import asyncpg
import msgspec

from services.reporting.database import Database

PER_OWNER_MAX: Final = 200


class SavedView(msgspec.Struct, frozen=True, kw_only=True):
    """`query` is the query string of the page that shows the list; `shared`: everybody who reads lists sees it."""

    view_id: str
    owner: str
    list: str
    name: str
    query: str
    shared: bool = False
    version: int = 1


class Saved(NamedTuple):
    view: SavedView
    is_new: bool


class TooManyViews(Exception):
    """The owner has `PER_OWNER_MAX` views."""


class IdTaken(Exception):
    """There is another view of that id."""


_COLUMNS: Final = ", ".join(SavedView.__struct_fields__)
_SAVE: Final = f"""
insert into durable.saved_view as v (view_id, owner, list, name, query, shared)
select $1, $2, $3, $4, $5, $6
 where (select count(*) from durable.saved_view where owner = $2) < $7
    or exists (select from durable.saved_view where owner = $2 and list = $3 and name = $4)
on conflict (owner, list, name) do update
   set query = excluded.query, shared = excluded.shared,
       version = v.version + case when (v.query, v.shared) = (excluded.query, excluded.shared) then 0 else 1 end
returning {_COLUMNS}, xmax = 0 as is_new
"""


async def save(database: Database, view: SavedView) -> Saved:
    """Keep a view, in place of the owner's view of that list and name. Raises `TooManyViews` or `IdTaken`."""
    values = (view.view_id, view.owner, view.list, view.name, view.query, view.shared)
    try:
        row = await database.fetchrow(_SAVE, *values, PER_OWNER_MAX)
    except asyncpg.UniqueViolationError:
        # Perhaps by the same request, sent twice at one moment: then it is there now, and the one asked for.
        try:
            row = await database.fetchrow(_SAVE, *values, PER_OWNER_MAX)
        except asyncpg.UniqueViolationError as error:
            raise IdTaken(view.view_id) from error
    if row is None:
        raise TooManyViews(view.owner)
    return Saved(_view(row), row["is_new"])


async def find(database: Database, view_id: str) -> SavedView | None:
    row = await database.fetchrow(f"select {_COLUMNS} from durable.saved_view where view_id = $1", view_id)
    return None if row is None else _view(row)


async def delete(database: Database, view_id: str) -> None:
    await database.execute("delete from durable.saved_view where view_id = $1", view_id)


def _view(row: Any) -> SavedView:
    return SavedView(**{name: row[name] for name in SavedView.__struct_fields__})
