"""The PDF of an issued document, for what delivers it: the same bytes as `GET …/pdf` gives to those who may read names.

documents = Documents(pool, vault, settings)
pdf = await documents.pdf(await documents.read("invoice", "inv-1"))
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

import asyncpg
import msgspec

from services.invoicing.credit_note.messages import CREDIT_NOTE
from services.invoicing.credit_notice.messages import CREDIT_NOTICE
from services.invoicing.credit_notice.writing import Told, noticed
from services.invoicing.delivery.messages import ShownKind
from services.invoicing.document_routes import contents_of
from services.invoicing.document_style import Styles
from services.invoicing.documents import outputs
from services.invoicing.documents.contract import Cited, InvoiceContents
from services.invoicing.documents.paper.letters import PaperLetter, on_paper
from services.invoicing.dunning_letter.messages import DUNNING_LETTER, LetterText
from services.invoicing.dunning_letter.writing import Facts, Written, written
from services.invoicing.invoice.messages import InvoiceLine, Seller
from services.invoicing.invoice.queries import decode_line
from services.invoicing.seller import seller_of
from shared.engine.settings import Settings
from shared.http.money import money
from shared.http.vault import Vault
from shared.kernel.customer import CustomerFields
from shared.kernel.sealed import Sealed

_INVOICE: Final = "select * from invoice_row where invoice_id = $1"
_LETTER: Final = "select * from dunning_letter_row where letter_id = $1"
_NOTICE: Final = "select * from credit_notice_row where notice_id = $1"
_INVOICE_LINES: Final = "select line::text as line from invoice_line where invoice_id = $1 order by n"
_NOTE: Final = "select * from credit_note_row where credit_note_id = $1"
_ROWS: Final[Mapping[ShownKind, str]] = {
    "invoice": _INVOICE,
    "credit_note": _NOTE,
    "dunning_letter": _LETTER,
    "credit_notice": _NOTICE,
}
_NOTE_LINES: Final = """
select line::text as line from credit_note_line where partition = $1 and credit_note_id = $2 order by place
"""
LETTERS: Final[frozenset[ShownKind]] = frozenset({DUNNING_LETTER, CREDIT_NOTICE})
"""What is text and not a document of its own."""
_AT_ONCE: Final = 2
"""Documents that a process sets at a time for deliveries: people who wait for theirs come first."""


class Pdf(NamedTuple):
    """A document as it goes out, and what it was made of."""

    contents: InvoiceContents
    data: bytes

    @property
    def file_name(self) -> str:
        return _file_name(self.contents.number)


class Letter(NamedTuple):
    """A letter or notice as it goes out, and who sends it."""

    written: Written
    seller: str


class Printed(NamedTuple):
    """A document of any kind as a file, for who prints it."""

    file_name: str
    data: bytes


class Documents:
    """Reads issued documents and sets them."""

    def __init__(self, pool: Any, vault: Vault, settings: Settings) -> None:
        self._pool = pool
        self._vault = vault
        self._styles = Styles(settings)
        self._seller = seller_of(settings)
        self._turn = asyncio.Semaphore(_AT_ONCE)

    async def row(self, kind: ShownKind, document_id: str) -> asyncpg.Record | None:
        """The row of a document; `None` where the tables do not have it."""
        row: asyncpg.Record | None = await self._pool.fetchrow(_ROWS[kind], document_id)
        return row

    async def pdf(self, kind: ShownKind, row: asyncpg.Record) -> Pdf:
        contents = await self._contents(kind, row)
        async with self._turn:
            data = await asyncio.to_thread(outputs()["pdf"].render, contents)
        return Pdf(contents, data)

    async def printed(self, kind: ShownKind, row: asyncpg.Record) -> Printed:
        """What is put into an envelope: the PDF of a document, or a letter on paper."""
        if kind not in LETTERS:
            pdf = await self.pdf(kind, row)
            return Printed(pdf.file_name, pdf.data)
        customer = await self._customer(row)
        letter, issuer = _letter(kind, row, customer, self._seller.name), _issuer(row)
        sheet = PaperLetter(
            account_id=row["account_id"],
            addressee=customer["name"],
            address=CustomerFields.model_validate(customer).address,
            language=letter.written.language,
            subject=letter.written.subject,
            text=letter.written.text,
            written_on=row["written_on"],
            currency=row["currency"],
            seller=issuer or self._seller,
            style=self._styles.of(row["legal_entity"]),
        )
        async with self._turn:
            data = await asyncio.to_thread(on_paper, sheet)
        number = row["number"] if kind == DUNNING_LETTER else f"{row['kind']} {row['written_on']}"
        return Printed(_file_name(number), data)

    async def letter(self, kind: ShownKind, row: asyncpg.Record) -> Letter:
        """A letter of dunning or a notice of credit, in the customer's language."""
        return _letter(kind, row, await self._customer(row), self._seller.name)

    async def _contents(self, kind: ShownKind, row: asyncpg.Record) -> InvoiceContents:
        customer = await self._customer(row)
        if kind == "invoice":
            stored = await self._pool.fetch(_INVOICE_LINES, row["invoice_id"])
            also: dict[str, Any] = {"due_on": row["due_on"], "credit_applied": row["credit_applied"] or Decimal(0)}
        else:
            stored = await self._pool.fetch(_NOTE_LINES, row["partition"], row["credit_note_id"])
            cited = Cited(number=row["invoice_number"], issued_on=row["invoice_issued_on"])
            also = {"kind": CREDIT_NOTE, "cites": (cited,), "note": row["note"], "due_on": row["issued_on"]}
        lines: list[InvoiceLine] = [decode_line(line["line"]) for line in stored]
        return contents_of(row, lines, customer, style=self._styles.of(row["legal_entity"]), **also)

    async def _customer(self, row: asyncpg.Record) -> dict[str, Any]:
        """The customer in the clear; what is erased, or was not kept yet, is empty."""
        name = "" if row["name"] is None else await self._vault.open_document(Sealed(row["name"]))
        details = "" if row["details"] is None else await self._vault.open_document(Sealed(row["details"]))
        return {"name": name, **CustomerFields.from_text(details).model_dump()}


