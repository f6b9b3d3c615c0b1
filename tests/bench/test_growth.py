"""The growth of a tiny installation is measured to its end, of a stack of its own: it needs reporting and the entry."""

from __future__ import annotations

import pytest

from bench.growth import measure, sentence
from tests.kit.stacks import QuickStack

pytestmark = [pytest.mark.servers, pytest.mark.slow]


async def test_what_grows_is_told_by_table_and_by_topic() -> None:
    said: list[str] = []
    figures = await measure(millions=0.004, load=2000, lines=20, say=said.append, kind=QuickStack)
    assert (figures["records"], len(figures["records_per_s"])) == (4500, 2)
    assert {"kafka.usage.events", "reporting.usage_record"} <= set(figures["bytes_per_record"])
    assert set(figures["pages"]) >= {"newest", "account", "by_day"}
    assert figures["kept"] > 0 and len(said) == 2 and "million records" in sentence(figures)
