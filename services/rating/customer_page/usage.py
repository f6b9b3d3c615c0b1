"""Usage of an account and of those it pays for, out of the states that the deciders work on; each by its own day.

seen = await read_usage(connection, "acc-1", partitions=3, now=now)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from services.rating.account.state import Account
from services.rating.allowance.state import AllowanceBalance
from services.rating.buckets.granting import LineOfAccount
from services.rating.buckets.settling import UsedBucket
from services.rating.meter.state import BUILT_IN, Meter
from services.rating.period.lines import lines_of, live
from services.rating.period.live import LiveSpend, live_spend
from services.rating.period.stored_states import StoredStates
from services.rating.rated_usage.state import BilledUsage, UsageSum
from services.rating.subscription.state import Subscription
from shared.engine.postgres import Connection
from shared.http.problems import not_found
from shared.kernel.calendar import local_date
from shared.kernel.decimals import exact
from shared.kernel.money import micro_decimal
from shared.kernel.partition import partition_of
from shared.kernel.period import Period

MEMBERS_MAX: Final = 20
"""Each costs some milliseconds; who pays for more has an invoice with all of them."""

# By the account's index too: what it has used before the running period is not read.
_DAYS: Final = """
select day, meter, sum(quantity)::numeric as quantity, sum(records)::bigint as records from usage_day
 where partition = $1 and subscription_id = any($2::text[]) and day >= $3 and day <= $4 group by day, meter
"""
_MEMBERS: Final = "select account_id from account_row where billed_by = $1 order by account_id"


@dataclass(frozen=True, kw_only=True, slots=True)
class UsageDay:
    """`records` are what a meter counts that counts records."""

    day: date
    meter: str
    quantity: Decimal
    records: int
    is_today: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenAccount:
    """`buckets` are those of today's period, each with the name of its line's plan."""

    account: Account
    today: date
    period: Period
    days: Sequence[UsageDay]
    buckets: Sequence[tuple[str, UsedBucket]]
    spend: LiveSpend

    @property
    def billed_by(self) -> str | None:
        """Who pays for today's period; `None` for the account itself."""
        payers = [one for one in self.account.payers if one.since is None or one.since <= self.period.start]
        return payers[-1].billed_by if payers else None


async def members_of(connection: Connection, account_id: str) -> list[str]:
    """Those that an account pays for, or will from their next period on (`SeenAccount.billed_by`)."""
    return [row["account_id"] for row in await connection.fetch(_MEMBERS, account_id)]


async def seen_account(connection: Connection, account_id: str, *, partitions: int, now: datetime) -> SeenAccount:
    """Raises `not_found`."""
    states = StoredStates(connection, home=partition_of(account_id, partitions))
    account = (await states.load(Account, [account_id])).get(account_id)
    if account is None:
        raise not_found("account", account_id)
    for kind in (Subscription, UsageSum, BilledUsage, AllowanceBalance):
        await states.load(kind, account.subscriptions)
    today = local_date(now, account.terms.time_zone)
    lines = await states.ask(lambda view: lines_of(account, None, view))
    period, settled = live(account, lines, today)
    plans = {line.id: _plan_name(line, period) for line in lines}
    rows = await connection.fetch(
        _DAYS, partition_of(account_id, partitions), account.subscriptions, period.start, today
    )
    return SeenAccount(
        account=account,
        today=today,
        period=period,
        days=[
            UsageDay(
                day=row["day"],
                meter=row["meter"],
                quantity=micro_decimal(int(row["quantity"])),
                records=row["records"],
                is_today=row["day"] == today,
            )
            for row in rows
        ],
        buckets=[(plans[one.subscription_id], one) for one in settled.used],
        spend=await states.ask(lambda view: live_spend(account, today, view)),
    )


async def meters_named(connection: Connection, ids: Sequence[str]) -> dict[str, Meter | None]:
    """`None` for one that nobody has defined."""
    known = await StoredStates(connection, home=0).load(Meter, sorted(ids))
    return {meter: BUILT_IN.get(meter) or known.get(meter) for meter in ids}


def added(amounts: Sequence[Decimal]) -> Decimal:
    with exact():
        return sum(amounts, Decimal(0))


def _plan_name(line: LineOfAccount, period: Period) -> str:
    """Of the plan that a line has in the period; nothing where it has none."""
    found = line.granting(period)
    return "" if found is None else line.plans[found[0].plan_id].name
