"""What an account would be charged now, told to who keeps an eye on it: for accounts that are watched, as it moves.

    WatchUnbilled(account_id="acc-1")      -> UnbilledWatched
    (usage comes in, a plan changes, a day begins; at once, or a second after the last time)
                                           -> LookAtUnbilled -> UnbilledTold(net=3.40, gross=0, sessions=1)

The amount is that of `GET /v1/accounts/{id}/unbilled`, apart by whether tax is in it. Of an account that nobody watches
nothing is told, and its usage costs nothing more than it did.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from shared.kernel.bounds import Count, Seq
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event
from shared.kernel.period import Period


class WatchUnbilled(Command, frozen=True, kw_only=True):
    """Tell from now on what the account would be charged, or (`watched` false) no longer: for itself, or for
    `payer_id`, which pays for it. Who is watched for both is told until neither is.

    Refused: `account_not_found`.
    """

    account_id: str
    watched: bool = True
    payer_id: str | None = None


class WatchMember(Command, frozen=True, kw_only=True):
    """The account pays for `member` from now on: that one is watched, too, if this one is."""

    account_id: str
    member: str


class LookAtUnbilled(Command, frozen=True, kw_only=True):
    """Tell what the account would be charged now. A timer sends it with its `due_at`, and is ignored if that is not the
    one that is set; without it somebody asks once, whether the account is watched or not."""

    HOT: ClassVar[bool] = True

    account_id: str
    due_at: datetime | None = None


class CountSessions(Command, frozen=True, kw_only=True):
    """Sessions have begun or ended on lines of the account, by their names. Decided in place."""

    account_id: str
    begun: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()


class UnbilledWatched(Event, frozen=True, kw_only=True):
    """From now on what the account would be charged is told, or is not any more. `partitions`: how many usage has, each
    of which is asked for the sessions that are open already; 0 where they are known, and in events from before that was
    asked.

    `own`: for itself; then `members`, which it pays for, are watched for it or no longer, too. `payer_id`: for the
    account that pays for it; `left` is one that did.
    """

    account_id: str
    watched: bool
    partitions: Count = 0
    own: bool = True
    payer_id: str | None = None
    left: str | None = None
    members: tuple[str, ...] = ()


class MemberWatched(Event, frozen=True, kw_only=True):
    """The watched account pays for `member`, which is watched for it."""

    account_id: str
    member: str


class UnbilledTold(Event, frozen=True, kw_only=True):
    """If its periods closed now the account would be charged `net` before tax and `gross` with tax in it, both rounded
    to the currency line by line; `period` is the open one, the first that is not charged yet.

    `sessions` are open on its lines. `billed_by` is the account that pays for the period, where it is another one.
    `unpriced`: something can't be priced, so that nobody knows the amounts; they are zero. `look_at`: when it is looked
    at next, if nothing moves before; `None` where the account is not watched. `payer_id`: the account that it is
    watched for, which may pay for this period or not.
    """

    account_id: str
    period: Period
    net: Decimal
    gross: Decimal
    currency: Currency
    sessions: Seq = 0
    billed_by: str | None = None
    unpriced: bool = False
    look_at: datetime | None = None
    payer_id: str | None = None


class SessionsCounted(Event, frozen=True, kw_only=True):
    """These sessions have begun on lines of the watched account, and those have ended."""

    account_id: str
    begun: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
