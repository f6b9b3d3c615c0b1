"""Callers who are held to legal entities of the operator: what they may ask for, and that it is theirs.

    GET  /v1/subscriptions/sub-7       sub-7 is looked up as they read it: of another entity it is not there (404)
    POST /v1/payments {"account_id"}   so is each thing that a body names (422, as for an unknown one)
    GET  /v1/accounts                  a list, each of whose statements finds only their rows
    POST /v1/plans                     closed: what is of the whole operator they read and don't change (403)

What a service says of itself is in its `Holding` (shared/engine/held.py); a path that it does not name is closed. See
docs/decisions/0125.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

import msgspec
from fastapi import Request

from shared.engine.held import ACCOUNT, READS_AS, Held, HeldDatabase, Holding, Relations, out_of_entity
from shared.http.problems import not_found
from shared.kernel.errors import Rejection
from shared.kernel.json_keys import NOT_JSON

OWN: Final = ("session", "sessions", "commands", "clock")
"""What is open to them besides: who they are, what they do about their own access, the time, and what became of a
command, whose id nobody else can know."""

_PARAMETER: Final = re.compile(r"\{(\w+)(?::\w+)?\}")
_READS: Final = ("GET", "HEAD")
_WHY_CLOSED: Final = "this is of the whole operator, or whose it is can't be told"
_THINGS_MAX: Final = 1000
_ENTITY: Final = "legal_entity"


class HeldReading:
    """How one service reads for the held; made once for a process."""

    def __init__(self, holding: Holding) -> None:
        self.holding = holding
        self._relations: Relations | None = None

    async def database(self, pool: Any, held: Held) -> HeldDatabase:
        return HeldDatabase(pool, await self.relations(pool), held)

    async def relations(self, pool: Any) -> Relations:
        if self._relations is None:
            self._relations = await Relations.of(self.holding, pool)
        return self._relations

    def database_of(self, pool: Any, held: Held) -> HeldDatabase:
        """The same, once relations are known."""
        assert self._relations is not None
        return HeldDatabase(pool, self._relations, held)


async def hold_to_entities(request: Request, held: Held, reading: HeldReading, pool: Any) -> None:
    """Whether such a caller may make this request, and that it is read with their eyes. Raises `Rejection`."""
    path: str = request.scope["route"].path
    READS_AS.set(None)
    if path.removeprefix("/v1/").partition("/")[0] in OWN:
        return
    holding, is_read = reading.holding, request.method in _READS
    things = _things(request, holding)
    if not is_open(holding, request.method, path):
        raise out_of_entity(holding.why_closed.get(path, _WHY_CLOSED))
    database = await reading.database(pool, held)
    for name, value in things:
        if not await _is_there(database, holding, name, value):
            raise not_found(name.removesuffix("_id").replace("_", " "), value)
    narrow = matches(path, holding.narrow)
    if is_read:
        READS_AS.set(None if things and not narrow else held)
        return
    named = await _check_body(request, held, holding, database)
    own = matches(path, holding.own)
    if not (things or named or own):
        raise out_of_entity("the body has to name whose it is, such as its accounts")
    # What it names is theirs; what is decided, and how that is answered, may need more.
    READS_AS.set(held if own or narrow else None)


def is_open(holding: Holding, method: str, path: str) -> bool:
    """Whether the held may ask for a path at all; what it names is looked up besides."""
    if matches(path, holding.closed) or matches(f"{method} {path}", holding.closed):
        return False
    if any(_is_thing(name, holding) for name in _PARAMETER.findall(path)):
        return True
    return matches(path, holding.lists if method in _READS else holding.commands | holding.own)


def _is_thing(name: str, holding: Holding) -> bool:
    return name == ACCOUNT or name in holding.things


def matches(path: str, patterns: frozenset[str]) -> bool:
    """
    >>> matches("/v1/plans/{plan_id}/versions", frozenset({"/v1/plans/*"}))
    True
    """
    return path in patterns or any(path.startswith(p.removesuffix("*")) for p in patterns if p.endswith("/*"))


def _things(request: Request, holding: Holding) -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.path_params.items() if _is_thing(name, holding)]


async def _is_there(database: HeldDatabase, holding: Holding, name: str, value: str) -> bool:
    """Whether it is there as they read it."""
    if name == ACCOUNT:
        return await database.fetchval("select 1 where own($1::text)", value) is not None
    for place in holding.things[name].split("|"):
        relation, _, column = place.partition(".")
        if await database.fetchval(f"select 1 from {relation} where {column} = $1 limit 1", value) is not None:
            return True
    return False


async def _check_body(request: Request, held: Held, holding: Holding, database: HeldDatabase) -> int:
    """How many things of theirs a body names. Raises `Rejection` (422) for one that is not, as for an unknown one."""
    body: Any = None
    with suppress(*NOT_JSON):
        body = msgspec.json.decode(await request.body())
    named = 0
    for pointer, name, value in _named(body, ""):
        if name == _ENTITY:
            if not held.admits(value):
                raise Rejection("legal_entity_not_found", f"there is no legal entity {value!r}", pointer=pointer)
            named += 1
            continue
        thing = ALSO_NAMES.get(name, name)
        if not _is_thing(thing, holding) or value is None:
            continue
        named += 1
        if named > _THINGS_MAX:
            raise Rejection("out_of_bounds", f"at most {_THINGS_MAX} things may be named", pointer=pointer)
        if not await _is_there(database, holding, thing, value):
            kind = thing.removesuffix("_id")
            raise Rejection(f"{kind}_not_found", f"there is no {kind.replace('_', ' ')} {value!r}", pointer=pointer)
    return named


ALSO_NAMES: Final[Mapping[str, str]] = {
    **{"parent_id": "account_id", "billed_by": "account_id", "account_ids": "account_id", "accounts": "account_id"},
    **{"subscription_ids": "subscription_id", "invoice_ids": "invoice_id", "case_ids": "case_id"},
    **{"payment_ids": "payment_id", "invoices": "invoice_id", "resources": "resource_id", "resource": "resource_id"},
    **{"charge_ids": "charge_id", "delivery_ids": "delivery_id", "invoice": "invoice_id", "account": "account_id"},
}


def _named(value: Any, pointer: str) -> Iterator[tuple[str, str, Any]]:
    """Every member that may name a thing, at any depth: where, as what, and its value."""
    if isinstance(value, dict):
        for name, member in value.items():
            at = f"{pointer}/{name}"
            if isinstance(member, str) or (member is None and name == _ENTITY):
                yield at, name, member
            elif isinstance(member, list):
                yield from ((f"{at}/{n}", name, one) for n, one in enumerate(member) if isinstance(one, str))
                yield from _named([one for one in member if not isinstance(one, str)], at)
            else:
                yield from _named(member, at)
    elif isinstance(value, list):
        for n, member in enumerate(value):
            yield from _named(member, f"{pointer}/{n}")


def only_entity(request: Request) -> str | None:
    """The entity that a caller is held to where it is one alone: what they make is that one's."""
    caller = getattr(request.state, "caller", None)
    held = None if caller is None else caller.legal_entities
    if held is None:
        return None
    if len(held) != 1:
        detail = f"you are held to several legal entities; say which: {', '.join(sorted(held)) or 'none'}"
        raise Rejection("required", detail, pointer="/legal_entity")
    [entity] = held
    return None if entity == "operator" else str(entity)
