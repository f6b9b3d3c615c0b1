"""What usage counted, told by its records: `counted([record("r1"), record("r2")])`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.usage.record.messages import RecordedColumns, RecordedUsage, UsageRecorded


def counted(records: Sequence[RecordedUsage], **more: Any) -> UsageRecorded:
    return UsageRecorded(records=RecordedColumns.of(records), **more)
