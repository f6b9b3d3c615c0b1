"""The last number of a series, and the number each document has."""

from __future__ import annotations

from datetime import date

from services.invoicing.numbering_series.messages import Document
from shared.kernel.decider import State


class Series(State, frozen=True, kw_only=True):
    """A numbering series, in the partition that owns it.

    `pattern` is `None` in a log that is older than patterns, `last_issued_on` until a number was given.
    """

    KEY_FIELD = "series_id"

    series_id: str
    pattern: str | None = None
    last: int = 0
    last_issued_on: date | None = None


class Numbered(State, frozen=True, kw_only=True):
    """The number that a document has in a series."""

    series_id: str
    document: Document
    n: int
    number: str
    issued_on: date

    @property
    def key(self) -> str:
        return numbered_key(self.series_id, self.document)


def numbered_key(series_id: str, document: Document) -> str:
    """Where `Numbered` finds the number of a document in a series."""
    return f"{series_id}/{document.kind}/{document.id}"
