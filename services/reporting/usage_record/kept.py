"""From when on single records are here: what a reader of older ones is told (ageing.py drops them).

GET /v1/usage/records          "kept_since": "2026-09-02"      null while none was dropped
GET /v1/usage/records/a/b      404: those received before 2026-09-02 are in the log alone
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from services.reporting.usage_record.ageing import KEPT_DAYS
from shared.http.problems import BadParameter
from shared.kernel.envelope import format_instant
from shared.kernel.errors import Rejection

KEPT_COUNTS: Final = """
(select records from usage_hour union all select -records from usage_record_age) as kept
"""
"""How many rows there are: those that ever were, less those that were dropped."""

_SINCE: Final = "select max(since) from usage_record_age"


async def kept_since(connection: Any) -> date | None:
    """The UTC day from which on all records that were received are here; `None`: all there ever were."""
    since: date | None = await connection.fetchval(_SINCE)
    return since


def no_record(key: str, since: date | None) -> Rejection:
    """404, and why it may be that there is none."""
    gone = "" if since is None else f"; {_gone(since)}"
    return Rejection("not_found", f"there is no usage record {key!r}{gone}", status=404)


def complete_from(since: date) -> datetime:
    """All that happened from here on is kept: a clock may be a day ahead of the log when it is received."""
    return datetime(since.year, since.month, since.day, tzinfo=UTC) + timedelta(days=1)


def check_kept(name: str, start: datetime | None, since: date | None) -> None:
    """Raises `BadParameter` for a span that begins before single records do."""
    if since is not None and start is not None and start < (whole := complete_from(since)):
        raise BadParameter(
            name, f"{_gone(since)}; what happened since {format_instant(whole)} is complete", code="records_dropped"
        )


def _gone(since: date) -> str:
    return f"single records are kept for {KEPT_DAYS} days: those received before {since} are in the log alone"
