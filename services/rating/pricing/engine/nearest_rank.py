"""The nearest rank of a percentile (R36), in integers, and as it is explained to a customer.

Of 8,640 samples, sorted ascending, the 95th percentile is the one at rank ⌈95 × 8640 ÷ 100⌉ = 8208: 432 are above it.

>>> nearest_rank(Decimal("95"), 8640), nearest_rank(Decimal("95"), 10), nearest_rank(Decimal("99.9"), 1000)
(8208, 10, 999)
"""

from __future__ import annotations

from decimal import Decimal

from shared.kernel.decimals import format_decimal


def nearest_rank(percentile: Decimal, count: int) -> int:
    """The rank, from 1 to `count` (> 0), that `percentile` (above 0, at most 100) has: for 95 (95n+99)//100."""
    numerator, denominator = percentile.as_integer_ratio()
    whole = 100 * denominator
    return (numerator * count + whole - 1) // whole


def rank_text(percentile: Decimal, count: int) -> str:
    """The formula with its numbers."""
    return f"rank ⌈{format_decimal(percentile)} × {count} ÷ 100⌉ = {nearest_rank(percentile, count)}"
