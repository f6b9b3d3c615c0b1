"""What those who collect money ask of the services of an account: little, nothing, all again, or their end.

    RestrictServices(case_id="c-1", access="blocked")    -> SubscriptionSuspended for each line, ServicesRestricted
    RestoreServices(case_id="c-1")                       -> SubscriptionResumed for each that it suspended, …Restored
    EndServices(case_id="c-1")                           -> SubscriptionTerminated for each, ServicesEnded

What a person has suspended or paused is left as it is, and is not given back either. None of these is refused: the
events say of each line what was done, or why not. An account that pays for others may take them along: each is asked by
a command of its own, and remembers apart from its own debts that it is restricted for those of its payer.
"""

from __future__ import annotations

from services.rating.subscription.messages import Access, Billing
from shared.kernel.bounds import Checked
from shared.kernel.message import Command, Event


class OfServices(Command, frozen=True, kw_only=True):
    """For which case of which account. `payer_id`: the case is of the account that pays for this one."""

    account_id: str
    case_id: str
    payer_id: str | None = None


class RestrictServices(OfServices, frozen=True, kw_only=True):
    """Suspend every subscription of the account that is active today, or not begun yet; what was suspended so before
    is restricted as is said now. Also decided in place for one that begins later. `paid_for`: likewise those of every
    account that this one pays for."""

    access: Access
    profile: str | None = None
    billing: Billing = "continue"
    paid_for: bool = False


class ExtendRestriction(Command, frozen=True, kw_only=True):
    """The account pays for `member` from now on: restrict that one, too, if so it is with all that it pays for."""

    account_id: str
    member: str


class RestoreServices(OfServices, frozen=True, kw_only=True):
    """Give back what was taken so: nothing else, and nothing twice."""


class EndServices(OfServices, frozen=True, kw_only=True):
    """End every subscription of the account today, that of its contract included."""


class RestrictedLine(Checked, frozen=True, kw_only=True):
    """A subscription, and the change that suspends it."""

    subscription_id: str
    change_id: str


class LineLeft(Checked, frozen=True, kw_only=True):
    """A subscription that is as it was, and why: the code of the refusal a person would have got."""

    subscription_id: str
    reason: str


class ServicesRestricted(Event, frozen=True, kw_only=True):
    """These lines of the account are suspended for the case; those that are left are so for another reason.

    With `paid_for` the accounts `members`, for which it pays, are asked to do the same; `payer_id` is who asked so.
    """

    account_id: str
    case_id: str
    access: Access
    profile: str | None = None
    billing: Billing = "continue"
    lines: tuple[RestrictedLine, ...] = ()
    left: tuple[LineLeft, ...] = ()
    payer_id: str | None = None
    paid_for: bool = False
    members: tuple[str, ...] = ()


class ServicesRestored(Event, frozen=True, kw_only=True):
    """These lines of the account have service again; `left` have ended, or somebody has changed them since. The
    accounts `members`, for which it pays, are asked to do the same; `payer_id` is who asked so."""

    account_id: str
    case_id: str
    lines: tuple[str, ...] = ()
    left: tuple[LineLeft, ...] = ()
    payer_id: str | None = None
    members: tuple[str, ...] = ()


class ServicesEnded(Event, frozen=True, kw_only=True):
    """These lines of the account have ended."""

    account_id: str
    case_id: str
    lines: tuple[str, ...] = ()
    left: tuple[LineLeft, ...] = ()
