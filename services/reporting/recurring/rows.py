"""What recurs, kept by subscription and by day, written anew for the accounts that a batch has touched.

SubscriptionStarted line-1, home, 2026-09-01      line-1  2026-09-01  new    "" -> home    and one more on that day

What an account's subscriptions said is put together as a whole (timeline.py): a change that is scheduled or cancelled
may change what others count as. The sums lose what the rows were and gain what they are; one of nothing is dropped, so
that a rebuild, whatever its batches, gives the same ones. Nothing here has a price: what a plan costs is another
partition's, and joined where it is read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from services.rating.account.messages import AccountCycleChanged
from services.rating.subscription.messages import (
    ChangeCancelled,
    PlanChanged,
    QuantityChanged,
    SubscriptionStarted,
    SubscriptionTerminated,
)
from services.reporting.adding import adding
from services.reporting.recurring.timeline import Kind, Move, Step, Taken, Term, steps
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, copy, insert, update
from shared.kernel.envelope import Envelope

Touching = (
    SubscriptionStarted | PlanChanged | QuantityChanged | SubscriptionTerminated | ChangeCancelled | AccountCycleChanged
)


class TermRow(Row, frozen=True, kw_only=True):
    TABLE = "recurring_term_row"
    KEY = ("change_id",)

    change_id: str
    account_id: str
    subscription_id: str
    kind: Kind
    day: date
    plan_id: str = ""
    plan_version: int = 0
    quantity: int = 0
    seq: int
    cancelled: bool = False


class TermCancelled(Change, frozen=True, kw_only=True):
    TABLE = "recurring_term_row"
    KEY = ("change_id",)

    change_id: str
    cancelled: bool = True


class Alike(Columns, frozen=True, kw_only=True):
    """What changes of a day may have in common."""

    day: date
    movement: Move
    currency: str
    frequency: str
    plan_before: str
    version_before: int
    quantity_before: int
    plan_id: str
    plan_version: int
    quantity: int


class ChangeRow(Alike, Row, frozen=True, kw_only=True):
    TABLE = "recurring_change_row"
    KEY = ("subscription_id", "day")

    subscription_id: str
    account_id: str
    accounts: int


class RecurringDay(Alike, Row, frozen=True, kw_only=True):
    TABLE = "recurring_day"
    KEY = Alike.__struct_fields__

    changes: int
    accounts: int


TABLES: Final = Tables(
    insert(TermRow), update(TermCancelled), copy(ChangeRow), adding(RecurringDay, "changes", "accounts")
)

_TERMS: Final = """
select t.*, a.currency, a.frequency
  from recurring_term_row t join account_row a on a.partition = t.partition and a.account_id = t.account_id
 where t.partition = $1::int and t.account_id = any($2::text[]) and not t.cancelled
"""
_CHANGES: Final = f"""
select {", ".join(ChangeRow.__struct_fields__)} from recurring_change_row
 where partition = $1::int and account_id = any($2::text[])
"""
_DELETE: Final = """
delete from recurring_change_row t using unnest($2::text[], $3::date[]) as gone (subscription_id, day)
 where t.partition = $1::int and t.subscription_id = gone.subscription_id and t.day = gone.day
"""
_DROP: Final = "delete from recurring_day where partition = $1::int and changes = 0"


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """Behind the accounts themselves."""
    touching = [(event, envelope) for event, envelope, _ in batch if isinstance(event, Touching)]
    if not touching:
        return
    await TABLES.write(connection, partition, [row for event, envelope in touching for row in _said(event, envelope)])
    accounts = sorted({event.account_id for event, _ in touching})
    before = {ChangeRow(**dict(row)) for row in await connection.fetch(_CHANGES, partition, accounts)}
    after = set(_changes(await connection.fetch(_TERMS, partition, accounts)))
    gone, come = before - after, after - before
    if not gone and not come:
        return
    keys = [(row.subscription_id, row.day) for row in gone]
    await connection.execute(_DELETE, partition, [key[0] for key in keys], [key[1] for key in keys])
    sums = [*_days(gone, -1), *_days(come, 1)]
    await TABLES.write(connection, partition, [*sorted(come, key=lambda row: (row.subscription_id, row.day)), *sums])
    await connection.execute(_DROP, partition)


def _said(event: Touching, envelope: Envelope) -> Iterator[Columns]:
    seq = envelope.seq
    match event:
        case SubscriptionStarted(subscription_id=line):
            of: dict[str, Any] = {"account_id": event.account_id, "subscription_id": line, "seq": seq}
            begins = max(event.start, event.trial_until or event.start)
            of_plan = of | {"plan_id": event.plan_id, "plan_version": event.plan_version or 0}
            yield TermRow(change_id=f"{line}/start", kind="start", day=begins, quantity=event.quantity, **of_plan)
            if event.end is not None:
                yield TermRow(change_id=f"{line}/end", kind="end", day=event.end, **of)
        case PlanChanged():
            taken = {"plan_version": event.plan_version or 0, "quantity": event.quantity or 0}
            yield TermRow.of(event, kind="plan", day=event.effective_on, seq=seq, **taken)
        case QuantityChanged():
            yield TermRow.of(event, kind="quantity", day=event.effective_on, seq=seq)
        case SubscriptionTerminated():
            yield TermRow.of(event, kind="end", day=event.effective_on, seq=seq)
        case ChangeCancelled():
            yield TermCancelled(change_id=event.change_id)
        case _:
            pass


def _changes(found: Iterable[Any]) -> Iterator[ChangeRow]:
    by_account: dict[str, list[Any]] = defaultdict(list)
    for row in found:
        by_account[row["account_id"]].append(row)
    for account, rows in by_account.items():
        of = {"account_id": account, "currency": rows[0]["currency"], "frequency": rows[0]["frequency"]}
        yield from (_row(step, of) for step in steps(_term(row) for row in rows))


def _term(row: Any) -> Term:
    taken = Taken(row["plan_id"], row["plan_version"], row["quantity"])
    return Term(row["subscription_id"], row["kind"], row["day"], taken, row["seq"])


def _row(step: Step, of: Mapping[str, str]) -> ChangeRow:
    return ChangeRow(
        day=step.day,
        movement=step.movement,
        plan_before=step.before.plan_id,
        version_before=step.before.plan_version,
        quantity_before=step.before.quantity,
        plan_id=step.after.plan_id,
        plan_version=step.after.plan_version,
        quantity=step.after.quantity,
        subscription_id=step.subscription_id,
        accounts=step.accounts,
        **of,
    )


def _days(rows: Iterable[ChangeRow], each: int) -> Iterator[RecurringDay]:
    changes: Counter[tuple[Any, ...]] = Counter()
    accounts: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        key = tuple(getattr(row, name) for name in Alike.__struct_fields__)
        changes[key] += each
        accounts[key] += each * row.accounts
    for key, number in changes.items():
        named = dict(zip(Alike.__struct_fields__, key, strict=True))
        yield RecurringDay(**named, changes=number, accounts=accounts[key])
