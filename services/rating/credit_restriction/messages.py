"""The lines of an account of which nothing is left to use are blocked, and open again once there is.

    RestrictForCredit(account_id="acc-1")                    -> CreditRestricted         every line is blocked
    RestrictForCredit(account_id="acc-1", restricted=False)  -> CreditRestrictionLifted  for this cause no longer

The network is told by a cause of its own (`credit`, beside `subscription` and `spend_cap`), and of all causes the
strictest counts: to lift this one opens no line that dunning, a cap or a person has blocked. What recurs goes on to
cost what it does.
"""

from __future__ import annotations

from shared.kernel.message import Command, Event


class RestrictForCredit(Command, frozen=True, kw_only=True):
    """Block every line of the account, those that begin later too, or (`restricted` false) no longer.

    Never refused; nothing happens where it is so already.
    """

    account_id: str
    restricted: bool = True


class CreditRestricted(Event, frozen=True, kw_only=True):
    """Nothing is left of what the account may use: its lines are blocked."""

    account_id: str


class CreditRestrictionLifted(Event, frozen=True, kw_only=True):
    """There is something left again: its lines are blocked for this cause no longer."""

    account_id: str
