"""`TimePage` out of the tables of a partition: what some accounts were charged for time that touches an outage.

The tables are as of the batch before, as for every run (correction_run/loading.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

import asyncpg
import msgspec

from services.rating.correction_run.loading import LIMIT, taken
from services.rating.outage.state import AccountTime, TimeLine, TimePage, TimeQuestion
from services.rating.period.messages import OutageEvidence
from services.rating.subscription.react import SUBSCRIPTION
from shared.engine.postgres import Connection
from shared.kernel.period import Period

# A correction touches the days that it settles. One day more on both sides: the days are those of the account's zone.
_TOUCHES: Final = """partition = $1 and coalesce(settles_start, period_start) < $3
   and coalesce(settles_end, period_end) > $2"""
_FLAT: Final = "kind = 'recurring' and item is null"

# Whoever had one of the resources at some moment of the outage; `subscription:<id>` says itself whose it is. What ends
# where it begins was taken as a whole by a reassignment.
_HAD: Final = """
select subscription_id, account_id from assigned_resource
 where partition = $1 and resource_id = any($2) and valid_from < $4
   and (valid_to is null or valid_to > greatest($3::timestamptz, valid_from))
union
select subscription_id, account_id from subscription_row where partition = $1 and subscription_id = any($5)
"""

_ACCOUNTS: Final = f"""
select account_id, count(*) as lines from charge_row
 where {_TOUCHES} and {_FLAT} and account_id > $4
   and ($5::text[] is null or subscription_id = any($5)) and ($6::text[] is null or account_id = any($6))
   and ($7::text is null or plan_id = $7)
 group by account_id order by account_id limit {LIMIT}
"""
_LINES: Final = f"""
select charge_id, account_id, subscription_id, plan_id, plan_version, price_index, kind, amount, corrects, evidence,
       coalesce(settles_start, period_start) as starts_on, coalesce(settles_end, period_end) as ends_on
  from charge_row
 where {_TOUCHES} and account_id = any($4) and ({_FLAT} or kind in ('credit', 'rerating', 'outage')) order by seq
"""


async def time_pages(connection: Connection, partition: int, keys: Sequence[str]) -> Mapping[str, TimePage]:
    """The pages of those questions (`TimeQuestion.key`)."""
    return {key: await _page(connection, partition, TimeQuestion.parse(key)) for key in keys}


async def _page(connection: Connection, partition: int, asked: TimeQuestion) -> TimePage:
    days = (asked.start.date() - timedelta(days=1), asked.end.date() + timedelta(days=2))
    affected = None if asked.resources is None else await _affected(connection, partition, asked)
    subscription_ids = asked.subscription_ids if affected is None else sorted(affected)
    filters = (subscription_ids, asked.account_ids, asked.plan_id)
    found = await connection.fetch(_ACCOUNTS, partition, *days, asked.after, *filters)
    accounts, read, last = await taken(connection, partition, found)
    rows = await connection.fetch(_LINES, partition, *days, read)
    return TimePage(
        question=asked.key,
        accounts=[
            AccountTime(
                **one._asdict(),
                lines=[_line(row) for row in rows if row["account_id"] == one.account_id],
                affected=None
                if affected is None
                else sorted(s for s, whose in affected.items() if whose == one.account_id),
            )
            for one in accounts
        ],
        last=last,
    )


async def _affected(connection: Connection, partition: int, asked: TimeQuestion) -> Mapping[str, str]:
    """The subscriptions of this partition that had one of the resources, each with its account."""
    names = asked.resources or []
    own = [name.removeprefix(SUBSCRIPTION) for name in names if name.startswith(SUBSCRIPTION)]
    rows = await connection.fetch(_HAD, partition, names, asked.start, asked.end, own)
    return {row["subscription_id"]: row["account_id"] for row in rows}


def _line(row: asyncpg.Record) -> TimeLine:
    return TimeLine(
        charge_id=row["charge_id"],
        subscription_id=row["subscription_id"],
        plan_id=row["plan_id"],
        plan_version=row["plan_version"],
        price_index=row["price_index"],
        kind=row["kind"],
        period=Period(row["starts_on"], row["ends_on"]),
        amount=row["amount"],
        corrects=msgspec.json.decode(row["corrects"], type=list[str]),
        evidence=_evidence(row["evidence"]),
    )


def _evidence(text: Any) -> OutageEvidence | None:
    return None if text is None else msgspec.json.decode(text, type=OutageEvidence)
