"""Statements of the operator's bank accounts: their entries are taken once, matched, and become payments.

ReceiveStatement(statement_id="bs-1", entries=2, ...)     -> BankStatementReceived
TakeEntries(first=0, entries=[...])                       -> BankEntriesTaken        what is there already is repeated
MatchEntries(matches=[Match("be-1", "exact", ...)])       -> BankEntriesMatched
ProcessStatement                                          -> BankStatementProcessing
PairEntries(pairs=[Pair("be-1", "acc-1", "inv-7")])       -> BankEntriesPaired       and BookEntry to each account
BookEntry (the account's)                                 -> PaymentRecorded, PaymentAllocated, BankEntryBooked
SettleEntry                                               -> BankEntrySettled        the entry has its payment
IgnoreEntry, ReopenEntry                                  -> BankEntryIgnored, BankEntryReopened
NoteStatementForgotten                                    -> BankStatementForgotten

All that is of one bank account lives in its partition, which so knows every entry that was ever taken. Who paid and
what he wrote is sealed: `payer` stands for his bank account and is compared, never read.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from services.payments.bank_statement.matching import Match
from shared.kernel.bounds import Checked, Count
from shared.kernel.message import Command, Event
from shared.kernel.sealed import Sealed

PairedBy = Literal["match", "person"]


class Entry(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """A movement: `amount` is above zero where money came in. `details` is a sealed `EntryDetails`."""

    entry_id: str
    booked_on: date
    amount: Decimal
    currency: str
    details: Sealed
    value_on: date | None = None
    payer: str = ""
    end_to_end_id: str = ""
    mandate_id: str = ""
    batch_id: str = ""
    return_code: str = ""
    reference_key: str = ""
    """What a reference of ours in its text stands for (`references.py`)."""


class EntryDetails(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is personal of an entry: the other party's name and IBAN, what he wrote, and what the bank calls it."""

    name: str = ""
    iban: str = ""
    text: str = ""
    creditor_reference: str = ""
    reference: str = ""


