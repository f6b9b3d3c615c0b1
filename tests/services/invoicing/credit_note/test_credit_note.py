"""Credit notes: by line, by amount, whole; never above the invoice; numbered in their own series (R46)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.credit_note.messages import (
    CompleteCreditNote,
    CreditInvoice,
    CreditNoteIssued,
    CreditNoteLocked,
    LineToCredit,
)
from services.invoicing.invoice.messages import (
    DocumentReference,
    DraftReissued,
    FinaliseInvoice,
    InvoiceDrafted,
    InvoiceIssued,
    Seller,
)
from services.invoicing.invoice.state import Drafted, Invoice, Issued
from services.invoicing.numbering_series.messages import NumberAssigned, NumberingSeriesOpened
from shared.kernel.decider import Send
from shared.kernel.money import Money
from tests.services.invoicing.story import (
    ACCOUNT,
    INVOICE,
    SEPTEMBER,
    Partitions,
    charge,
    closed,
    opened,
    subscribed,
    tell,
)

LATER = datetime(2026, 10, 9, 12, tzinfo=UTC)
REFERENCE = DocumentReference(id=INVOICE, number="INV-000001", issued_on=date(2026, 10, 1))
LINES = {"10.00": 1, "20.01": 2, "0.02": 3}


def issued(*nets: str, tax_rate: str = "20") -> Partitions:
    """An issued invoice of 10.00, 20.01 and 0.02 at 20 %: 30.03 + 6.01."""
    partitions, nets = Partitions(), nets or tuple(LINES)
    charges = [charge(n, net) for n, net in enumerate(nets, 1)]
    total = str(sum(map(Decimal, nets)))
    spec = partitions.of(ACCOUNT)
    tell(spec, opened(tax_rate=tax_rate), subscribed(), *charges, closed(len(nets), total))
    partitions.finalise(ACCOUNT)
    return partitions


def credit(n: int = 1, **what: Any) -> CreditInvoice:
    return CreditInvoice(
        credit_note_id=f"cn-{n}", invoice_id=INVOICE, account_id=ACCOUNT, reason="service_outage", **what
    )


def lines(*wanted: tuple[int, str | None]) -> list[LineToCredit]:
    return [LineToCredit(n=n, net=None if net is None else Decimal(net)) for n, net in wanted]


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def credited(partitions: Partitions, command: CreditInvoice) -> CreditNoteIssued:
    found = [e for e in partitions.run(command, now=LATER) if isinstance(e, CreditNoteIssued)]
    assert len(found) == 1, partitions.events
    return found[0]


def sums(note: CreditNoteIssued) -> tuple[str, str, str]:
    return str(note.net), str(note.tax), str(note.total)


def test_a_credit_note_is_locked_numbered_in_its_own_series_and_issued_R46() -> None:
    seller = Seller(name="Northwind Telecom")
    events = issued().run(credit(note="12 September", seller=seller), now=LATER)
    locked, series, assigned, note = events
    assert isinstance(locked, CreditNoteLocked) and locked.series_id == "CN"
    assert series == NumberingSeriesOpened(series_id="CN", pattern="CN-{n:06}", kind="credit_note")
    assert isinstance(assigned, NumberAssigned) and assigned.document.kind == "credit_note"
    assert isinstance(note, CreditNoteIssued)
    assert (note.number, note.issued_on, note.series_n) == ("CN-000001", date(2026, 10, 9), 1)
    assert (note.corrects, note.reason, note.note) == (REFERENCE, "service_outage", "12 September")
    assert (note.seller, note.period, note.cycle_id) == (seller, SEPTEMBER, "monthly")
    assert [(line.n, str(line.net)) for line in note.lines] == [(1, "10.00"), (2, "20.01"), (3, "0.02")]
    assert sums(note) == ("30.03", "6.01", "36.04")


@pytest.mark.parametrize(
    ("what", "net", "tax", "total"),
    [
        ({},                                       "30.03", "6.01", "36.04"),
        ({"lines": lines((2, None))},              "20.01", "4.00", "24.01"),
        ({"lines": lines((1, None), (3, None))},   "10.02", "2.01", "12.03"),
        ({"lines": lines((2, "5.00"))},             "5.00", "1.00",  "6.00"),
        ({"amount": euros("12.00")},               "10.00", "2.00", "12.00"),
        ({"amount": euros("0.01")},                 "0.01", "0.00",  "0.01"),
        ({"amount": euros("36.04")},               "30.03", "6.01", "36.04"),
    ],
)  # fmt: skip
def test_a_credit_note_takes_lines_an_amount_or_all(what: dict[str, Any], net: str, tax: str, total: str) -> None:
    note = credited(issued(), credit(**what))
    assert sums(note) == (net, tax, total)
    assert sum(line.net for line in note.lines) == note.net
    assert sum(group.base for group in note.tax_groups) == note.net
    assert sum(group.tax for group in note.tax_groups) == note.tax


def test_credit_notes_line_by_line_add_up_to_the_invoice_to_the_cent_R39() -> None:
    partitions = issued()
    notes = [credited(partitions, credit(n, lines=lines((n, None)))) for n in (1, 2, 3)]
    assert [sums(note)[1] for note in notes] == ["2.00", "4.01", "0.00"]
    assert sum(note.total for note in notes) == Decimal("36.04")
    partitions.of(ACCOUNT).when(credit(4), command_id="more").then_refused("nothing_to_credit")


def test_what_is_left_is_credited_whole_after_parts_of_any_kind() -> None:
    partitions = issued()
    credited(partitions, credit(1, lines=lines((1, "4.00"))))
    credited(partitions, credit(2, amount=euros("1.23")))
    rest = credited(partitions, credit(3))
    assert rest.total == Decimal("36.04") - Decimal("4.80") - Decimal("1.23")
    assert sum(line.net for line in rest.lines) == rest.net
    assert rest.invoice_lines == [1, 2, 3, 0]


@pytest.mark.parametrize(
    ("what", "code", "pointer"),
    [
        ({"lines": lines((9, None))},            "line_not_found",      "/lines/0/n"),
        ({"lines": lines((1, None), (1, None))}, "invalid",             "/lines"),
        ({"lines": lines((2, None), (1, "10.01"))}, "over_credited",    "/lines/1/net"),
        ({"lines": lines((1, "-1.00"))},         "over_credited",       "/lines/0/net"),
        ({"lines": lines((1, "0.001"))},         "too_many_decimals",   "/lines/0/net"),
        ({"lines": lines((1, "0.00"))},          "nothing_to_credit",   None),
        ({"amount": euros("36.05")},             "over_credited",       "/amount/amount"),
        ({"amount": euros("0.00")},              "amount_not_positive", "/amount/amount"),
        ({"amount": euros("1.001")},             "too_many_decimals",   "/amount/amount"),
        ({"amount": Money(Decimal(1), "CHF")},   "currency_mismatch",   "/amount/currency"),
    ],
)  # fmt: skip
def test_what_can_not_be_credited_is_refused_at_its_field(what: dict[str, Any], code: str, pointer: str | None) -> None:
    spec = issued().of(ACCOUNT)
    spec.when(credit(**what), command_id="c").then_refused(code, pointer=pointer)


def test_two_credit_notes_at_once_never_exceed_the_invoice() -> None:
    """The first one is locked and not numbered yet when the second is asked for."""
    spec = issued().of(ACCOUNT)
    spec.when(credit(1, amount=euros("20.00")), command_id="one")
    spec.when(credit(2, amount=euros("20.00")), command_id="two").then_refused("over_credited")


def test_an_amount_credited_before_bounds_the_lines_too() -> None:
    partitions = issued()
    credited(partitions, credit(1, amount=euros("30.00")))
    spec = partitions.of(ACCOUNT)
    spec.when(credit(2, lines=lines((2, None))), command_id="two").then_refused("over_credited")


def test_only_an_issued_invoice_is_credited() -> None:
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    spec = partitions.of(ACCOUNT)
    spec.when(credit(), command_id="a").then_refused("not_issued")
    spec.when(FinaliseInvoice(invoice_id=INVOICE, account_id=ACCOUNT), command_id="b")
    spec.when(credit(), command_id="c").then_refused("not_issued")
    other = CreditInvoice(credit_note_id="cn-9", invoice_id="inv-9", account_id=ACCOUNT, reason="other")
    spec.when(other, command_id="d").then_refused("invoice_not_found")


def test_a_version_that_is_no_longer_current_is_not_credited() -> None:
    partitions = issued()
    credited(partitions, credit(1, amount=euros("1.00")))
    spec = partitions.of(ACCOUNT)
    spec.when(credit(2), command_id="two", expected_version=6).then_refused("version_mismatch")
    spec.when(credit(3), command_id="three", expected_version=7)
    assert isinstance(spec.events[0], CreditNoteLocked)


def test_the_invoice_itself_stays_as_it_was_issued() -> None:
    partitions = issued()
    credited(partitions, credit(1, amount=euros("12.00")))
    invoice = partitions.of(ACCOUNT).get(Invoice, INVOICE)
    assert invoice is not None and isinstance(invoice.stage, Issued)
    assert (invoice.stage.number, invoice.stage.total) == ("INV-000001", Decimal("36.04"))
    assert not [event for event in partitions.events if isinstance(event, InvoiceIssued)]


def test_completing_twice_under_the_same_number_changes_nothing() -> None:
    partitions = issued()
    note = credited(partitions, credit())
    again = CompleteCreditNote(
        credit_note_id="cn-1",
        account_id=ACCOUNT,
        number=note.number,
        issued_on=note.issued_on,
        series_id="CN",
        series_n=1,
    )
    partitions.of(ACCOUNT).when(again, command_id="again").then_nothing()


def test_an_invoice_is_credited_in_full_and_drafted_anew_linked_both_ways() -> None:
    partitions = issued()
    note = credited(partitions, credit(reissue=True))
    draft = next(e for e in partitions.events if isinstance(e, DraftReissued))
    complete = next(e for e in partitions.events if isinstance(e, InvoiceDrafted))
    assert (note.total, note.reissued_as) == (Decimal("36.04"), draft.invoice_id)
    assert (draft.replaces, complete.total, complete.version) == (REFERENCE, Decimal("36.04"), 2)
    spec = partitions.of(ACCOUNT)
    profile, invoice = spec.get(BillProfile, ACCOUNT), spec.get(Invoice, draft.invoice_id)
    assert profile is not None and [pending.invoice_id for pending in profile.pending] == [draft.invoice_id]
    assert invoice is not None and invoice.stage == Drafted()
    *_, again = partitions.run(FinaliseInvoice(invoice_id=draft.invoice_id, account_id=ACCOUNT), now=LATER)
    assert isinstance(again, InvoiceIssued) and (again.number, again.replaces) == ("INV-000002", REFERENCE)
    assert [line.net for line in again.lines] == [Decimal("10.00"), Decimal("20.01"), Decimal("0.02")]


def test_reissuing_twice_is_refused_since_nothing_is_left() -> None:
    partitions = issued()
    credited(partitions, credit(reissue=True))
    spec = partitions.of(ACCOUNT)
    spec.when(credit(2, reissue=True), command_id="again").then_refused("nothing_to_credit")


CENTS = st.integers(1, 5_000).map(lambda cents: Decimal(cents).scaleb(-2))
WANTED = st.one_of(
    st.builds(lambda amount: {"amount": Money(amount, "EUR")}, CENTS),
    st.builds(lambda n: {"lines": lines((n, None))}, st.integers(1, 3)),
    st.builds(lambda n, net: {"lines": [LineToCredit(n=n, net=net)]}, st.integers(1, 3), CENTS),
)


@given(st.lists(WANTED, max_size=6), st.sampled_from(["0", "5.5", "19", "20"]))
def test_credit_notes_of_any_kind_never_exceed_the_invoice_and_the_last_takes_the_rest(
    wanted: list[dict[str, Any]], rate: str
) -> None:
    partitions = issued("10.00", "20.01", "-0.50", tax_rate=rate)
    spec, notes = partitions.of(ACCOUNT), []
    for n, what in enumerate(wanted, 1):
        spec.when(credit(n, **what), command_id=f"n{n}")
        notes += [event for event in spec.events if isinstance(event, CreditNoteLocked)]
    spec.when(credit(99), command_id="rest")
    notes += [event for event in spec.events if isinstance(event, CreditNoteLocked)]
    invoice = spec.get(Invoice, INVOICE)
    assert invoice is not None and isinstance(invoice.stage, Issued)
    whole = invoice.stage
    assert sum(note.total for note in notes) == whole.total
    assert (sum(note.net for note in notes), sum(note.tax for note in notes)) == (whole.net, whole.tax)
    for note in notes:
        assert note.total > 0 and note.net + note.tax == note.total
        assert sum(line.net for line in note.lines) == note.net


def test_what_asks_for_a_number_is_sent_to_the_series_of_credit_notes() -> None:
    spec = issued().of(ACCOUNT)
    spec.when(credit(), command_id="one")
    assert [type(send) for send in spec.sends] == [Send] and spec.sends[0].message.key == "CN"
