"""What the imports of tax tables have in common: a body of JSON or CSV, what it changes, and sending it in parts.

entries = read_entries(body, "text/csv", TaxRateBody, several=("includes", "replaces"))
changes(known, entries)     # [TableChange("added", "fr-vat", None, {...}), ...]
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeVar

import msgspec
from pydantic import BaseModel, ValidationError

from services.invoicing.csv_table import CSV, REFUSALS_MAX, ROWS_MAX, read_csv
from shared.kernel.bodies import refusals
from shared.kernel.errors import Rejection, Rejections
from shared.kernel.json_keys import check_keys

B = TypeVar("B", bound=BaseModel)
E = TypeVar("E")

ChangeKind = Literal["added", "changed", "unchanged"]


class TableChange(NamedTuple):
    """What an import makes of one entry."""

    kind: ChangeKind
    id: str
    before: dict[str, Any] | None
    after: dict[str, Any]


class TableChangeShape(BaseModel):
    """An entry that an import adds or changes; `before` is null for a new one."""

    kind: ChangeKind
    id: str
    before: dict[str, Any] | None
    after: dict[str, Any]


class TableImportShape(BaseModel):
    """What an import did, or with `preview` would do: how many entries of each kind, and one page of those that it adds
    or changes."""

    preview: bool
    added: int
    changed: int
    unchanged: int
    items: list[TableChangeShape]
    total: int


def read_entries(body: bytes, media_type: str, kind: type[B], *, several: Collection[str]) -> list[B]:
    """The entries of a body: CSV, or `{"entries": [...]}`, or `{"csv": "..."}`. Raises `Rejections`.

    `several`: columns that hold several words.
    """
    if media_type.partition(";")[0].strip().lower() == CSV:
        return _from_csv(_text(body), kind, several)
    try:
        given = msgspec.json.decode(body)
        check_keys(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Rejection("malformed", f"the body is not JSON: {error}; CSV is sent as text/csv", status=400) from error
    if not isinstance(given, dict) or ("entries" in given) == ("csv" in given):
        raise Rejection("invalid", "a body has either entries or csv", pointer="/entries")
    if isinstance(given.get("csv"), str):
        return _from_csv(given["csv"], kind, several)
    if not isinstance(given.get("entries"), list):
        raise Rejection("wrong_type", "a list of entries is expected", pointer="/entries")
    if len(given["entries"]) > ROWS_MAX:
        raise Rejection("out_of_bounds", f"an import has at most {ROWS_MAX} entries", pointer="/entries")
    return _checked(((f"/entries/{n}", entry) for n, entry in enumerate(given["entries"])), kind)


def changes(
    known: Mapping[str, Mapping[str, Any]], wanted: Sequence[tuple[str, Mapping[str, Any]]]
) -> list[TableChange]:
    """What each of `wanted` (id and fields) changes of what is there; of a field that has no value nothing is shown."""
    found = []
    for key, after in wanted:
        before = known.get(key)
        kind: ChangeKind = "added" if before is None else "unchanged" if before == after else "changed"
        found.append(TableChange(kind, key, None if before is None else dict(before), dict(after)))
    return found


def told(found: Sequence[TableChange], *, preview: bool, limit: int, page: int) -> dict[str, Any]:
    """The answer of an import."""
    shown = [change._asdict() for change in found if change.kind != "unchanged"]
    counts = {kind: sum(1 for change in found if change.kind == kind) for kind in ("added", "changed", "unchanged")}
    start = (page - 1) * limit
    return {"preview": preview, **counts, "items": shown[start : start + limit], "total": len(shown)}


def parts(entries: Sequence[E], size: int) -> Iterator[list[E]]:
    for start in range(0, len(entries), size):
        yield list(entries[start : start + size])


def _from_csv(text: str, kind: type[B], several: Collection[str]) -> list[B]:
    fields = kind.model_fields
    needed = [name for name, field in fields.items() if field.is_required()]
    lines = read_csv(text, columns=fields, needed=["id", *(name for name in needed if name != "id")])
    return _checked(
        (
            (f"/lines/{number}", {name: cell.split() if name in several else cell for name, cell in line.items()})
            for number, line in lines
        ),
        kind,
    )


def _checked(entries: Iterator[tuple[str, Any]], kind: type[B]) -> list[B]:
    found: list[B] = []
    refused: list[Rejection] = []
    first: dict[str, str] = {}
    for at, entry in entries:
        try:
            one = kind.model_validate(entry)
        except ValidationError as error:
            refused += refusals(error, pointer=at)
            continue
        key = getattr(one, "id", None)
        if key is None:
            refused.append(Rejection("required", "an entry has an id", pointer=f"{at}/id"))
        elif first.setdefault(key, at) != at:
            refused.append(Rejection("invalid", f"{key} stands at {first[key]} already", pointer=f"{at}/id"))
        found.append(one)
    if refused:
        raise Rejections(refused[:REFUSALS_MAX])
    return found


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Rejection("malformed", "the file is not UTF-8", status=400) from error
