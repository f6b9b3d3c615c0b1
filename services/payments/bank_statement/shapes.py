"""Bank statements and their entries as the API shows them, and the queries that read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, get_args

import asyncpg
import msgspec
from fastapi import Request
from pydantic import BaseModel

from services.payments.bank_statement.decide import BUSY
from services.payments.bank_statement.matching import Candidate, Confidence
from services.payments.bank_statement.messages import EntryDetails, PairedBy
from services.payments.bank_statement.state import EntryStatus, StatementStatus
from shared.http.actions import ActionShape, action
from shared.http.api import Api, caller_of
from shared.http.customers import SEALED
from shared.http.listing import Filter, Listing, Totals
from shared.http.money import money
from shared.http.pages import Page
from shared.http.problems import not_found
from shared.kernel.decimals import EXACT
from shared.kernel.money import MoneyBody
from shared.kernel.sealed import Sealed

COUNTED: Final = ("exact", "probable", "unmatched", "booking", "booked", "ignored", "outgoing")


class BankStatementCounts(BaseModel):
    """Entries by where they stand: the first three are open, by how sure it is what they pay."""

    exact: int
    probable: int
    unmatched: int
    booking: int
    booked: int
    ignored: int
    outgoing: int


class BankStatementShape(BaseModel):
    """A statement of one bank account. `repeated` of its `entries` came with an earlier one and are not here.

    `balanced`: whether `opening` and the entries make `closing`; null where the file does not tell them. `others` are
    the statements of other accounts that the same file had, told when it is sent.
    """

    id: str
    bank_account: str
    currency: str
    status: StatementStatus
    format: str
    name: str
    reference: str
    sha256: str
    entries: int
    taken: int
    repeated: int
    counts: BankStatementCounts
    net: MoneyBody
    opening: MoneyBody | None
    closing: MoneyBody | None
    balanced: bool | None
    from_on: date | None
    to_on: date | None
    recorded_at: datetime
    others: list[str] = []
    allowed_actions: list[ActionShape]


class BankStatementPage(Page):
    items: list[BankStatementShape]


class BankEntryCandidate(BaseModel):
    """Whom an entry may be of, and what it may pay; without an invoice it pays what is due first. `also` are ids of
    further invoices that it names."""

    account_id: str
    invoice_id: str | None
    also: list[str]
    number: str | None
    open: MoneyBody | None
    reasons: list[str]


class BankEntryShape(BaseModel):
    """An entry with what it seems to pay. `name` to `bank_reference` are shown to those who may see personal data.

    `account_id` and `invoice_id` are what it was paired with last; `code` and `detail` say why it could not be, or why
    it is ignored.
    """

    id: str
    statement_id: str
    booked_on: date
    value_on: date | None
    amount: MoneyBody
    name: str
    iban: str
    text: str
    creditor_reference: str
    bank_reference: str
    end_to_end_id: str
    mandate_id: str
    return_code: str
    status: EntryStatus
    confidence: Confidence
    candidates: list[BankEntryCandidate]
    account_id: str | None
    invoice_id: str | None
    payment_id: str | None
    paired_by: PairedBy | None
    code: str | None
    detail: str
    allowed_actions: list[ActionShape]


class BankEntryPage(Page):
    items: list[BankEntryShape]


_STATEMENT: Final = """
(select s.*, c.* from bank_statement_row s cross join lateral (
    select count(*) filter (where status = 'open' and confidence = 'exact') as exact,
           count(*) filter (where status = 'open' and confidence = 'probable') as probable,
           count(*) filter (where status = 'open' and confidence = 'none') as unmatched,
           count(*) filter (where status = 'booking') as booking,
           count(*) filter (where status = 'booked') as booked,
           count(*) filter (where status = 'ignored') as ignored,
           count(*) filter (where status = 'outgoing') as outgoing
      from bank_entry_row e where e.statement_id = s.statement_id) c) as statement
