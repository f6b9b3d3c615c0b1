"""Which states a message about a statement will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.balance.state import Payer
from services.payments.bank_statement.messages import (
    BookEntry,
    IgnoreEntry,
    MatchEntries,
    PairEntries,
    ReopenEntry,
    SettleEntry,
    TakeEntries,
)
from services.payments.bank_statement.state import BankEntry, BankStatement
from services.payments.payment.state import KnownPayment
from services.payments.receivable.state import KnownInvoice
from shared.kernel.decider import Asked


def preload(
    message: TakeEntries | MatchEntries | PairEntries | IgnoreEntry | ReopenEntry | SettleEntry | BookEntry,
) -> Iterator[Asked]:
    match message:
        case TakeEntries():
            yield BankStatement, message.statement_id
            yield BankEntry, [entry.entry_id for entry in message.entries]
        case MatchEntries():
            yield BankStatement, message.statement_id
            yield BankEntry, [match.entry_id for match in message.matches]
        case PairEntries():
            yield BankEntry, [pair.entry_id for pair in message.pairs]
        case BookEntry():
            yield Payer, message.account_id
            yield KnownPayment, message.entry_id
            if message.invoice_id is not None:
                yield KnownInvoice, message.invoice_id
        case _:
            yield BankEntry, message.entry_id
