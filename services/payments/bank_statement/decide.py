"""What is taken of statements and decided of their entries, in the partition of the bank account. Pure.

TakeEntries [be-1, be-2]            BankEntriesTaken [be-1, be-2]
TakeEntries [be-2, be-3]            BankEntriesTaken [be-3], repeated 1          of another statement
PairEntries be-1 -> acc-1           BankEntriesPaired, and BookEntry to acc-1
SettleEntry be-1, payment be-1      BankEntrySettled
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

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
    FinishProcessing,
    IgnoreEntry,
    MatchAgain,
    MatchEntries,
    NoteStatementForgotten,
    OfBankAccount,
    Pair,
    PairedEntry,
    PairEntries,
    ProcessStatement,
    ReceiveStatement,
    ReopenEntry,
    SettleEntry,
    TakeEntries,
)
from services.payments.bank_statement.state import BankEntry, BankStatement, EntryStatus, StatementStatus
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

BUSY: Final = {
    "taking": "its entries are still being taken",
    "matching": "its entries are being matched",
    "processing": "it is being processed",
}
"""Why a statement has to be waited for."""

Moved = BankEntriesMatched | BankStatementReopened | BankStatementProcessing | BankStatementProcessed
Decided = BankEntriesPaired | BankEntrySettled | BankEntryIgnored | BankEntryReopened


def decide_receipt(command: ReceiveStatement, view: View, context: Context) -> Sequence[Event]:
    """The same file again is the statement that is there."""
    if view.get(BankStatement, command.statement_id) is not None:
        return []
    return [same_fields(BankStatementReceived, command)]


def decide_entries(command: TakeEntries, view: View, context: Context) -> Sequence[Event]:
    """What a page brings that no statement of the account has brought."""
    statement = _statement(command, view)
    if command.first < statement.next or not command.entries:
        return []
    after = command.first + len(command.entries)
    if command.first > statement.next or after > statement.entries:
        detail = f"the statement goes on at entry {statement.next} of {statement.entries}, not at {command.first}"
        raise Rejection("out_of_order", detail, status=409)
    known = view.get_many(BankEntry, [entry.entry_id for entry in command.entries])
    new = {entry.entry_id: entry for entry in command.entries if entry.entry_id not in known}
    return [
        BankEntriesTaken(
            bank_account=command.bank_account,
            statement_id=command.statement_id,
            first=command.first,
            next=after,
            entries=list(new.values()),
            repeated=len(command.entries) - len(new),
        )
    ]


def decide_matches(command: MatchEntries, view: View, context: Context) -> Sequence[Event]:
    statement = _statement(command, view)
    if statement.status != "matching":
        return []
    known = view.get_many(BankEntry, [match.entry_id for match in command.matches])
    matches = [match for match in command.matches if (one := known.get(match.entry_id)) and one.status == "open"]
    return [same_fields(BankEntriesMatched, command, matches=matches)] if matches or command.last else []


def decide_progress(
    command: MatchAgain | ProcessStatement | FinishProcessing, view: View, context: Context
) -> Sequence[Event]:
    statement = _statement(command, view)
    match command:
        case FinishProcessing():
            return [same_fields(BankStatementProcessed, command)] if statement.status == "processing" else []
        case MatchAgain():
            _check_idle(statement)
            return [same_fields(BankStatementReopened, command)]
        case ProcessStatement():
            _check_idle(statement)
            return [same_fields(BankStatementProcessing, command)]


def decide_pairs(command: PairEntries, view: View, context: Context) -> Sequence[Event]:
    """A person is told what is not open; what a match says is passed by then."""
    known = view.get_many(BankEntry, [pair.entry_id for pair in command.pairs])
    if command.by == "person":
        for pair in command.pairs:
            _check_open(pair.entry_id, known.get(pair.entry_id), command)
    chosen = {pair.entry_id: pair for pair in command.pairs}
    paired = [_paired(pair, one) for pair in chosen.values() if (one := known.get(pair.entry_id)) and _is_open(one)]
    return [same_fields(BankEntriesPaired, command, pairs=paired)] if paired else []


def decide_entry(command: IgnoreEntry | ReopenEntry | SettleEntry, view: View, context: Context) -> Sequence[Event]:
    entry = view.get(BankEntry, command.entry_id)
    match command:
        case SettleEntry():
            return _settled(command, entry)
        case IgnoreEntry():
            _check_open(command.entry_id, entry, command)
            return [same_fields(BankEntryIgnored, command)]
        case ReopenEntry():
            if _there(command.entry_id, entry, command).status != "ignored":
                raise Rejection("entry_not_ignored", f"entry {command.entry_id} was not ignored", status=409)
            return [same_fields(BankEntryReopened, command)]


def decide_forgotten(command: NoteStatementForgotten, view: View, context: Context) -> Sequence[Event]:
    """Once, however often its key is destroyed."""
    return [] if _statement(command, view).forgotten else [same_fields(BankStatementForgotten, command)]


def evolve_forgotten(event: BankStatementForgotten, envelope: Envelope, view: View) -> Iterator[State]:
    yield msgspec.structs.replace(_begun(event.statement_id, view), forgotten=True)


def evolve_received(event: BankStatementReceived, envelope: Envelope, view: View) -> Iterator[State]:
    status: StatementStatus = "taking" if event.entries else "matched"
    yield same_fields(BankStatement, event, status=status)


def evolve_taken(event: BankEntriesTaken, envelope: Envelope, view: View) -> Iterator[State]:
    statement = _begun(event.statement_id, view)
    status: StatementStatus = "matching" if event.next >= statement.entries else "taking"
    yield msgspec.structs.replace(statement, next=event.next, status=status)
    for entry in event.entries:
        way: EntryStatus = "open" if entry.amount > 0 else "outgoing"
        yield same_fields(
            BankEntry, entry, statement_id=event.statement_id, bank_account=event.bank_account, status=way
        )


def evolve_moved(event: Moved, envelope: Envelope, view: View) -> Iterator[State]:
    statement = _begun(event.statement_id, view)
    match event:
        case BankEntriesMatched(last=False):
            return
        case BankEntriesMatched():
            status: StatementStatus = "matched"
        case BankStatementReopened():
            status = "matching"
        case BankStatementProcessing():
            status = "processing"
        case BankStatementProcessed():
            status = "processed"
    yield msgspec.structs.replace(statement, status=status)


def evolve_decided(event: Decided, envelope: Envelope, view: View) -> Iterator[State]:
    match event:
        case BankEntriesPaired():
            for pair in event.pairs:
                paired = _with_status(pair.entry_id, "booking", view)
                yield msgspec.structs.replace(
                    paired, account_id=pair.account_id, invoice_id=pair.invoice_id, paired_by=event.by
                )
        case BankEntrySettled():
            yield _with_status(event.entry_id, "open" if event.payment_id is None else "booked", view)
        case BankEntryIgnored():
            yield _with_status(event.entry_id, "ignored", view)
        case BankEntryReopened():
            yield _with_status(event.entry_id, "open", view)


def _statement(command: OfBankAccount, view: View) -> BankStatement:
    found = view.get(BankStatement, command.statement_id)
    if found is None or found.bank_account != command.bank_account:
        raise Rejection("statement_not_found", f"there is no bank statement {command.statement_id!r}", status=404)
    return found


def _check_idle(statement: BankStatement) -> None:
    if (busy := BUSY.get(statement.status)) is not None:
        raise Rejection("statement_busy", f"wait a moment: {busy}", status=409)


def _there(entry_id: str, entry: BankEntry | None, command: OfBankAccount) -> BankEntry:
    if entry is None or entry.statement_id != command.statement_id:
        detail = f"statement {command.statement_id} has no entry {entry_id!r}"
        raise Rejection("entry_not_found", detail, status=404)
    return entry


def _check_open(entry_id: str, entry: BankEntry | None, command: OfBankAccount) -> None:
    found = _there(entry_id, entry, command)
    if not _is_open(found):
        raise Rejection("entry_not_open", f"entry {entry_id} is {found.status}", status=409)


def _settled(command: SettleEntry, entry: BankEntry | None) -> Sequence[Event]:
    if entry is None or entry.status != "booking":
        return []
    whose = {"account_id": entry.account_id, "invoice_id": entry.invoice_id, "paired_by": entry.paired_by}
    return [same_fields(BankEntrySettled, command, **whose)]


def _is_open(entry: BankEntry) -> bool:
    return entry.status == "open"


def _paired(pair: Pair, entry: BankEntry) -> PairedEntry:
    return same_fields(PairedEntry, pair, amount=entry.amount, currency=entry.currency, received_on=entry.booked_on)


def _begun(statement_id: str, view: View) -> BankStatement:
    found = view.get(BankStatement, statement_id)
    if found is None:
        raise NeverBegan(f"bank statement {statement_id} was never received")
    return found


def _with_status(entry_id: str, status: EntryStatus, view: View) -> BankEntry:
    entry = view.get(BankEntry, entry_id)
    if entry is None:
        raise NeverBegan(f"bank entry {entry_id} was never taken")
    return msgspec.structs.replace(entry, status=status)
