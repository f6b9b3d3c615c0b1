"""Statements with how far they are, and their entries with whom they may be of and what became of them.

bs-1   DE89…   2 entries, 1 repeated   matched
be-1   bs-1    36.04 EUR   exact   acc-1 inv-7   booked as payment be-1
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

import msgspec

from services.payments.bank_statement.matching import Confidence
from services.payments.bank_statement.messages import (
    BankEntriesMatched,
    BankEntriesPaired,
    BankEntriesTaken,
    BankEntryIgnored,
    BankEntryReopened,
    BankEntrySettled,
    BankStatementForgotten,
    BankStatementProcessed,
    BankStatementProcessing,
    BankStatementReceived,
    BankStatementReopened,
    PairedBy,
)
from services.payments.bank_statement.state import EntryStatus, StatementStatus
from shared.engine.rows import Amount, Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update


class BankStatementRow(Row, frozen=True, kw_only=True):
    """`taken` of `entries` are there so far, `repeated` ones that an earlier statement had. `rounds` counts how often
    it was to be matched again or processed."""

    TABLE = "bank_statement_row"
    KEY = ("statement_id",)

    statement_id: str
    bank_account: str
    sha256: str
    format: str
    name: str
    reference: str
    currency: str
    net: Amount
    opening: Amount | None
    closing: Amount | None
    from_on: date | None
    to_on: date | None
    entries: int
    taken: int = 0
    repeated: int = 0
    status: StatementStatus = "taking"
    rounds: int = 0
    recorded_at: datetime
    forgotten_at: datetime | None = None


class BankEntryRow(Row, frozen=True, kw_only=True):
    """`account_id` to `paired_by` are of what it was paired with last, `code` and `detail` why it could not be."""

    TABLE = "bank_entry_row"
    KEY = ("entry_id",)

    entry_id: str
    statement_id: str
    place: int
    bank_account: str
    booked_on: date
    value_on: date | None
    amount: Amount
    currency: str
    payer: str
    details: str
    end_to_end_id: str
    mandate_id: str
    batch_id: str
    return_code: str
    reference_key: str
    status: EntryStatus
    confidence: Confidence = "none"
    candidates: Jsonb = Jsonb("[]")
    account_id: str | None = None
    invoice_id: str | None = None
    payment_id: str | None = None
    paired_by: PairedBy | None = None
    code: str | None = None
    detail: str = ""


class OfStatementRow(Columns, frozen=True, kw_only=True):
    TABLE = "bank_statement_row"
    KEY = ("statement_id",)

    statement_id: str


class Taken(OfStatementRow, Change, frozen=True, kw_only=True):
    """It is matched as soon as all its entries are there."""

    taken: int
    repeated: int
    status: StatementStatus = "taking"


class Standing(OfStatementRow, Change, frozen=True, kw_only=True):
    status: StatementStatus
    rounds: int = 0


class Forgotten(OfStatementRow, Change, frozen=True, kw_only=True):
    forgotten_at: datetime


class OfEntryRow(Columns, frozen=True, kw_only=True):
    TABLE = "bank_entry_row"
    KEY = ("entry_id",)

    entry_id: str


class Matched(OfEntryRow, Change, frozen=True, kw_only=True):
    confidence: Confidence
    candidates: Jsonb


class Moved(OfEntryRow, Change, frozen=True, kw_only=True):
    """Everything that is decided of an entry: the last word of a batch is all that counts."""

    status: EntryStatus
    account_id: str | None = None
    invoice_id: str | None = None
    payment_id: str | None = None
    paired_by: PairedBy | None = None
    code: str | None = None
    detail: str = ""


def _together(earlier: Taken, later: Taken) -> Taken:
    return msgspec.structs.replace(later, repeated=earlier.repeated + later.repeated)


def _last(earlier: Standing, later: Standing) -> Standing:
    return msgspec.structs.replace(later, rounds=earlier.rounds + later.rounds)


_TAKEN: Final = {
    "repeated": "t.repeated + new.repeated",
    "status": "case when new.taken < t.entries then 'taking' else 'matching' end",
}
TABLES: Final = Tables(
    insert(BankStatementRow),
    insert(BankEntryRow),
    update(Taken, sets=_TAKEN, merge=_together),
    update(Standing, sets={"rounds": "t.rounds + new.rounds"}, merge=_last),
    update(Forgotten),
    update(Matched),
    update(Moved),
)

Shown = (
    BankStatementReceived
    | BankEntriesTaken
    | BankEntriesMatched
    | BankStatementReopened
    | BankStatementProcessing
    | BankStatementProcessed
    | BankStatementForgotten
    | BankEntriesPaired
    | BankEntrySettled
    | BankEntryIgnored
    | BankEntryReopened
)
"""The events that these rows are made of."""


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    """A statement is received, taken, and then matched and processed, so a batch can be written kind by kind."""
    event = applied.event
    match event:
        case BankStatementReceived():
            status: StatementStatus = "taking" if event.entries else "matched"
            yield BankStatementRow.of(event, status=status, recorded_at=applied.envelope.recorded_at)
        case BankEntriesTaken():
            yield Taken(statement_id=event.statement_id, taken=event.next, repeated=event.repeated)
            yield from _entries(event)
        case BankEntriesMatched():
            for match in event.matches:
                yield Matched.of(match, candidates=jsonb(match.candidates))
            if event.last:
                yield Standing(statement_id=event.statement_id, status="matched")
        case BankStatementReopened():
            yield Standing(statement_id=event.statement_id, status="matching", rounds=1)
        case BankStatementProcessing():
            yield Standing(statement_id=event.statement_id, status="processing", rounds=1)
        case BankStatementProcessed():
            yield Standing(statement_id=event.statement_id, status="processed")
        case BankStatementForgotten():
            yield Forgotten(statement_id=event.statement_id, forgotten_at=applied.envelope.recorded_at)
        case _:
            yield from _moved(event)


def _entries(event: BankEntriesTaken) -> Iterator[BankEntryRow]:
    for n, entry in enumerate(event.entries):
        yield BankEntryRow.of(
            entry,
            statement_id=event.statement_id,
            bank_account=event.bank_account,
            place=event.first + n,
            status="open" if entry.amount > 0 else "outgoing",
        )


def _moved(event: BankEntriesPaired | BankEntrySettled | BankEntryIgnored | BankEntryReopened) -> Iterator[Moved]:
    match event:
        case BankEntriesPaired():
            for pair in event.pairs:
                yield Moved.of(pair, status="booking", paired_by=event.by)
        case BankEntrySettled():
            yield Moved.of(event, status="open" if event.payment_id is None else "booked")
        case BankEntryIgnored():
            yield Moved(entry_id=event.entry_id, status="ignored", detail=event.reason)
        case BankEntryReopened():
            yield Moved(entry_id=event.entry_id, status="open")
