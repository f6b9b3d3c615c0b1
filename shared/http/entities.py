"""Callers who are held to legal entities of the operator, and what is open to them.

    BY_LEGAL_ENTITY = {
        "/v1/credit-notes": LISTED,
        "/v1/credit-notes/{credit_note_id}": "select legal_entity from credit_note_row where credit_note_id = $1",
        "/v1/credit-notes/{credit_note_id}/*": the same
    }

A service names the paths on which it knows whose a thing is, and how it finds out; every other path, every write and
every stream is closed to these callers (403 `out_of_entity`), one that is added tomorrow too. A thing of another
entity, or of the operator itself, is not there for them (404), and a list leaves it out, from its sums as well. See
docs/decisions/0124.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from fastapi import Request

from shared.http.problems import not_found
from shared.kernel.errors import Rejection

LISTED: Final = ""
"""The list of this path leaves out what is of others: its `Listing` says by which column (`entity`)."""

OWN: Final = ("session", "sessions")
"""What is open to them besides: who they are, and what they do about their own access."""

_PARAMETER: Final = re.compile(r"\{(\w+)(?::\w+)?\}")

LegalEntities = frozenset[str]


async def hold_to_entities(request: Request, held: LegalEntities, by_entity: Mapping[str, str], db: Any) -> None:
    """Whether such a caller may make this request. Raises `Rejection` (403, 404)."""
    path: str = request.scope["route"].path
    if path.removeprefix("/v1/").partition("/")[0] in OWN:
        return
    found = rule_of(path, by_entity) if request.method in ("GET", "HEAD") else None
    if found is None:
        raise out_of_entity()
    pattern, sql = found
    if sql == LISTED:
        return
    name = _PARAMETER.findall(pattern)[0]
    value = request.path_params[name]
    entity = await db.fetchval(sql, value)
    if entity is None or entity not in held:
        raise not_found(name.removesuffix("_id").replace("_", " "), value)
    request.state.of_own_entity = True


def rule_of(path: str, by_entity: Mapping[str, str]) -> tuple[str, str] | None:
    """The pattern of a route and how it finds the entity; `None` for what is closed.

    >>> rule_of("/v1/credit-notes/{id}/pdf", {"/v1/credit-notes/{id}/*": "select 1"})
    ('/v1/credit-notes/{id}/*', 'select 1')
    >>> rule_of("/v1/credit-notes", {"/v1/credit-notes/{id}/*": "select 1"}) is None
    True
    """
    if path in by_entity:
        return path, by_entity[path]
    below = (pattern for pattern in by_entity if pattern.endswith("/*"))
    pattern = next((one for one in below if path.startswith(one.removesuffix("*"))), None)
    return None if pattern is None else (pattern, by_entity[pattern])


def held_entities(request: Request, entity: str | None) -> list[str] | None:
    """Of which entities a list may show rows; `None` for all. Raises `Rejection` (403) where the list can't tell."""
    caller = getattr(request.state, "caller", None)
    held: LegalEntities | None = None if caller is None else caller.legal_entities
    if held is None or getattr(request.state, "of_own_entity", False):
        return None
    if entity is None:
        raise out_of_entity()
    return sorted(held)


def out_of_entity() -> Rejection:
    detail = "this credential is held to legal entities, and whose this is can't be told; GET /v1/session names them"
    return Rejection("out_of_entity", detail, status=403)
