"""Whether a changed schema still says all that readers of the old one rely on.

A reader relies on every field that was there: its place, its type, and whether it may be missing. An old event in the
log must be readable by the new code. So fields may be added if they are optional, and nothing else may happen:

    >>> old = {"type": "object", "properties": {"amount": {"type": "string"}}, "required": ["amount"]}
    >>> new = {"type": "object", "properties": {"sum": {"type": "string"}}, "required": ["sum"]}
    >>> incompatibilities(old, new)
    ['/amount is gone', '/sum is new and required: events in the log do not have it']
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

Schema = Mapping[str, Any]

# What is said to people about a field, and what is walked into below.
_PROSE: Final = frozenset({"title", "description", "$defs", "$id", "$schema"})
_PARTS: Final = frozenset(
    {"properties", "required", "items", "prefixItems", "minItems", "anyOf", "additionalProperties"}
)
# Bounds of the numbers that a machine counts with (shared/kernel/bounds.py): no event of any log was ever outside.
_COUNTED: Final = {"minimum": (0,), "maximum": (2**15 - 1, 10**9, 2**63 - 1)}
_REF: Final = "#/$defs/"
_DEPTH_MAX: Final = 32


def incompatibilities(old: Schema, new: Schema) -> list[str]:
    """One sentence for everything that a reader of `old` would miss in `new`; empty when there is nothing."""
    return list(_compare(_SchemaPart(old, old), _SchemaPart(new, new), "", 0))


class _SchemaPart:
    """A part of a schema, with references followed."""

    def __init__(self, root: Schema, part: Any) -> None:
        self.root = root
        self.part: Schema = part if isinstance(part, Mapping) else {"const": part}
        while "$ref" in self.part:
            rest = {key: value for key, value in self.part.items() if key != "$ref"}
            self.part = {**root["$defs"][self.part["$ref"].removeprefix(_REF)], **rest}

    def at(self, part: Any) -> _SchemaPart:
        return _SchemaPart(self.root, part)

    @property
    def facts(self) -> dict[str, Any]:
        """What holds of the value itself."""
        hidden = _PROSE | _PARTS
        return {
            key: value
            for key, value in self.part.items()
            if key not in hidden and not key.startswith("x-") and value not in _COUNTED.get(key, ())
        }


def _compare(old: _SchemaPart, new: _SchemaPart, where: str, depth: int) -> Iterator[str]:
    if depth > _DEPTH_MAX:
        return
    name = where or "the message"
    if old.facts != new.facts:
        yield f"{name} was {old.facts or 'anything'} and is {new.facts or 'anything'}"
        return
    yield from _compare_fields(old, new, where, depth)
    yield from _compare_elements(old, new, where, depth)
    yield from _compare_alternatives(old, new, where, depth)


def _compare_fields(old: _SchemaPart, new: _SchemaPart, where: str, depth: int) -> Iterator[str]:
    before, after = old.part.get("properties", {}), new.part.get("properties", {})
    had, has = set(old.part.get("required", ())), set(new.part.get("required", ()))
    for field in before:
        at = f"{where}/{field}"
        if field not in after:
            yield f"{at} is gone"
            continue
        yield from _compare(old.at(before[field]), new.at(after[field]), at, depth + 1)
        if field in had and field not in has:
            yield f"{at} was always there and may be missing now"
        if field in has and field not in had:
            yield f"{at} was optional and is required: events in the log do not have it"
    for field in after:
        if field not in before and field in has:
            yield f"{where}/{field} is new and required: events in the log do not have it"


def _compare_elements(old: _SchemaPart, new: _SchemaPart, where: str, depth: int) -> Iterator[str]:
    before, after = old.part.get("prefixItems", []), new.part.get("prefixItems", [])
    if len(after) < len(before):
        yield f"{where}: {len(before) - len(after)} elements are gone"
    for index, (one, other) in enumerate(zip(before, after, strict=False)):
        yield from _compare(old.at(one), new.at(other), f"{where}/{index}", depth + 1)
    if before and old.part.get("minItems", 0) != new.part.get("minItems", 0):
        yield f"{where}: another number of elements is required"
    for key in ("items", "additionalProperties"):
        if key in old.part or key in new.part:
            one, other = old.part.get(key, True), new.part.get(key, True)
            # `items: false` closes an array after its named elements, whose number is compared above.
            if one != other or isinstance(one, Mapping):
                yield from _compare(old.at(one), new.at(other), f"{where}/*", depth + 1)


def _compare_alternatives(old: _SchemaPart, new: _SchemaPart, where: str, depth: int) -> Iterator[str]:
    before, after = old.part.get("anyOf", []), new.part.get("anyOf", [])
    if len(before) != len(after):
        yield f"{where}: {len(before)} alternatives were possible, {len(after)} are now"
    for one, other in zip(before, after, strict=False):
        yield from _compare(old.at(one), new.at(other), where, depth + 1)
