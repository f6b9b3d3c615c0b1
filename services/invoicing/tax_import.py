"""What the imports of tax tables have in common: a body of JSON or CSV, what it changes, and sending it in parts.

entries = read_entries(body, "text/csv", TaxRateBody, several=("includes", "replaces"))
changes(known, entries.rows)     # [TableChange("added", "fr-vat", None, {...}), ...]
for part in entries.parts(500):
    with part.telling_where():
        ...                      # a refusal of "/entries/3/rate" is told of line 507 of the file
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar

import msgspec
from pydantic import BaseModel, ValidationError

from services.invoicing.csv_table import CSV, REFUSALS_MAX, ROWS_MAX, read_csv
from shared.kernel.bodies import refusals
from shared.kernel.errors import Rejection, Rejections
from shared.kernel.json_keys import NOT_JSON, check_keys

B = TypeVar("B", bound=BaseModel)

PART_BYTES_MAX: Final = 500_000
"""Entries that are taken as a whole are one message, which holds 1 MB: at most half of it, or one entry."""
_ENTRIES: Final = "/entries/"

ChangeKind = Literal["added", "changed", "unchanged"]


@dataclass(frozen=True)
class Entries(Generic[B]):
    """What a body says, with the pointer to each entry in it; `before` so many are taken already."""

    rows: Sequence[B]
    at: Sequence[str]
    before: int = 0

    def parts(self, size: int) -> Iterator[Entries[B]]:
        """In their order: as many as a message holds, `size` at most."""
        start, length = 0, 0
        for n, row in enumerate(self.rows):
            own = len(row.model_dump_json(warnings=False).encode())
            if n > start and (n - start == size or length + own > PART_BYTES_MAX):
                yield Entries(self.rows[start:n], self.at[start:n], start)
                start, length = n, 0
            length += own
        if self.rows:
            yield Entries(self.rows[start:], self.at[start:], start)

    @contextmanager
    def telling_where(self) -> Iterator[None]:
        """A refusal of an entry of this part points to where that stands in the body, and says what is taken."""
        try:
            yield
        except Rejection as refusal:
            if refusal.status >= 500:
                raise
            raise self._placed(refusal) from refusal

    def _placed(self, refusal: Rejection) -> Rejection:
        pointer = refusal.pointer or ""
        n, slash, field = pointer.removeprefix(_ENTRIES).partition("/")
        if pointer.startswith(_ENTRIES):
            pointer = f"{self.at[int(n)]}{slash}{field}"
        detail = refusal.detail
        if self.before:
            detail += f"; the {self.before} entries before {self.at[0]} are taken: mend it and send all again"
        return Rejection(refusal.code, detail, pointer=pointer or None, status=refusal.status)


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


def read_entries(body: bytes, media_type: str, kind: type[B], *, several: Collection[str]) -> Entries[B]:
    """The entries of a body: CSV, or `{"entries": [...]}`, or `{"csv": "..."}`. Raises `Rejections`.

    `several`: columns that hold several words.
    """
    if media_type.partition(";")[0].strip().lower() == CSV:
        return _from_csv(_text(body), kind, several)
    try:
        given = msgspec.json.decode(body)
        check_keys(body)
    except NOT_JSON as error:
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


def _from_csv(text: str, kind: type[B], several: Collection[str]) -> Entries[B]:
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


def _checked(entries: Iterator[tuple[str, Any]], kind: type[B]) -> Entries[B]:
    found: list[B] = []
    places: list[str] = []
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
        places.append(at)
    if refused:
        raise Rejections(refused[:REFUSALS_MAX])
    return Entries(found, places)


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Rejection("malformed", "the file is not UTF-8", status=400) from error