"""
STATEMENTS: Final = Listing(
    source=_STATEMENT,
    filters={
        "bank_account": Filter("bank_account"),
        "status": Filter("status", one_of=get_args(StatementStatus)),
        "format": Filter("format"),
        "waiting": Filter("probable + unmatched > 0", kind="boolean"),
        "from": Filter("to_on", op=">=", kind="date"),
        "to": Filter("from_on", op="<=", kind="date"),
    },
    sorts={"recorded_at": "recorded_at", "to_on": "to_on"},
    default_sort="-recorded_at",
    tiebreak="statement_id",
)
ENTRIES: Final = Listing(
    source="bank_entry_row",
    filters={
        "status": Filter("status", one_of=get_args(EntryStatus)),
        "confidence": Filter("confidence", one_of=get_args(Confidence)),
        "account_id": Filter("account_id"),
        "waiting": Filter("status = 'open' and confidence <> 'exact'", kind="boolean"),
        "from": Filter("booked_on", op=">=", kind="date"),
        "to": Filter("booked_on", op="<=", kind="date"),
    },
    sorts={"place": "place", "booked_on": "booked_on", "amount": "amount"},
    default_sort="place",
    tiebreak="entry_id",
    totals=Totals(sums={"amount": "amount"}),
)
_INVOICES: Final = "select invoice_id, number, currency, open from receivable_row where invoice_id = any($1::text[])"


async def read_statement(api: Api, statement_id: str) -> asyncpg.Record:
    row: asyncpg.Record | None = await api.db.fetchrow(
        f"select * from {_STATEMENT} where statement_id = $1", statement_id
    )
    if row is None:
        raise not_found("statement", statement_id)
    return row


async def read_entry(api: Api, statement_id: str, entry_id: str) -> asyncpg.Record:
    sql = "select * from bank_entry_row where statement_id = $1 and entry_id = $2"
    row: asyncpg.Record | None = await api.db.fetchrow(sql, statement_id, entry_id)
    if row is None:
        raise not_found("entry", entry_id)
    return row


def statement_shape(row: asyncpg.Record, others: Sequence[str] = ()) -> dict[str, Any]:
    busy = BUSY.get(row["status"])
    sums = {name: None if row[name] is None else money(row[name], row["currency"]) for name in ("opening", "closing")}
    shown = ("bank_account", "currency", "status", "format", "name", "reference", "sha256", "entries", "taken")
    nothing = None if row["exact"] else "nothing is matched exactly"
    return {
        "id": row["statement_id"],
        **{name: row[name] for name in (*shown, "repeated", "from_on", "to_on", "recorded_at")},
        **sums,
        "counts": {name: row[name] for name in COUNTED},
        "net": money(row["net"], row["currency"]),
        "balanced": _balanced(row),
        "others": list(others),
        "allowed_actions": [action("process", why_not=busy or nothing), action("match", why_not=busy)],
    }


def _balanced(row: asyncpg.Record) -> bool | None:
    if row["opening"] is None or row["closing"] is None:
        return None
    return bool(EXACT.add(row["opening"], row["net"]) == row["closing"])


async def entry_shapes(api: Api, request: Request, rows: Sequence[asyncpg.Record]) -> list[dict[str, Any]]:
    """Rows of entries as `BankEntryShape`, opened for who may see what is personal."""
    if caller_of(request).may("personal_data"):
        texts = await api.vault.open_all([Sealed(row["details"]) for row in rows])
        details = [_details(text) for text in texts]
    else:
        details = [EntryDetails(name=SEALED, text=SEALED)] * len(rows)
    candidates = [msgspec.json.decode(row["candidates"], type=list[Candidate]) for row in rows]
    named = {one.invoice_id for found in candidates for one in found if one.invoice_id is not None}
    invoices = {row["invoice_id"]: row for row in await api.db.fetch(_INVOICES, list(named))} if named else {}
    return [
        _entry_shape(row, said, [_candidate(one, invoices) for one in found])
        for row, said, found in zip(rows, details, candidates, strict=True)
    ]


def _details(text: str) -> EntryDetails:
    """What was sealed; of what is erased nothing."""
    try:
        return msgspec.json.decode(text, type=EntryDetails)
    except msgspec.DecodeError:
        return EntryDetails(name=text)


def _candidate(one: Candidate, invoices: Mapping[str, asyncpg.Record]) -> dict[str, Any]:
    invoice = None if one.invoice_id is None else invoices.get(one.invoice_id)
    return {
        "account_id": one.account_id,
        "invoice_id": one.invoice_id,
        "also": list(one.also),
        "number": None if invoice is None else invoice["number"],
        "open": None if invoice is None else money(invoice["open"], invoice["currency"]),
        "reasons": list(one.reasons),
    }


def _entry_shape(row: asyncpg.Record, said: EntryDetails, candidates: list[dict[str, Any]]) -> dict[str, Any]:
    shown = ("statement_id", "booked_on", "value_on", "end_to_end_id", "mandate_id", "return_code", "status")
    of_pair = ("confidence", "account_id", "invoice_id", "payment_id", "paired_by", "code", "detail")
    closed = None if row["status"] == "open" else f"it is {row['status']}"
    confirm = closed or (None if candidates else "nothing is proposed; pair it by hand")
    reopen = None if row["status"] == "ignored" else "it was not ignored"
    reasons = {"confirm": confirm, "pair": closed, "ignore": closed, "reopen": reopen}
    return {
        "id": row["entry_id"],
        **{name: row[name] for name in (*shown, *of_pair)},
        "amount": money(row["amount"], row["currency"]),
        "name": said.name,
        "iban": said.iban,
        "text": said.text,
        "creditor_reference": said.creditor_reference,
        "bank_reference": said.reference,
        "candidates": candidates,
        "allowed_actions": [action(name, why_not=why) for name, why in reasons.items()],
    }


class BankStatementPreviewEntry(BaseModel):
    """An entry as it would be taken."""

    booked_on: date
    amount: MoneyBody
    name: str
    iban: str
    text: str


class BankStatementPreview(BaseModel):
    """What a file has, as far as it can be told: nothing is taken of it. `headings` are the columns of a CSV file."""

    format: str | None
    headings: list[str]
    entries: int | None
    accounts: list[str]
    first: list[BankStatementPreviewEntry]
