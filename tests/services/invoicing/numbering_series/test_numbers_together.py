"""A page of documents is numbered as one by one, in its order, and each once."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from services.invoicing.invoice.messages import CompleteIssues, NumberedInvoice
from services.invoicing.numbering_series.messages import (
    AssignNumber,
    AssignNumbers,
    Document,
    NumberAssigned,
    NumberConfirmed,
    NumberingSeriesOpened,
    NumbersGiven,
    OpenNumberingSeries,
    Unnumbered,
)
from services.invoicing.proof.link import Hashes, link
from services.invoicing.splitting import split
from shared.kernel.decider import Send
from shared.kernel.same_fields import same_fields
from tests.services.invoicing.story import invoicing

FIRST = date(2026, 10, 1)
LAST_OF_SEPTEMBER = date(2026, 9, 30)


def hashes(n: int) -> Hashes:
    """As document `n` has them, each others than all."""
    return Hashes(content=f"{n:02}" * 32, inputs="ab" * 32)


def asked(n: int, day: date = FIRST) -> Unnumbered:
    return Unnumbered(
        document=Document(kind="invoice", id=f"inv-{n}"),
        account_id=f"acc-{n}",
        issue_date_asked=day,
        hashes=hashes(n),
    )


def page(*documents: Unnumbered) -> AssignNumbers:
    return AssignNumbers(series_id="INV", partition=3, documents=list(documents))


def chained(*numbers: NumberAssigned) -> list[NumberAssigned]:
    """The same, each with its link to the one before; the first begins the chain."""
    found: list[NumberAssigned] = []
    for number in numbers:
        proof = link(
            **{name: getattr(number, name) for name in ("series_id", "n", "number", "issued_on")},
            kind=number.document.kind,
            document_id=number.document.id,
            hashes=hashes(int(number.document.id.removeprefix("inv-"))),
            previous=found[-1].proof.hash if found and found[-1].proof else None,
        )
        found.append(msgspec.structs.replace(number, proof=proof))
    return found


def assigned(n: int, number: str, issued_on: date, *, of: int) -> NumberAssigned:
    return NumberAssigned(
        series_id="INV",
        n=n,
        number=number,
        issued_on=issued_on,
        document=Document(kind="invoice", id=f"inv-{of}"),
        account_id=f"acc-{of}",
        together=True,
    )


def test_a_page_gets_its_numbers_in_order_and_dates_never_go_back_R46() -> None:
    spec = invoicing().when(page(asked(1), asked(2, LAST_OF_SEPTEMBER), asked(3)))
    spec.then(
        NumberingSeriesOpened(series_id="INV", pattern="INV-{n:06}", kind="invoice"),
        *chained(
            assigned(1, "INV-000001", FIRST, of=1),
            assigned(2, "INV-000002", FIRST, of=2),
            assigned(3, "INV-000003", FIRST, of=3),
        ),
        NumbersGiven(series_id="INV", partition=3, documents=[asked(n).document for n in (1, 2, 3)]),
    )


def test_the_chain_of_a_page_goes_in_its_order_and_on_from_the_page_before() -> None:
    """The order is that of the page, whatever the documents are called, and what is confirmed is no link more."""
    spec, links = invoicing(), []
    alone = same_fields(AssignNumber, asked(9), series_id="INV")
    for message in (page(asked(7), asked(2), asked(5)), page(asked(2), asked(1)), alone, page(asked(4))):
        spec.when(message)
        links += [event for event in spec.events if isinstance(event, NumberAssigned)]
    assert [(event.document.id, event.n) for event in links] == [
        *(("inv-7", 1), ("inv-2", 2), ("inv-5", 3), ("inv-1", 4), ("inv-9", 5), ("inv-4", 6))
    ]
    proofs = [event.proof for event in links if event.proof is not None]
    assert [proof.hashes for proof in proofs] == [hashes(n) for n in (7, 2, 5, 1, 9, 4)]
    assert [proof.previous for proof in proofs] == [None, *(proof.hash for proof in proofs[:-1])]
    assert len({proof.hash for proof in proofs}) == 6


def test_what_follows_is_one_message_to_where_the_page_lives() -> None:
    [send] = invoicing().when(page(asked(1), asked(2))).sends
    numbers = chained(assigned(1, "INV-000001", FIRST, of=1), assigned(2, "INV-000002", FIRST, of=2))
    invoices = [
        same_fields(NumberedInvoice, number, invoice_id=number.document.id, series_n=number.n) for number in numbers
    ]
    assert send == Send(CompleteIssues(series_id="INV", invoices=invoices), to="invoicing", partition=3)


def test_a_page_that_is_asked_again_uses_up_no_number_R46() -> None:
    spec = invoicing().when(page(asked(1), asked(2)))
    answered = spec.sends
    spec.when(page(asked(1), asked(2)))
    assert [type(event) for event in spec.events] == [NumberConfirmed, NumberConfirmed, NumbersGiven]
    assert spec.sends == answered
    spec.when(page(asked(2), asked(3)))
    confirmed, new, _ = spec.events
    assert isinstance(confirmed, NumberConfirmed) and confirmed.n == 2
    assert isinstance(new, NumberAssigned) and new.n == 3


def test_a_document_that_stands_twice_on_a_page_has_one_number_R46() -> None:
    spec = invoicing().when(page(asked(1), asked(1)))
    _, first, again, _ = spec.events
    assert isinstance(first, NumberAssigned) and isinstance(again, NumberConfirmed) and first.n == again.n == 1


def test_a_page_and_one_by_one_give_the_same_numbers_R46() -> None:
    opening = OpenNumberingSeries(series_id="INV", kind="invoice", pattern="{year}-{month}/{n}", reset="month")
    days = (LAST_OF_SEPTEMBER, LAST_OF_SEPTEMBER, FIRST, LAST_OF_SEPTEMBER, FIRST)
    documents = [asked(n, day) for n, day in enumerate(days, 1)]
    together = invoicing().when(opening).when(page(*documents))
    alone, one_by_one = invoicing().when(opening), []
    for document in documents:
        one_by_one += alone.when(same_fields(AssignNumber, document, series_id="INV")).events
    found = [msgspec.structs.replace(e, together=False) for e in together.events if isinstance(e, NumberAssigned)]
    assert found == one_by_one
    assert [event.number for event in found] == ["2026-09/1", "2026-09/2", "2026-10/1", "2026-10/2", "2026-10/3"]


def test_no_documents_need_no_numbers() -> None:
    assert invoicing().when(page()).events == []


@pytest.mark.parametrize(("count", "parts"), [(1, []), (2, [1, 1]), (5, [2, 3])])
def test_a_page_that_crashes_is_cut_in_two(count: int, parts: list[int]) -> None:
    whole = page(*(asked(n) for n in range(count)))
    cut = [part for part in split(whole) if isinstance(part, AssignNumbers)]
    assert [len(part.documents) for part in cut] == parts
    assert [document for part in cut for document in part.documents] == (whole.documents if parts else [])
    assert whole.account == ("acc-0" if count == 1 else None)
