"""Worked examples of prices for what a line reaches or holds: peaks, levels over time, percentiles."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tests.services.rating.quote.worked import Worked, recorded, used

LINE: Final = {
    "model": "capacity",
    "tiers": [
        {"limits": {"ports": "10", "mbit": "100"}, "amount": "50.00"},
        {"limits": {"ports": "50"}, "amount": "200.00"},
    ],
}
USERS: Final = {
    "model": "capacity",
    "tiers": [
        {"limits": {"users": "10"}, "amount": "20"},
        {"limits": {"users": "50"}, "amount": "80"},
        {"limits": {}, "amount": "150"},
    ],
}
SERVERS: Final = {"model": "time_weighted", "unit_price": "20.00"}
BURST: Final = {"model": "percentile", "percentile": "95", "commit": "100", "unit_price": "2.00"}
RATE: Final = {"model": "percentile", "unit_price": "1"}
PARIS: Final = {"time_zone": "Europe/Paris"}
MARCH: Final = {"start": "2026-03-01", "end": "2026-04-01"}
OCTOBER: Final = {"start": "2026-10-01", "end": "2026-11-01"}
ONE_DAY: Final = {"start": "2026-06-01", "end": "2026-06-02"}


def peak(meter: str, quantity: str) -> dict[str, Any]:
    return {"meter": meter, "quantity": quantity}


def held(quantity: str, start: str, end: str) -> dict[str, Any]:
    return {"quantity": quantity, "started_at": f"{start}:00:00Z", "ended_at": f"{end}:00:00Z"}


def samples(*rates: int | str, direction: str | None = None, first: int = 0) -> list[dict[str, Any]]:
    """A sample every five minutes from the first of June."""
    start = datetime(2026, 6, 1, tzinfo=UTC)
    said = {"attributes": {"direction": direction}} if direction else {}
    return [
        {"quantity": str(rate), "started_at": (start + timedelta(minutes=5 * place)).isoformat(), **said}
        for place, rate in enumerate(rates, start=first)
    ]


TWENTY: Final = samples(*range(10, 201, 10))

EXAMPLES: Final[tuple[Worked, ...]] = (
    # capacity
    recorded(LINE, [peak("ports", "8"), peak("mbit", "90")], "50.00", "contract: both peaks are within the first tier"),
    recorded(LINE, [peak("ports", "10"), peak("mbit", "100")], "50.00", "by hand: limits are inclusive"),
    recorded(LINE, [peak("ports", "8"), peak("mbit", "400")], "200.00", "contract: mbit, not named, is unbounded"),
    recorded(LINE, [peak("ports", "11")], "200.00", "by hand: 11 ports do not fit 10"),
    recorded(
        LINE, [peak("ports", "6"), peak("ports", "7"), peak("ports", "6")], "50.00", "contract: the peak is 7, not 19"
    ),
    recorded(LINE, [], "50.00", "by hand: nothing used fits the first tier"),
    recorded(USERS, [{"quantity": "7"}, {"quantity": "11"}], "80.00", "by hand: a peak of 11, one meter"),
    used(USERS, "51", "150.00", "by hand: a tier that names no limit holds all"),
    # time_weighted
    recorded(
        SERVERS,
        [held("10", "2026-06-01T00", "2026-06-16T00"), held("4", "2026-06-16T00", "2026-07-01T00")],
        "140.00",
        "by hand: 10 for half of June and 4 for the other are 7 on average, × 20",
    ),
    recorded(
        SERVERS,
        [held("5", "2026-06-01T00", "2026-07-01T00"), held("3", "2026-06-01T00", "2026-06-11T00")],
        "120.00",
        "contract: overlaps add up; 5 + 3 × 10 ÷ 30 = 6",
    ),
    recorded(SERVERS, [held("10", "2026-06-04T00", "2026-06-07T00")], "20.00", "contract: gaps are 0; 10 × 3 ÷ 30 = 1"),
    recorded(
        SERVERS,
        [held("1", "2026-06-01T00", "2026-06-11T00")],
        "6.67",
        "by hand: a third of 20.00, rounded once",
    ),
    recorded(
        SERVERS,
        [held("6", "2026-05-20T00", "2026-06-16T00")],
        "60.00",
        "contract: integrated over the period: of a record that began before only its 15 days in June",
    ),
    recorded(SERVERS, [], "0.00", "by hand: no level at all"),
    recorded(
        {"model": "time_weighted", "unit_price": "100"},
        [held("1", "2026-03-28T23", "2026-03-29T22")],
        "3.10",
        "by hand: the 29th has 23 hours in Paris and March 743: 100 × 23 ÷ 743 = 3.0955…",
        period=MARCH,
        cycle=PARIS,
    ),
    recorded(
        {"model": "time_weighted", "unit_price": "100"},
        [held("1", "2026-10-24T22", "2026-10-25T23")],
        "3.36",
        "by hand: the 25th has 25 hours in Paris and October 745: 100 × 25 ÷ 745 = 3.3557…",
        period=OCTOBER,
        cycle=PARIS,
    ),
    recorded(
        {"model": "time_weighted", "unit_price": "100"},
        [held("1", "2026-02-28T23", "2026-03-31T22")],
        "100.00",
        "by hand: one for all of March in Paris, one hour short of 31 days",
        period=MARCH,
        cycle=PARIS,
    ),
    # percentile
    recorded(BURST, TWENTY, "180.00", "R36, R38: n = 20, rank 19 is 190; (190 − 100) × 2"),
    recorded(RATE, samples(*range(1, 11)), "10.00", "R36: n = 10, rank (950 + 99) // 100 = 10, not 9"),
    recorded(
        RATE | {"unit_price": "0.01"},
        samples(*range(1, 8641)),
        "82.08",
        "R36: of 8,640 samples the 8,208th is billed; 8208 × 0.01",
    ),
    recorded(RATE | {"percentile": "99.9"}, samples(*range(1, 1001)), "999.00", "R36 in decimals: 0.999 × 1000 = 999"),
    recorded(
        BURST, samples("130", direction="in") + samples("50", direction="out"), "60.00", "R35: the larger, in; 30 × 2"
    ),
    recorded(
        BURST | {"direction": "out"},
        samples("130", direction="in") + samples("50", direction="out"),
        "0.00",
        "R38: max(0, 50 − 100)",
    ),
    recorded(
        BURST | {"direction": "sum"},
        samples("130", direction="in") + samples("50", direction="out"),
        "160.00",
        "contract: samples of one started_at are added first; (180 − 100) × 2",
    ),
    recorded(
        RATE | {"direction": "sum"},
        samples("100", "20", direction="in") + samples("10", "100", direction="out"),
        "120.00",
        "contract: sums of 110 and 120, not the percentiles 100 and 100",
    ),
    recorded(BURST | {"direction": "in"}, TWENTY, "180.00", "contract: without directions all samples are one series"),
    recorded(
        RATE | {"percentile": "50", "sample_s": "3600"},
        samples(*range(1, 21)),
        "10.00",
        "R37: missing samples are left out; rank 10 of 20",
        period=ONE_DAY,
    ),
    recorded(
        RATE | {"percentile": "50", "sample_s": "3600", "missing": "zero"},
        samples(*range(1, 21)),
        "8.00",
        "R37: 4 of 24 are missing and count as zero; rank 12 of 24 is the eighth",
        period=ONE_DAY,
    ),
    recorded(RATE, [], "0.00", "by hand: no samples, nothing to bill"),
    recorded(
        BURST | {"modifiers": {"minimum": "25"}}, samples("110"), "25.00", "by hand: (110 − 100) × 2 = 20, at least 25"
    ),
)
