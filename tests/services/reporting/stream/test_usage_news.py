"""Usage that comes in is heard of in the live stream, however its events travel."""

from __future__ import annotations

from services.reporting.stream.usage_news import UsageNews


def test_what_leaves_no_row_in_the_trail_is_one_frame_a_second() -> None:
    news = UsageNews()
    news.saw([("usage.events", 3, 17, 42)], {"usage.events": 20})
    [frame] = news.due(12_000)
    assert (frame["type"], frame["id"], frame["account_id"]) == ("usage.UsageRecorded.v2", "usage/3/42", None)
    news.saw([("usage.events", 3, 42, 50)], {})
    assert news.due(12_300) == []
    assert [frame["id"] for frame in news.due(13_000)] == ["usage/3/50"]
    assert news.due(14_500) == []


def test_what_was_told_one_by_one_is_no_news() -> None:
    news = UsageNews()
    news.saw([("usage.events", 0, 0, 2), ("usage.events", 1, 0, 1), ("payments.events", 0, 0, 9)], {"usage.events": 3})
    assert news.due(1_000) == []
