"""How long a what-if over a whole book takes: a candidate beside what was charged, from rating's own tables.

    meterlog bench what-if [--subscriptions 20000] [--records 6] [--json]
    11,040,000 records of 20,000 subscriptions, 60,000 periods, in 21.4 s, 95 MB

Postgres alone is started, and rating's tables are filled with three closed months: of each subscription a sum for each
day, with so many records behind it, a flat fee and usage charged. Records are in those sums (R16): `usage_days` are
what is read. The candidate has a flat fee and tiers. Before a figure is given, what it comes to is compared with what
it is by the making of the tables.
"""

from __future__ import annotations

import asyncio
import resource
import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import asyncpg

from bench.machine import machine
from bench.servers import BenchFailed
from services.rating.account.state import Account
from services.rating.app import SERVICE
from services.rating.billing_cycle.messages import CycleTerms
from services.rating.period.stored_states import StoredStates
from services.rating.plan.state import Plan, PlanVersion
from services.rating.pricing import Price
from services.rating.subscription.state import Subscription, Term
from services.rating.what_if.api import price_page
from services.rating.what_if.reading import Asked, count, pages
from services.rating.what_if.summary import Summary
from shared.embedded.ports import Ports
from shared.embedded.postgres import EmbeddedPostgres
from shared.engine.generation import prepare
from shared.engine.settings import Settings
from shared.kernel.period import Period
from shared.kernel.wire import write

PARTITIONS: Final = 4
FIRST, LAST, END = "2026-06-01", "2026-08-31", date(2026, 9, 1)
DAYS: Final = 92
MONTHS: Final = 3
TIERS: Final = [{"up_to": "100", "unit_price": "0.02"}, {"up_to": None, "unit_price": "0.02"}]
CANDIDATE: Final = (
    {"model": "flat", "amount": "21.00"},
    {"model": "graduated", "meter": "data.octets", "tiers": TIERS},
)

_STATES: Final = f"""insert into state
    select n % {PARTITIONS}, $1, $2 || n, convert_to(replace($3, '#', n::text), 'UTF8') from generate_series(1, $4) n"""
_SUBSCRIPTIONS: Final = f"""insert into subscription_row
    (partition, subscription_id, account_id, plan_id, starts_on, started_at)
    select n % {PARTITIONS}, 'sub-' || n, 'acc-' || n, 'fiber', '{FIRST}', now() from generate_series(1, $1) n"""
_MONTHS: Final = f"generate_series('{FIRST}'::timestamp, '{LAST}', '1 month') m"
_PERIODS: Final = f"""insert into closed_period
    (partition, account_id, period_start, period_end, lines, sum, currency, closed_at)
    select n % {PARTITIONS}, 'acc-' || n, m::date, (m + interval '1 month')::date, 2, 40, 'EUR', now()
      from generate_series(1, $1) n, {_MONTHS}"""
_USAGE: Final = f"""insert into usage_day (partition, account_id, subscription_id, meter, plan_id, plan_version,
    period_start, day, quantity, records, positions)
    select n % {PARTITIONS}, 'acc-' || n, 'sub-' || n, 'data.octets', 'fiber', 1, date_trunc('month', d)::date, d::date,
           (n % 50) * 1000000, $2::integer, decode(repeat('00', 14 * $2::integer), 'hex')
      from generate_series(1, $1) n, generate_series('{FIRST}'::timestamp, '{LAST}', '1 day') d"""
_CHARGES: Final = f"""insert into charge_row (partition, charge_id, account_id, billing_start, billing_end, n, kind,
    subscription_id, plan_id, plan_version, price_index, description, period_start, period_end, amount, unrounded,
    currency, records, covered_records, meters, steps, corrects, includes_tax, seq, fixed_at)
    select n % {PARTITIONS}, 'ch-' || n || k || m, 'acc-' || n, m::date, (m + interval '1 month')::date, 1, k,
           'sub-' || n, 'fiber', 1, 0, 'Fiber', m::date, (m + interval '1 month')::date, 20, 20, 'EUR', 0, 0, '{{}}',
           '[]', '[]', false, 1, now()
      from generate_series(1, $1) n, {_MONTHS}, unnest(array['recurring', 'usage']) k"""


