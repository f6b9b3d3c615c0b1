"""Numbers of documents: the command that asks for one, and what the series' owner answers.

AssignNumber(series_id="INV", document=Document(kind="invoice", id="inv-1"), ...)
-> NumberAssigned(n=42, number="INV-000042", issued_on=2026-10-01, ...)
AssignNumbers(series_id="INV", documents=[...], ...)       a page of a billing run
-> NumberAssigned of each, NumbersGiven
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Final

import msgspec

from services.invoicing.numbering_series.patterns import look
from services.invoicing.proof.link import Hashes, Proof
from shared.kernel.bounds import Checked, Count, Seq
from shared.kernel.claims import Claim
from shared.kernel.errors import Rejection
from shared.kernel.halves import in_halves
from shared.kernel.message import Command, Event, Message
from shared.kernel.same_fields import same_fields

LOOK: Final = "number_look"
"""The kind of key that what numbers look like is claimed as."""


def series_exists(series_id: str) -> Rejection:
    detail = f"series {series_id} is open; its numbers stay as they are written, open another one"
    return Rejection("numbering_series_exists", detail, pointer="/id", status=409)


def pattern_taken(series_id: str) -> Rejection:
    detail = f"numbers of series {series_id} may look the same; give this one letters of its own"
    return Rejection("pattern_taken", detail, pointer="/pattern", status=409)


def kept_for_customers(text: str, pointer: str) -> Rejection:
    detail = (
        f"{text} begins as series of customers (C-, CC-, CD-) or legal entities (LE-, LEC-, LED-), which open by "
        "themselves; choose another"
    )
    return Rejection("invalid", detail, pointer=pointer)


class Document(Checked, frozen=True, kw_only=True):
    """Which document: `kind` says what it is ("invoice"), `id` which one of its kind."""

    kind: str
    id: str


class OfSeries(Message, frozen=True, kw_only=True):
    """What is asked or said of a numbering series."""

    KEY_FIELD = "series_id"

    series_id: str


class AssignNumber(OfSeries, Command, frozen=True, kw_only=True):
    """Give a document the next number of a series. Asked again for the same document, the number stays (R46)."""

    document: Document
    account_id: str
    issue_date_asked: date
    hashes: Hashes | None = None


class Unnumbered(Checked, frozen=True, kw_only=True):
    """A document that asks for a number, as `AssignNumber` does."""

    document: Document
    account_id: str
    issue_date_asked: date
    hashes: Hashes | None = None


class AssignNumbers(OfSeries, Command, frozen=True, kw_only=True):
    """Give each of many documents its number, in this order: what a page of a billing run asks for in one message.

    `partition` is where they live, and where the answer goes. Asked again, each keeps the number that it has, which is
    why it needs no result of its own: it is hot.
    """

    HOT: ClassVar[bool] = True

    partition: Count
    documents: list[Unnumbered]

    @property
    def account(self) -> str | None:
        """Of one document alone, that of its account: a number that can't be given waits with it."""
        return self.documents[0].account_id if len(self.documents) == 1 else None

    def halves(self) -> Sequence[AssignNumbers]:
        """Two that ask for the same together, in order; none where one document is left."""
        return [msgspec.structs.replace(self, documents=part) for part in in_halves(self.documents)]


class OpenNumberingSeries(OfSeries, Command, frozen=True, kw_only=True):
    """Say how the numbers of a series are written, before it has given one (patterns.py).

    No two series print the same number: what their numbers look like is claimed. Refused: `numbering_series_exists`,
    `pattern_taken`, `invalid`.
    """

    kind: str
    pattern: str
    reset: str = "never"
    legal_entity: str = ""

    def claims(self, command_id: str) -> Sequence[Claim]:
        return (Claim(LOOK, look(self.pattern), self.series_id, self._taken),)

    def _taken(self, holder: str) -> Rejection:
        return series_exists(holder) if holder == self.series_id else pattern_taken(holder)


class NumberingSeriesOpened(OfSeries, Event, frozen=True, kw_only=True):
    """A series gives numbers from now on, written as `pattern` says: "INV-{n:06}", or "INV-{year}-{n:06}".

    `kind` is the documents that it is for. With `reset` `year` or `month`, what is printed counts from 1 again in each;
    `n` of `NumberAssigned` never does. `legal_entity` is who issues them, where an operator has several.
    """

    pattern: str
    kind: str | None = None
    reset: str = "never"
    legal_entity: str = ""


class NumberAssigned(OfSeries, Event, frozen=True, kw_only=True):
    """The series' owner gives number, date and document together: gapless, dates never going back (R46).

    `together`: with those of other documents, which `NumbersGiven` names; what follows, follows from that. `proof`
    links it to the document before; numbers of before there were proofs have none.
    """

    VERSION: ClassVar[int] = 2

    n: Seq
    number: str
    issued_on: date
    document: Document
    account_id: str
    together: bool = False
    proof: Proof | None = None


class NumberAssignedV1(OfSeries, Event, frozen=True, kw_only=True):
    """Version 1: only invoices had numbers."""

    n: Seq
    number: str
    issued_on: date
    invoice_id: str
    account_id: str

    def upcast(self) -> NumberAssigned:
        return same_fields(NumberAssigned, self, document=Document(kind="invoice", id=self.invoice_id))


class NumberConfirmed(OfSeries, Event, frozen=True, kw_only=True):
    """A number was asked for again for the same document: the one it has stands, none is used up (R46).

    `together` as of `NumberAssigned`.
    """

    VERSION: ClassVar[int] = 2

    n: Seq
    number: str
    issued_on: date
    document: Document
    account_id: str
    together: bool = False
    proof: Proof | None = None


class NumberConfirmedV1(OfSeries, Event, frozen=True, kw_only=True):
    """Version 1: only invoices had numbers."""

    n: Seq
    number: str
    issued_on: date
    invoice_id: str
    account_id: str

    def upcast(self) -> NumberConfirmed:
        return same_fields(NumberConfirmed, self, document=Document(kind="invoice", id=self.invoice_id))


class NumbersGiven(OfSeries, Event, frozen=True, kw_only=True):
    """Each of these documents of `partition`, which were asked for together, has its number: a new one or its own."""

    partition: Count
    documents: list[Document]
