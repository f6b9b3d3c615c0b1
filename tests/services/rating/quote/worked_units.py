"""Worked examples of prices that count one quantity, and of what modifiers and rounding make of it."""

from __future__ import annotations

from typing import Any, Final

from tests.services.rating.quote.worked import JUNE, Worked, used


def per_unit(unit_price: str, **rest: Any) -> dict[str, Any]:
    return {"model": "per_unit", "unit_price": unit_price, **rest}


def tiered(model: str, *tiers: tuple[str | None, str] | tuple[str | None, str, str]) -> dict[str, Any]:
    """(up_to, unit_price) or (up_to, unit_price, flat_fee) each."""
    names = ("up_to", "unit_price", "flat_fee")
    return {"model": model, "tiers": [dict(zip(names, tier, strict=False)) for tier in tiers]}


def modified(unit_price: str, **modifiers: Any) -> dict[str, Any]:
    return per_unit(unit_price, modifiers=modifiers)


RULES: Final[Any] = (("10", "1.5"), ("110", "1.0"), (None, "0.5"))
LAGO_GRADUATED: Final = tiered("graduated", ("100", "1"), ("200", "0.50"), (None, "0.10"))
LAGO_VOLUME: Final = tiered(
    "volume", ("10000", "0.0010", "10"), ("50000", "0.0008", "10"), ("100000", "0.0006", "10"), (None, "0.0004", "10")
)
ZUPLO: Final[Any] = (("1000", "0.10"), ("10000", "0.05"), (None, "0.01"))
AUTUMN: Final = tiered("graduated", ("1000", "0.01"), ("10000", "0.008"), (None, "0.005"))
BLOCKS: Final[Any] = [
    {"up_to": "100", "unit_price": "0.10", "flat_fee": "5.00"},
    {"up_to": None, "unit_price": "0.30", "unit_size": "50", "flat_fee": "2.00"},
]
GRADUATED_BLOCKS: Final = {"model": "graduated", "tiers": BLOCKS}
VOLUME_BLOCKS: Final = {"model": "volume", "tiers": BLOCKS}
MESSAGES: Final = {"model": "package", "size": "100", "price": "5.00", "included": "50"}
HALF_JUNE: Final = {"start": "2026-06-16", "end": "2026-07-01"}
MONTHLY: Final = {"frequency": "month", "anchor_day": 1}

