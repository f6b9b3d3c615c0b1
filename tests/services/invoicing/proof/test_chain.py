"""Documents of a series are a chain: each link holds the hash of the one before, and the first break is named."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

import msgspec
import pytest

from services.invoicing.credit_note.messages import CreditInvoice, CreditNoteIssued
from services.invoicing.debit_note.messages import DebitInvoice, LineToDebit
from services.invoicing.invoice.messages import InvoiceIssued
from services.invoicing.numbering_series.messages import AssignNumber, Document, NumberAssigned, NumberConfirmed
from services.invoicing.proof.canonical import digest
from services.invoicing.proof.content import content_of
from services.invoicing.proof.link import Hashes
from services.invoicing.proof.walking import _breaks
from shared.kernel.message import Event
from tests.services.invoicing.story import ACCOUNT, SEPTEMBER, Partitions, invoicing


def ask(n: int) -> AssignNumber:
    return AssignNumber(
        series_id="INV",
        document=Document(kind="invoice", id=f"inv-{n}"),
        account_id=ACCOUNT,
        issue_date_asked=date(2026, 10, n),
        hashes=Hashes(content=f"{n:02}" * 32, inputs="ab" * 32),
    )


def numbered(*ns: int) -> list[NumberAssigned]:
    spec, found = invoicing(), []
    for n in ns:
        spec.when(ask(n))
        found += [event for event in spec.events if isinstance(event, NumberAssigned)]
    return found


def test_a_link_is_over_the_one_before_and_what_the_document_is() -> None:
    first, second = numbered(1, 2)
    assert first.proof is not None and second.proof is not None
    assert (first.proof.previous, second.proof.previous) == (None, first.proof.hash)
    content, inputs = "02" * 32, "ab" * 32
    # By hand: members sorted, without spaces, what has no value left out.
    told = (
        f'{{"content_sha256":"{content}","format":"meterlog-link-1","id":"inv-2","inputs_sha256":"{inputs}",'
        '"issued_on":"2026-10-02","kind":"invoice","n":2,"number":"INV-000002",'
        f'"previous_sha256":"{first.proof.hash}","series_id":"INV"}}'
    )
    assert second.proof.hash == sha256(told.encode()).hexdigest()


def test_a_number_that_is_asked_for_again_comes_with_its_link() -> None:
    spec = invoicing().when(ask(1))
    [_, first] = spec.events
    spec.when(ask(2)).when(ask(1))
    [again] = spec.events
    assert isinstance(first, NumberAssigned) and isinstance(again, NumberConfirmed) and again.proof == first.proof


def test_what_an_earlier_version_asked_for_is_linked_without_its_content() -> None:
    [assigned] = [
        event
        for event in invoicing().when(msgspec.structs.replace(ask(1), hashes=None)).events
        if isinstance(event, NumberAssigned)
    ]
    assert assigned.proof is not None and assigned.proof.hashes is None


def test_an_issued_invoice_and_its_credit_note_carry_the_links_of_their_series() -> None:
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    invoice = _only(partitions.finalise(ACCOUNT), InvoiceIssued)
    assert invoice.proof is not None and invoice.proof.hashes is not None and invoice.proof.previous is None
    note = CreditInvoice(
        credit_note_id="cn-1", invoice_id=invoice.invoice_id, account_id=ACCOUNT, reason="goodwill", note="Sorry"
    )
    credited = _only(partitions.run(note), CreditNoteIssued)
    assert credited.proof is not None and credited.proof.hashes is not None
    assert (credited.series_id, credited.series_n, credited.proof.previous) == ("CN", 1, None)


def test_a_debit_note_is_a_link_of_its_own_series_over_what_it_says_and_cites() -> None:
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    invoice = _only(partitions.finalise(ACCOUNT), InvoiceIssued)

    def debited(n: int, note: str) -> InvoiceIssued:
        more = LineToDebit(description="Router", net=Decimal("40.00"))
        of = {"invoice_id": invoice.invoice_id, "account_id": ACCOUNT, "reason": "missing_charge"}
        events = partitions.run(DebitInvoice(debit_note_id=f"dn-{n}", lines=[more], note=note, **of))
        issued: InvoiceIssued = _only(events, InvoiceIssued)
        return issued

    first, second, other = debited(1, "Kept"), debited(2, "Kept"), debited(3, "Kept it")
    hashes = [note.proof.hashes for note in (first, second, other) if note.proof and note.proof.hashes]
    assert [(note.series_id, note.series_n) for note in (first, second, other)] == [("DN", 1), ("DN", 2), ("DN", 3)]
    assert second.proof and first.proof and second.proof.previous == first.proof.hash
    assert hashes[0] == hashes[1] != hashes[2]
    # By hand: what the content of the first is, with its date and number left to the link.
    content = content_of(
        kind="debit_note",
        account_id=ACCOUNT,
        currency="EUR",
        period=SEPTEMBER,
        lines=first.lines,
        tax_groups=first.tax_groups,
        net=Decimal("40.00"),
        tax=Decimal("8.00"),
        total=Decimal("48.00"),
        seller=None,
        terms_days=14,
        cites=[(invoice.number, invoice.issued_on)],
        note="Kept",
    )
    assert hashes[0].content == digest(content)


def _only(events: list[Event], kind: type[Any]) -> Any:
    [found] = [event for event in events if isinstance(event, kind)]
    return found


def rows(*ns: int) -> list[dict[str, Any]]:
    """Links as the table has them."""
    found = []
    for event in numbered(*ns):
        assert event.proof is not None and event.proof.hashes is not None
        found.append(
            {
                **{name: getattr(event, name) for name in ("series_id", "n", "number", "issued_on")},
                **{"kind": event.document.kind, "document_id": event.document.id},
                **{"content": event.proof.hashes.content, "inputs": event.proof.hashes.inputs},
                **{"previous": event.proof.previous, "hash": event.proof.hash},
            }
        )
    return found


def broken(links: list[dict[str, Any]]) -> list[tuple[int, str]]:
    return [(found.n, found.what) for found in _breaks(None, links, {}, begins=True)]  # type: ignore[arg-type]


def test_a_chain_as_it_was_made_holds() -> None:
    assert broken(rows(1, 2, 3, 4)) == []


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({"content": "ff" * 32}, (2, "link")),
        ({"inputs": "ff" * 32}, (2, "link")),
        ({"number": "INV-000009"}, (2, "link")),
        ({"issued_on": date(2026, 10, 3)}, (2, "link")),
        ({"issued_on": date(2026, 9, 1)}, (2, "date")),
        ({"document_id": "inv-9"}, (2, "link")),
        ({"hash": "ff" * 32}, (2, "link")),
        ({"previous": "ff" * 32}, (2, "previous")),
        ({"hash": None}, (2, "proof_missing")),
    ],
    ids=lambda value: json.dumps(value, default=str) if isinstance(value, dict) else None,
)
def test_the_first_link_that_does_not_hold_is_named(changes: dict[str, Any], first: tuple[int, str]) -> None:
    links = rows(1, 2, 3)
    links[1] |= changes
    assert broken(links)[0] == first


def test_a_number_that_is_missing_breaks_the_chain() -> None:
    one, _, three = rows(1, 2, 3)
    assert broken([one, three])[0] == (3, "number_missing")
    assert broken([three])[0] == (3, "number_missing")


def test_a_link_that_is_made_anew_with_its_content_breaks_the_next() -> None:
    """Who changes a document and its own hash has to change every hash after it."""
    links = rows(1, 2, 3)
    other = numbered(1, 5)[1]
    assert other.proof is not None and other.proof.hashes is not None
    links[1] |= {
        **{"document_id": "inv-5", "content": other.proof.hashes.content, "hash": other.proof.hash},
        "issued_on": other.issued_on,
    }
    links[2]["issued_on"] = date(2026, 10, 6)
    assert broken(links)[0] == (3, "previous")
