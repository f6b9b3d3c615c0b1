"""Letters of dunning, for what delivers them and for lists.

letter-1   acc-1   INV-000042/1   36.04 EUR   10 days   2026-10-25
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from services.invoicing.dunning_letter.messages import DunningLetterWritten
from shared.engine.rows import Amount, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert


class DunningLetterRow(Row, frozen=True, kw_only=True):
    """A letter in all its languages; `name` and `details` are sealed."""

    TABLE = "dunning_letter_row"
    KEY = ("letter_id",)

    letter_id: str
    account_id: str
    number: str
    case_id: str
    letters: Jsonb
    currency: str
    overdue: Amount
    since: date
    days_overdue: int
    written_on: date
    details: str | None
    seller: str | None
    name: str | None
    issuer: Jsonb | None
    legal_entity: str | None
    written_at: datetime


TABLES: Final = Tables(insert(DunningLetterRow))


def rows(applied: AppliedOf[DunningLetterWritten]) -> Iterator[Columns]:
    event = applied.event
    issuer = None if event.issuer is None else jsonb(event.issuer)
    at = applied.envelope.recorded_at
    yield DunningLetterRow.of(event, letters=jsonb(event.letters), issuer=issuer, written_at=at)
