"""Attributes of usage that are personal: what of them stays readable, and how the rest travels. Pure.

    {"direction": "out", "destination": "33612345678"}       reported; the meter marks `destination`, keep 7
    {"direction": "out", "destination": "3361234*",           in commands, events and tables
     "$sealed": ["v1.dXNh….kQ3n…", "destination"]}            ciphertext, or null where nothing is kept; then the names

A price goes by what is left of a value: `3361234*` is a number whose end is hidden, `*` a value that is hidden whole.
What is no longer than what stays, as a short service number, is not hidden at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

SEALED_KEY: Final = "$sealed"
"""No equipment may report an attribute of this name."""
HIDDEN: Final = "*"
"""How what is left of a hidden value ends."""

# What stands before the digits of a number: a scheme, and the plus or the 00 that one dials.
_LEAD: Final = re.compile(r"(?:tel:)?(?:\+|00(?=[1-9]))?")


def kept_part(value: Any, keep: int) -> str | None:
    """What stays readable of a value, with `*` for the rest; `None` where all of it does.

    >>> kept_part("33612345678", 7), kept_part("+33612345678", 7), kept_part("112", 7), kept_part("10.0.0.7", 0)
    ('3361234*', '+3361234*', None, '*')
    """
    if keep == 0 or isinstance(value, bool) or not isinstance(value, str | int):
        return HIDDEN
    text = str(value)
    lead = _LEAD.match(text)
    stays = (lead.end() if lead is not None else 0) + keep
    return None if len(text) <= stays else f"{text[:stays]}{HIDDEN}"


def divided(attributes: Mapping[str, Any], marks: Mapping[str, int]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What stays readable of all attributes, and what is to be sealed of them, by name."""
    readable, hidden = dict(attributes), {}
    for name in marks.keys() & attributes.keys():
        part = kept_part(attributes[name], marks[name])
        if part is not None:
            readable[name], hidden[name] = part, attributes[name]
    return readable, hidden


def joined(readable: Mapping[str, Any], hidden: Mapping[str, Any], sealed: str | None) -> dict[str, Any]:
    """The attributes as they travel; `sealed` is `hidden`, encrypted."""
    return {**readable, SEALED_KEY: [sealed, *sorted(hidden)]}


def without_sealed(attributes: dict[str, Any]) -> dict[str, Any]:
    """What rating needs: it prices by what stays readable, and never opens anything."""
    if SEALED_KEY not in attributes:
        return attributes
    return {name: value for name, value in attributes.items() if name != SEALED_KEY}


def sealed_in(attributes: Mapping[str, Any]) -> tuple[str | None, list[str]] | None:
    """Ciphertext and names of what is hidden; `None` where nothing is, or what stands there is no such thing."""
    match attributes.get(SEALED_KEY):
        case [str() | None as sealed, *names] if all(isinstance(name, str) for name in names):
            return sealed, names
        case _:
            return None


def masked(value: Any, names: frozenset[str]) -> Any:
    """A decoded JSON value with the values of these names hidden, wherever they stand in it."""
    match value:
        case dict():
            return {name: HIDDEN if name in names else masked(item, names) for name, item in value.items()}
        case list():
            return [masked(item, names) for item in value]
        case _:
            return value
