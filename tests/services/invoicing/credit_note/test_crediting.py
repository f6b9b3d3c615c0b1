"""A line takes along the tax of the groups that tax it, whatever kinds of tax an invoice has (R39, R46)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.invoicing.credit_note.crediting import Credit, Creditable, by_amount, by_lines, whole
from services.invoicing.credit_note.messages import CreditNoteLocked, LineToCredit
from services.invoicing.invoice.corrections import evolve_credited
from services.invoicing.invoice.messages import DocumentReference, InvoiceLine, TaxGroup
from services.invoicing.invoice.state import Credited, CreditedGroup, Invoice, Issued
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection
from shared.kernel.money import Money
from shared.kernel.period import Period
from shared.kernel.same_fields import same_fields
from tests.kit.decider import NOON, MemoryState

SEPTEMBER = Period(date(2026, 9, 1), date(2026, 10, 1))


def line(n: int, net: str) -> InvoiceLine:
    amount = Decimal(net)
    return InvoiceLine(
        n=n,
        charge_id=f"c{n}",
        kind="recurring",
        description="Line",
        subscription_id="sub",
        plan_id="plan",
        plan_version=1,
        period=SEPTEMBER,
        net=amount,
        unrounded=amount,
    )


def group(rate: str, base: str, tax: str, *lines: int) -> TaxGroup:
    return TaxGroup(category="S", rate=Decimal(rate), base=Decimal(base), tax=Decimal(tax), lines=list(lines))


def invoice(before: Credited | None = None) -> Creditable:
    """Two lines of access at 20 % and one of a book at 7 %; a levy of 1 % on the whole."""
    groups = [group("20", "30.01", "6.00", 1, 2), group("7", "10.00", "0.70", 3), group("1", "40.01", "0.40", 1, 2, 3)]
    zero = Decimal(0)
    nothing = (CreditedGroup(base=zero, tax=zero),) * 3
    issued = Issued(
        number="INV-000001",
        issued_on=date(2026, 10, 1),
        net=Decimal("40.01"),
        tax=Decimal("7.10"),
        total=Decimal("47.11"),
        tax_groups=groups,
    )
    return Creditable(
        issued=issued,
        currency="EUR",
        period=SEPTEMBER,
        lines=[line(1, "10.00"), line(2, "20.01"), line(3, "10.00")],
        before=before or Credited(net=zero, tax=zero, total=zero, groups=nothing, lines={}),
    )


def two_rates() -> Creditable:
    """100.00 at 20 % and 100.00 at 0 %, of which 110.00 of 220.00 was credited by amount: 50.00 of each group."""
    groups = [group("20", "100.00", "20.00", 1), group("0", "100.00", "0.00", 2)]
    issued = msgspec.structs.replace(
        invoice().issued, net=Decimal("200.00"), tax=Decimal("20.00"), total=Decimal("220.00"), tax_groups=groups
    )
    fresh = Creditable(
        issued=issued,
        currency="EUR",
        period=SEPTEMBER,
        lines=[line(1, "100.00"), line(2, "100.00")],
        before=issued.credited_so_far,
    )
    half = by_amount(fresh, Money.parse("110.00", "EUR"), "Goodwill")
    groups_so_far = tuple(CreditedGroup(base=one.base, tax=one.tax) for one in half.tax_groups)
    before = Credited(net=half.net, tax=half.tax, total=half.total, groups=groups_so_far, lines={}, unplaced=half.net)
    return msgspec.structs.replace(fresh, before=before)


def test_a_line_takes_no_more_of_its_group_than_an_amount_has_left_of_it() -> None:
    """110.00 are left of the total, so that line 1 with its tax would fit; but 50.00 of what is taxed as it is."""
    found = two_rates()
    with pytest.raises(Rejection) as refused:
        by_lines(found, [LineToCredit(n=1)])
    assert (refused.value.code, "50.00 is left" in refused.value.detail) == ("over_credited", True)
    part = by_lines(found, [LineToCredit(n=1, net=Decimal("50.00"))])
    assert taxes(part) == [("20", "50.00", "10.00")]
    assert sum(one.base for one in part.tax_groups) == part.net


def taxes(credit: Credit) -> list[tuple[str, str, str]]:
    return [(str(one.rate), str(one.base), str(one.tax)) for one in credit.tax_groups]


def test_a_line_is_credited_with_the_taxes_that_it_bore_r46() -> None:
    assert taxes(by_lines(invoice(), [LineToCredit(n=3)])) == [("7", "10.00", "0.70"), ("1", "10.00", "0.10")]
    assert taxes(by_lines(invoice(), [LineToCredit(n=1)])) == [("20", "10.00", "2.00"), ("1", "10.00", "0.10")]


@given(st.permutations([1, 2, 3]))
def test_lines_credited_one_by_one_come_to_the_invoice_to_the_cent_r39(order: list[int]) -> None:
    before = invoice().before
    tax = Decimal(0)
    for n in order:
        found = invoice(before)
        credit = by_lines(found, [LineToCredit(n=n)])
        tax += credit.tax
        before = after(found, credit, n)
    assert tax == Decimal("7.10")
    left = whole(invoice(before))
    assert (left.net, left.tax, left.tax_groups) == (Decimal("0.00"), Decimal("0.00"), [])


def after(found: Creditable, credit: Credit, n: int) -> Credited:
    """What is credited with one more credit note of line `n`."""
    taken = {one.rate: one for one in credit.tax_groups}
    groups = tuple(
        CreditedGroup(
            base=sofar.base + (taken[one.rate].base if one.rate in taken else 0),
            tax=sofar.tax + (taken[one.rate].tax if one.rate in taken else 0),
        )
        for one, sofar in zip(found.issued.tax_groups, found.before.groups, strict=True)
    )
    before = found.before
    return Credited(
        net=before.net + credit.net,
        tax=before.tax + credit.tax,
        total=before.total + credit.total,
        lines={**before.lines, n: credit.net},
        groups=groups,
    )


def test_two_rates_of_one_name_and_per_cent_are_credited_each_for_itself_r46() -> None:
    """New York: sales tax of 4 % on calls by one rate of the table, and of 4 % on equipment by another."""
    named = {"name": "Sales tax", "jurisdiction": "US-NY"}
    groups = [
        msgspec.structs.replace(group("4", "10.00", "0.40", 1), rate_id="us-ny-voice", **named),
        msgspec.structs.replace(group("4", "50.00", "2.00", 2), rate_id="us-ny-equipment", **named),
    ]
    issued = msgspec.structs.replace(
        invoice().issued, net=Decimal("60.00"), tax=Decimal("2.40"), total=Decimal("62.40"), tax_groups=groups
    )
    found = Creditable(
        issued=issued,
        currency="EUR",
        period=SEPTEMBER,
        lines=[line(1, "10.00"), line(2, "50.00")],
        before=issued.credited_so_far,
    )
    calls = by_lines(found, [LineToCredit(n=1)])
    left = msgspec.structs.replace(found, before=folded(issued, calls))
    assert [(str(one.base), str(one.tax)) for one in left.before.groups] == [("10.00", "0.40"), ("0", "0")]
    equipment = by_lines(left, [LineToCredit(n=2)])
    assert (taxes(equipment), str(equipment.total)) == ([("4", "50.00", "2.00")], "52.00")
    both = whole(left)
    assert (both.tax_groups, both.total) == (equipment.tax_groups, equipment.total)


def folded(issued: Issued, credit: Credit) -> Credited:
    """What is credited once a credit note is locked."""
    state = MemoryState()
    state.keep(
        {
            Invoice: {
                "i": Invoice(invoice_id="i", account_id="a", currency="EUR", period=SEPTEMBER, stage=issued, version=1)
            }
        }
    )
    locked = same_fields(
        CreditNoteLocked,
        credit,
        credit_note_id="cn",
        invoice_id="i",
        account_id="a",
        corrects=DocumentReference(id="i", number="INV-000001", issued_on=issued.issued_on),
        currency="EUR",
        period=SEPTEMBER,
        reason="goodwill",
        series_id="CN",
        issue_date_asked=issued.issued_on,
    )
    envelope = Envelope(
        env="test", service="invoicing", type="CreditNoteLocked", partition=0, recorded_at=NOON, subject="i"
    )
    (after,) = evolve_credited(locked, envelope, state)
    assert isinstance(after, Invoice) and isinstance(after.stage, Issued)
    return after.stage.credited_so_far


def of_two_rates(before: Credited | None = None) -> Creditable:
    """The same lines without the levy: each has one rate, as with VAT."""
    found = invoice()
    groups = found.issued.tax_groups[:2]
    issued = msgspec.structs.replace(found.issued, tax=Decimal("6.70"), total=Decimal("46.71"), tax_groups=groups)
    none = msgspec.structs.replace(found.before, groups=found.before.groups[:2])
    return msgspec.structs.replace(found, issued=issued, before=before or none)


def written(credit: Credit) -> dict[int, tuple[str, str]]:
    """Rate and net of each line, as an electronic document says them; each line has one rate."""
    rates = [(n, str(group.rate)) for group in credit.tax_groups for n in group.lines]
    nets = {line.n: str(line.net) for line in credit.lines}
    assert len({n for n, _ in rates}) == len(rates)
    return {n: (rate, nets[n]) for n, rate in rates if n in nets}


def test_an_amount_is_a_line_for_each_rate_of_vat_r46() -> None:
    credit = by_amount(of_two_rates(), Money(Decimal("10.00"), "EUR"), "Goodwill")
    assert taxes(credit) == [("20", "6.43", "1.28"), ("7", "2.14", "0.15")]
    assert written(credit) == {1: ("20", "6.43"), 2: ("7", "2.14")}
    assert (credit.net, credit.tax, credit.total) == (Decimal("8.57"), Decimal("1.43"), Decimal("10.00"))


def test_where_taxes_stack_an_amount_is_one_line_that_all_of_them_take() -> None:
    credit = by_amount(invoice(), Money(Decimal("10.00"), "EUR"), "Goodwill")
    assert [group.lines for group in credit.tax_groups] == [[1], [1], [1]]
    assert [line.n for line in credit.lines] == [1]


@given(st.integers(1, 4670), st.integers(1, 4670))
def test_what_amounts_took_is_taken_off_by_rate_when_the_rest_is_credited_r39(first: int, second: int) -> None:
    before = of_two_rates().before
    for cents in (first, second):
        found = of_two_rates(before)
        if cents < found.left * 100:
            before = with_amount(found, by_amount(found, Money(Decimal(cents) / 100, "EUR"), "Goodwill"))
    credit = whole(of_two_rates(before))
    if credit.total:
        assert sum(Decimal(net) for _, net in written(credit).values()) == credit.net
    for group in credit.tax_groups:
        of_group = [Decimal(net) for rate, net in written(credit).values() if rate == str(group.rate)]
        assert sum(of_group) == group.base


def with_amount(found: Creditable, credit: Credit) -> Credited:
    """What is credited with an amount more, of which the bases are the net."""
    assert sum(group.base for group in credit.tax_groups) == credit.net
    taken = {one.rate: one for one in credit.tax_groups}
    groups = tuple(
        CreditedGroup(
            base=sofar.base + (taken[one.rate].base if one.rate in taken else 0),
            tax=sofar.tax + (taken[one.rate].tax if one.rate in taken else 0),
        )
        for one, sofar in zip(found.issued.tax_groups, found.before.groups, strict=True)
    )
    before = found.before
    return msgspec.structs.replace(
        before,
        net=before.net + credit.net,
        tax=before.tax + credit.tax,
        total=before.total + credit.total,
        groups=groups,
        unplaced=before.unplaced + credit.net,
    )