EXAMPLES: Final[tuple[Worked, ...]] = (
    # per_unit
    used(per_unit("0.10"), "187.5", "18.75", "contract, the answer of a quote: 187.5 × 0.10"),
    used(per_unit("0.001"), "100000", "100.00", "zuplo.com, pricing models, per unit: $0.001 × 100,000 = $100"),
    used(per_unit("0.00880"), "10000", "88.00", "R40: a price of 0.00880 keeps its decimals; × 10,000"),
    used(per_unit("0.1"), "3", "0.30", "R1: three times 0.1 are 0.30, not 0.3001"),
    used(per_unit("0.002", included="1000"), "2500", "3.00", "by hand: 1,500 beyond the included 1,000, × 0.002"),
    used(per_unit("0.002", included="1000"), "1000", "0.00", "by hand: all are included"),
    used(per_unit("0.05", unit_size="60"), "61", "0.10", "R14: 61 are two started blocks of 60, × 0.05"),
    used(per_unit("0.05", unit_size="60"), "60", "0.05", "R14: 60 are exactly one block"),
    used(per_unit("1.5"), "0.5", "0.75", "contract: a fraction of a unit costs its fraction; half of 1.50"),
    # rounding
    used(per_unit("0.25"), "1460.5", "365.13", "R3: 365.125 is a tie; half up, as the EN 16931 example prints"),
    used(per_unit("0.25", rounding="half_even"), "1460.5", "365.12", "R3: 365.125 half even"),
    used(per_unit("0.25", rounding="down"), "1460.5", "365.12", "contract: down, towards zero, of 365.125"),
    used(per_unit("0.001", rounding="up"), "1", "0.01", "contract: up, away from zero, of 0.001"),
    used(
        per_unit("0.00001", rounding={"mode": "up", "decimals": 4}), "3", "0.0001", "by hand: 0.00003 up to 4 decimals"
    ),
    used(per_unit("0.10"), "187.5", "19", "R4: yen have no decimals; 18.75 half up", currency="JPY"),
    used(per_unit("0.10"), "187.5", "18.750", "R4: Kuwaiti dinars have three", currency="KWD"),
    # graduated
    used(tiered("graduated", *RULES), "111", "115.50", "R13: 10 × 1.5 + 100 × 1.0 + 1 × 0.5"),
    used(tiered("graduated", *RULES), "10", "15.00", "R13: the bound is inclusive; 10 × 1.5"),
    used(tiered("graduated", *RULES), "11", "16.00", "R13: the eleventh is in the second tier; 15 + 1"),
    used(tiered("graduated", *RULES), "10.5", "15.50", "R13 with a fraction: 15 + 0.5 × 1.0"),
    used(LAGO_GRADUATED, "250", "155.00", "getlago.com, graduated: 100 × 1 + 100 × 0.50 + 50 × 0.10"),
    used(AUTUMN, "15000", "107.00", "useautumn.com, graduated pricing: $10 + $72 + $25 = $107"),
    used(tiered("graduated", *ZUPLO), "15000", "600.00", "zuplo.com, graduated: $100 + $450 + $50 = $600"),
    used(GRADUATED_BLOCKS, "0", "5.00", "R15: the first tier is entered at quantity 0"),
    used(GRADUATED_BLOCKS, "100", "15.00", "R15: 5.00 + 100 × 0.10; the second is not entered yet"),
    used(GRADUATED_BLOCKS, "151", "17.60", "R14, R15: 15.00 + fee 2.00 + 51 units, two blocks × 0.30"),
    used(
        tiered("graduated", *RULES), "11", "10.50", "R16: f(111) − f(100) = 115.50 − 105", already_billed_quantity="100"
    ),
    used(GRADUATED_BLOCKS, "50", "5.00", "R16: f(50) − f(0) = 10 − 5: the fee is billed", already_billed_quantity="0"),
    # volume
    used(tiered("volume", *RULES), "111", "55.50", "R13: 111 × 0.5"),
    used(tiered("volume", *RULES), "10", "15.00", "R13: 10 × 1.5"),
    used(tiered("volume", *RULES), "11", "11.00", "R13: 11 × 1.0, less than 10 cost"),
    used(tiered("volume", *RULES), "110", "110.00", "R13: the bound is inclusive; 110 × 1.0"),
    used(LAGO_VOLUME, "65000", "49.00", "getlago.com, volume: 65,000 × $0.0006 + $10 = $49"),
    used(tiered("volume", *ZUPLO), "15000", "150.00", "zuplo.com, volume: 15,000 × $0.01 = $150"),
    used(VOLUME_BLOCKS, "101", "2.90", "R15: only the fee of the tier reached: 2.00 + 3 blocks of 50 × 0.30"),
    used(VOLUME_BLOCKS, "0", "5.00", "R15: 0 units reach the first tier, whose fee is 5.00"),
    used(tiered("volume", *RULES), "1", "-54.50", "R16: f(111) − f(110) = 55.50 − 110", already_billed_quantity="110"),
    # package
    used(MESSAGES, "251", "15.00", "R14: 201 beyond the included 50 are 3 started packages, × 5.00"),
    used(MESSAGES, "250", "10.00", "R14: 200 are exactly 2 packages"),
    used(MESSAGES, "50", "0.00", "by hand: all are included"),
    used(MESSAGES, "50.5", "5.00", "R14: half a message starts a package"),
    used(MESSAGES, "0", "0.00", "R14: ⌈0 ÷ 100⌉ = 0"),
    used(MESSAGES, "40", "5.00", "R16: 160 are 2 packages, 120 were 1", already_billed_quantity="120"),
    used({"model": "package", "size": "1000000000", "price": "0.09"}, "2500000000", "0.27", "R14: 3 started gigabytes"),
    # modifiers
    used(modified("0.50", minimum="20.00"), "30", "20.00", "contract: the minimum bounds the line; 15.00 is lifted"),
    used(modified("0.50", maximum="20.00"), "60", "20.00", "contract: the maximum bounds the line; 30.00 is lowered"),
    used(modified("0.50", discount={"percent": "10"}), "30", "13.50", "by hand: 15.00 less 10 %"),
    used(modified("0.50", discount={"amount": "40"}), "30", "0.00", "by hand: no discount pays the customer"),
    used(
        modified("0.50", discount={"percent": "10", "until": "2026-06-01"}),
        "30",
        "15.00",
        "by hand: ended before",
    ),
    used(modified("0.50", free_quantity="10"), "30", "10.00", "R18: 20 are left to be priced"),
    used(
        modified("0.50", free_quantity="10", discount={"percent": "20"}, maximum="18"),
        "60",
        "18.00",
        "by hand, in their order: 50 × 0.50 = 25, less 20 % = 20, at most 18",
    ),
    used(
        GRADUATED_BLOCKS | {"modifiers": {"free_quantity": "5"}},
        "105",
        "15.00",
        "R18: free units come before tiers; 100 are left, and the second fee is not due",
    ),
    used(modified("0.10", minimum_commitment="50"), "300", "50.00", "R17: 30.00 and a true-up of 20.00"),
    used(modified("0.10", minimum_commitment="50"), "800", "80.00", "R17: no true-up above the commitment"),
    used(
        modified("0.10", minimum_commitment="20"),
        "50",
        "10.00",
        "R17: 15 of 30 days, half of 20.00 is committed; 5.00 used and 5.00 true-up",
        period=HALF_JUNE,
        cycle=MONTHLY,
    ),
    used(
        {"model": "package", "size": "100", "price": "5", "modifiers": {"minimum_commitment": "12"}},
        "150",
        "12.00",
        "R17 around another model: 2 packages are 10.00, true-up 2.00",
    ),
    # several prices
    Worked(
        {
            "prices": [per_unit("0.10", meter="a"), per_unit("2", meter="b")],
            "currency": "EUR",
            "period": JUNE,
            "records": [
                {"quantity": "10", "meter": "a"},
                {"quantity": "1", "meter": "b"},
                {"quantity": "5", "meter": "c"},
            ],
        },
        "3.00",
        "contract: each price takes the records of its meter: 10 × 0.10 + 1 × 2",
    ),
)
