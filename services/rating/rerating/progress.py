"""Reratings out of the tables."""

from __future__ import annotations

from typing import Any, Final

import asyncpg

from services.rating.correction_run.progress import Runs
from services.rating.fields import from_json
from services.rating.rerating.state import Rerating
from shared.http.listing import Filter
from shared.http.money import money


def _rerating(row: asyncpg.Record) -> dict[str, Any]:
    return {
        "plan_id": row["plan_id"],
        "plan_version": row["plan_version"],
        "prices": from_json(row["prices"]),
        "start": row["starts_on"],
        "end": row["ends_on"],
        "account_ids": None if row["account_ids"] is None else from_json(row["account_ids"]),
    }


RERATINGS: Final = Runs(
    kind=Rerating.KIND,
    code="rerating_running",
    begun="started",
    shape=_rerating,
    result=lambda row: {"price_index": row["price_index"], "corrected": money(row["corrected"], row["currency"])},
    filters={
        "from": Filter("starts_on", op=">=", kind="date"),
        "to": Filter("starts_on", op="<=", kind="date"),
    },
    sums=("charged", "corrected"),
)
