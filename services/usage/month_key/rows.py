"""Forgotten months, as the log says.

2025-04   kept for 18 months   destroyed 2026-11-01 00:00:03
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from services.usage.month_key.messages import UsageMonthForgotten
from shared.engine.rows import Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert


class ForgottenMonthRow(Row, frozen=True, kw_only=True):
    TABLE = "forgotten_month"
    KEY = ("month",)

    month: str
    kept_months: int
    forgotten_at: datetime


TABLES: Final = Tables(insert(ForgottenMonthRow))


def rows(applied: AppliedOf[UsageMonthForgotten]) -> Iterator[ForgottenMonthRow]:
    yield ForgottenMonthRow.of(applied.event, forgotten_at=applied.envelope.recorded_at)
