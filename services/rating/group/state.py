"""What has been decided of groups, in partition 0."""

from __future__ import annotations

from typing import ClassVar

from services.rating.account.messages import ParentChange
from shared.kernel.decider import Home, State


class GroupLink(State, frozen=True, kw_only=True):
    """An account as groups know it. `parent` is `None` while nothing was decided here: then the tables say it.

    `billed_by` is who pays for it, `None` itself; `pays_for` are those that it pays for.
    """

    HOME: ClassVar[Home] = Home.REFERENCE

    account_id: str
    parent: ParentChange | None = None
    billed_by: str | None = None
    pays_for: tuple[str, ...] = ()
