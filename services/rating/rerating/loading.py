"""`ChargedPage` out of the tables of a partition: what some accounts were charged by a version of a plan, and used.

The tables are as of the batch before, as for every run (correction_run/loading.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import asyncpg
import msgspec

from services.rating.correction_run.loading import LIMIT, taken
from services.rating.rerating.state import Charged, ChargedAccount, ChargedPage, ChargedQuestion, UsedOfPeriod
from shared.engine.postgres import Connection
from shared.kernel.period import Period

# What a charge is for: of usage the billing period, of late usage the closed one, of a correction what it corrects.
_OF: Final = "coalesce(settles_start, billing_start)"
_IN_RANGE: Final = f"""partition = $1 and plan_id = $2 and plan_version = $3
   and least(period_start, {_OF}) < $5 and period_end > $4"""

_ACCOUNTS: Final = f"""
select account_id, count(*) as lines from charge_row
 where {_IN_RANGE} and account_id > $6 and ($7::text[] is null or account_id = any($7))
 group by account_id order by account_id limit {LIMIT}
"""
_CHARGES: Final = f"""
select charge_id, account_id, subscription_id, price_index, kind, period_start, period_end, {_OF} as of, amount,
       fraction, quantity, steps
  from charge_row where {_IN_RANGE} and account_id = any($6) order by seq
"""
_CLOSED: Final = """
select account_id, period_start, period_end from closed_period
 where partition = $1 and account_id = any($2) and period_start >= $3 and period_start < $4 order by period_start
"""
_USED: Final = """
select account_id, subscription_id, meter, period_start, null::date as billed_in, sum(quantity) as quantity,
       sum(records) as records
  from usage_day
 where partition = $1 and subscription_id = any($2) and plan_id = $3 and plan_version = $4
   and period_start >= $5 and period_start < $6 and day >= $5
 group by account_id, subscription_id, meter, period_start
union all
select account_id, subscription_id, meter, period_start, billed_in, sum(quantity), sum(records)
  from late_usage_day
 where partition = $1 and subscription_id = any($2) and plan_id = $3 and plan_version = $4
   and period_start >= $5 and period_start < $6 and day >= $5
 group by account_id, subscription_id, meter, period_start, billed_in
"""


async def charged_pages(connection: Connection, partition: int, keys: Sequence[str]) -> Mapping[str, ChargedPage]:
    """The pages of those questions (`ChargedQuestion.key`)."""
    return {key: await _page(connection, partition, ChargedQuestion.parse(key)) for key in keys}


async def _page(connection: Connection, partition: int, asked: ChargedQuestion) -> ChargedPage:
    of_version = (partition, asked.plan_id, asked.version, asked.start, asked.end)
    found = await connection.fetch(_ACCOUNTS, *of_version, asked.after, asked.account_ids)
    accounts, read, last = await taken(connection, partition, found)
    charges = await connection.fetch(_CHARGES, *of_version, read)
    subscriptions = sorted({row["subscription_id"] for row in charges})
    version = (asked.plan_id, asked.version, asked.start, asked.end)
    used = await connection.fetch(_USED, partition, subscriptions, *version)
    closed = await connection.fetch(_CLOSED, partition, read, asked.start, asked.end)
    return ChargedPage(
        question=asked.key,
        accounts=[
            ChargedAccount(
                **one._asdict(),
                closed=[Period(row["period_start"], row["period_end"]) for row in _of(closed, one.account_id)],
                charges=[_charged(row) for row in _of(charges, one.account_id)],
                usage=[_used(row) for row in _of(used, one.account_id)],
            )
            for one in accounts
        ],
        last=last,
    )


def _of(rows: Iterable[asyncpg.Record], account_id: str) -> list[asyncpg.Record]:
    return [row for row in rows if row["account_id"] == account_id]


def _charged(row: asyncpg.Record) -> Charged:
    return Charged(
        charge_id=row["charge_id"],
        subscription_id=row["subscription_id"],
        price_index=row["price_index"],
        kind=row["kind"],
        period=Period(row["period_start"], row["period_end"]),
        of=row["of"],
        amount=row["amount"],
        fraction=row["fraction"],
        quantity=row["quantity"],
        steps=msgspec.json.decode(row["steps"], type=list[dict[str, Any]]),
    )


def _used(row: asyncpg.Record) -> UsedOfPeriod:
    return UsedOfPeriod(
        subscription_id=row["subscription_id"],
        meter=row["meter"],
        period_start=row["period_start"],
        quantity=int(Decimal(row["quantity"])),
        records=int(row["records"]),
        billed_in=row["billed_in"],
    )
