"""What dunning goes by: policies, whose they are, who is left alone, and what was promised.

standard 2    [{"name": "Letter", "after_days": 10, "access": null}, {"name": "Block", …, "access": "blocked"}]
acc-1         exempt up to before 2027-01-01
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from services.payments.dunning.messages import DunningExempted, DunningExemptionEnded, DunningPolicyAssigned
from services.payments.dunning_policy.messages import (
    DefaultDunningPolicySet,
    DunningPolicyChanged,
    DunningPolicyDefined,
    DunningPolicyDeleted,
    DunningTerms,
)
from services.payments.promise.messages import PromiseBroken, PromiseCancelled, PromiseKept, PromiseMade
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update, upsert
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event


class DunningPolicyRow(Row, frozen=True, kw_only=True):
    TABLE = "dunning_policy_row"
    KEY = ("policy_id", "version")

    policy_id: str
    version: int
    steps: Jsonb
    minimums: Jsonb
    recorded_at: datetime


class DunningInForceRow(Row, frozen=True, kw_only=True):
    TABLE = "dunning_in_force_row"
    KEY = ("policy_id",)

    policy_id: str
    version: int | None


class DunningDefaultRow(Row, frozen=True, kw_only=True):
    TABLE = "dunning_default_row"
    KEY = ("setting",)

    setting: str
    policy_id: str | None
    recorded_at: datetime


class DunningOwnRow(Row, frozen=True, kw_only=True):
    TABLE = "dunning_own_row"
    KEY = ("account_id",)

    account_id: str
    policy_id: str | None
    recorded_at: datetime


class DunningExemptRow(Row, frozen=True, kw_only=True):
    TABLE = "dunning_exempt_row"
    KEY = ("account_id",)

    account_id: str
    exempt: bool
    until: date | None = None


class DunningPromiseRow(Row, frozen=True, kw_only=True):
    TABLE = "dunning_promise_row"
    KEY = ("promise_id",)

    promise_id: str
    account_id: str
    pay_by: date
    restores: bool
    is_open: bool = True


class PromiseOver(Change, frozen=True, kw_only=True):
    TABLE = "dunning_promise_row"
    KEY = ("promise_id",)

    promise_id: str
    is_open: bool = False


TABLES: Final = Tables(
    upsert(DunningPolicyRow),
    upsert(DunningInForceRow),
    upsert(DunningDefaultRow),
    upsert(DunningOwnRow),
    upsert(DunningExemptRow),
    insert(DunningPromiseRow),
    update(PromiseOver),
)


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows = [row for event, envelope, _ in batch for row in _rows(event, envelope)]
    await TABLES.write(connection, partition, rows)


def _rows(event: Event, envelope: Envelope) -> Iterator[Columns]:
    at = envelope.recorded_at
    match event:
        case DunningPolicyDefined() | DunningPolicyChanged():
            yield DunningPolicyRow.of(event, recorded_at=at, **_terms(event.terms))
            yield DunningInForceRow.of(event)
        case DunningPolicyDeleted():
            yield DunningInForceRow(policy_id=event.policy_id, version=None)
        case DefaultDunningPolicySet():
            yield DunningDefaultRow.of(event, recorded_at=at)
        case DunningPolicyAssigned():
            yield DunningOwnRow.of(event, recorded_at=at)
        case DunningExempted():
            yield DunningExemptRow.of(event, exempt=True)
        case DunningExemptionEnded():
            yield DunningExemptRow(account_id=event.account_id, exempt=False)
        case PromiseMade():
            yield DunningPromiseRow.of(event)
        case PromiseKept() | PromiseBroken() | PromiseCancelled():
            yield PromiseOver(promise_id=event.promise_id)


def _terms(terms: DunningTerms) -> dict[str, str]:
    steps = [
        {"name": step.name, "after_days": step.after_days, "access": step.service.access if step.service else None}
        for step in terms.steps
    ]
    return {"steps": jsonb(steps), "minimums": jsonb({least.currency: least.amount for least in terms.minimums})}
