"""What a subscription has of buckets beyond those that its plan grants with the open period."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import msgspec

from services.rating.allowance.messages import Bucket, Covered
from shared.kernel.decider import State

BUCKETS_MAX = 100
"""How many buckets a subscription holds at once."""


class PastAllowances(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a closed period keeps for usage that comes late: what expired with it, and what of its usage was covered."""

    left: tuple[Bucket, ...] = ()
    covered: tuple[Covered, ...] = ()
    pools: tuple[str, ...] = ()


class AllowanceBalance(State, frozen=True, kw_only=True):
    """The buckets that the open period began with, and those of closed periods by their first days.

    `profile` is the one that fair use has asked for; `None` while it is the normal one.
    """

    KEY_FIELD: ClassVar[str] = "subscription_id"

    subscription_id: str
    held: tuple[Bucket, ...] = ()
    past: dict[date, PastAllowances] = {}
    profile: str | None = None

    @property
    def empty(self) -> bool:
        return not self.held and not self.past and self.profile is None
