"""The next bill with a command and without it: by the functions that decide the command and close the periods. Pure.

    bills = compared(domain, view, place, now=now, ask=Asked(ChangePlan(...), envelope))
    bills.without.charges       [ChargeFixed 20.00]
    bills.with_it.charges       [ChargeFixed credit -10.00, ChargeFixed 15.00, ChargeFixed 30.00]

Periods close one after the other until a bill differs, or the last of `BILLS_MAX`; usage is what is rated by now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from services.rating.account.state import Account
from services.rating.period.messages import ChargeFixed, ClosePeriod
from services.rating.subscription.decide import SubscriptionCommand
from services.rating.subscription.state import Subscription
from shared.kernel.decider import Domain, View
from shared.kernel.decimals import exact
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, unknown_aggregate
from shared.kernel.message import Event
from shared.kernel.outcome import CommandRejected
from shared.kernel.period import Period
from shared.kernel.unit_of_work import PartitionAddress, UnitOfWork

BILLS_MAX = 14
"""A year and more of months: a change scheduled later than that shows the next bill, which it does not alter."""


@dataclass(frozen=True, slots=True)
class Bill:
    """What the close of a period would charge."""

    period: Period
    charges: Sequence[ChargeFixed]

    @property
    def amount(self) -> Decimal:
        with exact():
            return sum((charge.amount for charge in self.charges), Decimal(0))

    @property
    def content(self) -> list[tuple[object, ...]]:
        """What makes two bills the same to a customer."""
        return [(c.description, c.period, c.amount, c.quantity, c.subscription_id) for c in self.charges]


@dataclass(frozen=True, slots=True)
class Compared:
    """The first bill that differs (else the next one), with the command and without it, and what the command did.

    `subscription` is what it would be right after the command.
    """

    without: Bill | None
    with_it: Bill
    events: Sequence[Event]
    subscription: Subscription | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A command about a subscription, as it would arrive."""

    command: SubscriptionCommand
    envelope: Envelope


def compared(domain: Domain, view: View, place: PartitionAddress, *, now: datetime, ask: Asked) -> Compared:
    """Raises the command's own refusal, and `Missing` where the view lacks a state."""
    account_id = ask.command.account_id
    without = UnitOfWork(domain, view, place, next_seq=1, now=now)
    with_it = UnitOfWork(domain, view, place, next_seq=1, now=now)
    with_it.take_command(ask.command, ask.envelope)
    events = [event for event, _ in with_it.events]
    _raise_refusal(events)
    subscription = with_it.get(Subscription, ask.command.subscription_id)
    first: tuple[Bill | None, Bill] | None = None
    for _ in range(BILLS_MAX):
        bill, other = _close(with_it, account_id, ask.envelope), None
        if _open_period(without, account_id) == bill.period:
            other = _close(without, account_id, ask.envelope)
        first = first or (other, bill)
        if other is None or other.content != bill.content:
            return Compared(other, bill, events, subscription)
    assert first is not None  # BILLS_MAX is not 0
    return Compared(*first, events, subscription)


def _close(work: UnitOfWork, account_id: str, envelope: Envelope) -> Bill:
    """Close the open period as its timer would."""
    account = work.get(Account, account_id)
    if account is None or account.open_period is None or account.close_due is None:
        raise unknown_aggregate("account", account_id)
    known = len(work.events)
    command = ClosePeriod(
        account_id=account_id,
        period=account.open_period,
        due_at=account.close_due,
        subscriptions=account.subscriptions,
    )
    work.take_command(command, _of_timer(envelope, account.open_period))
    events = [event for event, _ in work.events[known:]]
    _raise_refusal(events)
    return Bill(account.open_period, [event for event in events if isinstance(event, ChargeFixed)])


def _open_period(work: UnitOfWork, account_id: str) -> Period | None:
    account = work.get(Account, account_id)
    return account.open_period if account else None


def _of_timer(envelope: Envelope, period: Period) -> Envelope:
    return Envelope(
        env=envelope.env,
        service=envelope.service,
        partition=envelope.partition,
        type="rating.ClosePeriod.v1",
        recorded_at=envelope.recorded_at,
        subject=envelope.subject,
        command_id=f"close/{period.start}",
    )


def _raise_refusal(events: Sequence[Event]) -> None:
    for event in events:
        if isinstance(event, CommandRejected):
            raise Rejection(event.code, event.detail, pointer=event.pointer, status=event.status)
