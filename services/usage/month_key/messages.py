"""Months whose usage is forgotten: what was personal in it can't be read any more.

NoteMonthForgotten(month="2025-04", kept_months=18)   ->   UsageMonthForgotten

A process of usage destroys the key when the time to dispute usage is over, and says so: `processes/forgetting.py`.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from shared.kernel.bounds import Count
from shared.kernel.message import Command, Event


class NoteMonthForgotten(Command, frozen=True, kw_only=True):
    """The key of a month is gone from the vault."""

    KEY_FIELD = "month"
    REFERENCE: ClassVar[bool] = True

    month: str
    kept_months: int


class UsageMonthForgotten(Event, frozen=True, kw_only=True):
    """What was personal in usage that began in this month (UTC) can't be read any more, in no copy of the log and no
    backup of the tables. `kept_months`: for so many whole months after it the operator kept it."""

    KEY_FIELD = "month"

    month: Annotated[str, msgspec.Meta(pattern="^[0-9]{4}-(0[1-9]|1[0-2])$")]
    kept_months: Count
