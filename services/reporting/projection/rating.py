"""Accounts, subscriptions, plans and charges, and how far each partition has rated what usage sent it.

    charge ch-9   acc-1   line-1   data.octets   billing period 2026-09   12.40 EUR   8,640 records

What `UsageRated`, which is hot, says of each record is in rated.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec

from services.rating.events import (
    AccountOpened,
    BillingCycleDefined,
    ChargeFixed,
    PeriodClosed,
    PlanDrafted,
    PlanVersionPublished,
    SubscriptionStarted,
    UsageRated,
)
from services.reporting.projection.parked import write_parked
from services.reporting.projection.rated import write_rated
from shared.engine.service import Applied
from shared.kernel.calendar import known_zone, midnight
from shared.kernel.envelope import Envelope
from shared.kernel.period import Period

if TYPE_CHECKING:
    from shared.engine.postgres import Connection

CHARGE_COLUMNS: Final = (
    *("partition", "charge_id", "account_id", "subscription_id", "plan_id", "plan_version", "kind", "meter"),
    *("billing_start", "billing_end", "period_start", "period_end"),
    *("quantity", "records", "covered_records", "amount", "currency"),
)


_BILL: Final = """
insert into billed_period as b (partition, subscription_id, meter, starts, ends, begins, finishes, covered)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (partition, subscription_id, meter, starts)
do update set covered = coalesce(b.covered and excluded.covered, b.covered, excluded.covered)
"""


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    accounts: list[tuple[Any, ...]] = []
    subscriptions: list[tuple[Any, ...]] = []
    cycles: list[tuple[Any, ...]] = []
    plans: list[tuple[Any, ...]] = []
    published: list[tuple[Any, ...]] = []
    charges: list[ChargeFixed] = []
    rated: list[tuple[UsageRated, int]] = []
    # The last word of the batch on an account's open period.
    open_periods: dict[str, Period] = {}
    for event, envelope, _ in batch:
        match event:
            case UsageRated():
                rated.append((event, envelope.seq))
            case ChargeFixed():
                charges.append(event)
            case PeriodClosed():
                open_periods[event.account_id] = event.next_period
            case AccountOpened():
                accounts.append(_account(partition, event, envelope))
            case SubscriptionStarted(subscription_id=subscription, account_id=account, plan_id=plan):
                subscriptions.append((partition, subscription, account, plan, event.start, event.end))
                open_periods[account] = event.period
            case BillingCycleDefined():
                cycles.append((partition, event.terms.cycle_id, event.name))
            case PlanDrafted():
                plans.append((partition, event.plan_id, event.version, event.name, event.currency))
            case PlanVersionPublished():
                published.append((partition, event.plan_id, event.version, event.effective_from))
    await _reference(connection, cycles, plans, published)
    await _accounts(connection, partition, accounts, subscriptions, open_periods)
    await _charges(connection, partition, charges)
    await write_rated(connection, partition, rated)
    await write_parked(connection, partition, batch)


def _account(partition: int, event: AccountOpened, envelope: Envelope) -> tuple[Any, ...]:
    cycle = event.cycle
    return (
        partition,
        event.account_id,
        event.name,
        event.currency,
        cycle.cycle_id,
        msgspec.json.encode(cycle.frequency).decode(),
        cycle.anchor_day,
        cycle.anchor_month,
        known_zone(cycle.time_zone),
        event.tax_rate,
        event.opened_on,
        envelope.recorded_at,
        event.details,
    )


async def _reference(
    connection: Connection,
    cycles: list[tuple[Any, ...]],
    plans: list[tuple[Any, ...]],
    published: list[tuple[Any, ...]],
) -> None:
    if cycles:
        await connection.executemany("insert into cycle_row (partition, cycle_id, name) values ($1, $2, $3)", cycles)
    if plans:
        await connection.executemany(
            "insert into plan_row (partition, plan_id, version, name, currency) values ($1, $2, $3, $4, $5)", plans
        )
    if published:
        await connection.executemany(
            "update plan_row set effective_from = $4 where partition = $1 and plan_id = $2 and version = $3", published
        )


async def _accounts(
    connection: Connection,
    partition: int,
    accounts: list[tuple[Any, ...]],
    subscriptions: list[tuple[Any, ...]],
    open_periods: dict[str, Period],
) -> None:
    if accounts:
        await connection.executemany(
            """
            insert into account_row (partition, account_id, name, currency, cycle_id, frequency, anchor_day,
                                     anchor_month, time_zone, tax_rate, opened_on, opened_at, details)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """,
            accounts,
        )
    if subscriptions:
        await connection.executemany(
            """
            insert into subscription_row (partition, subscription_id, account_id, plan_id, starts, ends)
            values ($1, $2, $3, $4, $5, $6)
            """,
            subscriptions,
        )
    if open_periods:
        await connection.executemany(
            "update account_row set period_start = $3, period_end = $4 where partition = $1 and account_id = $2",
            [(partition, account, period.start, period.end) for account, period in open_periods.items()],
        )


async def _charges(connection: Connection, partition: int, charges: list[ChargeFixed]) -> None:
    if not charges:
        return
    await connection.copy_records_to_table(
        "charge_row", records=[_charge(partition, charge) for charge in charges], columns=CHARGE_COLUMNS
    )
    rows = await connection.fetch(
        "select account_id, time_zone from account_row where partition = $1 and account_id = any($2::text[])",
        partition,
        list({charge.account_id for charge in charges}),
    )
    zones = {row["account_id"]: row["time_zone"] for row in rows}
    await connection.executemany(_BILL, sorted((partition, *row) for row in _billed(charges, zones)))


def _billed(charges: list[ChargeFixed], zones: Mapping[str, str]) -> list[tuple[Any, ...]]:
    """What is billed now: (subscription, meter, period, its instants, whether its charges cover all their records)."""
    covered: dict[tuple[Any, ...], bool | None] = {}
    for charge in charges:
        if charge.meter is None:
            continue
        period = charge.billing_period
        zone = zones.get(charge.account_id, "UTC")
        instants = (midnight(period.start, zone), midnight(period.end, zone))
        key = (charge.subscription_id, charge.meter, period.start, period.end, *instants)
        before = covered.setdefault(key, None)
        if charge.records:
            covered[key] = before is not False and charge.covered_records == charge.records
    return [(*key, value) for key, value in covered.items()]


def _charge(partition: int, charge: ChargeFixed) -> tuple[Any, ...]:
    return (
        partition,
        charge.charge_id,
        charge.account_id,
        charge.subscription_id,
        charge.plan_id,
        charge.plan_version,
        charge.kind,
        charge.meter,
        charge.billing_period.start,
        charge.billing_period.end,
        charge.period.start,
        charge.period.end,
        charge.quantity,
        charge.records,
        charge.covered_records,
        charge.amount,
        charge.currency,
    )
