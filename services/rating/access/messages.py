"""Lines are told of a bandwidth profile that has other rates: each partition walks its own, a page at a time.

    BandwidthProfileChanged("slow", version=2) -> WalkProfile in every partition
    -> ProfilePageWalked, page by page, with the subscriptions that may have it -> UpdateRates to usage for each

Which of them do have it, now or later, usage knows: it keeps what each line is to have, by cause.
"""

from __future__ import annotations

from services.usage.access.messages import Rates
from shared.kernel.bounds import Count
from shared.kernel.message import Command, Event


class WalkProfile(Command, frozen=True, kw_only=True):
    """Go through one page of this partition's subscriptions for a profile that has these rates since that version.

    The walk of an older version ends where a newer one is known.
    """

    KEY_FIELD = "profile_id"

    profile_id: str
    version: Count
    rates: Rates
    page: Count = 0


class ProfilePageWalked(Event, frozen=True, kw_only=True):
    """A partition has gone through a page of its subscriptions; `last` when there are no more.

    `found` may have the profile: by a version of a plan of theirs, a step of fair use, or a suspension.
    """

    KEY_FIELD = "profile_id"

    profile_id: str
    version: Count
    rates: Rates
    partition: Count
    page: Count
    last: bool
    found: list[str] = []
