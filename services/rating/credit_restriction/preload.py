"""Which states a restriction will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.rating.account.state import Account
from services.rating.credit_restriction.messages import RestrictForCredit
from services.rating.credit_restriction.state import CreditRestriction
from services.rating.subscription.messages import StartSubscription
from shared.kernel.decider import State


def preload(command: RestrictForCredit | StartSubscription) -> Iterator[tuple[type[State], str]]:
    yield Account, command.account_id
    yield CreditRestriction, command.account_id
