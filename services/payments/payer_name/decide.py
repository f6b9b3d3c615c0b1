"""The name of a payer follows what rating says. Pure.

AccountOpened "Ann Example"   ->   PayerNamed
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.payments.payer_name.messages import NamePayer, PayerNamed
from services.rating.account.messages import AccountDetailsChanged, AccountOpened
from shared.kernel.decider import Context, Do, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event


def decide_name(command: NamePayer, view: View, context: Context) -> Sequence[Event]:
    return [PayerNamed(account_id=command.account_id, name=command.name)]


def react(event: AccountOpened | AccountDetailsChanged, envelope: Envelope, view: View) -> Iterator[Do]:
    if isinstance(event, AccountOpened) or "name" in event.changed:
        yield Do(NamePayer(account_id=event.account_id, name=event.name))
