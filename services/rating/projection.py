"""Rating's events become rows: what is on sale, who subscribed, what was charged, and the usage behind it.

A batch is written in bulk, kind by kind. That is safe because rows of one kind never wait for a later event of another
within the same batch: an account is opened before it subscribes, a version drafted before it is published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

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
from services.rating.lineage import pack
from shared.engine.postgres import Connection
from shared.engine.service import Applied
from shared.kernel.claims import EarlierUse
from shared.kernel.envelope import Envelope
from shared.kernel.wire import write

Row = tuple[Any, ...]
Told = tuple[Any, Envelope]


async def earlier_uses(connection: Connection, partition: int, names: Sequence[str]) -> Mapping[str, EarlierUse]:
    """Subscriptions of any partition that have an id which nobody claimed."""
    ids = [name.removeprefix("subscription:") for name in names]
    rows = await connection.fetch("select subscription_id from subscription_row where subscription_id = any($1)", ids)
    found = [EarlierUse(name=f"subscription:{row[0]}", holder=row[0]) for row in rows]
    return {earlier.name: earlier for earlier in found}


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """Write what a batch of own events says."""
    by_kind: dict[type, list[Told]] = defaultdict(list)
    for applied in batch:
        by_kind[type(applied.event)].append((applied.event, applied.envelope))
    if usage := by_kind.get(UsageRated):
        await _add_usage(connection, partition, [event for event, _ in usage])
    for kind, (statement, row) in _INSERTS.items():
        if told := by_kind.get(kind):
            await connection.executemany(statement, [(partition, *row(event, envelope)) for event, envelope in told])
    if periods := _open_periods(batch):
        await connection.executemany(_MOVE_PERIOD, [(partition, *row) for row in periods])


def _cycle(event: BillingCycleDefined, envelope: Envelope) -> Row:
    return event.terms.cycle_id, event.name, _json(event.terms), envelope.recorded_at


def _draft(event: PlanDrafted, envelope: Envelope) -> Row:
    return event.plan_id, event.version, event.name, event.currency, _json(event.prices), envelope.recorded_at


def _publication(event: PlanVersionPublished, envelope: Envelope) -> Row:
    return event.plan_id, event.version, event.effective_from, envelope.recorded_at


def _account(event: AccountOpened, envelope: Envelope) -> Row:
    return (
        event.account_id,
        event.name,
        event.currency,
        event.cycle.cycle_id,
        _json(event.cycle),
        event.tax_rate,
        event.opened_on,
        envelope.recorded_at,
        event.details,
    )


def _subscription(event: SubscriptionStarted, envelope: Envelope) -> Row:
    return event.subscription_id, event.account_id, event.plan_id, event.start, event.end, envelope.recorded_at


def _closed(event: PeriodClosed, envelope: Envelope) -> Row:
    period = event.period
    return event.account_id, period.start, period.end, event.lines, event.sum, event.currency, envelope.recorded_at


def _charge(event: ChargeFixed, envelope: Envelope) -> Row:
    return (
        event.charge_id,
        event.account_id,
        event.billing_period.start,
        event.billing_period.end,
        event.n,
        event.kind,
        event.subscription_id,
        event.plan_id,
        event.plan_version,
        event.price_index,
        event.description,
        event.period.start,
        event.period.end,
        event.amount,
        event.unrounded,
        event.currency,
        event.meter,
        event.unit,
        event.quantity,
        event.records,
        event.covered_records,
        event.fraction,
        _json(event.steps),
        envelope.seq,
        envelope.recorded_at,
    )


def _open_periods(batch: Sequence[Applied]) -> list[Row]:
    """The last word of the batch on each account's open period: (account, start, end, closed before)."""
    last: dict[str, Row] = {}
    for event, _, _ in batch:
        match event:
            case SubscriptionStarted():
                closed = last[event.account_id][3] if event.account_id in last else None
                last[event.account_id] = (event.account_id, event.period.start, event.period.end, closed)
            case PeriodClosed():
                next_ = event.next_period
                last[event.account_id] = (event.account_id, next_.start, next_.end, event.period.end)
    return list(last.values())


