"""A file of bank statements as the commands that take it: read twice, held never.

    summaries = await summarised(file, form, reading)          # what is refused is refused before anything is taken
    async for command in commands(file, form, reading, ...):   # ReceiveStatement, TakeEntries, TakeEntries, ...
        await send(command)

A file may hold statements of several days and of several accounts; what is of one account is one statement here. An
entry's id derives from its account and what the bank says of it (its reference if it has one, else all that it says),
and from how many alike stand before it in the file, so the same entry has the same id in whatever file it comes.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import IO, Final

import msgspec

from services.payments.bank_statement.messages import Entry, EntryDetails, OfBankAccount, ReceiveStatement, TakeEntries
from services.payments.references import key_in
from services.payments.statements.contract import Reading, StatementEntry, StatementFormat, StatementHeader
from shared.http.vault import Vault
from shared.kernel.currency import UnknownCurrency, minor_units
from shared.kernel.decimals import EXACT
from shared.kernel.errors import Rejection
from shared.kernel.ids import derive
from shared.kernel.same_fields import same_fields

ENTRIES_MAX: Final = 1_000_000
ACCOUNTS_MAX: Final = 100
PAGE_ENTRIES: Final = 500
PAGE_BYTES: Final = 300_000
_TURN: Final = 100
"""So many entries are read before others have their turn."""


@dataclass
class Summary:
    """What a file has of one bank account."""

    bank_account: str
    currency: str = ""
    reference: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None
    entries: int = 0
    net: Decimal = Decimal(0)
    days: list[date] = field(default_factory=list)

    def add_header(self, header: StatementHeader) -> None:
        self.currency = self.currency or header.currency
        self.reference = self.reference or header.reference
        self.opening = header.opening if self.opening is None else self.opening
        self.closing = self.closing if header.closing is None else header.closing

    def add(self, entry: StatementEntry) -> None:
        self.currency = self.currency or entry.currency
        if entry.currency != self.currency:
            detail = f"{self.bank_account} is in {self.currency}, and has an entry in {entry.currency}"
            raise Rejection("currency_mismatch", detail, pointer=f"/entries/{self.entries}")
        self.entries += 1
        self.net = EXACT.add(self.net, entry.amount)
        self.days = [min([*self.days[:1], entry.booked_on]), max([*self.days[1:], entry.booked_on])]


async def summarised(file: IO[bytes], form: StatementFormat, reading: Reading) -> dict[str, Summary]:
    """What there is of each bank account. Raises `Rejection` for whatever in the file can't be taken."""
    found: dict[str, Summary] = {}
    n = 0
    for account, one in _read(file, form, reading):
        if account not in found and len(found) == ACCOUNTS_MAX:
            raise Rejection("out_of_bounds", f"a file has statements of at most {ACCOUNTS_MAX} accounts", pointer="")
        summary = found.setdefault(account, Summary(account))
        if isinstance(one, StatementHeader):
            summary.add_header(one)
            continue
        summary.add(one)
        n += 1
        if n > ENTRIES_MAX:
            raise Rejection(
                "out_of_bounds", f"a file has at most {ENTRIES_MAX} entries; send it in several", pointer=""
            )
        if n % _TURN == 0:
            await asyncio.sleep(0)
    for summary in found.values():
        _check_currency(summary)
    if not found:
        raise Rejection("malformed", "there is no statement in this file", status=400)
    return found


async def commands(
    file: IO[bytes], form: StatementFormat, reading: Reading, received: Mapping[str, ReceiveStatement], vault: Vault
) -> AsyncIterator[OfBankAccount]:
    """What takes the statements that `received` says of each account: first those, then their entries in pages."""
    for receive in received.values():
        yield receive
    pages = {account: _Page(receive) for account, receive in received.items()}
    alike: Counter[str] = Counter()
    n = 0
    for account, one in _read(file, form, reading):
        if isinstance(one, StatementHeader):
            continue
        page = pages[account]
        page.add(await _entry(account, one, alike, page.statement_id, vault))
        if page.is_full:
            yield page.taken()
        n += 1
        if n % _TURN == 0:
            await asyncio.sleep(0)
    for page in pages.values():
        if page.entries:
            yield page.taken()


def received_of(summary: Summary, *, sha256: bytes, form: str, name: str) -> ReceiveStatement:
    first, last = (summary.days[0], summary.days[-1]) if summary.days else (None, None)
    return ReceiveStatement(
        bank_account=summary.bank_account,
        statement_id=f"bs-{derive('bank-statement', summary.bank_account, sha256.hex())}",
        sha256=sha256.hex(),
        format=form,
        name=name,
        currency=summary.currency,
        reference=summary.reference,
        entries=summary.entries,
        net=summary.net,
        opening=summary.opening,
        closing=summary.closing,
        from_on=first,
        to_on=last,
    )


class _Page:
    """Entries of one statement on their way into one command."""

    def __init__(self, receive: ReceiveStatement) -> None:
        self.statement_id = receive.statement_id
        self._bank_account = receive.bank_account
        self._first = 0
        self._bytes = 0
        self.entries: list[Entry] = []

    def add(self, entry: Entry) -> None:
        self.entries.append(entry)
        self._bytes += len(entry.details) + 300

    @property
    def is_full(self) -> bool:
        return len(self.entries) == PAGE_ENTRIES or self._bytes > PAGE_BYTES

    def taken(self) -> TakeEntries:
        command = TakeEntries(
            bank_account=self._bank_account, statement_id=self.statement_id, first=self._first, entries=self.entries
        )
        self._first += len(self.entries)
        self.entries, self._bytes = [], 0
        return command


def _read(
    file: IO[bytes], form: StatementFormat, reading: Reading
) -> Iterator[tuple[str, StatementHeader | StatementEntry]]:
    """What is in the file, each behind its bank account."""
    file.seek(0)
    account = reading.bank_account
    for found in form.read(file, reading):
        if isinstance(found, StatementHeader):
            account = found.bank_account or account
        if not account:
            detail = "the file does not say which account it is of; give bank_account"
            raise Rejection("required", detail, pointer="/bank_account")
        yield account, found


async def _entry(account: str, found: StatementEntry, alike: Counter[str], statement_id: str, vault: Vault) -> Entry:
    said = (found.booked_on.isoformat(), str(found.amount.normalize(EXACT)), found.currency)
    # A bank's reference is one of its own; where there is none, all that is said tells entries apart.
    known_by = (found.reference,) if found.reference else (found.name, found.iban, found.text, found.end_to_end_id)
    content = derive(account, *said, *known_by)
    alike[content] += 1
    details = msgspec.json.encode(same_fields(EntryDetails, found)).decode()
    return same_fields(
        Entry,
        found,
        entry_id=f"be-{derive(content, alike[content])}",
        details=await vault.seal(f"bank-statement/{statement_id}", details),
        payer=vault.fingerprint("iban", found.iban) if found.iban else "",
        reference_key=key_in(f"{found.creditor_reference} {found.text}"),
    )


def _check_currency(summary: Summary) -> None:
    try:
        minor_units(summary.currency)
    except UnknownCurrency as error:
        raise Rejection("invalid", f"{summary.bank_account}: {error}", pointer="/currency") from error
