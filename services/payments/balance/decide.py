"""The balance of an account: what is owed and what credit there is, after each event (../applying.py). Pure.

What is owed meets what credit there is as soon as either comes. An account has both only where somebody took an
allocation back by hand: until something is issued, or paid, again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from services.payments.applying import Moved, after
from services.payments.balance.messages import OpenPayer, PayerOpened
from services.payments.balance.state import Payer, opened_payer
from services.payments.settings.messages import AllocationSet
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event


def decide_payer(command: OpenPayer, view: View, context: Context) -> Sequence[Event]:
    """An account is opened once, however often it is heard of."""
    if view.get(Payer, command.account_id) is not None:
        return []
    return [PayerOpened(account_id=command.account_id, currency=command.currency, time_zone=command.time_zone)]


def evolve_payer(event: PayerOpened, envelope: Envelope, view: View) -> Iterator[State]:
    yield Payer(account_id=event.account_id, currency=event.currency, time_zone=event.time_zone)


def evolve_balance(event: Moved, envelope: Envelope, view: View) -> Iterator[State]:
    before = opened_payer(view, event.account_id)
    if (now := after(before, event)) != before:
        yield now


def evolve_allocation(event: AllocationSet, envelope: Envelope, view: View) -> Iterator[State]:
    yield replace(opened_payer(view, event.account_id), allocation=event.allocation)
