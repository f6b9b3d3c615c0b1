"""Usage's side of conservation: records in = accepted + duplicates + conflicts + malformed, by when they started.

    GET /internal/conservation?from=2026-09-01T00:00:00Z&to=2026-10-01T00:00:00Z
    {"records_in": 1040, "accepted": 1000, "duplicates": 25, "conflicts": 5, "malformed": 10,
     "parked": {"unknown_resource": 12}, "malformed_reasons": {"malformed": 8, "schema_violation": 2}}

What is parked has been accepted: it waits, and is not lost. A malformed record without an instant of its own counts
when it was received. Counts are kept by the quarter of an hour, at which every time zone's midnight lies; an instant in
between means the quarter it is in.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from pydantic import AfterValidator

from services.usage.projection.recorded import QUARTER_US
from shared.kernel.bodies import parse_moment
from shared.runtime.auth import SERVICE
from shared.runtime.http.answer import Answer
from shared.runtime.http.edge import Edge

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_COUNTS: Final = """
select state, reason, sum(records)::bigint as records
  from tally where quarter >= $1 and quarter < $2 group by state, reason
"""


def _quarter(text: str) -> int:
    """A date is its midnight in UTC."""
    moment = parse_moment(text)
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    return (moment - _EPOCH) // timedelta(microseconds=1) // QUARTER_US


Quarter = Annotated[str, AfterValidator(_quarter)]


def router(edge: Edge) -> APIRouter:
    routes = APIRouter()

    @routes.get(
        "/internal/conservation", include_in_schema=False, dependencies=[edge.roles(SERVICE, "auditor", "admin")]
    )
    async def conservation(
        since: Annotated[Quarter, Query(alias="from")], until: Annotated[Quarter, Query(alias="to")]
    ) -> Response:
        rows = await edge.db.fetch(_COUNTS, since, until)
        return Answer(counts(rows))

    return routes


def counts(rows: Any) -> dict[str, Any]:
    """The counts from (state, reason, records)."""
    states: Counter[str] = Counter()
    parked: Counter[str] = Counter()
    malformed: Counter[str] = Counter()
    for row in rows:
        states[row["state"]] += row["records"]
        if row["state"] == "quarantined":
            parked[row["reason"]] += row["records"]
        elif row["state"] == "malformed":
            malformed[row["reason"]] += row["records"]
    accepted = states["accepted"] + states["quarantined"]
    return {
        "records_in": accepted + states["duplicate"] + states["conflict"] + states["malformed"],
        "accepted": accepted,
        "duplicates": states["duplicate"],
        "conflicts": states["conflict"],
        "malformed": states["malformed"],
        "parked": {reason: n for reason, n in sorted(parked.items()) if n},
        "malformed_reasons": {reason: n for reason, n in sorted(malformed.items()) if n},
    }
