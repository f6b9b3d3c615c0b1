"""`GET /internal/conservation`: where every usage record of a time span has gone.

    accepted   = billed + allowance + unbilled + parked + not_billable + retracted
    records_in = accepted + duplicates + conflicts + malformed

`accepted` is what usage says it took; the terms on the right come from what rating and invoicing say became of it,
record by record. A record lost between them stays in neither term and the statement does not balance. Records of a
(subscription, meter, period) with a charge are billed, or allowance where included units cover all of them.

A record counts where it `started_at`, one that could not be read where it was received.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from shared.kernel.bodies import parse_moment
from shared.kernel.calendar import midnight
from shared.runtime.auth import SERVICE
from shared.runtime.http.answer import Answer
from shared.runtime.http.edge import Edge
from shared.runtime.http.problems import BadParameter

TERMS: Final = ("billed", "allowance", "unbilled", "parked", "not_billable", "retracted")
MALFORMED: Final = ("malformed", "schema_violation")
# A record that waits in rating, with its account, for an operator.
ACCOUNT_PARKED: Final = "account_parked"


class Conservation(BaseModel):
    """Counts of records. `quarantined` tells `parked` and `malformed` by reason; `account_parked` waits in rating."""

    records_in: int
    accepted: int
    duplicates: int
    conflicts: int
    malformed: int
    billed: int
    allowance: int
    unbilled: int
    parked: int
    not_billable: int
    retracted: int
    quarantined: dict[str, int]
    balanced: bool


_COUNTS: Final = """
with covered_period as (
    select partition, subscription_id, meter, billing_start
      from charge_row where records > 0
     group by 1, 2, 3, 4 having bool_and(covered_records = records)
)
select r.state, coalesce(r.reason, '') as reason, c.billing_start is not null as covered, count(*) as records
  from usage_record_view r
  left join covered_period c
         on r.state = 'billed' and c.subscription_id = r.subscription_id and c.meter = r.meter
        and c.billing_start = r.billing_start
 where r.happened_at >= $1 and r.happened_at < $2
 group by 1, 2, 3
"""


def router(edge: Edge) -> APIRouter:
    routes = APIRouter(include_in_schema=False)

    @routes.get("/internal/conservation", response_model=Conservation, dependencies=[edge.roles(SERVICE)])
    async def conservation(
        first: Annotated[str, Query(alias="from")] = "1970-01-01",
        last: Annotated[str, Query(alias="to")] = "2999-12-31",
    ) -> Response:
        rows = await edge.db.fetch(_COUNTS, _instant("from", first), _instant("to", last))
        return Answer(statement([(r["state"], r["reason"], r["covered"], r["records"]) for r in rows]))

    return routes


def statement(counts: list[tuple[str, str, bool, int]]) -> dict[str, Any]:
    """Counts by (state, reason, wholly covered by included units) as the two equations.

    >>> counts = [("billed", "", False, 7), ("billed", "", True, 2), ("duplicate", "", False, 1)]
    >>> shown = statement([*counts, ("quarantined", "too_late", False, 1), ("quarantined", "malformed", False, 1)])
    >>> shown["accepted"], shown["allowance"], shown["parked"], shown["malformed"], shown["balanced"]
    (10, 2, 1, 1, True)
    >>> statement([*counts, ("accepted", "account_parked", False, 3)])["parked"]
    3
    >>> statement([*counts, ("accepted", "", False, 1)])["balanced"]
    False
    """
    total = dict.fromkeys((*TERMS, "accepted", "duplicates", "conflicts", "malformed", "unplaced"), 0)
    quarantined: dict[str, int] = {}
    for state, reason, covered, records in counts:
        term = _term(state, reason, covered)
        total[term] += records
        if term in ("parked", "malformed"):
            quarantined[reason] = quarantined.get(reason, 0) + records
    unplaced = total.pop("unplaced")
    total["accepted"] = unplaced + sum(total[term] for term in TERMS)
    records_in = sum(records for *_, records in counts)
    arrived = total["accepted"] + total["duplicates"] + total["conflicts"] + total["malformed"]
    balanced = unplaced == 0 and records_in == arrived
    return {"records_in": records_in, **total, "quarantined": quarantined, "balanced": balanced}


def _term(state: str, reason: str, covered: bool) -> str:
    match state:
        case "duplicate" | "conflict":
            return f"{state}s"
        case "quarantined":
            return "malformed" if reason in MALFORMED else "parked"
        case "billed":
            return "allowance" if covered else "billed"
        case "rated":
            return "unbilled"
        case "accepted" if reason == ACCOUNT_PARKED:
            return "parked"
        case "not_billable" | "retracted":
            return state
    return "unplaced"


def _instant(name: str, text: str) -> datetime:
    """An instant, or a date meaning its midnight in UTC."""
    try:
        # A plus sign in a query is a space to those who forget to encode it.
        moment = parse_moment(text.replace(" ", "+"))
    except ValueError as error:
        raise BadParameter(name, str(error)) from error
    return moment if isinstance(moment, datetime) else midnight(moment, "UTC")
