"""Prices that include tax, from the charge to the invoice: the customer pays what he was told (R42)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.invoicing.bill_profile.messages import TaxTerms
from services.invoicing.coupon.messages import DiscountTerms
from services.invoicing.credit_note.messages import CreditInvoice, CreditNoteIssued, LineToCredit
from services.invoicing.discount.state import Discount
from services.invoicing.discounting import Taken, take
from services.invoicing.documents.contract import InvoiceContents
from services.invoicing.documents.en16931.reading import read
from services.invoicing.documents.examples.brussels import BRUSSELS
from services.invoicing.inclusive import taxed_with_tax_included, with_nets
from services.invoicing.invoice.messages import (
    DraftCarriedForward,
    InvoiceDrafted,
    InvoiceIssued,
    InvoiceLine,
    InvoiceLocked,
)
from services.invoicing.spreading import after
from services.invoicing.tax_quote.quote import quote
from services.invoicing.taxes import totals
from services.invoicing.taxes.contract import Taxable, Totals
from services.invoicing.taxes.engine.registry import Registry
from services.rating.period.messages import ChargeFixed
from shared.kernel.money import Money
from tests.services.invoicing.story import (
    ACCOUNT,
    INVOICE,
    OCTOBER,
    SEPTEMBER,
    Partitions,
    charge,
    closed,
    invoicing,
    opened,
    subscribed,
    tell,
)
from tests.services.invoicing.tax_world import AMERICA, EUROPE, TODAY, world

ZERO = Decimal(0)


def gross(n: int, amount: str, **more: Any) -> ChargeFixed:
    return msgspec.structs.replace(charge(n, amount, **more), includes_tax=True)


def issued(rate: str, *charges: ChargeFixed) -> tuple[Partitions, InvoiceIssued]:
    partitions = Partitions()
    total = sum((one.amount for one in charges), ZERO)
    facts = (opened(tax_rate=rate), subscribed(), *charges, closed(len(charges), str(total)))
    tell(partitions.of(ACCOUNT), *facts)
    (found,) = [event for event in partitions.finalise(ACCOUNT) if isinstance(event, InvoiceIssued)]
    return partitions, found


@pytest.mark.parametrize(
    ("rate", "net", "tax"), [("19", "8.39", "1.60"), ("20", "8.33", "1.66"), ("0", "9.99", "0.00")]
)
def test_an_invoice_of_one_price_that_includes_tax_comes_to_that_price_r42(rate: str, net: str, tax: str) -> None:
    _, invoice = issued(rate, gross(1, "9.99"))
    assert (invoice.net, invoice.tax, invoice.total) == (Decimal(net), Decimal(tax), Decimal("9.99"))
    assert [(line.net, line.gross) for line in invoice.lines] == [(Decimal(net), Decimal("9.99"))]


def test_a_draft_forecasts_what_its_lock_fixes_r42() -> None:
    partitions = Partitions()
    spec = partitions.of(ACCOUNT)
    tell(spec, opened(tax_rate="19"), subscribed(), gross(1, "9.99"), closed(1, "9.99"))
    (drafted,) = [event for event in spec.events if isinstance(event, InvoiceDrafted)]
    (locked,) = [event for event in partitions.finalise(ACCOUNT) if isinstance(event, InvoiceLocked)]
    told = ("net", "tax", "total", "tax_groups", "nets")
    assert [getattr(drafted, name) for name in told] == [getattr(locked, name) for name in told]
    assert locked.nets == {1: Decimal("8.39")}


def test_net_and_gross_prices_stand_on_one_invoice_and_each_is_what_was_told_r39_r42() -> None:
    """A plan whose prices include tax beside one whose prices do not: 9.99, and 10.00 plus 20 %."""
    _, invoice = issued("20", gross(1, "9.99"), charge(2, "10.00"))
    assert invoice.total == Decimal("21.99")
    assert [(group.base, group.tax) for group in invoice.tax_groups] == [(Decimal("18.33"), Decimal("3.66"))]
    assert [line.gross for line in invoice.lines] == [Decimal("9.99"), None]


def test_what_is_given_back_of_a_price_with_tax_includes_it_r42() -> None:
    """A plan change: the unused half of 9.99 is credited, the other plan's 19.99 is charged by half."""
    _, invoice = issued("19", gross(1, "9.99"), gross(2, "-5.00"), gross(3, "10.00"))
    assert invoice.total == Decimal("14.99")


