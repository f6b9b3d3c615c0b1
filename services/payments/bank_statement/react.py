"""What is paired is booked by its account, and what became of it is told to the entry: two partitions, two messages."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.bank_statement.messages import (
    BankEntriesPaired,
    BankEntryBooked,
    BankEntryRefused,
    BookEntry,
    SettleEntry,
)
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def react(
    event: BankEntriesPaired | BankEntryBooked | BankEntryRefused, envelope: Envelope, view: View
) -> Iterator[Send]:
    match event:
        case BankEntriesPaired():
            for pair in event.pairs:
                whose = {"bank_account": event.bank_account, "statement_id": event.statement_id}
                yield Send(same_fields(BookEntry, pair, **whose), to="payments")
        case BankEntryBooked() | BankEntryRefused():
            yield Send(same_fields(SettleEntry, event), to="payments")
