"""What callers read who are held to legal entities of the operator: each statement finds the rows of theirs, no others.

    Holding(accounts="select account_id, legal_entity from bill_profile", common=frozenset({"coupon_row"}), ...)

    select count(*) from discount_row
    with held_account as (select account_id from (…) as a where a.legal_entity = any($1::text[])),
         discount_row as (select * from discount_row t where t.account_id in (select account_id from held_account))
    (select count(*) from discount_row)

Every table and view with a column `account_id` is read so by itself. Of another a service says which of its rows are
whose (`rows`) or that it is reference data of the whole operator (`common`); of one that says nothing, nothing can be
read (403 `out_of_entity`). So neither a route nor a table that is added tomorrow can forget it: docs/decisions/0125.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final

from shared.kernel.errors import Rejection

OPERATOR: Final = "operator"
"""Whoever is held to this sees the accounts and the documents that are of no legal entity, but of the operator."""

_OWN: Final = re.compile(r"\bown\(([\w.$:]+)\)")
_GENERATION: Final = re.compile(r"\b(?:live|gen_\d+)\.\w")
_EVERY: Final = re.compile(r"\b(every_(\w+))\b")
_LITERAL: Final = re.compile(r"'(?:[^']|'')*'|--[^\n]*")
_TOKEN: Final = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?|[(),;]")
_ENDS_FROM: Final = frozenset(
    ("where", "group", "order", "having", "limit", "union", "select", "set", "on", "returning", "window", "values")
)
_BEGINS_FROM: Final = frozenset(("from", "join", "into", "update", "using"))
_RELATIONS: Final = """
select c.relname, n.nspname = 'durable' as durable, array_agg(a.attname::text) as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
   and (n.nspname = 'durable' or n.nspname = any(current_schemas(false)))
 group by 1, 2
"""


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What a service knows of legal entities.

    `accounts` is a query of the accounts that are of an entity: `account_id`, `legal_entity`. `rows` says of a relation
    which rows are of the held: a condition on `t`, or a whole query, in which `own(t.account_id)` is whether that
    account is theirs, `{held}` their entities and `every_x` the table x as it is. `things` says of a path parameter, or
    a member of a body, in which relation and column it is looked up (`a.x|b.x`: in one of them); `account_id` is known
    without it. `lists` are the paths that are read without one, `commands` the writes whose body names what they are
    about, and `own` those that are about nobody's things, or make new ones. `closed` are paths, or a method and a path,
    that are closed though they name a thing; below `narrow` ones a thing may have been another's before, so that what
    is read of it is read as a list is. `why_closed` says of a path what there is to say, in place of the usual words.
    What ends in `/*` stands for all below it.
    """

    accounts: str
    rows: Mapping[str, str] = field(default_factory=dict)
    common: frozenset[str] = frozenset()
    things: Mapping[str, str] = field(default_factory=dict)
    lists: frozenset[str] = frozenset()
    commands: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    narrow: frozenset[str] = frozenset()
    why_closed: Mapping[str, str] = field(default_factory=dict)


NOTHING_HELD: Final = Holding(accounts="select null::text as account_id, null::text as legal_entity where false")
"""Of a service that says nothing, nothing is open."""


ACCOUNT: Final = "account_id"


@dataclass(frozen=True)
class Held:
    """Who reads: held to these entities."""

    entities: frozenset[str]

    def admits(self, entity: str | None) -> bool:
        """Whether what is of this entity, `None` for the operator itself, is theirs."""
        return (entity or OPERATOR) in self.entities


READS_AS: Final[ContextVar[Held | None]] = ContextVar("reads_as", default=None)
"""Who the statements of this request, or of this piece of work, read for; `None`: everything may be read."""


def out_of_entity(what: str = "whose this is can't be told") -> Rejection:
    detail = f"this credential is held to legal entities, and {what}; GET /v1/session names them"
    return Rejection("out_of_entity", detail, status=403)


