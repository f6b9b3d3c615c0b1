"""`GET /v1/usage/summary`: how many records of each state, or how much of each meter, per day or hour (UTC).

    GET /v1/usage/summary?bucket=day&by=state&from=2026-09-01&to=2026-10-01
    {"bucket": "day", "by": "state",
     "items": [{"start": "2026-09-01T00:00:00Z", "state": "billed", "records": 5760}, ...]}

Counted from the same view as the list, so a bucket and the list behind it agree. Quantities are of records that belong
to an account and are only given by meter: octets and seconds do not add up.

`by=recorded_as` is what usage decided, and what was taken back since. Of everybody's records it reads what is counted
beside them (counts.py): as quick for billions of them, of whole buckets, and of those whose rows are gone.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Response

from services.reporting.shapes import quantity
from services.reporting.usage_record import models
from services.reporting.usage_record.kept import kept_since
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.problems import BadParameter
from shared.kernel.bodies import QueryInstant

Bucket = Literal["day", "hour"]
Dimension = Literal["state", "meter", "recorded_as"]

DEFAULT_SPAN: Final[dict[Bucket, timedelta]] = {"day": timedelta(days=30), "hour": timedelta(hours=48)}
LONGEST_SPAN: Final[dict[Bucket, timedelta]] = {"day": timedelta(days=366), "hour": timedelta(days=31)}

_SQL: Final = """
select date_trunc($3, started_at, 'UTC') as start, coalesce({dimension}, '') as name, count(*) as records,
       coalesce(sum(quantity) filter (where state in ('accepted', 'rated', 'billed', 'late_settled')), 0) as quantity
  from usage_record_view
 where started_at >= $1 and started_at < $2
   and ($4::text is null or account_id = $4) and ($5::text is null or meter = $5)
 group by 1, 2 order by 1, 2
"""

_HOURS: Final = """
select hour as start, state as name, sum(records)::bigint as records
  from usage_hour
 where hour >= date_trunc('hour', $1::timestamptz, 'UTC') and hour < $2 and ($3::text is null or meter = $3)
 group by 1, 2 having sum(records) <> 0 order by 1, 2
"""
_DAYS: Final = """
select day::timestamp at time zone 'UTC' as start, state as name, sum(records)::bigint as records
  from usage_day
 where day >= ($1::timestamptz at time zone 'UTC')::date and day::timestamp at time zone 'UTC' < $2
   and ($3::text is null or meter = $3)
 group by 1, 2 having sum(records) <> 0 order by 1, 2
"""
_KEPT: Final[dict[Bucket, str]] = {"hour": _HOURS, "day": _DAYS}


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get(
        "/v1/usage/summary",
        dependencies=[api.roles(*READERS)],
        response_model=models.UsageSummary,
        response_model_exclude_unset=True,
    )
    async def usage_summary(
        bucket: Bucket = "day",
        by: Dimension = "state",
        from_: Annotated[QueryInstant | None, Query(alias="from")] = None,
        to: QueryInstant | None = None,
        account_id: str | None = None,
        meter: str | None = None,
    ) -> Response:
        """Records per day or hour of `started_at`, from `from` (included) to `to` (excluded). Those received before
        `kept_since` are not among them any more. `by=recorded_as` without an account: of whole buckets, by the moment
        of receipt where a record does not say when it was, of all there ever were (`kept_since` is null), and quick
        however many."""
        now = api.clock.now()
        start, end = span(bucket, from_, to, now)
        if by == "recorded_as" and account_id is None:
            rows, since = await api.db.fetch(_KEPT[bucket], start, end, meter), None
        else:
            rows = await api.db.fetch(_SQL.format(dimension=by), start, end, bucket, account_id, meter)
            since = await kept_since(api.db)
        items = [_item(by, row) for row in rows]
        return Answer({"bucket": bucket, "by": by, "items": items, "kept_since": since, "as_of": now})

    return routes


def span(bucket: Bucket, start: datetime | None, end: datetime | None, now: datetime) -> tuple[datetime, datetime]:
    """The time to look at. Without an end: up to now, in whole buckets; without a start: a month, or two days.

    Raises `BadParameter` for a span that ends before it starts or is too long to be counted while somebody waits.
    """
    unit = timedelta(days=1) if bucket == "day" else timedelta(hours=1)
    end = end or _floor(now, unit) + unit
    start = start or end - DEFAULT_SPAN[bucket]
    if end <= start:
        raise BadParameter("to", f"to ({end.isoformat()}) is not after from ({start.isoformat()})")
    if end - start > LONGEST_SPAN[bucket]:
        days = LONGEST_SPAN[bucket].days
        raise BadParameter("from", f"with bucket={bucket} at most {days} days can be asked for at once")
    return start, end


def _floor(instant: datetime, unit: timedelta) -> datetime:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return epoch + (instant - epoch) // unit * unit


def _item(by: Dimension, row: Any) -> dict[str, Any]:
    item: dict[str, Any] = {"start": row["start"], by: row["name"], "records": row["records"]}
    return {**item, "quantity": quantity(row["quantity"])} if by == "meter" else item
