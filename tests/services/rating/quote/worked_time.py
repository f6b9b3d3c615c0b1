"""Worked examples of prices for time, and of those that are charged once."""

from __future__ import annotations

from typing import Any, Final

from tests.services.rating.quote.worked import Worked, over_time

SET_UP: Final = {"model": "one_time", "amount": "49.00"}


def flat(amount: str, **rest: Any) -> dict[str, Any]:
    return {"model": "flat", "amount": amount, **rest}


def in_august(price: dict[str, Any], amount: str, source: str) -> Worked:
    """From 18 August on: 14 of 31 days."""
    return over_time(price, amount, source, start="2026-08-18", target_date="2026-08-31")


def of_june(price: dict[str, Any], amount: str, source: str, **rest: Any) -> Worked:
    return over_time(price, amount, source, **{"start": "2026-06-01", "target_date": "2026-06-01"} | rest)


EXAMPLES: Final[tuple[Worked, ...]] = (
    in_august(flat("10.00"), "4.52", "R5: 14 days of a 31-day cycle on 10.00"),
    in_august(flat("10.00", proration="fixed_30"), "4.33", "R7: 30/360; 18 to 30 August are 13 of 30 days"),
    in_august(flat("10.00", proration="none"), "0.00", "contract: a part period costs nothing"),
    in_august(flat("10.00", proration="full"), "10.00", "contract: a part period costs the whole"),
    of_june(flat("20.00"), "20.00", "by hand: a whole month"),
    of_june(flat("20.00", proration="inclusive"), "10.00", "R7: to the 15th, which counts; 15 of 30", end="2026-06-15"),
    of_june(
        flat("20.00"),
        "5.00",
        "R8: 20 to 30 at day 15 of 30 gives −10 and +15",
        changes=[{"on": "2026-06-16", "price": flat("30.00")}],
        billed_through="2026-07-01",
        target_date="2026-06-16",
    ),
    of_june(flat("10.00", bill="arrears"), "0.00", "contract: in arrears, due as it ends", target_date="2026-06-30"),
    of_june(flat("10.00", bill="arrears"), "10.00", "contract: in arrears, due as it ends", target_date="2026-07-01"),
    over_time(
        flat("31.00"),
        "62.00",
        "R10: anchor 31: [28 February, 31 March) and [31 March, 30 April), whole periods both",
        cycle={"anchor_day": 31},
        start="2026-02-28",
        target_date="2026-03-31",
    ),
    over_time(
        flat("90.00", interval="quarter"),
        "59.00",
        "R5: February and March are 59 of the 90 days of the quarter",
        cycle={"anchor_month": 1},
        start="2026-02-01",
        target_date="2026-02-01",
    ),
    over_time(
        flat("366.00", interval="year"),
        "306.00",
        "R5 in a leap year: from 1 March 306 of 366 days",
        cycle={"anchor_month": 1},
        start="2028-03-01",
        target_date="2028-03-01",
    ),
    over_time(
        flat("30.00", proration="seconds"),
        "14.50",
        "R7: from noon on the 16th 14.5 of 30 days",
        start="2026-06-16T12:00:00Z",
        target_date="2026-06-16",
    ),
    of_june(SET_UP, "49.00", "contract: charged once"),
    in_august(SET_UP, "49.00", "by hand: whatever part of a month is left"),
    of_june(SET_UP, "49.00", "by hand: once, not each month", target_date="2026-12-31"),
    of_june(SET_UP, "0.00", "R12: charged before, not charged again", billed_through="2026-07-01"),
    of_june(SET_UP | {"modifiers": {"discount": {"percent": "50"}}}, "24.50", "by hand: half off"),
)
