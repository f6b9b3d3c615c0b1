"""Issued documents as the tables hold them, with their content hashed anew.

    stored = await STORED["invoice"](connection, ["inv-1", "inv-2"])
    stored["inv-1"].hashes.content                       # what the series' link has to say, too

A kind of document is a line of `STORED`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import asyncpg
import msgspec

from services.invoicing.credit_note.messages import CREDIT_NOTE
from services.invoicing.invoice.messages import INVOICE, Allowance, InvoiceLine, Seller, TaxGroup
from services.invoicing.proof.canonical import digest
from services.invoicing.proof.content import content_of, positions_hash, positions_of
from services.invoicing.proof.link import DocumentProof, Hashes
from shared.engine.postgres import Connection, Pool
from shared.kernel.period import Period


class StoredDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document, `hashes` computed of what its row and lines say now; `proof` as it was issued with."""

    kind: str
    id: str
    number: str
    issued_on: date
    content: dict[str, Any]
    inputs: list[str]
    hashes: Hashes
    proof: DocumentProof | None


Load = Callable[[Connection | Pool, Sequence[str]], Awaitable[Mapping[str, StoredDocument]]]

_INVOICES: Final = """
select invoice.*, replaced.number as replaced_number, replaced.issued_on as replaced_on
  from invoice_row as invoice left join invoice_row as replaced on replaced.invoice_id = invoice.replaces
 where invoice.invoice_id = any($1::text[]) and invoice.number is not null
"""
_INVOICE_LINES: Final = """
select invoice_id as id, line::text as line from invoice_line where invoice_id = any($1::text[]) order by invoice_id, n
"""
_CREDIT_NOTE_LINES: Final = """
select credit_note_id as id, line::text as line from credit_note_line where credit_note_id = any($1::text[])
 order by credit_note_id, place
"""


async def _invoices(connection: Connection | Pool, ids: Sequence[str]) -> Mapping[str, StoredDocument]:
    rows = await connection.fetch(_INVOICES, ids)
    lines = _by_document(await connection.fetch(_INVOICE_LINES, ids))
    return {
        row["invoice_id"]: _stored(
            INVOICE,
            row["invoice_id"],
            row,
            lines,
            terms_days=(row["due_on"] - row["issued_on"]).days,
            allowances=msgspec.json.decode(row["allowances"] or "[]", type=list[Allowance]),
            cites=((row["replaced_number"], row["replaced_on"]),) if row["replaced_number"] else (),
        )
        for row in rows
    }


async def _credit_notes(connection: Connection | Pool, ids: Sequence[str]) -> Mapping[str, StoredDocument]:
    rows = await connection.fetch(
        "select * from credit_note_row where credit_note_id = any($1::text[]) and number is not null", ids
    )
    lines = _by_document(await connection.fetch(_CREDIT_NOTE_LINES, ids))
    return {
        row["credit_note_id"]: _stored(
            CREDIT_NOTE,
            row["credit_note_id"],
            row,
            lines,
            cites=((row["invoice_number"], row["invoice_issued_on"]),),
            note=row["note"],
        )
        for row in rows
    }


STORED: Final[Mapping[str, Load]] = {INVOICE: _invoices, CREDIT_NOTE: _credit_notes}


def _stored(
    kind: str, document_id: str, row: asyncpg.Record, lines: Mapping[str, list[InvoiceLine]], **of_kind: Any
) -> StoredDocument:
    own = lines.get(document_id, [])
    content = content_of(
        kind=kind,
        **{name: row[name] for name in ("account_id", "currency", "net", "tax", "total")},
        period=Period(row["period_start"], row["period_end"]),
        lines=own,
        tax_groups=msgspec.json.decode(row["tax_groups"], type=list[TaxGroup]),
        seller=None if row["seller"] is None else msgspec.json.decode(row["seller"], type=Seller),
        **of_kind,
    )
    inputs = positions_of(own)
    return StoredDocument(
        kind=kind,
        id=document_id,
        number=row["number"],
        issued_on=row["issued_on"],
        content=content,
        inputs=inputs,
        hashes=Hashes(content=digest(content), inputs=positions_hash(inputs)),
        proof=None if row["proof"] is None else msgspec.json.decode(row["proof"], type=DocumentProof),
    )


def _by_document(rows: Sequence[asyncpg.Record]) -> Mapping[str, list[InvoiceLine]]:
    found: dict[str, list[InvoiceLine]] = {}
    for row in rows:
        found.setdefault(row["id"], []).append(msgspec.json.decode(row["line"], type=InvoiceLine))
    return found