class Pair(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """Whose money an entry is, and the invoice it names: an id, or none where it pays what is due first. `also` are
    further invoices that it names."""

    entry_id: str
    account_id: str
    invoice_id: str | None = None
    also: tuple[str, ...] = ()


class PairedEntry(Pair, frozen=True, kw_only=True, omit_defaults=True):
    """With what the payment is made of."""

    amount: Decimal
    currency: str
    received_on: date


class OfBankAccount(Command, frozen=True, kw_only=True):
    KEY_FIELD = "bank_account"

    bank_account: str
    statement_id: str


class ReceiveStatement(OfBankAccount, frozen=True, kw_only=True):
    """A file was read, of which `entries` are of this bank account. The same file again changes nothing."""

    sha256: str
    format: str
    currency: str
    entries: Count
    net: Decimal
    name: str = ""
    reference: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None
    from_on: date | None = None
    to_on: date | None = None


class TakeEntries(OfBankAccount, frozen=True, kw_only=True):
    """The entries of a statement from place `first` on. Pages come in their order; one that is taken changes nothing.

    Refused: `statement_not_found`, `out_of_order`.
    """

    first: Count
    entries: list[Entry]


class MatchEntries(OfBankAccount, frozen=True, kw_only=True):
    """What entries pay, as it seems; with `last` it is said of all. What is decided already stays as it is."""

    matches: list[Match]
    last: bool = False


class NoteStatementForgotten(OfBankAccount, frozen=True, kw_only=True):
    """The key of what is personal in it is gone from the vault. Refused: `statement_not_found`."""


class MatchAgain(OfBankAccount, frozen=True, kw_only=True):
    """Look again at what is open. Refused: `statement_not_found`, `statement_busy`."""


class ProcessStatement(OfBankAccount, frozen=True, kw_only=True):
    """Book what is matched exactly. Refused: `statement_not_found`, `statement_busy`."""


class FinishProcessing(OfBankAccount, frozen=True, kw_only=True):
    """All that is exact is booked or on its way."""


class PairEntries(OfBankAccount, frozen=True, kw_only=True):
    """Whose money these are. Those of a `match` that are not open any more are passed by; a person is told.

    Refused: `entry_not_found`, `entry_not_open`.
    """

    pairs: list[Pair]
    by: PairedBy = "person"


class IgnoreEntry(OfBankAccount, frozen=True, kw_only=True):
    """It is no payment of a customer. Refused: `entry_not_found`, `entry_not_open`."""

    entry_id: str
    reason: str


class ReopenEntry(OfBankAccount, frozen=True, kw_only=True):
    """It was ignored by mistake. Refused: `entry_not_found`, `entry_not_ignored`."""

    entry_id: str


class SettleEntry(OfBankAccount, frozen=True, kw_only=True):
    """What became of an entry in its account: its payment, or why there is none."""

    entry_id: str
    payment_id: str | None = None
    code: str | None = None
    detail: str = ""


class BookEntry(Command, frozen=True, kw_only=True):
    """In the account's partition: make a payment of an entry. It is never refused: `BankEntryRefused` says why not."""

    account_id: str
    bank_account: str
    statement_id: str
    entry_id: str
    amount: Decimal
    currency: str
    received_on: date
    invoice_id: str | None = None
    also: tuple[str, ...] = ()


class OfStatement(Event, frozen=True, kw_only=True):
    KEY_FIELD = "bank_account"

    bank_account: str
    statement_id: str


class BankStatementReceived(OfStatement, frozen=True, kw_only=True):
    """A statement of `entries` movements that sum up to `net` is being taken. `opening` and `closing` are the bank's
    balances, where it tells them."""

    sha256: str
    format: str
    currency: str
    entries: Count
    net: Decimal
    name: str = ""
    reference: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None
    from_on: date | None = None
    to_on: date | None = None


class BankEntriesTaken(OfStatement, frozen=True, kw_only=True):
    """New movements of the account; `repeated` others of this page were taken with an earlier statement. `next` is the
    place that the statement goes on at."""

    first: Count
    next: Count
    entries: list[Entry]
    repeated: Count = 0


class BankEntriesMatched(OfStatement, frozen=True, kw_only=True):
    """What entries seem to pay, and how sure that is."""

    matches: list[Match]
    last: bool = False


class BankStatementReopened(OfStatement, frozen=True, kw_only=True):
    """Its open entries are matched again."""


class BankStatementProcessing(OfStatement, frozen=True, kw_only=True):
    """What is matched exactly is being booked."""


class BankStatementProcessed(OfStatement, frozen=True, kw_only=True):
    """What was matched exactly is booked, or its account has been asked to."""


class BankEntriesPaired(OfStatement, frozen=True, kw_only=True):
    """Whose money these entries are: each account is asked to book its own."""

    pairs: list[PairedEntry]
    by: PairedBy = "person"


class BankEntrySettled(OfStatement, frozen=True, kw_only=True):
    """The entry has become a payment, or with a `code` it has not, and is open again."""

    entry_id: str
    account_id: str | None = None
    invoice_id: str | None = None
    paired_by: PairedBy | None = None
    payment_id: str | None = None
    code: str | None = None
    detail: str = ""


class BankEntryIgnored(OfStatement, frozen=True, kw_only=True):
    entry_id: str
    reason: str


class BankEntryReopened(OfStatement, frozen=True, kw_only=True):
    entry_id: str


class BankStatementForgotten(OfStatement, frozen=True, kw_only=True):
    """Who paid, from where and what he wrote can't be read any more: the law does not want the statement kept. Amounts,
    days and what became of each entry stay."""


class BankEntryBooked(Event, frozen=True, kw_only=True):
    """An entry of the operator's bank account is this payment of the account."""

    account_id: str
    bank_account: str
    statement_id: str
    entry_id: str
    payment_id: str


class BankEntryRefused(Event, frozen=True, kw_only=True):
    """An entry can't be a payment of the account: `code` and `detail` say why."""

    account_id: str
    bank_account: str
    statement_id: str
    entry_id: str
    code: str
    detail: str
