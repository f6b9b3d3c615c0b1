"""The next event of an invoice that is there, as a change of its row: what aggregates beside the invoice write, too."""

from __future__ import annotations

from typing import Final, TypeVar

import msgspec

from shared.engine.rows import Change
from shared.engine.tables import Statement, update


class NextEvent(Change, frozen=True, kw_only=True):
    """`version` is added to the invoice's own."""

    TABLE = "invoice_row"
    KEY = ("invoice_id",)

    invoice_id: str
    version: int = 1
    seq: int


N = TypeVar("N", bound=NextEvent)

ADDED: Final = {"version": "t.version + new.version", "seq": "greatest(t.seq, new.seq)"}
"""Kinds of rows are written in the order of `TABLES`, and a batch may hold them in any: the last event's number stays.
A version counts them all, whatever the order."""


def next_event(change: type[N]) -> Statement[N]:
    """Of two of a batch the last one counts, and both for the version: a draft may be complete more than once."""
    return update(change, sets=ADDED, merge=_both)


def _both(earlier: N, later: N) -> N:
    return msgspec.structs.replace(later, version=earlier.version + later.version)
