"""Accounts, subscriptions, plans and charges, and how far each partition has rated what usage sent it.

    charge ch-9   acc-1   line-1   data.octets   billing period 2026-09   12.40 EUR   8,640 records

`UsageRated` is hot and leaves one row per source partition, plus a row for each record that it could not price.
What was parked instead is in parked.py.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from shared.kernel.envelope import Envelope
from shared.kernel.outcome import InputParked
from shared.kernel.period import Period
from shared.runtime.service import Applied

if TYPE_CHECKING:
    from shared.runtime.postgres import Connection

CHARGE_COLUMNS: Final = (
    *("partition", "charge_id", "account_id", "subscription_id", "plan_id", "plan_version", "kind", "meter"),
    *("billing_start", "billing_end", "period_start", "period_end"),
    *("quantity", "records", "covered_records", "amount", "currency"),
)
NOT_BILLABLE_COLUMNS: Final = ("partition", "usage_partition", "seq", "index", "state", "reason")


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    accounts: list[tuple[Any, ...]] = []
    subscriptions: list[tuple[Any, ...]] = []
    cycles: list[tuple[Any, ...]] = []
    plans: list[tuple[Any, ...]] = []
    published: list[tuple[Any, ...]] = []
    charges: list[ChargeFixed] = []
    rated: list[UsageRated] = []
    parked: list[InputParked] = []
    # The last word of the batch on an account's open period.
    open_periods: dict[str, Period] = {}
    for event, envelope, _ in batch:
        match event:
            case UsageRated():
                rated.append(event)
            case InputParked():
                parked.append(event)
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
    await _rated(connection, partition, rated)
    await write_parked(connection, partition, parked, rated)


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
        cycle.time_zone,
        event.tax_rate,
        event.opened_on,
        envelope.recorded_at,
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
            insert into account_row (partition, account_id, name, currency, cycle_id, frequency, anchor_day, time_zone,
                                     tax_rate, opened_on, opened_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
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
    billed = {
        (partition, charge.subscription_id, charge.meter, charge.billing_period.start, charge.billing_period.end)
        for charge in charges
        if charge.meter is not None
    }
    await connection.executemany(
        """
        insert into billed_period (partition, subscription_id, meter, starts, ends) values ($1, $2, $3, $4, $5)
        on conflict do nothing
        """,
        sorted(billed),
    )


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


async def _rated(connection: Connection, partition: int, rated: list[UsageRated]) -> None:
    if not rated:
        return
    through: dict[int, int] = {}
    unpriced: list[tuple[Any, ...]] = []
    for event in rated:
        through[event.source] = max(event.usage_seq, through.get(event.source, 0))
        for state, items in (("not_billable", event.not_billable), ("quarantined", event.returned)):
            unpriced += ((partition, event.source, event.usage_seq, index, state, reason) for index, reason, _ in items)
    await connection.executemany(
        """
        insert into rated_through (partition, usage_partition, usage_seq) values ($1, $2, $3)
        on conflict (partition, usage_partition) do update
           set usage_seq = greatest(rated_through.usage_seq, excluded.usage_seq)
        """,
        [(partition, source, seq) for source, seq in sorted(through.items())],
    )
    if unpriced:
        await connection.copy_records_to_table("usage_not_billable", records=unpriced, columns=NOT_BILLABLE_COLUMNS)
