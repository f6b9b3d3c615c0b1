"""Where accounts stand in their groups: who is above whom, and who pays for whom.

    PlaceInGroup(account_id="branch", parent=ParentChange("head"), payer=PayerChange("head"))
    -> GroupPlaceDecided                                    in partition 0, which knows all that was decided before
       FollowGroup -> AccountParentChanged, …PayerChanged   in the account's partition

Two changes of one moment in two partitions could make a circle, or a chain of payers: so one place decides all of them.
"""

from __future__ import annotations

from typing import ClassVar

from services.rating.account.messages import ParentChange, PayerChange
from shared.kernel.message import Command, Event


class PlaceInGroup(Command, frozen=True, kw_only=True):
    """Put an account below another, let another pay its invoices, or both; what is `None` stays as it is.

    Refused: `account_not_found`, `version_mismatch`, `currency_mismatch`; of the parent `group_cycle`,
    `group_too_deep`; of the payer `account_closed`, `cycle_mismatch`, `billed_by_another`, `pays_for_others`,
    `too_many_accounts`.
    """

    REFERENCE: ClassVar[bool] = True

    account_id: str
    parent: ParentChange | None = None
    payer: PayerChange | None = None


class GroupPlaceDecided(Event, frozen=True, kw_only=True):
    """The place of an account in its group, as its own partition is told; what is `None` stays as it is."""

    account_id: str
    parent: ParentChange | None = None
    payer: PayerChange | None = None
