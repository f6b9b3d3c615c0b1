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
from services.invoicing.splitting import split
from shared.kernel.same_fields import same_fields
from tests.services.invoicing.story import invoicing

FIRST = date(2026, 10, 1)
LAST_OF_SEPTEMBER = date(2026, 9, 30)


def asked(n: int, day: date = FIRST) -> Unnumbered:
    return Unnumbered(document=Document(kind="invoice", id=f"inv-{n}"), account_id=f"acc-{n}", issue_date_asked=day)


def page(*documents: Unnumbered) -> AssignNumbers:
    return AssignNumbers(series_id="INV", partition=3, documents=list(documents))


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
    opened, *numbers, given = invoicing().when(page(asked(1), asked(2, LAST_OF_SEPTEMBER), asked(3))).events
    assert opened == NumberingSeriesOpened(series_id="INV", pattern="INV-{n:06}", kind="invoice")
    assert [msgspec.structs.replace(event, proof=None) for event in numbers] == [
        assigned(1, "INV-000001", FIRST, of=1),
        assigned(2, "INV-000002", FIRST, of=2),
        assigned(3, "INV-000003", FIRST, of=3),
    ]
    assert given == NumbersGiven(series_id="INV", partition=3, documents=[asked(n).document for n in (1, 2, 3)])


def test_each_of_a_page_holds_the_hash_of_the_one_before() -> None:
    events = invoicing().when(page(asked(1), asked(2), asked(3))).events
    proofs = [event.proof for event in events if isinstance(event, NumberAssigned)]
    hashes = [proof and proof.hash for proof in proofs]
    assert [proof and proof.previous for proof in proofs] == [None, *hashes[:2]]
    assert len(set(hashes)) == len(hashes) == 3


def test_what_follows_is_one_message_to_where_the_page_lives() -> None:
    [send] = invoicing().when(page(asked(1), asked(2))).sends
    numbers = ((1, "INV-000001"), (2, "INV-000002"))
    invoices = [
        NumberedInvoice(invoice_id=f"inv-{n}", account_id=f"acc-{n}", number=number, issued_on=FIRST, series_n=n)
        for n, number in numbers
    ]
    assert isinstance(send.message, CompleteIssues)
    assert (send.message.series_id, send.to, send.partition) == ("INV", "invoicing", 3)
    # The links of the chain go along; what they hold is said above and in proof/.
    assert [msgspec.structs.replace(one, proof=None) for one in send.message.invoices] == invoices
    assert all(one.proof for one in send.message.invoices)


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
