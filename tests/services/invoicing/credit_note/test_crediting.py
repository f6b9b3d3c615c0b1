"""A line takes along the tax of the groups that tax it, whatever kinds of tax an invoice has (R39, R46)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.invoicing.credit_note.crediting import Credit, Creditable, by_lines, whole
from services.invoicing.credit_note.messages import LineToCredit
from services.invoicing.invoice.messages import InvoiceLine, TaxGroup
from services.invoicing.invoice.state import Credited, CreditedGroup, Issued
from shared.kernel.period import Period

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
