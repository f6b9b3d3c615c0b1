"""Which states a restriction will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.rating.account.state import Account
from services.rating.service_restriction.messages import ExtendRestriction, OfServices
from services.rating.service_restriction.state import PayersRestriction, ServiceRestriction
from services.rating.subscription.messages import StartSubscription
from shared.kernel.decider import State


def preload(command: OfServices | ExtendRestriction | StartSubscription) -> Iterator[tuple[type[State], str]]:
    yield Account, command.account_id
    yield ServiceRestriction, command.account_id
    yield PayersRestriction, command.account_id
