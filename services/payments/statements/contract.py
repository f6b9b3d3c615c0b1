"""What a format of bank statements is: a file of a bank to headers and entries, pure and one entry at a time.

FORMAT = StatementFormat(name="camt", media_types=("application/xml",), detects=detects, read=read, examples=EXAMPLES)

    for found in FORMAT.read(file, Reading()):
        StatementHeader(bank_account="DE89370400440532013000", reference="2026-10-09", currency="EUR", ...)
        StatementEntry(booked_on=date(2026, 10, 9), amount=Decimal("36.04"), text="INV-000042", ...)

A file is read as it is needed and never held: a statement of 100,000 entries takes no more memory than one of ten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO, Final

import msgspec

from services.payments.statements.parsing.csv_columns import CsvColumns

TEXT_MAX: Final = 1_000
"""Characters of what a payer wrote that are kept: four times what SEPA carries."""


class StatementHeader(msgspec.Struct, frozen=True, kw_only=True):
    """Which account the entries that follow are of. `opening` and `closing` are its balances; not all files tell
    them. It may come again for the same account, as a file holds the statements of several days."""

    bank_account: str
    reference: str = ""
    currency: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None


class StatementEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One movement: `amount` is above zero where money came in.

    `reference` is what the account's servicer calls it, `text` what the payer wrote, `creditor_reference` what stands
    in the structured field for it. `name` and `iban` are the other party's. `end_to_end_id`, `mandate_id` and
    `batch_id` are ours, where the movement is of a payment that we asked for; `return_code` says why such a one came
    back.
    """

    booked_on: date
    amount: Decimal
    currency: str
    value_on: date | None = None
    reference: str = ""
    name: str = ""
    iban: str = ""
    text: str = ""
    creditor_reference: str = ""
    end_to_end_id: str = ""
    mandate_id: str = ""
    batch_id: str = ""
    return_code: str = ""


Found = StatementHeader | StatementEntry


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a file can't say itself: whose account it is, and what the columns of a CSV file are."""

    bank_account: str = ""
    currency: str = ""
    columns: CsvColumns | None = None


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """A file and what is in it."""

    content: bytes
    found: tuple[Found, ...]
    reading: Reading = Reading()


@dataclass(frozen=True, kw_only=True)
class StatementFormat:
    """`detects` tells by the first kilobytes whether a file may be of the format. `read` raises `Rejection`:
    `malformed` (400) for what is not of the format at all, 422 with a place for an entry that can't be right."""

    name: str
    detects: Callable[[bytes], bool]
    read: Callable[[IO[bytes], Reading], Iterator[Found]]
    examples: tuple[Example, ...]
