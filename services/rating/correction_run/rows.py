"""The columns that every kind of run has: of the run, its pages, and what each page found."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar

from shared.engine.rows import Amount, Change, Columns, Row
from shared.kernel.envelope import Envelope


class RunColumns(Columns, frozen=True, kw_only=True):
    """A run as it was asked for; `applied` once its amounts go on the accounts, and who has said so."""

    reason: str
    partitions: int
    applied: bool
    version: int
    confirmed_at: datetime | None
    confirmed_by: str | None


class ConfirmedColumns(Columns, frozen=True, kw_only=True):
    """That the amounts go on the accounts, and who has said so."""

    applied: bool = True
    version: int = 2
    confirmed_at: datetime
    confirmed_by: str | None


class PageColumns(Columns, frozen=True, kw_only=True):
    """What a partition has walked."""

    dry_run: bool
    page: int
    accounts: int
    last: bool
    walked_at: datetime


class ResultColumns(Columns, frozen=True, kw_only=True):
    """The n-th line of a page at which there was something to say."""

    dry_run: bool
    page: int
    n: int
    account_id: str
    subscription_id: str
    period_start: date | None
    period_end: date | None
    outcome: str
    reason: str | None
    charged: Amount | None
    currency: str
    charge_id: str | None


C = TypeVar("C", bound=Change)
R = TypeVar("R", bound=Row)


def confirmed(change: type[C], event: Any, envelope: Envelope) -> C:
    return change.of(event, confirmed_at=envelope.recorded_at, confirmed_by=envelope.actor)


def results(row: type[R], event: Any) -> list[R]:
    """A row for each line that a page found."""
    run = {row.KEY[0]: event.key, "dry_run": event.dry_run, "page": event.page}
    return [
        row.of(
            found,
            **run,
            n=n,
            period_start=found.period.start if found.period else None,
            period_end=found.period.end if found.period else None,
        )
        for n, found in enumerate(event.found, 1)
    ]
