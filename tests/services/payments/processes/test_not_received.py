"""What a gateway knows nothing of is called again only where it answers the second call as the first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.payments.gateways import gateways
from services.payments.processes.not_received import next_step, not_received
from services.payments.processes.seen import Seen

THEN = datetime(2026, 10, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("gateway", "after", "step", "outcome"),
    [
        ("stripe", timedelta(minutes=1), "repeat", "unknown"),
        ("stripe", timedelta(hours=22, minutes=59), "repeat", "unknown"),
        ("stripe", timedelta(hours=23), "failed", "failed"),
        ("mpesa", timedelta(minutes=1), "wait", "unknown"),
        ("mpesa", timedelta(days=9), "wait", "unknown"),
        ("test", timedelta(days=9), "repeat", "unknown"),
        ("bank_transfer", timedelta(days=9), "repeat", "unknown"),
    ],
)
def test_a_call_is_made_again_under_its_key_as_long_as_the_gateway_keeps_it(
    gateway: str, after: timedelta, step: str, outcome: str
) -> None:
    found = next_step(gateways()[gateway], THEN, THEN + after)
    assert found == step and not_received(found).outcome == outcome


def test_what_was_done_is_done_again_after_its_time_and_a_call_never() -> None:
    seen, call = Seen({"call": 86_400.0}), ("call", "rf-1")
    assert seen.is_time(call, float("inf"), 0.0, at_first=True)
    seen.forget(80_000.0)
    assert not seen.is_time(call, float("inf"), 80_000.0, at_first=True)
    look = ("look", "rf-1")
    asked = [seen.is_time(look, 60.0, at, at_first=False) for at in (0.0, 59.0, 60.0, 61.0, 121.0)]
    assert asked == [False, False, True, False, True]
