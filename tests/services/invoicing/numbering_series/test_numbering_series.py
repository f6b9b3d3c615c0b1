"""Numbers of a series: each once, without a gap, dates never going back, written as the series' pattern says."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from services.invoicing.credit_note.messages import CompleteCreditNote
from services.invoicing.events import EVENTS
from services.invoicing.numbering_series import choice
from services.invoicing.numbering_series.messages import (
    AssignNumber,
    Document,
    NumberAssigned,
    NumberAssignedV1,
    NumberConfirmed,
    NumberingSeriesOpened,
)
from services.invoicing.numbering_series.state import Series
from shared.kernel.message import encode
from tests.services.invoicing.story import ACCOUNT, INVOICE, invoicing

ASK = AssignNumber(
    series_id="INV",
    document=Document(kind="invoice", id=INVOICE),
    account_id=ACCOUNT,
    issue_date_asked=date(2026, 10, 1),
)
OTHER = msgspec.structs.replace(ASK, document=Document(kind="invoice", id="inv-2"), account_id="acc-2")


def test_issue_dates_of_a_series_never_go_back_R46() -> None:
    spec = invoicing().when(ASK)
    earlier = msgspec.structs.replace(OTHER, issue_date_asked=date(2026, 9, 30))
    spec.when(earlier)
    [second] = spec.events
    assert isinstance(second, NumberAssigned) and (second.n, second.issued_on) == (2, date(2026, 10, 1))


def test_asking_again_for_the_same_document_returns_the_same_number_R46() -> None:
    spec = invoicing().when(ASK)
    [_, first], [complete] = spec.events, spec.sends
    spec.when(ASK)
    [again] = spec.events
    assert isinstance(first, NumberAssigned) and isinstance(again, NumberConfirmed)
    assert (again.n, again.number, again.issued_on) == (first.n, first.number, first.issued_on)
    assert spec.sends == [complete]
    spec.when(OTHER)
    assert isinstance(spec.events[0], NumberAssigned) and spec.events[0].n == 2


def test_documents_of_two_kinds_with_one_id_are_two_documents_R46() -> None:
    note = msgspec.structs.replace(ASK, document=Document(kind="credit_note", id=INVOICE))
    spec = invoicing().when(ASK).when(note)
    [second] = spec.events
    assert isinstance(second, NumberAssigned) and second.n == 2
    [send] = spec.sends
    assert isinstance(send.message, CompleteCreditNote) and send.message.credit_note_id == INVOICE


def test_a_second_pattern_is_a_line_here_and_changes_no_other_series(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(choice.PATTERNS, "CN", "CN-{year}-{n:04}")
    credit = AssignNumber(
        series_id="CN",
        document=Document(kind="credit_note", id="cn-1"),
        account_id=ACCOUNT,
        issue_date_asked=date(2026, 10, 1),
    )
    spec = invoicing().when(ASK)
    opened, assigned = spec.when(credit).events
    assert opened == NumberingSeriesOpened(series_id="CN", pattern="CN-{year}-{n:04}", kind="credit_note")
    assert isinstance(assigned, NumberAssigned) and assigned.number == "CN-2026-0001"
    [second] = spec.when(OTHER).events
    assert isinstance(second, NumberAssigned) and second.number == "INV-000002"


def test_a_series_that_began_before_patterns_says_its_own_with_the_next_number_R46() -> None:
    earlier = NumberAssignedV1(
        series_id="INV",
        n=41,
        number="INV-000041",
        issued_on=date(2026, 10, 2),
        invoice_id="inv-41",
        account_id="acc-1",
    )
    spec = invoicing().given(EVENTS.decode("invoicing.NumberAssigned.v1", encode(earlier)))
    ask = AssignNumber(
        series_id="INV",
        document=Document(kind="invoice", id="inv-42"),
        account_id="acc-2",
        issue_date_asked=date(2026, 10, 1),
    )
    opened, assigned = spec.when(ask).events
    assert (opened.pattern, assigned.number, assigned.issued_on) == (  # type: ignore[attr-defined]
        "INV-{n:06}",
        "INV-000042",
        date(2026, 10, 2),
    )
    again = AssignNumber(
        series_id="INV",
        document=Document(kind="invoice", id="inv-41"),
        account_id="acc-1",
        issue_date_asked=date(2026, 10, 3),
    )
    [confirmed] = spec.when(again).events
    assert confirmed.number == "INV-000041"  # type: ignore[attr-defined]
    series = spec.get(Series, "INV")
    assert series is not None and series == Series(
        series_id="INV",
        pattern="INV-{n:06}",
        last=42,
        last_issued_on=date(2026, 10, 2),
        count=42,
        hash=assigned.proof.hash,  # type: ignore[attr-defined]
    )
