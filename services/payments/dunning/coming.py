"""What comes of an account if nobody pays: its days are played as the timers will play them, by the same functions.

acc-1, 40.00 due on 15 Oct, policy 10 warn, 14 block     ->  25 Oct step 1, 29 Oct step 2 and blocked
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from services.payments.balance.state import Payer
from services.payments.dunning.looking import Happened, after, look
from services.payments.dunning.messages import DunningStepReached, ServiceRestrictionAsked
from services.payments.dunning.seeing import account_of, seen_on
from services.payments.dunning.standing import day_after
from services.payments.promise.state import OpenPromise
from shared.kernel.decider import View

LOOKS_MAX: Final = 200


class Coming(NamedTuple):
    """A step that an account reaches on a day, with the access that it leaves."""

    on: date
    step: DunningStepReached
    access: str


def played(payer: Payer, view: View, today: date, until: date) -> Iterator[tuple[date, Happened]]:
    """All that happens from `today` up to `until`, both included."""
    account, day = account_of(payer.account_id, view), today
    promise = view.get(OpenPromise, payer.account_id)
    over = day_after(promise.pay_by) if promise is not None else date.max
    for _ in range(LOOKS_MAX):
        for event in look(account, seen_on(payer, account, view, day)):
            yield day, event
            account = after(account, event)
        later = [next_ for next_ in (account.look_on, over) if next_ is not None and day < next_ <= until]
        if not later:
            return
        day = min(later)


def coming(payer: Payer, view: View, today: date, until: date) -> list[Coming]:
    """The steps among it."""
    found: list[Coming] = []
    case = account_of(payer.account_id, view).case
    access = case.restriction.access if case and case.restriction else "open"
    for day, event in played(payer, view, today, until):
        if isinstance(event, DunningStepReached):
            found.append(Coming(day, event, access))
        elif isinstance(event, ServiceRestrictionAsked):
            access = event.restriction.access if event.restriction else "open"
            if found and found[-1].on == day:
                found[-1] = found[-1]._replace(access=access)
    return found