def test_hundreds_of_lines_are_divided_as_one_so_that_the_norm_holds_r39_r42() -> None:
    """EN 16931 has base × rate within 1.00 of the tax; line by line 400 lines would be 2.36 away."""
    _, invoice = issued("19", *(gross(n, "9.99") for n in range(1, 401)))
    (group,) = invoice.tax_groups
    assert invoice.total == Decimal("3996.00")
    assert abs(group.base * group.rate / 100 - group.tax) <= Decimal("0.01")
    assert {line.net for line in invoice.lines} == {Decimal("8.39"), Decimal("8.40")}


PARIS = TaxTerms(kind="determined", parameters={"seller_country": "FR", "place": "FR"})
ABROAD = TaxTerms(kind="determined", parameters={"seller_country": "DE", "place": "FR", "tax_country": "FR"})
CHICAGO = TaxTerms(kind="determined", parameters={"seller_country": "US", "place": "US-IL-CHI"})


def line(n: int, amount: str, *, includes: bool = True, tax_class: str | None = None) -> InvoiceLine:
    return InvoiceLine(
        n=n,
        charge_id=f"c{n}",
        kind="recurring",
        description="Fibre",
        subscription_id="sub-1",
        plan_id="fibre",
        plan_version=1,
        period=SEPTEMBER,
        net=Decimal(amount),
        unrounded=Decimal(amount),
        gross=Decimal(amount) if includes else None,
        tax_class=tax_class,
    )


def taxed(lines: list[InvoiceLine], terms: TaxTerms, *discounts: Discount, currency: str = "EUR") -> Totals:
    taken = take(lines, discounts, invoice_id="i-1", period=SEPTEMBER, currency=currency)
    tables = Registry(world(*EUROPE, *AMERICA).state)

    def tax(lines: Sequence[InvoiceLine], *, divided: bool = False) -> Totals:
        taxable = Taxable(lines=lines, currency=currency, on=TODAY, buyer=ACCOUNT, registry=tables, divided=divided)
        return totals(terms, taxable)

    return taxed_with_tax_included(taken if discounts else Taken(lines, (), lines), tax, currency)


def test_a_buyer_who_owes_the_tax_himself_pays_the_price_he_was_told_r42_r43() -> None:
    sums = taxed([line(1, "9.99")], ABROAD)
    assert (sums.net, sums.tax, sums.total) == (Decimal("9.99"), ZERO, Decimal("9.99"))
    assert [group.category for group in sums.groups] == ["AE"]


def test_each_line_is_divided_by_the_rate_of_its_class_r42_r44() -> None:
    sums = taxed([line(1, "9.99"), line(2, "5.00", tax_class="broadcasting")], PARIS)
    assert [(group.rate, group.base, group.tax) for group in sums.groups] == [
        (Decimal(20), Decimal("8.33"), Decimal("1.66")),
        (Decimal(10), Decimal("4.55"), Decimal("0.45")),
    ]
    assert sums.total == Decimal("14.99")


def test_a_price_that_holds_several_taxes_comes_to_itself_r42_r44() -> None:
    sums = taxed([line(n, "9.99", tax_class="voice") for n in range(1, 4)], CHICAGO, currency="USD")
    assert sums.total == Decimal("29.97")
    assert len(sums.groups) == 4


