"""Query parameters as conditions of a list: declared, typed, and refused when they make no sense.

Filter("status", one_of=("open", "paid"))               ?status=open&status=paid     status = any($1)
Filter("issued_on", op=">=", kind="date")               ?from=2026-11-01             issued_on >= $1
Filter("days_overdue > 0", kind="boolean")              ?overdue=true                (days_overdue > 0)
Filter("account_id", op="prefix")                       ?q=CUST-13                   account_id begins with cust-13
Filter(where="(number = {value} or id = {value})")      ?q=INV-000001                (number = $1 or id = $1)
Filter(where="account_id = any({found})")               ?q=brown                     what the route has found for it
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from fastapi import Request

from shared.http.problems import BadParameter
from shared.kernel.bodies import parse_date, parse_start
from shared.kernel.decimals import DecimalError, parse_decimal

Kind = Literal["text", "date", "instant", "integer", "decimal", "boolean"]
Op = Literal["=", "<>", "<", "<=", ">", ">=", "prefix"]

_VALUES_MAX: Final = 100
_TEXT_MAX: Final = 1000
_INTEGER: Final = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_SQL_TYPES: Final = {
    "text": "text",
    "date": "date",
    "instant": "timestamptz",
    "integer": "bigint",
    "decimal": "numeric",
    "boolean": "boolean",
}


@dataclass(frozen=True)
class Filter:
    """One query parameter. With `=` it may be repeated, and any of the values matches, unless `multiple` is false.

    `column` is a column or an expression; `where` replaces the whole condition: `{value}` stands for the parameter,
    `{found}` for what the route has found for it elsewhere than in the database. `prefix` compares in any case. `kind`
    "instant" also takes a date, meaning its first moment in UTC. `one_of` lists the only values there are, `canonical`
    brings a text into the one spelling that is stored. `narrowed` gives a condition that all rows of these values meet
    and that an index answers, where `column` is computed: of the values, and what stands for them in SQL, an array.
    """

    column: str = ""
    op: Op = "="
    kind: Kind = "text"
    multiple: bool = True
    one_of: tuple[str, ...] | None = None
    where: str | None = None
    canonical: Callable[[str], str] | None = None
    narrowed: Callable[[Sequence[str], str], str | None] | None = None

    def __post_init__(self) -> None:
        if not self.column and self.where is None:
            raise ValueError("a filter needs a column or a condition")


class Arguments:
    """The parameters of one statement, numbered as they are added."""

    def __init__(self, values: list[Any] | None = None) -> None:
        self.values: list[Any] = values or []

    def add(self, value: Any) -> str:
        self.values.append(value)
        return f"${len(self.values)}"

    def copy(self) -> Arguments:
        return Arguments(list(self.values))


def conditions(
    request: Request,
    filters: Mapping[str, Filter],
    arguments: Arguments,
    *,
    known: Collection[str],
    found: Sequence[str] = (),
) -> list[str]:
    """The SQL conditions of a request. Raises `BadParameter` for a name outside `filters` and `known`."""
    for name in request.query_params:
        if name not in filters and name not in known:
            takes = ", ".join(sorted((*filters, *known)))
            raise BadParameter(
                name, f"{name} is no parameter of this list; it takes {takes}", code="unknown_parameter", status=400
            )
    return [
        _condition(name, chosen, request.query_params.getlist(name), arguments, found)
        for name, chosen in filters.items()
        if name in request.query_params
    ]


def folded(expression: str) -> str:
    """What an index for `begins` is on: `create index … on t (lower(id) collate "C")`, and what its order is."""
    return f'lower({expression}) collate "C"'


def begins(expression: str, value: str) -> str:
    """The SQL condition that a text begins with another, in any case; an index on `folded` answers it.

    Both are SQL text of our own, such as a column and `$1::text`. Behind the last character of Unicode comes nothing.
    """
    return f"({folded(expression)} >= lower({value}) and {folded(expression)} < lower({value}) || chr(1114111))"


def _condition(name: str, chosen: Filter, texts: list[str], arguments: Arguments, found: Sequence[str]) -> str:
    multiple = chosen.multiple and chosen.op == "=" and chosen.where is None
    if len(texts) > (_VALUES_MAX if multiple else 1):
        limit = f"at most {_VALUES_MAX} times" if multiple else "once"
        raise BadParameter(name, f"{name} may be given {limit}")
    values = [_value(name, chosen, text) for text in texts]
    sql_type = _SQL_TYPES[chosen.kind]
    if chosen.where is not None:
        where = chosen.where.replace("{value}", f"{arguments.add(values[0])}::{sql_type}")
        return where.replace("{found}", f"{arguments.add(list(found))}::text[]") if "{found}" in where else where
    if multiple and (len(values) > 1 or chosen.narrowed):
        given = f"{arguments.add(values)}::{sql_type}[]"
        narrowed = chosen.narrowed(values, given) if chosen.narrowed else None
        return f"({chosen.column}) = any({given})" + (f" and {narrowed}" if narrowed else "")
    if chosen.op == "prefix":
        return begins(chosen.column, f"{arguments.add(values[0])}::text")
    if chosen.kind == "boolean":
        # As a condition of its own an index can answer it.
        return f"({chosen.column})" if values[0] else f"not ({chosen.column})"
    return f"({chosen.column}) {chosen.op} {arguments.add(values[0])}::{sql_type}"


def _value(name: str, chosen: Filter, text: str) -> Any:
    if len(text) > _TEXT_MAX or "\0" in text:
        raise BadParameter(name, f"{name} has at most {_TEXT_MAX} characters, none of them U+0000")
    if chosen.one_of is not None and text not in chosen.one_of:
        raise BadParameter(name, f"{name} is one of {', '.join(chosen.one_of)}, not {text!r}")
    if chosen.canonical is not None:
        text = chosen.canonical(text)
    return read_value(name, chosen.kind, text)


def read_value(name: str, kind: Kind, text: str) -> Any:
    """The value of a query parameter that is no filter. Raises `BadParameter`."""
    try:
        return _READERS[kind](text)
    except ValueError as error:
        raise BadParameter(name, f"{name}: {_EXPECTED[kind]}, not {text[:100]!r}") from error


def _integer(text: str) -> int:
    if _INTEGER.fullmatch(text) is None:
        raise ValueError(text)
    return int(text)


def _decimal(text: str) -> Any:
    try:
        return parse_decimal(text)
    except DecimalError as error:
        raise ValueError(text) from error


def _boolean(text: str) -> bool:
    lowered = text.lower()
    if lowered not in ("true", "false"):
        raise ValueError(text)
    return lowered == "true"


_READERS: Final[Mapping[Kind, Callable[[str], Any]]] = {
    "text": str,
    "date": parse_date,
    "instant": parse_start,
    "integer": _integer,
    "decimal": _decimal,
    "boolean": _boolean,
}

_EXPECTED: Final[Mapping[Kind, str]] = {
    "text": "text is expected",
    "date": "a date such as 2026-11-23 is expected, from 1970 to 2999",
    "instant": "an instant such as 2026-11-23T01:00:00Z is expected, from 1970 to 2999",
    "integer": "a whole number is expected",
    "decimal": "a decimal number such as 12.40 is expected",
    "boolean": "true or false is expected",
}
