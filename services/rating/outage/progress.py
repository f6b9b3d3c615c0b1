"""Outages out of the tables."""

from __future__ import annotations

from typing import Any, Final

import asyncpg

from services.rating.correction_run.progress import Runs
from services.rating.fields import from_json
from services.rating.outage.state import Outage
from shared.kernel.decimals import format_decimal


def _outage(row: asyncpg.Record) -> dict[str, Any]:
    percent = row["percent"]
    return {
        "start": row["starts_at"],
        "end": row["ends_at"],
        "policy": {
            "share": row["share"],
            "percent": None if percent is None else format_decimal(percent),
            "minimum_minutes": row["minimum_minutes"],
        },
        **{name: row[name] and from_json(row[name]) for name in ("subscription_ids", "account_ids", "resources")},
        "plan_id": row["plan_id"],
    }


OUTAGES: Final = Runs(
    kind=Outage.KIND,
    code="outage_running",
    begun="recorded",
    shape=_outage,
    result=lambda row: {name: row[name] for name in ("corrects", "seconds")},
    sorts={"from": "starts_at"},
)
