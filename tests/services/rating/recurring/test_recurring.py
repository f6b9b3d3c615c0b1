"""The recurring engine: periods and their shares (R5, R6, R7, R10), changes (R8), what is already billed (R12)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rating.pricing import Quote, parse_price
from services.rating.recurring.lines import Change, recurring_lines
from shared.kernel.bodies import parse_moment
from shared.kernel.calendar import Cycle, EveryDays, Frequency, period_containing
from shared.kernel.errors import Rejection

MONTHLY = Cycle()


def flat(amount: str, **rest: Any) -> dict[str, Any]:
    return {"model": "flat", "amount": amount, **rest}


def quote(
    price: dict[str, Any],
    start: str,
    target: str,
    *,
    end: str | None = None,
    billed_through: str | None = None,
    changes: dict[str, dict[str, Any]] | None = None,
    cycle: Cycle = MONTHLY,
) -> Quote:
    return recurring_lines(
        parse_price(price),
        currency="EUR",
        cycle=cycle,
        start=parse_moment(start),
        end=None if end is None else parse_moment(end),
        changes=[Change(parse_moment(on), parse_price(raw)) for on, raw in (changes or {}).items()],
        billed_through=None if billed_through is None else parse_moment(billed_through),
        target_date=date.fromisoformat(target),
    )


def told(quote: Quote) -> list[str]:
    """Lines as a bill shows them: from, to, fraction, amount."""
    return [f"{line.start} {line.end} {line.fraction.normalize():f} {line.amount}" for line in quote.lines]


def test_a_part_is_a_share_of_the_full_cycle_that_contains_it_r5() -> None:
    assert told(quote(flat("10.00"), "2026-05-18", "2026-05-18")) == ["2026-05-18 2026-06-01 0.451612903 4.52"]


def test_a_leading_and_a_trailing_part_round_on_their_own_r6() -> None:
    lines = told(quote(flat("10.00"), "2026-05-18", "2026-07-31", end="2026-07-12"))
    assert lines == [
        "2026-05-18 2026-06-01 0.451612903 4.52",
        "2026-06-01 2026-07-01 1 10.00",
        "2026-07-01 2026-07-12 0.35483871 3.55",
    ]


@pytest.mark.parametrize(
    ("proration", "start", "end", "fraction", "amount"),
    [
        # the last 14 days of May; the first 15 of May; one day
        ("actual", "2026-05-18", "2026-06-01", "0.451612903", "4.52"),
        ("actual", "2026-05-01", "2026-05-16", "0.483870968", "4.84"),
        ("actual", "2026-05-31", "2026-06-01", "0.032258065", "0.32"),
        ("fixed_30", "2026-05-18", "2026-06-01", "0.433333333", "4.33"),
        ("fixed_30", "2026-05-01", "2026-05-16", "0.5", "5.00"),
        ("fixed_30", "2026-05-30", "2026-05-31", "0", "0.00"),  # the 31st is the 30th
        ("fixed_30", "2026-02-15", "2026-03-01", "0.533333333", "5.33"),
        ("seconds", "2026-05-18", "2026-06-01", "0.451612903", "4.52"),
        ("seconds", "2026-05-31T12:00:00Z", "2026-06-01", "0.016129032", "0.16"),
        ("inclusive", "2026-05-01", "2026-05-15", "0.483870968", "4.84"),
        ("inclusive", "2026-05-01", "2026-05-01", "0.032258065", "0.32"),
        ("inclusive", "2026-05-01", "2026-05-31", "1", "10.00"),
        ("none", "2026-05-18", "2026-06-01", "0", "0.00"),
        ("none", "2026-05-01", "2026-06-01", "1", "10.00"),
        ("full", "2026-05-31", "2026-06-01", "1", "10.00"),
    ],
)
def test_each_policy_has_its_own_share_r7(proration: str, start: str, end: str, fraction: str, amount: str) -> None:
    (line,) = quote(flat("10.00", proration=proration), start, "2026-05-31", end=end).lines
    assert (line.fraction, str(line.amount)) == (Decimal(fraction), amount)


def test_an_inclusive_end_on_the_first_day_of_a_period_bills_that_day_r7() -> None:
    lines = told(quote(flat("10.00", proration="inclusive"), "2026-05-01", "2026-06-30", end="2026-06-01"))
    assert lines == ["2026-05-01 2026-06-01 1 10.00", "2026-06-01 2026-06-02 0.033333333 0.33"]


def test_seconds_know_the_day_that_has_23_hours_r7() -> None:
    paris = Cycle(time_zone="Europe/Paris")
    (line,) = quote(flat("743", proration="seconds"), "2026-03-01", "2026-03-01", end="2026-03-02", cycle=paris).lines
    assert line.fraction == Decimal("0.032301480")  # 24 of March's 743 hours
    (line,) = quote(flat("743", proration="seconds"), "2026-03-29", "2026-03-29", end="2026-03-30", cycle=paris).lines
    assert line.fraction == Decimal("0.030955585")  # 23 of them


def test_cycle_day_31_is_clamped_and_returns_and_a_part_is_a_share_of_the_clamped_period_r10() -> None:
    lines = told(quote(flat("10.00"), "2026-02-14", "2026-04-30", cycle=Cycle(anchor_day=31)))
    assert lines == [
        "2026-02-14 2026-02-28 0.5 5.00",  # 14 of the 28 days from 31 January
        "2026-02-28 2026-03-31 1 10.00",
        "2026-03-31 2026-04-30 1 10.00",
        "2026-04-30 2026-05-31 1 10.00",
    ]


@pytest.mark.parametrize(
    ("cycle", "start", "target", "lines"),
    [
        (
            Cycle("quarter"),  # counts from the month of the start
            "2026-02-15",
            "2026-05-01",
            ["2026-02-15 2026-05-01 0.842696629 75.84", "2026-05-01 2026-08-01 1 90.00"],
        ),
        (Cycle("quarter", 1, 1), "2026-02-15", "2026-03-31", ["2026-02-15 2026-04-01 0.5 45.00"]),
        (Cycle("year", 1, 1), "2026-07-01", "2026-12-31", ["2026-07-01 2027-01-01 0.504109589 45.37"]),
        (
            Cycle(EveryDays(30)),
            "2026-02-15",
            "2026-03-17",
            ["2026-02-15 2026-03-17 1 90.00", "2026-03-17 2026-04-16 1 90.00"],
        ),
    ],
)
def test_longer_periods_count_from_their_anchor(cycle: Cycle, start: str, target: str, lines: list[str]) -> None:
    assert told(quote(flat("90.00"), start, target, cycle=cycle)) == lines


@pytest.mark.parametrize(
    ("bill", "target", "count"),
    [
        ("advance", "2026-06-01", 1),
        ("advance", "2026-06-30", 1),
        ("advance", "2026-07-01", 2),
        ("arrears", "2026-06-30", 0),
        ("arrears", "2026-07-01", 1),
        ("arrears", "2026-08-01", 2),
    ],
)
def test_advance_is_due_when_a_period_begins_and_arrears_when_it_ends(bill: str, target: str, count: int) -> None:
    assert len(quote(flat("10.00", bill=bill), "2026-06-01", target).lines) == count


def test_a_change_credits_the_unused_old_and_charges_the_remaining_new_r8() -> None:
    changed = quote(
        flat("20.00"), "2026-06-01", "2026-06-16", billed_through="2026-07-01", changes={"2026-06-16": flat("30.00")}
    )
    assert told(changed) == ["2026-06-16 2026-07-01 0.5 -10.00", "2026-06-16 2026-07-01 0.5 15.00"]
    assert [line.kind for line in changed.lines] == ["credit", "recurring"]
    assert changed.amount == Decimal("5.00")


def test_a_change_of_a_period_not_billed_yet_cuts_it() -> None:
    assert told(quote(flat("20.00"), "2026-06-01", "2026-07-01", changes={"2026-06-16": flat("30.00")})) == [
        "2026-06-01 2026-06-16 0.5 10.00",
        "2026-06-16 2026-07-01 0.5 15.00",
        "2026-07-01 2026-08-01 1 30.00",
    ]


def test_an_end_gives_back_what_was_paid_beyond_it_r8() -> None:
    ended = quote(flat("30.00"), "2026-01-15", "2026-06-10", end="2026-06-11", billed_through="2026-08-01")
    assert told(ended) == []  # the day has not come
    ended = quote(flat("30.00"), "2026-01-15", "2026-06-11", end="2026-06-11", billed_through="2026-08-01")
    assert told(ended) == ["2026-06-11 2026-07-01 0.666666667 -20.00", "2026-07-01 2026-08-01 1 -30.00"]


def test_what_is_billed_is_not_charged_again_r12() -> None:
    first = quote(flat("10.00"), "2026-05-18", "2026-06-01")
    assert len(first.lines) == 2
    assert quote(flat("10.00"), "2026-05-18", "2026-06-01", billed_through="2026-07-01").lines == ()
    assert told(quote(flat("10.00"), "2026-05-18", "2026-07-01", billed_through="2026-07-01")) == [
        "2026-07-01 2026-08-01 1 10.00"
    ]


def test_the_rest_of_a_period_billed_in_part_is_charged() -> None:
    lines = told(quote(flat("30.00"), "2026-06-01", "2026-06-01", billed_through="2026-06-11"))
    assert lines == ["2026-06-11 2026-07-01 0.666666667 20.00"]


@pytest.mark.parametrize(
    ("proration", "credits"),
    [
        ("actual", ["-10.00"]),
        ("fixed_30", ["-10.00"]),
        ("full", []),  # a period begun is paid
        ("none", ["-20.00"]),  # a period broken off costs nothing
    ],
)
def test_every_policy_gives_back_what_it_would_not_have_charged_r8(proration: str, credits: list[str]) -> None:
    price = flat("20.00", proration=proration)
    ended = quote(price, "2026-06-01", "2026-06-16", end="2026-06-16", billed_through="2026-07-01")
    assert [str(line.amount) for line in ended.lines] == credits


@pytest.mark.parametrize(
    ("modifiers", "amounts"),
    [
        ({"discount": {"percent": "10"}}, ["4.06", "9.00"]),
        ({"discount": {"amount": "1.00"}}, ["4.06", "9.00"]),  # an amount off the period: of a part, its share
        ({"discount": {"percent": "10", "until": "2026-06-01"}}, ["4.06", "10.00"]),
        ({"minimum": "5.00"}, ["5.00", "10.00"]),
        ({"maximum": "8.00"}, ["4.52", "8.00"]),
    ],
)
def test_modifiers_apply_to_each_line(modifiers: dict[str, Any], amounts: list[str]) -> None:
    lines = quote(flat("10.00", modifiers=modifiers), "2026-05-18", "2026-06-01").lines
    assert [str(line.amount) for line in lines] == amounts


def test_a_credit_gives_back_what_was_paid_after_discount_r9() -> None:
    price = flat("20.00", modifiers={"discount": {"percent": "50", "until": "2026-06-10"}})
    ended = quote(price, "2026-06-01", "2026-06-16", end="2026-06-16", billed_through="2026-07-01")
    assert [str(line.amount) for line in ended.lines] == ["-5.00"]
    assert sum(step.amount for step in ended.lines[0].steps) == ended.lines[0].unrounded


@pytest.mark.parametrize(
    ("modifiers", "ask", "amounts"),
    [
        # 20.00 a month; the line was charged at its bound, and the used half is held by it, too
        ({"maximum": "15.00"}, {"end": "2026-06-16"}, ["-5.00"]),
        ({"minimum": "25.00"}, {"end": "2026-06-16"}, ["0.00"]),
        ({"minimum": "12.00"}, {"end": "2026-06-16"}, ["-8.00"]),
        ({"minimum": "12.00"}, {"end": "2026-06-01"}, ["-20.00"]),
        ({"minimum": "12.00"}, {}, ["20.00"]),
    ],
)
def test_a_credit_never_exceeds_what_its_line_was_charged_r9(
    modifiers: dict[str, str], ask: dict[str, str], amounts: list[str]
) -> None:
    price = flat("20.00", modifiers=modifiers)
    lines = quote(price, "2026-06-01", "2026-07-01", billed_through="2026-07-01", **ask).lines  # type: ignore[arg-type]
    assert [str(line.amount) for line in lines] == amounts
    assert all(sum(step.amount for step in line.steps) == line.unrounded for line in lines)


@pytest.mark.parametrize(
    ("ask", "code", "pointer"),
    [
        ({"target": "2026-05-31"}, "invalid", "/target_date"),
        ({"end": "2026-05-31"}, "invalid", "/end"),
        ({"changes": {"2026-05-31": flat("1")}}, "invalid", "/changes/0/on"),
        ({"changes": {"2026-07-01": flat("1", interval="year")}}, "invalid", "/changes/0/price/interval"),
        ({"changes": {"2026-07-01": {"model": "per_unit", "unit_price": "1"}}}, "invalid", "/changes/0/price/model"),
        ({"price": flat("1", interval="quarter")}, "invalid", "/price/interval"),
        ({"price": {"model": "per_unit", "unit_price": "1"}}, "invalid", "/price/model"),
        ({"price": flat("1", proration="fixed_30"), "cycle": Cycle(EveryDays(30))}, "invalid", "/price/proration"),
        ({"start": "2026-06-01T00:00:00Z"}, "invalid", "/start"),
        ({"end": "2026-06-10T00:00:00Z"}, "invalid", "/end"),
        ({"changes": {"2026-06-10T00:00:00Z": flat("1")}}, "invalid", "/changes/0/on"),
        (
            {"start": "1970-01-01", "target": "2999-12-31", "cycle": Cycle(EveryDays(1))},
            "too_many_periods",
            "/target_date",
        ),
    ],
)
def test_a_contradiction_is_refused_with_its_pointer(ask: dict[str, Any], code: str, pointer: str) -> None:
    ask = {"price": flat("10.00"), "start": "2026-06-01", "target": "2026-06-01", **ask}
    with pytest.raises(Rejection) as refusal:
        quote(**ask)
    assert [(one.code, one.pointer) for one in refusal.value.all] == [(code, pointer)]


STARTS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
FREQUENCIES = st.one_of(st.sampled_from(["month", "quarter", "year"]), st.integers(1, 100).map(EveryDays))
CYCLES = st.builds(
    Cycle,
    FREQUENCIES,
    st.integers(1, 31),
    st.integers(1, 12),
    st.sampled_from(["UTC", "Europe/Paris", "America/New_York"]),
)


@given(CYCLES, STARTS, st.sampled_from(["actual", "seconds"]), st.data())
def test_the_parts_of_a_period_add_up_to_the_whole(
    cycle: Cycle, start: date, proration: str, data: st.DataObject
) -> None:
    cycle = Cycle(cycle.frequency, cycle.anchor_day, cycle.anchor_month, cycle.time_zone, start)
    whole = period_containing(cycle, start)
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, whole.days - 1)), max_size=4)))
    price = flat("100.00", proration=proration)
    on = {(whole.start + timedelta(days=cut)).isoformat(): price for cut in cuts if cut < whole.days}
    end = whole.end.isoformat()
    parts = quote(price, whole.start.isoformat(), end, end=end, changes=on, cycle=cycle)
    assert abs(parts.unrounded - 100) <= Decimal("0.0000001") * len(parts.lines)
    assert abs(parts.amount - 100) <= Decimal("0.005") * len(parts.lines)


POLICIES = st.sampled_from(["actual", "fixed_30", "seconds", "inclusive", "none", "full"])
MONTHS = st.builds(Cycle, st.sampled_from(["month", "quarter", "year"]), st.integers(1, 28), st.integers(1, 12))


MODIFIERS = st.sampled_from([{}, {"discount": {"amount": "7"}}, {"minimum": "40"}, {"minimum": "20", "maximum": "80"}])


@given(MONTHS, STARTS, POLICIES, MODIFIERS, st.integers(0, 400), st.integers(0, 400), st.booleans())
def test_billing_before_or_after_an_end_comes_to_the_same_total_r8(
    cycle: Cycle,
    start: date,
    proration: str,
    modifiers: dict[str, Any],
    days_billed: int,
    days_ended: int,
    changed: bool,
) -> None:
    """What was billed in advance plus what a later quote adds is what one quote at the end would have asked for."""
    price = flat("100.00", proration=proration, modifiers=modifiers)
    first = quote(price, start.isoformat(), (start + timedelta(days=days_billed)).isoformat(), cycle=cycle)
    through = first.lines[-1].end
    cut = (start + timedelta(days=days_ended)).isoformat()
    target = max(start + timedelta(days=800), start).isoformat()
    # Inclusive counts its end as a day, so an end and a change differ there: both must hold.
    ask: dict[str, Any] = {"cycle": cycle, "changes": {cut: flat("70.00", proration=proration)} if changed else None}
    ask["end"] = None if changed else cut
    at_once = quote(price, start.isoformat(), target, **ask)
    later = quote(price, start.isoformat(), target, billed_through=str(through), **ask)
    assert abs(first.unrounded + later.unrounded - at_once.unrounded) <= Decimal("0.000001")


@given(STARTS, st.integers(1, 60), st.sampled_from(["month", "quarter"]))
def test_the_same_request_after_billing_asks_for_nothing_r12(start: date, days: int, frequency: Frequency) -> None:
    cycle, target = Cycle(frequency, anchor_month=1), (start + timedelta(days=days)).isoformat()
    first = quote(flat("10.00"), start.isoformat(), target, cycle=cycle)
    assert (
        quote(flat("10.00"), start.isoformat(), target, billed_through=str(first.lines[-1].end), cycle=cycle).lines
        == ()
    )


def test_instants_are_shown_in_utc_and_midnights_as_dates() -> None:
    paris = Cycle(time_zone="Europe/Paris")
    (line,) = quote(flat("10.00", proration="seconds"), "2026-06-15T10:00:00Z", "2026-06-15", cycle=paris).lines
    assert (line.start, line.end) == (datetime(2026, 6, 15, 10, tzinfo=UTC), date(2026, 7, 1))
    assert line.period is None


def test_periods_of_days_begin_at_the_time_of_day_they_count_from() -> None:
    cycle = Cycle(EveryDays(10), time_zone="Europe/Paris")
    price = flat("10.00", proration="seconds")
    first, second = quote(price, "2026-06-01T10:00:00Z", "2026-06-11", cycle=cycle).lines
    assert (first.fraction, second.start) == (Decimal(1), datetime(2026, 6, 11, 10, tzinfo=UTC))
    early = quote(price, "2026-06-01T10:00:00Z", "2026-06-11", billed_through="2026-06-11T08:00:00Z", cycle=cycle)
    assert [line.start for line in early.lines] == [
        datetime(2026, 6, 11, 8, tzinfo=UTC),
        datetime(2026, 6, 11, 10, tzinfo=UTC),
    ]