async def _add_usage(connection: Connection, partition: int, events: Sequence[UsageRated]) -> None:
    sums: dict[tuple[str, str, date, int], _Sum] = {}
    for event in events:
        source, usage_seq = event.source, event.usage_seq
        for added in event.sums:
            # The key of the row; what else it says follows from that.
            key = (added.subscription, added.meter, added.day, added.version)
            held = sums.get(key)
            if held is None:
                held = sums[key] = _Sum(added.account, added.plan, added.period_start)
            indexes = added.indexes
            held.quantity += added.quantity
            held.records += len(indexes)
            held.positions += pack(source, usage_seq, indexes)
    rows = (
        (s.account, subscription, meter, s.plan, version, s.period_start, day, str(s.quantity), s.records, s.positions)
        for (subscription, meter, day, version), s in sums.items()
    )
    columns = list(zip(*rows, strict=True))
    if columns:
        await connection.execute(_ADD_SUMS, partition, *map(list, columns))


class _Sum:
    """What a batch adds to one row of `usage_day`."""

    __slots__ = ("account", "period_start", "plan", "positions", "quantity", "records")

    def __init__(self, account: str, plan: str, period_start: date) -> None:
        self.account = account
        self.plan = plan
        self.period_start = period_start
        self.quantity = 0
        self.records = 0
        self.positions = bytearray()


def _json(value: Any) -> str:
    return write(value).decode()


_INSERTS: dict[type, tuple[str, Any]] = {
    BillingCycleDefined: (
        "insert into billing_cycle_row (partition, cycle_id, name, terms, defined_at) values ($1, $2, $3, $4, $5)",
        _cycle,
    ),
    PlanDrafted: (
        """insert into plan_version_row (partition, plan_id, version, name, currency, prices, drafted_at)
           values ($1, $2, $3, $4, $5, $6, $7)""",
        _draft,
    ),
    PlanVersionPublished: (
        """update plan_version_row set effective_from = $4, published_at = $5
            where partition = $1 and plan_id = $2 and version = $3""",
        _publication,
    ),
    AccountOpened: (
        """insert into account_row (partition, account_id, name, currency, cycle_id, terms, tax_rate, opened_on,
                                    opened_at, details)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
        _account,
    ),
    SubscriptionStarted: (
        """insert into subscription_row (partition, subscription_id, account_id, plan_id, starts_on, ends_on,
                                         started_at)
           values ($1, $2, $3, $4, $5, $6, $7)""",
        _subscription,
    ),
    ChargeFixed: (
        f"""insert into charge_row (partition, charge_id, account_id, billing_start, billing_end, n, kind,
                                    subscription_id, plan_id, plan_version, price_index, description, period_start,
                                    period_end, amount, unrounded, currency, meter, unit, quantity, records,
                                    covered_records, fraction, steps, seq, fixed_at)
            values ({", ".join(f"${n}" for n in range(1, 27))})""",
        _charge,
    ),
    PeriodClosed: (
        """insert into closed_period (partition, account_id, period_start, period_end, lines, sum, currency, closed_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)""",
        _closed,
    ),
}

_MOVE_PERIOD = """
    update account_row set period_start = $3, period_end = $4, closed_before = coalesce($5, closed_before)
     where partition = $1 and account_id = $2"""

# A quantity may have 24 digits, more than bigint holds; text is the cheapest way to send that many.
_ADD_SUMS = """
    insert into usage_day as d (partition, account_id, subscription_id, meter, plan_id, plan_version, period_start, day,
                                quantity, records, positions)
    select $1, account, subscription, meter, plan, version, period_start, day, quantity::numeric, records, positions
      from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::date[], $8::date[], $9::text[],
                  $10::bigint[], $11::bytea[])
        as added (account, subscription, meter, plan, version, period_start, day, quantity, records, positions)
    on conflict (partition, subscription_id, meter, day, plan_version) do update
       set quantity = d.quantity + excluded.quantity, records = d.records + excluded.records,
           positions = d.positions || excluded.positions"""
