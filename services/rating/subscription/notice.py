"""The end of a contract is told so many days before it: by a timer, as an event."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from services.rating.account.state import Account
from services.rating.subscription.contract import contract_end
from services.rating.subscription.messages import ContractEnding, NoteContractEnding
from services.rating.subscription.state import Subscription
from shared.kernel.calendar import local_date, midnight
from shared.kernel.decider import Context, Due, Gone, State, View
from shared.kernel.message import encode, type_name


def decide_notice(command: NoteContractEnding, view: View, context: Context) -> list[ContractEnding]:
    """The notice of the contract that the subscription has by then; none for a timer that is not open."""
    subscription = view.get(Subscription, command.subscription_id)
    account = view.get(Account, command.account_id)
    if subscription is None or account is None or view.get(Due, timer_name(command.subscription_id)) is None:
        return []
    contract = subscription.timeline[-1].contract
    if contract is None:
        return []
    today = local_date(context.now, account.terms.time_zone)
    return [
        ContractEnding(
            subscription_id=subscription.subscription_id,
            account_id=subscription.account_id,
            end=contract_end(subscription, contract, today),
            notice_days=contract.notice_days,
        )
    ]


def with_notice(subscription: Subscription, view: View, before: Subscription | None = None) -> list[State | Gone]:
    """The subscription with the timer of its contract's end, which is gone where there is nothing to tell.

    `before`: what it was before the event.
    """
    if not _bound(subscription) and not _bound(before):
        return [subscription]
    timer = _timer(subscription, view.get(Account, subscription.account_id))
    name = timer_name(subscription.subscription_id)
    if timer is not None:
        return [subscription, timer]
    return [subscription, Gone(Due, name)] if view.get(Due, name) is not None else [subscription]


def noticed(event: ContractEnding, view: View) -> list[State | Gone]:
    """The end is told; a later one, when a pause has made the contract longer, is told again."""
    subscription = view.get(Subscription, event.subscription_id)
    if subscription is None:
        return []
    return with_notice(msgspec.structs.replace(subscription, noticed=event.end), view, subscription)


def _bound(subscription: Subscription | None) -> bool:
    return subscription is not None and subscription.timeline[-1].contract is not None


def timer_name(subscription_id: str) -> str:
    return f"contract/{subscription_id}"


def _timer(subscription: Subscription, account: Account | None) -> Due | None:
    contract = subscription.timeline[-1].contract
    if contract is None or account is None:
        return None
    # A pause that goes on counts from when it is over.
    end = contract_end(subscription, contract, date.min)
    ends_before = subscription.end is not None and subscription.end <= end
    if ends_before or (subscription.noticed is not None and subscription.noticed >= end):
        return None
    command = NoteContractEnding(subscription_id=subscription.subscription_id, account_id=subscription.account_id)
    return Due(
        name=timer_name(subscription.subscription_id),
        due_at=midnight(end - timedelta(days=contract.notice_days), account.terms.time_zone),
        command_type=type_name("rating", NoteContractEnding),
        command=msgspec.Raw(encode(command)),
    )