class Relations:
    """The tables and views of a service's database, and how each is read by whoever is held."""

    def __init__(self, holding: Holding, columns: Mapping[str, Collection[str]], durable: Collection[str] = ()) -> None:
        self._holding = holding
        self._columns = columns
        self._durable = frozenset(durable)
        self._also_columns = frozenset(name for names in columns.values() for name in names) & set(columns)
        self._kept: dict[tuple[str, bool, int], tuple[str, bool]] = {}

    @classmethod
    async def of(cls, holding: Holding, database: Any) -> Relations:
        rows = await database.fetch(_RELATIONS)
        return cls(
            holding,
            {row["relname"]: row["columns"] for row in rows},
            [row["relname"] for row in rows if row["durable"]],
        )

    def columns(self, name: str) -> Collection[str]:
        return self._columns[name]

    def rule_of(self, name: str) -> str | None:
        """The query of the rows that are of the held; `None` where all may be read. Raises `Rejection` (403)."""
        rule = self._holding.rows.get(name)
        if rule is None:
            if name in self._holding.common:
                return None
            if "account_id" not in self._columns[name]:
                raise out_of_entity(f"of what is read here it can't be told whose it is ({name})")
            rule = "own(t.account_id)"
        if rule.lstrip().startswith(("select", "with")):
            return rule
        schema = "durable." if name in self._durable else ""
        return f"select * from {schema}{name} t where {rule}"

    def read(self, sql: str, values: tuple[Any, ...], held: Held) -> tuple[str, tuple[Any, ...]]:
        """The statement as it is read by these, with its values. Raises `Rejection` (403)."""
        of_operator = OPERATOR in held.entities
        known = self._kept.get((sql, of_operator, len(values)))
        if known is None:
            known = self._rewritten(sql, len(values) + 1, of_operator)
            if len(self._kept) < _KEPT_MAX:
                self._kept[sql, of_operator, len(values)] = known
        text, asks = known
        return text, (*values, sorted(held.entities)) if asks else values

    def _rewritten(self, sql: str, place: int, of_operator: bool) -> tuple[str, bool]:
        rules: dict[str, str] = {}
        self._gather(sql, rules, frozenset())
        if not rules and _OWN.search(sql) is None:
            return sql, False
        wanted = f"${place}::text[]"
        which = f"coalesce(a.legal_entity, '{OPERATOR}') = any({wanted})"
        if of_operator:
            which = f"not ({which})"
        whose = _not_of_others if of_operator else _of_theirs
        parts = [f"held_account as (select a.account_id from ({self._holding.accounts}) as a where {which})"]
        whole = " ".join(rules.values())
        parts += [f"{n} as not materialized (select * from {m})" for n, m in dict(_EVERY.findall(whole)).items()]
        for name, rule in rules.items():
            body = _OWN.sub(whose, rule).replace("{held}", wanted)
            parts.append(f"{name} as not materialized ({body})")
        for name in self._durable & set(rules):
            sql = re.sub(rf"\bdurable\.{name}\b", name, sql)
        read = _OWN.sub(whose, sql).strip().rstrip(";")
        if read[:4].lower() == "with":
            read = f"select * from ({read}) as answered"  # a statement has one such clause; its order stays as it is
        return f"with {', '.join(parts)}\n({read})", True

    def _gather(self, sql: str, rules: dict[str, str], above: frozenset[str]) -> None:
        """The rules of what a statement reads, each behind those of what it reads itself."""
        for name in self._mentioned(sql):
            if name in above or name in rules:
                continue
            rule = self.rule_of(name)
            if rule is not None:
                self._gather(rule, rules, above | {name})
                rules[name] = rule

    def _mentioned(self, sql: str) -> list[str]:
        text = _LITERAL.sub("''", sql)
        if _GENERATION.search(text):
            raise out_of_entity("a table is named by its schema, behind which nobody is held")
        found = dict.fromkeys(_relations_read(text))
        for word in re.findall(r"(?<![\w.])(?:durable\.)?([A-Za-z_]\w*)(?!\s*\()", text):
            if word in self._columns and word not in self._also_columns:
                found.setdefault(word)
        return [name for name in found if name in self._columns]


_KEPT_MAX: Final = 2000


def _of_theirs(match: re.Match[str]) -> str:
    return f"({match[1]} in (select account_id from held_account))"


def _not_of_others(match: re.Match[str]) -> str:
    account = match[1]
    others = f"select 1 from held_account o where o.account_id = {account}"
    return f"({account} is not null and not exists ({others}))"


def _relations_read(text: str) -> Iterator[str]:
    """What stands where a relation does: behind `from`, `join` and a comma between such.

    >>> list(_relations_read("select state from a x join b on true, c where exists (select from durable.d)"))
    ['a', 'b', 'c', 'd']
    """
    awaited, within, depth = False, [False], 0
    for token in _TOKEN.findall(text):
        low = token.lower()
        if low == "(":
            within.append(awaited)
            depth += 1
        elif low == ")":
            within, awaited = within[:-1] or [False], False
        elif low in _BEGINS_FROM:
            awaited = within[-1] = True
        elif low == "," and within[-1]:
            awaited = True
        elif low in ("lateral", "only"):
            continue
        elif low in _ENDS_FROM:
            awaited = False
            if low != "on":
                within[-1] = False
        elif awaited:
            yield token.removeprefix("durable.")
            awaited = False


class HeldDatabase:
    """A pool or a connection through which the held read."""

    def __init__(self, inner: Any, relations: Relations, held: Held) -> None:
        self._inner = inner
        self._relations = relations
        self._held = held

    async def fetch(self, sql: str, *values: Any, **more: Any) -> Any:
        text, values = self._read(sql, values)
        return await self._inner.fetch(text, *values, **more)

    async def fetchrow(self, sql: str, *values: Any, **more: Any) -> Any:
        text, values = self._read(sql, values)
        return await self._inner.fetchrow(text, *values, **more)

    async def fetchval(self, sql: str, *values: Any, **more: Any) -> Any:
        text, values = self._read(sql, values)
        return await self._inner.fetchval(text, *values, **more)

    async def execute(self, sql: str, *values: Any, **more: Any) -> Any:
        text, values = self._read(sql, values)
        return await self._inner.execute(text, *values, **more)

    def cursor(self, sql: str, *values: Any, **more: Any) -> Any:
        text, values = self._read(sql, values)
        return self._inner.cursor(text, *values, **more)

    def transaction(self, **more: Any) -> Any:
        return self._inner.transaction(**more)

    def acquire(self, **more: Any) -> _Acquired:
        return _Acquired(self._inner.acquire(**more), self._relations, self._held)

    def _read(self, sql: str, values: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
        return self._relations.read(sql, values, self._held)


class _Acquired:
    def __init__(self, inner: Any, relations: Relations, held: Held) -> None:
        self._inner = inner
        self._relations = relations
        self._held = held

    async def __aenter__(self) -> HeldDatabase:
        return HeldDatabase(await self._inner.__aenter__(), self._relations, self._held)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._inner.__aexit__(kind, error, trace)
