"""The benchmark of lists writes what reporting's tables ask for, and asks for every kind of page."""

from __future__ import annotations

import pytest

from bench.lists import kinds, measure, sentence


@pytest.mark.servers
@pytest.mark.slow
async def test_every_page_of_few_invoices_says_what_the_tables_hold() -> None:
    figures = await measure(invoices=3_000, say=lambda line: None)
    assert set(figures["kinds"]) == {kind.name for kind in kinds(3_000, 100)}
    assert sentence(figures).startswith("pages of 3,000 invoices: p50 ")
