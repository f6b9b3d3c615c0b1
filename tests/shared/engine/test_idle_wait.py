"""How long a partition waits for messages: briefly while it works, long when nothing happens, never past a timer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from shared.engine.worker import IDLE_POLL_S, POLL_S, Worker

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def wait_s(*, calm: bool, due_in_s: float | None, fired_s_ago: float = 0.0) -> float:
    """`due_in_s`: from now to the next timer of the clock."""
    due = None if due_in_s is None else NOON + timedelta(seconds=due_in_s)
    worker: Any = SimpleNamespace(
        _calm=calm,
        _fired_at=NOON - timedelta(seconds=fired_s_ago),
        clock=SimpleNamespace(now=lambda: NOON),
        timers=SimpleNamespace(next_due=lambda gate: due if gate == "clock" else None),
    )
    return Worker._wait_s(worker)


def test_while_a_batch_is_on_its_way_it_looks_again_soon() -> None:
    assert wait_s(calm=False, due_in_s=None) == POLL_S


def test_an_idle_partition_waits_long() -> None:
    assert wait_s(calm=True, due_in_s=None) == IDLE_POLL_S
    assert wait_s(calm=True, due_in_s=3600) == IDLE_POLL_S


def test_a_timer_is_not_slept_through() -> None:
    assert wait_s(calm=True, due_in_s=0.5) == pytest.approx(0.5, abs=0.01)


def test_a_timer_that_became_due_since_the_last_look_is_looked_at_now() -> None:
    assert wait_s(calm=True, due_in_s=-0.01, fired_s_ago=0.02) == pytest.approx(0, abs=0.01)


def test_a_timer_that_was_sent_already_keeps_nobody_awake() -> None:
    assert wait_s(calm=True, due_in_s=-5, fired_s_ago=1) == IDLE_POLL_S
