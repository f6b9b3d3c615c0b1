"""The shapes of the usage reconciliation's answers, for the OpenAPI document and the clients generated from it."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel

from services.reporting.usage_record.models import UsageRecord
from shared.http.pages import Page
from shared.kernel.bodies import PeriodBody


class Counts(BaseModel):
    """Counts of records. `accepted` is the sum of the terms from `billed` to `unplaced`."""

    records_in: int
    accepted: int
    duplicates: int
    conflicts: int
    malformed: int
    billed: int
    allowance: int
    unbilled: int
    parked: int
    not_billable: int
    retracted: int
    in_flight: int
    unplaced: int
    balanced: bool


class ReconciliationLine(Counts):
    """What became of an account's records of one billing period; what has no account is in the last line.

    `links` leads from each term that counts something to the list of exactly those records.
    """

    account_id: str | None
    period: PeriodBody | None
    links: dict[str, str]


class Disagreement(BaseModel):
    """A sum of which usage and rating say different things, or rating and its charges."""

    account_id: str
    subscription_id: str
    meter: str
    period_start: str
    usage_records: int
    usage_quantity: str
    rated_records: int
    rated_quantity: str
    charged_records: int


class CountedTwice(BaseModel):
    """A record of a source, by its id and UTC day, that counts in more than one place."""

    source: str
    id: str
    day: date
    records: list[str]


class UsageReconciliation(Page, Counts):
    """Where every record of a span of service time has gone, with a line for each account and billing period.

    `quarantined` tells `parked` and `malformed` by reason; `account_parked` waits in rating. `unbalanced` names the
    first 100 records that break the statement, `counted_twice` the first 100 of the last 35 days that are in more than
    one place. `settled`: everything reported before is in it, and nothing in flight;
    where it is not, `waiting_for` names logs with messages that have not been taken, and by whom. Single records
    received before `kept_since` are in the log alone: without `from` it begins a day later.
    """

    quarantined: dict[str, int]
    settled: bool
    waiting_for: list[str]
    in_flight_since: datetime | None
    unbalanced: list[str]
    unbalanced_total: int
    disagreements: list[Disagreement]
    disagreements_total: int
    counted_twice: list[CountedTwice]
    counted_twice_total: int
    kept_since: date | None
    links: dict[str, str]
    items: list[ReconciliationLine]


class ReconciledRecord(UsageRecord):
    """A usage record and the term that counts it."""

    term: str


class ReconciledRecordPage(Page):
    items: list[ReconciledRecord]
