"""Outages: time without service is credited on what was charged for it.

RecordOutage(outage_id="out-1", terms=OutageTerms(start=..., end=..., plan_id="fiber"), reason="cut cable")
-> OutageRecorded -> CreditAccounts (a dry run) in every partition -> OutagePageWalked
ConfirmOutage -> OutageConfirmed -> CreditAccounts in every partition -> CorrectionAdded × n, OutagePageWalked
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from shared.kernel.bounds import Checked, Count, Seq
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event, Message
from shared.kernel.period import Period


class OutagePolicy(Checked, frozen=True, kw_only=True):
    """`actual`: the share of the charged days that the outage lasted; `percent`: so much of each charge it touches.

    What lasted less than `minimum_minutes` of a charge is not credited.
    """

    share: str = "actual"
    percent: Decimal | None = None
    minimum_minutes: Count = 0


class OutageTerms(Checked, frozen=True, kw_only=True):
    """No service from `start` to `end` (excluded), for the subscriptions, the accounts, or a plan's subscriptions.

    `resources`: for whoever had one of them at some moment of it.
    """

    start: datetime
    end: datetime
    policy: OutagePolicy
    subscription_ids: list[str] | None = None
    account_ids: list[str] | None = None
    plan_id: str | None = None
    resources: list[str] | None = None


class Credited(Checked, frozen=True, kw_only=True):
    """What an outage comes to for a charge that it touches: `seconds` of its time, which give back `credit`.

    `outcome` is `credited` (in a preview: would be) or `not_credited` with the `reason`; of a whole account there is
    no subscription. `corrects` is the charge, `charge_id` the credit's.
    """

    account_id: str
    currency: Currency
    outcome: str
    subscription_id: str = ""
    corrects: str | None = None
    period: Period | None = None
    seconds: Seq = 0
    charged: Decimal | None = None
    credit: Decimal | None = None
    reason: str | None = None
    charge_id: str | None = None


class OfOutage(Message, frozen=True, kw_only=True):
    """What is asked or said of an outage."""

    KEY_FIELD = "outage_id"

    outage_id: str


class RecordOutage(OfOutage, Command, frozen=True, kw_only=True):
    """Compute what an outage gives back; nothing goes on an account yet.

    Refused: `outage_exists`, `outage_not_over`, `plan_not_found`.
    """

    terms: OutageTerms
    reason: str


class ConfirmOutage(OfOutage, Command, frozen=True, kw_only=True):
    """Put the credits, computed anew, on the accounts. Refused: `unknown_aggregate`, `outage_confirmed`."""


class CreditAccounts(OfOutage, Command, frozen=True, kw_only=True):
    """Credit a page of this partition's accounts: those behind the account `after`, in the order of their ids."""

    terms: OutageTerms
    dry_run: bool
    page: int = 0
    after: str = ""


class OutageRecorded(OfOutage, Event, frozen=True, kw_only=True):
    """There was an outage; what it gives back is computed and shown."""

    terms: OutageTerms
    reason: str
    partitions: Count


class OutageConfirmed(OfOutage, Event, frozen=True, kw_only=True):
    """The credits of the outage are put on the accounts from now on."""

    terms: OutageTerms
    partitions: Count


class OutagePageWalked(OfOutage, Event, frozen=True, kw_only=True):
    """A partition has gone through some accounts, the last of them `through`; `last` when there are no more."""

    partition: Count
    page: Count
    through: str
    last: bool
    accounts: Count
    dry_run: bool
    terms: OutageTerms
    found: list[Credited] = []
