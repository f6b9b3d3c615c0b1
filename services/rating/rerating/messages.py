"""Rerating: what closed periods would have cost at corrected prices, less all that has been charged for them.

StartRerating(rerating_id="rr-1", terms=ReratingTerms(plan_id="fiber", version=1, prices=[...], ...), ...)
-> ReratingStarted -> RerateAccounts in every partition -> CorrectionAdded × n (not in a dry run), ReratingPageWalked

A dry run says the same and puts nothing on any account; `ConfirmRerating` then walks all accounts again and does.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from services.rating.pricing.engine.price import Price
from shared.kernel.bounds import Checked, Count
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event, Message
from shared.kernel.period import Period


class ReratingTerms(msgspec.Struct, frozen=True, kw_only=True):
    """`prices` take the places of those of a published version, in closed periods that begin in [start, end)."""

    plan_id: str
    version: Count
    prices: list[Price]
    start: date
    end: date


class Rerated(Checked, frozen=True, kw_only=True):
    """What a rerating found at a price of a subscription in a closed period, where it found anything.

    `outcome` is `corrected` (in a dry run: would be) or `not_computable`, with the `reason` and nothing changed; of a
    whole account the subscription is empty and there is no period. `charged` is all that has been charged so far,
    earlier reratings included. `charge_id` is the correction's.
    """

    account_id: str
    currency: Currency
    outcome: str
    subscription_id: str = ""
    price_index: Count = 0
    period: Period | None = None
    charged: Decimal | None = None
    corrected: Decimal | None = None
    difference: Decimal | None = None
    reason: str | None = None
    charge_id: str | None = None


class OfRerating(Message, frozen=True, kw_only=True):
    """What is asked or said of a rerating."""

    KEY_FIELD = "rerating_id"

    rerating_id: str


class StartRerating(OfRerating, Command, frozen=True, kw_only=True):
    """Compute what corrected prices change; unless it is a dry run, put the differences on the accounts.

    `account_ids`: those alone. Refused: `rerating_exists`, `plan_not_found`, `plan_version_not_found`,
    `version_not_published`, `prices_differ` where a price is not one that can take the place of the published one, and
    what is wrong with a price, by its pointer.
    """

    terms: ReratingTerms
    reason: str
    dry_run: bool = True
    account_ids: list[str] | None = None


class ConfirmRerating(OfRerating, Command, frozen=True, kw_only=True):
    """Put the differences of a dry run, computed anew, on the accounts.

    Refused: `unknown_aggregate`, `rerating_confirmed`, `version_mismatch`.
    """


class RerateAccounts(OfRerating, Command, frozen=True, kw_only=True):
    """Rerate a page of this partition's accounts: those behind the account `after`, in the order of their ids."""

    terms: ReratingTerms
    dry_run: bool
    page: int = 0
    after: str = ""
    account_ids: list[str] | None = None


class ReratingStarted(OfRerating, Event, frozen=True, kw_only=True):
    """A rerating of all accounts, or of `account_ids`; a dry run until it is confirmed."""

    terms: ReratingTerms
    reason: str
    dry_run: bool
    partitions: Count
    account_ids: list[str] | None = None


class ReratingConfirmed(OfRerating, Event, frozen=True, kw_only=True):
    """The differences of a dry run are put on the accounts from now on."""

    terms: ReratingTerms
    partitions: Count
    account_ids: list[str] | None = None


class ReratingPageWalked(OfRerating, Event, frozen=True, kw_only=True):
    """A partition has rerated some accounts, the last of them `through`; `last` when there are no more.

    `found` names what is corrected or not computable; `unchanged` counts what costs what was charged. The terms and
    `account_ids` (those that are left) are the run's, for the next page; `walked` are those of this page where accounts
    are named.
    """

    partition: Count
    page: Count
    through: str
    last: bool
    accounts: Count
    unchanged: Count
    dry_run: bool
    terms: ReratingTerms
    account_ids: list[str] | None = None
    found: list[Rerated] = []
    walked: list[str] = []
