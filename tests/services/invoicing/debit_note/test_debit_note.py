"""Debit notes: taxed as their invoice, numbered in their own series, owed as an invoice is (R46, R39)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.invoicing.credit_note.messages import CreditInvoice, CreditNoteIssued, CreditNoteLocked
from services.invoicing.debit_note.debiting import Debitable, debit
from services.invoicing.debit_note.messages import DebitInvoice, DebitNoteDrafted, LineToDebit
from services.invoicing.documents.contract import Cited, InvoiceContents
from services.invoicing.invoice.messages import Allowance, InvoiceIssued, InvoiceLocked, Seller, StateAmountDue
from services.invoicing.invoice.state import Invoice, Issued, IssuedLines
from services.invoicing.numbering_series.messages import NumberAssigned, NumberingSeriesOpened
from services.invoicing.proof.canonical import digest
from services.invoicing.proof.carried import contents_as_hashed
from services.invoicing.void.messages import CompleteVoid, VoidInvoice
from shared.kernel.errors import Rejection
from shared.kernel.money import Money
from tests.services.invoicing.credit_note.test_credit_note import REFERENCE, issued
from tests.services.invoicing.credit_note.test_crediting import group, line
from tests.services.invoicing.story import ACCOUNT, INVOICE, SEPTEMBER, Partitions

LATER = datetime(2026, 10, 9, 12, tzinfo=UTC)


def more(net: str, **like: Any) -> LineToDebit:
    return LineToDebit(description="Router, not returned", net=Decimal(net), **like)


def ask(*lines: LineToDebit, n: int = 1, invoice: str = INVOICE, **also: Any) -> DebitInvoice:
    return DebitInvoice(
        debit_note_id=f"dn-{n}",
        invoice_id=invoice,
        account_id=ACCOUNT,
        reason="missing_charge",
        lines=list(lines or [more("40.00")]),
        **also,
    )


def debited(partitions: Partitions, command: DebitInvoice) -> InvoiceIssued:
    found = [e for e in partitions.run(command, now=LATER) if isinstance(e, InvoiceIssued)]
    assert len(found) == 1, partitions.events
    stored = IssuedLines(invoice_id=found[0].invoice_id, lines=found[0].lines)
    partitions.of(ACCOUNT).state.keep({IssuedLines: {found[0].invoice_id: stored}})
    return found[0]


def test_a_debit_note_is_locked_numbered_in_its_own_series_and_issued_R46() -> None:
    seller = Seller(name="Northwind Telecom")
    drafted, locked, series, assigned, note = issued().run(ask(note="by 30 September", seller=seller), now=LATER)
    assert isinstance(drafted, DebitNoteDrafted) and drafted.corrects == REFERENCE
    assert isinstance(locked, InvoiceLocked) and (locked.series_id, locked.kind) == ("DN", "debit_note")
    assert series == NumberingSeriesOpened(series_id="DN", pattern="DN-{n:06}", kind="debit_note")
    assert isinstance(assigned, NumberAssigned) and assigned.document.kind == "debit_note"
    assert isinstance(note, InvoiceIssued)
    assert (note.invoice_id, note.kind, note.corrects) == ("dn-1", "debit_note", REFERENCE)
    assert (note.number, note.issued_on, note.due_on) == ("DN-000001", date(2026, 10, 9), date(2026, 10, 23))
    assert (note.reason, note.note, note.seller, note.period) == (
        "missing_charge",
        "by 30 September",
        seller,
        SEPTEMBER,
    )
    assert (str(note.net), str(note.tax), str(note.total)) == ("40.00", "8.00", "48.00")


def test_numbers_of_debit_notes_have_no_gaps_and_are_none_of_the_invoices_R46() -> None:
    partitions = issued()
    numbers = [debited(partitions, ask(n=n)).number for n in (1, 2, 3)]
    assert numbers == ["DN-000001", "DN-000002", "DN-000003"]


def test_the_invoice_that_is_raised_stays_as_it_was_issued() -> None:
    partitions = issued()
    before = partitions.of(ACCOUNT).get(Invoice, INVOICE)
    debited(partitions, ask())
    assert partitions.of(ACCOUNT).get(Invoice, INVOICE) == before


TWO_TAXES = [group("20", "30.01", "6.00", 1, 2), group("7", "10.00", "0.70", 3)]
STACKED = [*TWO_TAXES, group("1", "40.01", "0.40", 1, 2, 3)]
SHARED = [group("25", "10.00", "2.50", 1, 2, 3)]
"""A levy on a part of the price: 10.00 of 40.01."""


def debitable(groups: list[Any]) -> Debitable:
    lines = [line(1, "10.00"), line(2, "20.01"), line(3, "10.00")]
    return Debitable(currency="EUR", period=SEPTEMBER, lines=lines, tax_groups=groups, net=Decimal("40.01"))


@pytest.mark.parametrize(
    ("groups", "lines", "taxes"),
    [
        # base × rate, once a group: 10.03 × 20 % = 2.006, 20.00 × 7 % = 1.40
        (TWO_TAXES, [more("10.03", n=1)],                    [("20", "10.03", "2.01")]),
        (TWO_TAXES, [more("10.03", n=2), more("20", n=3)],   [("20", "10.03", "2.01"), ("7", "20.00", "1.40")]),
        (TWO_TAXES, [more("5.01", n=1), more("5.02", n=2)],  [("20", "10.03", "2.01")]),
        (STACKED,   [more("100.00", n=3)],                   [("7", "100.00", "7.00"), ("1", "100.00", "1.00")]),
        # 10.00 ÷ 40.01 × 80.02 = 20.00; 25 % of it
        (SHARED,    [more("80.02")],                         [("25", "20.00", "5.00")]),
        ([],        [more("10.00")],                         []),
    ],
    ids=["one", "two", "together", "stacked", "of a part", "untaxed"],
)  # fmt: skip
def test_a_line_is_taxed_like_the_line_it_names_R39(groups: list[Any], lines: Any, taxes: list[Any]) -> None:
    found = debit(debitable(groups), lines)
    assert [(str(g.rate), str(g.base), str(g.tax)) for g in found.tax_groups] == taxes
    assert found.total == found.net + sum(g.tax for g in found.tax_groups)


@pytest.mark.parametrize(
    ("lines", "code", "pointer"),
    [
        ([more("1.00")],                                    "tax_unknown",         "/lines/0/n"),
        ([more("1.00", n=9)],                               "line_not_found",      "/lines/0/n"),
        ([more("1.00", n=1), more("1.00", tax_class="x")],  "tax_class_unknown",   "/lines/1/tax_class"),
        ([more("0.00", n=1)],                               "amount_not_positive", "/lines/0/net"),
        ([more("-1.00", n=1)],                              "amount_not_positive", "/lines/0/net"),
        ([more("1.001", n=1)],                              "too_many_decimals",   "/lines/0/net"),
        ([more("1000000000000", n=1)],                      "out_of_bounds",       "/lines/0/net"),
    ],
    ids=["two taxes", "no line", "no class", "nothing", "below zero", "decimals", "absurd"],
)  # fmt: skip
def test_what_can_not_be_debited_is_refused_at_its_field(lines: Any, code: str, pointer: str) -> None:
    with pytest.raises(Rejection) as refused:
        debit(debitable(TWO_TAXES), lines)
    assert (refused.value.code, refused.value.pointer) == (code, pointer)


def test_only_what_was_issued_is_debited() -> None:
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    spec = partitions.of(ACCOUNT)
    spec.when(ask(), command_id="draft").then_refused("not_issued")
    spec.when(ask(invoice="inv-9"), command_id="other").then_refused("invoice_not_found")
    partitions.finalise(ACCOUNT)
    spec.when(ask(), command_id="old", expected_version=1).then_refused("version_mismatch")
    spec.when(VoidInvoice(invoice_id=INVOICE, account_id=ACCOUNT, reason="duplicate"), command_id="void")
    spec.when(ask(), command_id="asked").then_refused("void_pending")
    spec.when(CompleteVoid(invoice_id=INVOICE, account_id=ACCOUNT), command_id="free")
    spec.when(ask(), command_id="is-void").then_refused("invoice_void")


def test_a_debit_note_is_credited_by_its_own_id_and_made_void_as_an_invoice_is() -> None:
    partitions = issued()
    note = debited(partitions, ask())
    due = StateAmountDue(invoice_id="dn-1", account_id=ACCOUNT, credit_applied=Decimal(0), amount_due=note.total)
    partitions.run(due)
    credit = CreditInvoice(
        credit_note_id="cn-1", invoice_id="dn-1", account_id=ACCOUNT, reason="goodwill", amount=Money.parse("12", "EUR")
    )
    [found] = [e for e in partitions.run(credit, now=LATER) if isinstance(e, CreditNoteIssued)]
    assert (str(found.total), found.corrects.number) == ("12.00", "DN-000001")
    debited(partitions, ask(n=2))
    spec = partitions.of(ACCOUNT)
    spec.when(VoidInvoice(invoice_id="dn-2", account_id=ACCOUNT, reason="duplicate"), command_id="void")
    assert [type(event).__name__ for event in spec.events] == ["InvoiceVoidAsked"]


CENTS = st.integers(1, 9_000).map(lambda cents: Decimal(cents).scaleb(-2))


@given(st.lists(CENTS, min_size=1, max_size=4), st.lists(CENTS, max_size=5), st.sampled_from(["0", "5.5", "20"]))
def test_debits_raise_no_bound_of_credits_whatever_comes_first(
    debits: list[Decimal], credits: list[Decimal], rate: str
) -> None:
    """All credit notes of the invoice together come to the invoice, and none to more, with debit notes in between."""
    partitions = issued(tax_rate=rate)
    spec = partitions.of(ACCOUNT)
    whole, taken = spec.get(Invoice, INVOICE), Decimal(0)
    assert whole is not None and isinstance(whole.stage, Issued)
    for n, amount in enumerate([*credits, None]):
        for m, net in enumerate(debits):
            lines = [LineToDebit(description="more", net=net)]
            spec.when(ask(*lines, n=n * 10 + m), command_id=f"d{n}-{m}")
            assert isinstance(spec.events[0], DebitNoteDrafted) and spec.events[0].net == net
        what: dict[str, Any] = {} if amount is None else {"amount": Money(amount, "EUR")}
        credit = CreditInvoice(
            credit_note_id=f"cn-{n}", invoice_id=INVOICE, account_id=ACCOUNT, reason="goodwill", **what
        )
        spec.when(credit, command_id=f"c{n}")
        taken += sum((event.total for event in spec.events if isinstance(event, CreditNoteLocked)), Decimal(0))
    assert taken == whole.stage.total


@pytest.mark.parametrize(
    ("groups", "taxes"),
    [
        # Both authorities take of the 90.00 that are left of 100.00, and both of 10.00 more.
        ([group("5", "90.00", "4.50", 1), group("9.975", "90.00", "8.98", 1)], ["0.50", "1.00"]),
        # A fee of a quarter of the price: 22.50 of 90.00, so 2.50 of 10.00, of which 36 % is 0.90.
        ([group("5", "90.00", "4.50", 1), group("36", "22.50", "8.10", 1)], ["0.50", "0.90"]),
    ],
    ids=["two authorities", "of a part"],
)
def test_more_of_a_discounted_invoice_is_taxed_in_full_R39(groups: list[Any], taxes: list[str]) -> None:
    """A debit note has no discount of its own: its tax is of all that it claims."""
    note = debited(discounted(groups), ask(more("10.00")))
    assert [str(one.tax) for one in note.tax_groups] == taxes
    assert str(note.total) == str(Decimal("10.00") + sum(map(Decimal, taxes)))


def discounted(groups: list[Any]) -> Partitions:
    """An issued invoice of 100.00 less 10 %, with these taxes."""
    partitions = issued("100.00")
    invoice = partitions.of(ACCOUNT).get(Invoice, INVOICE)
    assert invoice is not None and isinstance(invoice.stage, Issued)
    ten = Allowance(
        discount_id="d-1",
        reason="Loyalty",
        code="retention",
        percent=Decimal(10),
        amount=Decimal("10.00"),
        base=Decimal("100.00"),
        period=SEPTEMBER,
    )
    stage = msgspec.structs.replace(invoice.stage, allowances=(ten,), net=Decimal("90.00"), tax_groups=groups)
    changed = msgspec.structs.replace(invoice, stage=stage)
    partitions.of(ACCOUNT).state.keep({Invoice: {INVOICE: changed}})
    return partitions


def test_a_debit_note_is_a_link_of_the_chain_and_prints_what_was_hashed() -> None:
    partitions = issued()
    seller = Seller(name="Northwind Telecom")
    _, locked, _, _, note = partitions.run(ask(note="by 30 September", seller=seller), now=LATER)
    assert isinstance(locked, InvoiceLocked) and isinstance(note, InvoiceIssued)
    assert locked.hashes is not None and note.proof is not None and note.proof.hashes == locked.hashes
    same = ("number", "account_id", "currency", "issued_on", "due_on", "period", "lines", "tax_groups")
    printed = InvoiceContents(
        **{name: getattr(note, name) for name in (*same, "net", "tax", "total", "note")},
        kind="debit_note",
        bill_to="Ann",
        seller=seller,
        cites=(Cited(number=REFERENCE.number, issued_on=REFERENCE.issued_on),),
    )
    assert digest(contents_as_hashed(printed)) == locked.hashes.content