async def measure(*, subscriptions: int, records: int) -> dict[str, Any]:
    """Raises `BenchFailed` where the answer is not what the tables were made to give."""
    with tempfile.TemporaryDirectory(prefix="meterlog-bench-") as folder:
        # The server runs as a user of its own where this process is root.
        Path(folder).chmod(0o755)
        ports = Ports(Path(folder) / "ports.json")
        postgres = EmbeddedPostgres(Path(folder) / "postgres", port=ports["postgres"], password="bench")
        try:
            connection = await _tables(await postgres.start())
            await _fill(connection, subscriptions, records)
            return await _compared(connection, subscriptions, records)
        finally:
            await postgres.stop()


def sentence(figures: dict[str, Any]) -> str:
    book = (
        f"{figures['records']:,} records of {figures['subscriptions']:,} subscriptions, {figures['periods']:,} periods"
    )
    return f"{book}, in {figures['seconds']} s, {figures['rss_mb_max']} MB"


async def _tables(dsn: str) -> Any:
    """A connection that sees rating's tables, as the service itself makes them."""
    generation = await prepare(dsn, SERVICE, Settings(partitions=PARTITIONS))
    return await asyncpg.connect(dsn, server_settings={"search_path": generation.search_path})


async def _fill(connection: Any, subscriptions: int, records: int) -> None:
    terms = CycleTerms(cycle_id="monthly", frequency="month", anchor_day=1, time_zone="Europe/Paris")
    began = date.fromisoformat(FIRST)
    account = Account(
        account_id="acc-#",
        currency="EUR",
        terms=terms,
        opened_on=began,
        open_period=Period(END, date(2026, 10, 1)),
        any_closed=True,
        collection_grace_s=3600,
        subscriptions=("sub-#",),
    )
    subscription = Subscription(
        subscription_id="sub-#", account_id="acc-#", start=began, first=Term(start=began, plan_id="fiber")
    )
    await connection.execute(_STATES, "Account", "acc-", write(account).decode(), subscriptions)
    await connection.execute(_STATES, "Subscription", "sub-", write(subscription).decode(), subscriptions)
    for statement in (_SUBSCRIPTIONS, _PERIODS, _CHARGES):
        await connection.execute(statement, subscriptions)
    await connection.execute(_USAGE, subscriptions, records)
    await connection.execute("analyze")


async def _compared(connection: Any, subscriptions: int, records: int) -> dict[str, Any]:
    in_force = PlanVersion(version=1, prices=(), meters=("data.octets",), effective_from=date(2026, 1, 1))
    plan = Plan(plan_id="fiber", name="Fiber", currency="EUR", versions=(in_force,))
    candidate = PlanVersion(version=1, prices=tuple(map(Price.from_wire, CANDIDATE)), meters=("data.octets",))
    asked = Asked(plan_id="fiber", start=date.fromisoformat(FIRST), end=END)
    summary, usage_days, began = Summary(50), 0, time.perf_counter()
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        reference = StoredStates(connection, home=0)
        periods = await count(connection, asked)
        async for page in pages(connection, asked):
            await price_page(page.billed, plan, candidate, reference, summary)
            usage_days += page.usage_days
    seconds = time.perf_counter() - began
    summary.end()
    units = sum(n % 50 for n in range(1, subscriptions + 1)) * DAYS
    expected = Decimal(21 * MONTHS * subscriptions) + units * Decimal("0.02")
    made = (subscriptions * DAYS * records, Decimal(40 * MONTHS * subscriptions), expected)
    if (summary.records, summary.charged, summary.candidate) != made:
        raise BenchFailed(f"{summary.records}, {summary.charged} and {summary.candidate} came out, not {made}")
    return {
        "records": summary.records,
        "subscriptions": subscriptions,
        "periods": periods,
        "usage_days": usage_days,
        "seconds": round(seconds, 1),
        "records_per_s": round(summary.records / seconds),
        "rss_mb_max": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "machine": machine(),
    }


if __name__ == "__main__":
    print(sentence(asyncio.run(measure(subscriptions=20_000, records=6))))
