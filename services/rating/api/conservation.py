"""What has become of the records that usage guided here, by the UTC day of their `started_at`.

GET /internal/conservation?from=2026-09-01T00:00:00Z&to=2026-12-01T00:00:00Z
-> {"billed": 182000, "allowance": 9100, "unbilled": 0, "not_billable": 12, "returned": 40}

Records of a (subscription, meter, period) are billed once a charge for them is fixed, or allowance where included units
cover all of them; until then they are unbilled.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Final

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from shared.kernel.bodies import parse_moment
from shared.runtime.auth import SERVICE
from shared.runtime.http.answer import Answer
from shared.runtime.http.edge import Edge
from shared.runtime.http.problems import BadParameter


class Conservation(BaseModel):
    billed: int
    allowance: int
    unbilled: int
    not_billable: int
    returned: int


_COUNTS: Final = """
with settled as (
    select partition, subscription_id, meter, billing_start, bool_and(covered_records = records) as covered
      from charge_row where records > 0 group by 1, 2, 3, 4
), rated as (
    select d.records, s.covered
      from usage_day d
      left join settled s on s.partition = d.partition and s.subscription_id = d.subscription_id
                         and s.meter = d.meter and s.billing_start = d.period_start
     where d.utc_day >= $1 and d.utc_day < $2
)
select coalesce(sum(records) filter (where covered = false), 0)::bigint as billed,
       coalesce(sum(records) filter (where covered), 0)::bigint as allowance,
       coalesce(sum(records) filter (where covered is null), 0)::bigint as unbilled,
       (select coalesce(sum(records), 0)::bigint from unrated_day
         where outcome = 'not_billable' and utc_day >= $1 and utc_day < $2) as not_billable,
       (select coalesce(sum(records), 0)::bigint from unrated_day
         where outcome = 'returned' and utc_day >= $1 and utc_day < $2) as returned
  from rated
"""


def router(edge: Edge) -> APIRouter:
    routes = APIRouter(include_in_schema=False)

    @routes.get(
        "/internal/conservation",
        response_model=Conservation,
        dependencies=[edge.roles(SERVICE, "admin", "auditor")],
    )
    async def conservation(
        first: Annotated[str, Query(alias="from")], last: Annotated[str, Query(alias="to")]
    ) -> Response:
        row = await edge.db.fetchrow(_COUNTS, _utc_day("from", first), _utc_day("to", last))
        return Answer(dict(row or {}))

    return routes


def _utc_day(name: str, text: str) -> date:
    """A date, or an instant at midnight UTC: records are counted by whole UTC days."""
    try:
        # A plus sign in a query is a space to those who forget to encode it.
        moment = parse_moment(text.replace(" ", "+"))
    except ValueError as error:
        raise BadParameter(name, str(error)) from error
    if not isinstance(moment, datetime):
        return moment
    if moment.time() != time():
        raise BadParameter(name, f"{text} is not midnight UTC; records are counted by whole UTC days")
    return moment.date()