def test_a_quote_and_an_invoice_divide_alike_r42() -> None:
    lines = [("9.99", True), ("4.20", False), ("9.99", True), ("0.01", True), ("3.33", True)]
    terms = TaxTerms(kind="account_rate", parameters={"rate": "19"})
    sums = taxed([line(n, amount, includes=with_tax) for n, (amount, with_tax) in enumerate(lines, 1)], terms)
    asked = [{"gross" if with_tax else "net": amount, "category": "S", "rate": "19"} for amount, with_tax in lines]
    answer = quote({"currency": "EUR", "prices_include_tax": True, "lines": asked})
    assert (answer["net"], answer["tax"], answer["total"]) == (str(sums.net), str(sums.tax), str(sums.total))
    assert [Decimal(one["net"]) for one in answer["lines"] if Decimal(one["net"]) != Decimal("4.20")] == [
        *sums.nets.values()
    ]


def off(discount_id: str = "d-1", **value: Any) -> Discount:
    terms: dict[str, Any] = {
        name: Decimal(one) if name in ("percent", "amount") else one for name, one in value.items()
    }
    return Discount(
        discount_id=discount_id,
        terms=DiscountTerms(name=discount_id, **terms),
        code="goodwill",
        starts_on=SEPTEMBER.start,
    )


RATE_19 = TaxTerms(kind="account_rate", parameters={"rate": "19"})


def test_a_discount_is_taken_of_what_the_customer_was_told_and_shown_before_tax_r41_r42() -> None:
    sums = taxed([line(1, "9.99")], RATE_19, off(percent="10"))
    assert (sums.net, sums.tax, sums.total) == (Decimal("7.55"), Decimal("1.44"), Decimal("8.99"))
    (allowance,) = sums.allowances
    assert (allowance.amount, allowance.gross, allowance.base) == (Decimal("0.84"), Decimal("1.00"), Decimal("8.39"))
    assert [share.amount for share in allowance.shares] == [Decimal("0.84")]


def test_an_amount_off_is_off_the_price_with_tax_and_used_up_by_that_r41_r42() -> None:
    discount = off(amount="5.00", currency="EUR")
    sums = taxed([line(1, "9.99")], RATE_19, discount)
    assert sums.total == Decimal("4.99")
    used = discount.used("i-1", sums.allowances[0])
    assert used.left_of("i-2", SEPTEMBER) == ZERO


def test_everything_off_leaves_no_tax_and_no_cent_r41_r42() -> None:
    lines = [line(1, "9.99"), line(2, "0.01"), line(3, "3.33")]
    sums = taxed(lines, RATE_19, off(percent="50"), off("d-2", amount="99.00", currency="EUR"))
    assert (sums.net, sums.tax, sums.total) == (ZERO, ZERO, ZERO)
    left = after(with_nets(lines, sums.nets), sums.allowances, "EUR")
    assert [(one.net, one.gross) for one in left] == [(ZERO, ZERO)] * 3


CENTS = st.integers(1, 20_000).map(lambda cents: str(Decimal(cents) / 100))
RATES = st.sampled_from(["0", "5.5", "7", "19", "20", "25", "27"])


@given(prices=st.lists(st.tuples(CENTS, st.booleans()), min_size=1, max_size=12), rate=RATES, share=st.integers(0, 100))
def test_whatever_the_prices_the_customer_pays_what_he_was_told_r42(
    prices: list[tuple[str, bool]], rate: str, share: int
) -> None:
    terms = TaxTerms(kind="account_rate", parameters={"rate": rate})
    lines = [line(n, amount, includes=with_tax) for n, (amount, with_tax) in enumerate(prices, 1)]
    discounts = [off(percent=str(share))] if share else []
    sums = taxed([*lines, line(99, "1.00")], terms, *discounts)
    left = after(with_nets([*lines, line(99, "1.00")], sums.nets), sums.allowances, "EUR")
    assert sums.net == sum((one.net for one in left), ZERO) == sum((group.base for group in sums.groups), ZERO)
    told = sum((one.gross for one in left if one.gross is not None), ZERO)
    others = sum((one.net for one in left if one.gross is None), ZERO)
    plus = (others * Decimal(rate) / 100).quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")
    assert sums.total == told + others + plus
    assert all(0 <= one.net <= (one.net if one.gross is None else one.gross) for one in left)


