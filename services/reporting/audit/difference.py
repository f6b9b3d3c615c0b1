"""What an event changed: its fields against what the log last said of the same aggregate. Pure.

    known = known_of([Said("rating/1/1", "AccountOpened", {"name": "Ann", "currency": "EUR"})])
    against(known, Said("rating/1/9", "AccountDetailsChanged", {"name": "Ann Lee"}))
    # name: Ann -> Ann Lee, said by rating/1/1

Only what the log says is compared. An event that tells of something done (money allocated, a step taken) has fields of
its own: these are no state that changed, and two payments of one amount are not "unchanged". They are compared with
nothing, but with an event that opened or changed the aggregate everything else is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from shared.kernel.sealed import SEALED

OF_THE_EVENT: Final = frozenset(
    {
        *("amount", "quantity", "reason", "note", "cause", "evidence", "comment", "steps", "at", "on", "by"),
        *("unallocated", "applied", "code", "detail", "n", "line", "lines", "records", "command_type"),
    }
)
"""Fields that say something of what was done; of an event that opens or changes its aggregate they are its state."""

_STATES: Final = ("Opened", "Defined", "Drafted", "Created", "Changed", "Renamed", "Set", "Started", "Recorded")


class Said(NamedTuple):
    """An event: how it is cited, its name without service and version, its decoded data."""

    id: str
    name: str
    data: Mapping[str, Any]


class Known(NamedTuple):
    value: Any
    said_by: str


class FieldDifference(NamedTuple):
    field: str
    before: Any
    after: Any
    is_known: bool
    is_different: bool | None
    said_by: str | None


def states(name: str) -> bool:
    """Whether an event of that name says what its aggregate is, and not only what was done.

    >>> states("AccountDetailsChanged"), states("PaymentAllocated")
    (True, False)
    """
    return name.endswith(_STATES)


def known_of(earlier: Iterable[Said]) -> dict[str, Known]:
    """What was known after these events, in their order, field by field."""
    known: dict[str, Known] = {}
    for said in earlier:
        for field, value in _compared(said):
            known[field] = Known(value, said.id)
    return known


def against(known: Mapping[str, Known], said: Said) -> tuple[list[FieldDifference], dict[str, Any]]:
    """The event's fields against what was known, those that differ first; and what is the event's own."""
    fields = []
    for field, value in _compared(said):
        before = known.get(field)
        fields.append(
            FieldDifference(
                field,
                before.value if before else None,
                value,
                before is not None,
                _differs(before, value),
                before.said_by if before else None,
            )
        )
    named = {field.field for field in fields}
    fields.sort(key=lambda field: field.is_different is not True)
    return fields, {name: value for name, value in said.data.items() if name not in named}


def _compared(said: Said) -> list[tuple[str, Any]]:
    whole = states(said.name)
    return [(field, value) for field, value in said.data.items() if whole or field not in OF_THE_EVENT]


def _differs(before: Known | None, value: Any) -> bool | None:
    """`None` where it can't be told: what is sealed is another text each time."""
    if before is None:
        return True
    return None if SEALED in (before.value, value) else bool(before.value != value)
