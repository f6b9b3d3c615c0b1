"""What all compared periods come to: totals, winners, losers and bands, with few of them in memory."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from services.rating.what_if.comparing import BEYOND_SUMS, Compared
from services.rating.what_if.summary import Summary
from shared.kernel.period import Period

SEPTEMBER, OCTOBER = Period(date(2026, 9, 1), date(2026, 10, 1)), Period(date(2026, 10, 1), date(2026, 11, 1))


def compared(account: str, charged: str, candidate: str | None, period: Period = SEPTEMBER) -> Compared:
    return Compared(
        account_id=account,
        subscription_id=f"{account}-line",
        period=period,
        records=10,
        charged=Decimal(charged),
        candidate=None if candidate is None else Decimal(candidate),
        reason=BEYOND_SUMS if candidate is None else None,
        meter="data.octets" if candidate is None else None,
    )


def summed(*subscriptions: list[Compared], limit: int = 50) -> Summary:
    summary = Summary(limit)
    for periods in subscriptions:
        summary.add(periods)
    summary.end()
    return summary


def test_who_would_pay_less_is_a_winner_and_an_account_counts_once() -> None:
    summary = summed(
        [compared("a", "10.00", "8.00"), compared("a", "10.00", "15.00", OCTOBER)],
        [compared("b", "10.00", "10.00")],
        [compared("c", "10.00", "4.00")],
    )
    assert (summary.charged, summary.candidate, summary.difference) == (Decimal(40), Decimal(37), Decimal(-3))
    assert (summary.periods.winners, summary.periods.losers, summary.periods.unchanged) == (2, 1, 1)
    assert (summary.accounts.winners, summary.accounts.losers, summary.accounts.unchanged) == (1, 1, 1)
    assert [one.account_id for one in summary.winners.found()] == ["c", "a"]
    assert summary.subscriptions == 3


def test_what_cannot_be_computed_is_in_no_total() -> None:
    summary = summed([compared("a", "10.00", None), compared("a", "5.00", "6.00", OCTOBER)])
    assert (summary.charged, summary.candidate, summary.records) == (Decimal(5), Decimal(6), 10)
    assert (summary.not_computable_charged, summary.not_computable_by_reason) == (Decimal(10), {BEYOND_SUMS: 1})


def test_bands_are_per_cent_of_what_was_charged_each_period_in_one() -> None:
    summary = summed(
        *[
            [compared("a", "100.00", amount)]
            for amount in ("0", "49.99", "50", "75", "89.99", "90", "99", "100", "101", "110", "110.01", "150", "151")
        ],
        [compared("b", "0.00", "3.00")],
        [compared("c", "-10.00", "-10.00")],
    )
    assert [(band.kind, band.over, band.up_to, band.periods) for band in summary.bands] == [
        ("percent", None, -50, 2),
        ("percent", -50, -25, 1),
        ("percent", -25, -10, 2),
        ("percent", -10, 0, 2),
        ("unchanged", 0, 0, 2),
        ("percent", 0, 10, 2),
        ("percent", 10, 25, 1),
        ("percent", 25, 50, 1),
        ("percent", 50, None, 1),
        ("nothing_charged", None, None, 1),
    ]
    assert sum(band.difference for band in summary.bands) == summary.difference


def test_only_the_largest_differences_are_kept_whatever_their_order() -> None:
    summary = summed(*[[compared(f"a{n:05}", "10.00", str(10 + n % 700))] for n in range(4_000)], limit=3)
    assert [(one.account_id, one.difference) for one in summary.losers.found()] == [
        ("a00699", Decimal(699)),
        ("a01399", Decimal(699)),
        ("a02099", Decimal(699)),
    ]
