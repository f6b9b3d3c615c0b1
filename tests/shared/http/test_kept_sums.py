"""Which sums stand for what a request asks."""

from __future__ import annotations

from typing import Final

import pytest

from shared.http.listing import KeptSums

# fmt: off
CASES: Final[tuple[tuple[dict[str, str], bool], ...]] = (
    ({},                                         True),
    ({"currency": "EUR"},                        True),
    ({"number": "INV-7"},                        False),
    ({"from": "2026-09-01"},                     True),
    ({"from": "2026-09-02"},                     False),
    ({"to": "2026-09-30"},                       True),
    ({"to": "2026-09-29"},                       False),
    ({"from": "2024-02-01", "to": "2024-02-29"}, True),
    ({"from": "2024-02-01", "to": "2024-02-28"}, False),
    ({"to": "2999-12-31"},                       True),
)
# fmt: on


@pytest.mark.parametrize(("asked", "fits"), CASES)
def test_sums_kept_by_month_stand_for_whole_months_only(asked: dict[str, str], fits: bool) -> None:
    kept = KeptSums("month_sum", "sum(counted)", frozenset({"currency", "from", "to"}), by_month=True)
    assert kept.fits(asked, asked) is fits