def test_a_credited_line_gives_back_the_price_that_was_told_r42_r46() -> None:
    """Two lines of 9.99 at 19 % are 8.39 and 8.40 net: each is credited at 9.99."""
    partitions, _ = issued("19", gross(1, "9.99"), gross(2, "9.99"))
    found = []
    for n in (1, 2):
        events = partitions.run(credit(n, lines=[LineToCredit(n=n)]))
        found += [event for event in events if isinstance(event, CreditNoteIssued)]
    assert [(note.net, note.tax, note.total) for note in found] == [
        (Decimal("8.39"), Decimal("1.60"), Decimal("9.99")),
        (Decimal("8.40"), Decimal("1.59"), Decimal("9.99")),
    ]


@given(
    prices=st.lists(st.tuples(CENTS, st.booleans()), min_size=2, max_size=5),
    rate=RATES,
    steps=st.lists(st.integers(1, 99), max_size=4),
    share=st.integers(0, 99),
)
def test_credits_of_lines_and_amounts_come_to_the_invoice_and_never_above_it_r39_r42(
    prices: list[tuple[str, bool]], rate: str, steps: list[int], share: int
) -> None:
    charges = [(gross if with_tax else charge)(n, amount) for n, (amount, with_tax) in enumerate(prices, 1)]
    partitions, invoice = issued(rate, *charges)
    left, notes = invoice.total, 0
    for step in steps:
        amount = (left * step / 100).quantize(Decimal("0.01"))
        if not 0 < amount < left:
            continue
        wanted: dict[str, Any] = {"amount": Money(amount, "EUR")}
        notes += 1
        left -= _credited(partitions, notes, **wanted)
    for n in range(1, len(prices) + 1):
        if left <= 0:
            break
        notes += 1
        left -= _credited(partitions, notes, lines=[LineToCredit(n=n)])
        assert left >= 0
    if left:
        left -= _credited(partitions, notes + 1)
    assert left == 0


def credit(n: int, **what: Any) -> CreditInvoice:
    return CreditInvoice(credit_note_id=f"cn-{n}", invoice_id=INVOICE, account_id=ACCOUNT, reason="goodwill", **what)


def _credited(partitions: Partitions, n: int, **what: Any) -> Decimal:
    try:
        events = partitions.run(credit(n, **what))
    except Exception as refusal:
        assert getattr(refusal, "code", "") in ("over_credited", "nothing_to_credit"), refusal
        return ZERO
    return sum((event.total for event in events if isinstance(event, CreditNoteIssued)), ZERO)


def test_what_is_carried_forward_includes_tax_where_its_prices_did_r42() -> None:
    spec = invoicing()
    tell(spec, opened(tax_rate="19"), subscribed(), gross(1, "-30.00"), charge(2, "1.00"), closed(2, "-29.00"))
    tell(spec, gross(1, "49.99", period=OCTOBER), closed(1, "49.99", period=OCTOBER, after=OCTOBER))
    (carried,) = [event for event in spec.events if isinstance(event, DraftCarriedForward)]
    assert [(one.n, one.net, one.gross) for one in carried.lines] == [
        (2, Decimal("-30.00"), Decimal("-30.00")),
        (3, Decimal("1.00"), None),
    ]
    (drafted,) = [event for event in spec.events if isinstance(event, InvoiceDrafted)]
    assert drafted.total == Decimal("21.18")  # 19.99 as told, and 1.00 + 0.19


def test_an_electronic_invoice_says_it_before_tax_r39_r42() -> None:
    _, invoice = issued("19", gross(1, "9.99"))
    contents: InvoiceContents = msgspec.structs.replace(
        BRUSSELS,
        lines=invoice.lines,
        tax_groups=invoice.tax_groups,
        net=invoice.net,
        tax=invoice.tax,
        total=invoice.total,
        credit_applied=ZERO,
    )
    told = read(contents)
    assert [(one.price, one.net) for one in told.lines] == [(Decimal("8.39"), Decimal("8.39"))]
    assert (told.lines_net, told.net, told.tax, told.total) == tuple(map(Decimal, ("8.39", "8.39", "1.60", "9.99")))