def _letter(kind: ShownKind, row: asyncpg.Record, customer: dict[str, Any], operator: str) -> Letter:
    details = CustomerFields.model_validate(customer)
    language, country = details.language or "", details.address.country if details.address else ""
    if kind == CREDIT_NOTICE:
        told = Told(**{name: row[name] for name in Told._fields})
        issuer = _issuer(row)
        return Letter(noticed(told, language, country), operator if issuer is None else issuer.name)
    letters = msgspec.json.decode(row["letters"], type=list[LetterText])
    facts = Facts(**{name: row[name] for name in Facts._fields})
    return Letter(written(letters, facts, language, country), row["seller"] or operator)


def _issuer(row: asyncpg.Record) -> Seller | None:
    """The legal entity that writes; of a letter that is older than paper only its name is known."""
    said = row.get("issuer", row["seller"])
    if said is not None:
        return msgspec.json.decode(said, type=Seller)
    return Seller(name=row["seller"]) if row["seller"] is not None else None


def _file_name(number: str) -> str:
    """Of its number, whose pattern is the operator's: what a file system may mind is replaced."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in number) + ".pdf"


def event_of(kind: ShownKind, row: asyncpg.Record) -> bytes:
    """What a webhook is told of a document: the same bytes in every attempt, and nothing that names a person."""
    if kind == DUNNING_LETTER:
        return _letter_event(row)
    if kind == CREDIT_NOTICE:
        return _notice_event(row)
    data = {
        "id": row["invoice_id" if kind == "invoice" else "credit_note_id"],
        **{name: row[name] for name in ("number", "account_id", "issued_on")},
        "period": {"start": row["period_start"], "end": row["period_end"]},
        **{name: money(row[name], row["currency"]) for name in ("net", "tax", "total")},
        **({"due_on": row["due_on"]} if kind == "invoice" else {"invoice_id": row["invoice_id"]}),
    }
    return msgspec.json.encode({"type": f"{kind}.issued", "timestamp": row["issued_at"], "data": data})


def _letter_event(row: asyncpg.Record) -> bytes:
    names = ("number", "account_id", "case_id", "since", "days_overdue", "written_on")
    data = {
        "id": row["letter_id"],
        **{name: row[name] for name in names},
        "overdue": money(row["overdue"], row["currency"]),
    }
    return msgspec.json.encode({"type": "dunning_letter.written", "timestamp": row["written_at"], "data": data})


def _notice_event(row: asyncpg.Record) -> bytes:
    data = {
        "id": row["notice_id"],
        **{name: row[name] for name in ("account_id", "kind", "written_on")},
        **{name: money(row[name], row["currency"]) for name in ("amount", "threshold")},
    }
    return msgspec.json.encode({"type": "credit_notice.written", "timestamp": row["written_at"], "data": data})
