"""Any event that its schema allows, as bytes of a log: the least plausible values of each type, and the ordinary ones.

    for data in examples("rating.ChargeFixed.v1", ChargeFixed, count=15):
        event = EVENTS.decode("rating.ChargeFixed.v1", data)

Seeded: the same examples on every run. `Made` makes states that are as unremarkable as can be, under any key.
"""

from __future__ import annotations

import base64
from collections.abc import Collection
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final, TypeVar

import msgspec
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec import inspect

from services.rating.pricing import Price
from services.rating.rated_usage.sums import RatedSum, RatedSums
from services.usage.record.columns import CONTENT_BYTES, DEDUPE_KEY_BYTES, Columns, GuidedColumns, RecordedColumns
from services.usage.record.one_record import GuidedRecord, RecordedUsage
from shared.kernel.decider import State
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.period import Period

D = TypeVar("D", bound=State)
AT: Final = datetime(2026, 9, 1, 12, tzinfo=UTC)

# Everything at the API is cut at 255 characters, ids at 64.
TEXTS: Final = st.sampled_from(["", "acc-1", "a\0b", "\0", "\\u0000", "🦊🇫🇷", "x" * 255, "'; --", "data.octets", "EUR"])
WORDS: Final = TEXTS | st.text(max_size=40)
INSTANTS: Final = st.sampled_from(
    [
        *("0001-01-01T00:00:00Z", "0001-01-01T00:00:00-10:00", "0001-01-01T10:00:00+10:00"),
        *("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59+12:00", "2026-09-01T00:00:00+02:00"),
        *("1969-12-31T23:59:59Z", "2026-10-25T02:30:00+01:00"),
    ]
)
DATES: Final = ("0001-01-01", "0001-01-02", "1970-01-01", "2026-09-01", "2028-02-29", "9999-12-30", "9999-12-31")
DECIMALS: Final = st.sampled_from(
    ["0", "-0", "0.00", "12.40", "-12.405", "9" * 60, "-" + "9" * 60 + "." + "9" * 40, "1E+59", "1E-40", "0E-40"]
)
MICROS: Final = st.sampled_from([0, -62_135_632_800_000_000, 253_402_344_000_000_000, 10**40, -(10**40)])
ANYTHING: Final = st.recursive(
    st.none() | st.booleans() | WORDS | st.sampled_from([0, -1, 10**40, 1e308, -1e-308]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=4,
)


def examples(kind: type[msgspec.Struct], count: int) -> list[bytes]:
    """The JSON of some values of the type."""
    found: list[bytes] = []
    encode = msgspec.json.Encoder(decimal_format="string").encode

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(_values(_described(kind)))
    def collect(value: Any) -> None:
        found.append(encode(value))

    collect()
    return found


@cache
def _described(kind: type[msgspec.Struct]) -> inspect.StructType:
    """Its fields, read once: that takes longer than all else here."""
    described = inspect.type_info(kind)
    assert isinstance(described, inspect.StructType)
    return described


def envelope_of(name: str, event: Event, seq: int = 7) -> Envelope:
    return Envelope(
        env="test",
        service=name.partition(".")[0],
        partition=0,
        type=name,
        recorded_at=AT,
        subject=event.key,
        seq=seq,
        command_id="c1",
        actor="user:u1",
    )


def _values(kind: inspect.Type) -> st.SearchStrategy[Any]:
    match kind:
        case inspect.StructType():
            return _structs(kind)
        case inspect.CustomType():
            return _WRITTEN[kind.cls]
        case inspect.LiteralType():
            return st.sampled_from(kind.values)
        case inspect.UnionType():
            return st.one_of(*(_values(part) for part in kind.types))
        case inspect.StrType(pattern="^[A-Z]{3}$"):
            # Whether there is such a currency is asked where it comes in: the log has no other.
            return st.sampled_from(("EUR", "JPY", "KWD", "CLF"))
        case inspect.StrType(pattern=str(pattern)):
            return st.from_regex(pattern.replace("$", r"\Z"))
        case inspect.IntType(ge=low, le=high):
            return _integers(low, high)
        case inspect.ListType() | inspect.VarTupleType():
            longest = st.sampled_from([0, 1, 2, 2, 60])
            part = _values(kind.item_type)
            return longest.flatmap(lambda size: st.lists(part, min_size=size // 2, max_size=size))
        case inspect.TupleType():
            return st.tuples(*(_values(part) for part in kind.item_types)).map(list)
        case inspect.DictType():
            return st.dictionaries(_values(kind.key_type), _values(kind.value_type), max_size=3)
        case _:
            return _SCALARS[type(kind)]


_SCALARS: Final[dict[type, st.SearchStrategy[Any]]] = {
    inspect.StrType: WORDS,
    inspect.BoolType: st.booleans(),
    inspect.NoneType: st.none(),
    inspect.BytesType: st.binary(max_size=40).map(lambda data: base64.b64encode(data).decode()),
    inspect.DateTimeType: INSTANTS,
    inspect.DateType: st.sampled_from(DATES),
    inspect.DecimalType: DECIMALS,
    inspect.AnyType: ANYTHING,
}


# What says itself how it is written (shared/kernel/wire.py): as it is today, and as another version may have had it.
_WRITTEN: Final[dict[type, st.SearchStrategy[Any]]] = {
    Price: st.sampled_from(
        [
            {"model": "flat", "amount": "29.90", "interval": {"days": 28}, "rounding": {"mode": "up", "decimals": 1}},
            {"model": "per_unit", "unit_price": "0.000000000001", "meter": "data.octets", "unit_size": None},
            {"model": "graduated", "tiers": [{"up_to": "1", "unit_price": "0"}, {"up_to": None, "unit_price": "9"}]},
            {"model": "never_heard_of", "meter": "data.octets", "anything": [1, {"a": None}]},
            {"model": "flat", "amount": "29.90", "added_later": True, "meter": 7},
        ]
    )
}


def _integers(low: float | None, high: float | None) -> st.SearchStrategy[int]:
    if low is None or high is None:
        return MICROS | st.integers(-(10**30), 10**30)
    return st.sampled_from([int(low), int(high), 1]) | st.integers(int(low), int(high))


def _structs(kind: inspect.StructType) -> st.SearchStrategy[Any]:
    if kind.cls is Period:
        days = st.lists(st.sampled_from(DATES), min_size=2, max_size=2, unique=True)
        return days.map(sorted).map(lambda pair: {"start": pair[0], "end": pair[1]})
    if issubclass(kind.cls, Columns):
        return _columns(kind.cls)
    fields = {
        field.encode_name: _HASHES.get(field.encode_name, _values(field.type))
        if isinstance(field.type, inspect.BytesType)
        else _values(field.type)
        for field in kind.fields
    }
    if kind.array_like:
        return st.tuples(*fields.values()).map(list)
    needed = {name: part for name, part in fields.items() if _required(kind, name)}
    return st.fixed_dictionaries(needed, optional={n: p for n, p in fields.items() if n not in needed})


_HASHES: Final[dict[str, st.SearchStrategy[Any]]] = {
    name: st.binary(min_size=size, max_size=size).map(lambda data: base64.b64encode(data).decode())
    for name, size in (("dedupe_key", DEDUPE_KEY_BYTES), ("content", CONTENT_BYTES))
}
"""Of one size: columns have them one behind the other."""

_ROWS: Final[dict[type, type[msgspec.Struct]]] = {
    RecordedColumns: RecordedUsage,
    GuidedColumns: GuidedRecord,
    RatedSums: RatedSum,
}


def _columns(kind: Any) -> st.SearchStrategy[Any]:
    """Those of any rows: columns of unequal length are refused where they are read."""
    row: Any = _ROWS[kind]
    rows = st.lists(_values(_described(row)), max_size=5)
    return rows.map(lambda made: kind.of([msgspec.convert(one, row) for one in made]))


def _required(kind: inspect.StructType, name: str) -> bool:
    return next(field.required for field in kind.fields if field.encode_name == name)


class Nothing:
    """A view of a partition in which nothing has happened yet."""

    def get(self, kind: type[D], key: str) -> D | None:
        return None

    def get_many(self, kind: type[D], keys: Collection[str]) -> dict[str, D]:
        return {}


class Made:
    """A view in which whatever is asked for exists, under the key that was asked for; `full` with optional fields."""

    def __init__(self, *, full: bool) -> None:
        self._full = full

    def get(self, kind: type[D], key: str) -> D | None:
        value = _plain(_described(kind), full=self._full)
        fields = {field.encode_name: field.type for field in _described(kind).fields}
        for name, of in fields.items():
            if isinstance(of, inspect.StrType) or (isinstance(of, inspect.IntType) and key.isdigit()):
                made = _convert({**value, name: key}, kind)
                if made.key == key:
                    return made
        made = _convert(value, kind)
        return made if made.key == key else None

    def get_many(self, kind: type[D], keys: Collection[str]) -> dict[str, D]:
        return {key: made for key in keys if (made := self.get(kind, key)) is not None}


def _convert(value: Any, kind: type[D]) -> D:
    return msgspec.convert(value, kind, strict=False, dec_hook=lambda part, raw: part.from_wire(raw))


def _plain(kind: inspect.Type, *, full: bool) -> Any:
    match kind:
        case inspect.StructType() if kind.cls is Period:
            return {"start": "2026-09-01", "end": "2026-10-01"}
        case inspect.StructType():
            parts = {
                field.encode_name: _plain(field.type, full=full) for field in kind.fields if full or field.required
            }
            if kind.tag_field is not None:
                parts[kind.tag_field] = kind.tag
            return list(parts.values()) if kind.array_like else parts
        case inspect.UnionType():
            given = [part for part in kind.types if not isinstance(part, inspect.NoneType)]
            return _plain(given[0], full=full)
        case inspect.ListType() | inspect.VarTupleType():
            return [_plain(kind.item_type, full=full)] if full else []
        case inspect.DictType():
            return {}
        case inspect.TupleType():
            return [_plain(part, full=full) for part in kind.item_types]
        case inspect.LiteralType():
            return kind.values[0]
        case inspect.CustomType() if kind.cls is Price:
            return {"model": "flat", "amount": "29.90"}
        case inspect.StrType(pattern="^[A-Z]{3}$"):
            return "EUR"
        case inspect.StrType(pattern=str()):
            return "1"
        case _:
            return _PLAIN[type(kind)]


_PLAIN: Final[dict[type, Any]] = {
    inspect.StrType: "acc-1",
    inspect.IntType: 7,
    inspect.BoolType: False,
    inspect.NoneType: None,
    inspect.BytesType: "",
    inspect.DateTimeType: "2026-09-01T00:00:00Z",
    inspect.DateType: "2026-09-01",
    inspect.DecimalType: "12.40",
    inspect.AnyType: None,
    inspect.RawType: msgspec.Raw(b"{}"),
}
