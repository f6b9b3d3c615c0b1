"""A document counts in the smallest jurisdiction that it is taxed in."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from services.reporting.invoiced.region import region_of
from tests.services.reporting.story import tax_group


@pytest.mark.parametrize(
    ("jurisdictions", "region"),
    [
        (["US", "US-IL-CHI", "US-IL"], "US-IL-CHI"),
        (["FR"], "FR"),
        ([None, "DE"], "DE"),
        ([None], ""),
        ([], ""),
        (["FR", "DE"], "DE"),
    ],
)
def test_the_smallest_jurisdiction_is_the_region(jurisdictions: list[str | None], region: str) -> None:
    groups = [replace(tax_group("1.00", "0.20"), jurisdiction=one) for one in jurisdictions]
    assert region_of(groups) == region
