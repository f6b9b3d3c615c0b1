"""What discounts take off an invoice: worked by hand, and for any lines (R39, R41)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.invoicing.coupon.messages import DiscountTerms
from services.invoicing.discount.state import Discount, Use
from services.invoicing.discounting import Taken, take
from services.invoicing.invoice.messages import Allowance, InvoiceLine, TaxGroup
from services.invoicing.spreading import after, parts_of
from shared.kernel.period import Period
from tests.services.invoicing.story import OCTOBER, SEPTEMBER

START = date(2026, 9, 1)


def line(n: int, net: str, plan: str = "home") -> InvoiceLine:
    return InvoiceLine(
        n=n,
        charge_id=f"c{n}",
        kind="recurring",
        description="Line",
        subscription_id="sub",
        plan_id=plan,
        plan_version=1,
        period=SEPTEMBER,
        net=Decimal(net),
        unrounded=Decimal(net),
    )


def percent(value: str, discount_id: str = "p", **other: Any) -> Discount:
    return discount(discount_id, {"percent": Decimal(value)}, **other)


def amount(value: str, discount_id: str = "a", **other: Any) -> Discount:
    return discount(discount_id, {"amount": Decimal(value), "currency": "EUR"}, **other)


def discount(discount_id: str, value: dict[str, Any], **other: Any) -> Discount:
    terms = {name: other.pop(name) for name in ("periods", "until", "plans") if name in other}
    told: dict[str, Any] = {"code": "goodwill", "starts_on": START} | other
    return Discount(discount_id=discount_id, terms=DiscountTerms(name=discount_id, **value, **terms), **told)


def taken(lines: list[InvoiceLine], *discounts: Discount, period: Period = SEPTEMBER, invoice: str = "i-1") -> Taken:
    return take(lines, discounts, invoice_id=invoice, period=period, currency="EUR")


def told(found: Taken) -> list[tuple[str, str]]:
    return [(one.discount_id, str(one.amount)) for one, _ in found.allowances]


def nets(found: Taken) -> list[str]:
    return [str(one.net) for one in found.lines]


THREE = [line(1, "10.00"), line(2, "10.00"), line(3, "10.00", "tv")]


@pytest.mark.parametrize(
    ("discounts", "amounts", "left"),
    [
        pytest.param([percent("10")], [("p", "3.00")], ["9.00", "9.00", "9.00"], id="ten percent"),
        pytest.param([amount("10.00")], [("a", "10.00")], ["6.67", "6.67", "6.66"], id="last line takes the residue"),
        pytest.param(
            [amount("5.00"), percent("10")],
            [("p", "3.00"), ("a", "5.00")],
            ["7.33", "7.33", "7.34"],
            id="percent before amount",
        ),
        pytest.param(
            [percent("10"), percent("10", "q")],
            [("p", "3.00"), ("q", "2.70")],
            ["8.10", "8.10", "8.10"],
            id="the second of what the first left",
        ),
        pytest.param(
            [amount("40.00"), amount("1.00", "b")], [("a", "30.00")], ["0.00", "0.00", "0.00"], id="never below zero"
        ),
        pytest.param(
            [amount("2.00", "late", starts_on=date(2026, 9, 9)), amount("3.00", "early")],
            [("early", "3.00"), ("late", "2.00")],
            ["8.33", "8.33", "8.34"],
            id="amounts by their start",
        ),
        pytest.param([percent("50", plans=("tv",))], [("p", "5.00")], ["10.00", "10.00", "5.00"], id="of one plan"),
        pytest.param([amount("5.00", plans=("voice",))], [], ["10.00", "10.00", "10.00"], id="of a plan not there"),
        pytest.param([percent("0.001")], [], ["10.00", "10.00", "10.00"], id="what comes to nothing is not used"),
    ],
)
def test_discounts_come_off_in_one_order_R41(
    discounts: list[Discount], amounts: list[tuple[str, str]], left: list[str]
) -> None:
    found = taken(THREE, *discounts)
    assert (told(found), nets(found)) == (amounts, left)


@pytest.mark.parametrize(
    ("one", "period", "applies"),
    [
        pytest.param(percent("10", starts_on=date(2026, 9, 30)), SEPTEMBER, True, id="starts on its last day"),
        pytest.param(percent("10", starts_on=date(2026, 10, 1)), SEPTEMBER, False, id="starts after it"),
        pytest.param(percent("10", ends_on=date(2026, 9, 2)), SEPTEMBER, True, id="ends in it"),
        pytest.param(percent("10", ends_on=date(2026, 9, 1)), SEPTEMBER, False, id="ended before it"),
        pytest.param(percent("10", until=date(2026, 10, 1)), SEPTEMBER, True, id="until the next"),
        pytest.param(percent("10", until=date(2026, 10, 1)), OCTOBER, False, id="until it begins"),
        pytest.param(percent("10", until=date(2026, 10, 2)), OCTOBER, True, id="until its second day"),
    ],
)
def test_a_discount_is_in_force_for_a_period_that_has_a_day_of_it(one: Discount, period: Period, applies: bool) -> None:
    assert bool(taken(THREE, one, period=period).allowances) == applies


def use(invoice: str, period: Period, value: str) -> Use:
    return Use(invoice_id=invoice, period=period, amount=Decimal(value))


def test_once_is_one_period_and_its_amount_is_shared_by_the_invoices_of_it() -> None:
    once = amount("12.00", periods=1, uses=(use("i-0", SEPTEMBER, "5.00"),))
    assert told(taken(THREE, once)) == [("a", "7.00")]
    assert told(taken(THREE, once, period=OCTOBER)) == []
    assert told(taken(THREE, once, invoice="i-0")) == [("a", "12.00")]


def test_a_percentage_is_taken_of_every_invoice_of_a_period_that_it_counts() -> None:
    once = percent("10", periods=1, uses=(use("i-0", SEPTEMBER, "5.00"),))
    assert told(taken(THREE, once)) == [("p", "3.00")]
    assert told(taken(THREE, once, period=OCTOBER)) == []


def test_a_refund_on_the_invoice_is_discounted_like_what_it_refunds() -> None:
    """A change of plan gives 5.00 back of what was 10 % cheaper: 4.50."""
    found = taken([line(1, "-5.00"), line(2, "25.00")], percent("10"))
    assert (told(found), nets(found)) == ([("p", "2.00")], ["-4.50", "22.50"])


def test_nothing_is_taken_of_what_goes_to_the_next_invoice() -> None:
    assert told(taken([line(1, "-5.00")], percent("10"), amount("1.00"))) == []
    assert told(taken([line(1, "10.00"), line(2, "-10.00")], amount("1.00", plans=("home",)))) == []
    below = taken([line(1, "30.00", "tv"), line(2, "-25.00")], amount("10.00", plans=("tv",)))
    assert told(below) == [("a", "5.00")]


def test_shares_are_told_by_group_of_tax_R39() -> None:
    groups = [
        TaxGroup(category="S", rate=Decimal(20), base=Decimal(18), tax=Decimal("3.60"), lines=[1, 2]),
        TaxGroup(category="S", rate=Decimal("5.5"), base=Decimal(9), tax=Decimal("0.50"), lines=[3]),
    ]
    (allowance,) = taken(THREE, percent("10")).shared(groups)
    assert [(str(one.rate), str(one.amount)) for one in allowance.shares] == [("20", "2.00"), ("5.5", "1.00")]
    assert (str(allowance.base), allowance.lines) == ("30.00", [])


def test_no_line_bears_more_than_it_has() -> None:
    """Half of a hundred cents: rounded one by one, 99 lines would bear 0.99 and the last -0.49."""
    parts = parts_of(Decimal("0.50"), [Decimal("0.01")] * 100, currency="EUR")
    assert sum(parts) == Decimal("0.50") and set(parts) == {Decimal("0.00"), Decimal("0.01")}


cents = st.integers(-5_000, 20_000).map(lambda n: Decimal(n) / 100)
plans = st.sampled_from(["home", "tv"])
values = st.tuples(st.sampled_from(["percent", "amount"]), st.integers(1, 10_000), st.sampled_from([(), ("tv",)]))


@given(st.lists(st.tuples(cents, plans), min_size=1, max_size=12), st.lists(values, max_size=4))
def test_shares_sum_to_the_allowance_and_no_line_changes_its_sign_R39(
    drawn: list[tuple[Decimal, str]], given_discounts: list[tuple[str, int, tuple[str, ...]]]
) -> None:
    lines = [line(n, f"{net:.2f}", plan) for n, (net, plan) in enumerate(drawn, 1)]
    assume(sum(one.net for one in lines) > 0)
    made = [
        percent(str(Decimal(n) / 100), f"d{i}", plans=scope)
        if kind == "percent"
        else amount(str(Decimal(n) / 100), f"d{i}", plans=scope)
        for i, (kind, n, scope) in enumerate(given_discounts)
    ]
    found = taken(lines, *made)
    for allowance, parts in found.allowances:
        assert sum(parts.values()) == allowance.amount > 0
    left = [one.net for one in found.lines]
    off = sum((one.amount for one, _ in found.allowances), Decimal(0))
    assert sum(left) == sum(one.net for one in lines) - off >= 0
    assert all(0 <= abs(net) <= abs(one.net) and net * one.net >= 0 for net, one in zip(left, lines, strict=True))
    again: list[Allowance] = [one for one, _ in found.allowances]
    assert [one.net for one in after(lines, again, "EUR")] == left


def fee(n: int, net: str) -> InvoiceLine:
    return msgspec.structs.replace(line(n, net, ""), kind="late_fee", subscription_id="")


@pytest.mark.parametrize(
    ("lines", "discounts", "amounts", "left"),
    [
        pytest.param([fee(1, "5.00")], [percent("100")], [], ["5.00"], id="nothing else"),
        pytest.param(
            [line(1, "10.00"), fee(2, "5.00")], [percent("10")], [("p", "1.00")], ["9.00", "5.00"], id="percent"
        ),
        pytest.param(
            [fee(1, "5.00"), line(2, "10.00")], [amount("12.00")], [("a", "10.00")], ["5.00", "0.00"], id="amount"
        ),
        # 20.00 less 10.00 is all that services come to: the fee is no room for more.
        pytest.param(
            [line(1, "20.00", "tv"), line(2, "-10.00"), fee(3, "5.00")],
            [amount("15.00", plans=("tv",))],
            [("a", "10.00")],
            ["10.00", "-10.00", "5.00"],
            id="of one plan",
        ),
        pytest.param(
            [line(1, "10.00"), fee(2, "5.00"), fee(3, "-5.00")],
            [percent("50")],
            [("p", "5.00")],
            ["5.00", "5.00", "-5.00"],
            id="waived",
        ),
    ],
)
def test_a_discount_lowers_no_late_fee_R41_R54(
    lines: list[InvoiceLine], discounts: list[Discount], amounts: list[tuple[str, str]], left: list[str]
) -> None:
    found = taken(lines, *discounts)
    assert (told(found), nets(found)) == (amounts, left)
    again = after(lines, [allowance for allowance, _ in found.allowances], "EUR")
    assert [str(one.net) for one in again] == left
