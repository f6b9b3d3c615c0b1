"""Which states a message about a credit will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.balance.state import Payer
from services.payments.granted_credit.messages import ExpireCredit, GrantCredit, ReverseCredit
from services.payments.granted_credit.state import KnownCredit
from shared.kernel.decider import State


def preload(message: GrantCredit | ReverseCredit | ExpireCredit) -> Iterator[tuple[type[State], str]]:
    yield Payer, message.account_id
    yield KnownCredit, message.credit_id
