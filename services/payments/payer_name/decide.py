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
from shared.kernel.same_fields import same_fields


def decide_name(command: NamePayer, view: View, context: Context) -> Sequence[Event]:
    return [same_fields(PayerNamed, command)]


def react(event: AccountOpened | AccountDetailsChanged, envelope: Envelope, view: View) -> Iterator[Do]:
    if isinstance(event, AccountOpened) or {"name", "address"}.intersection(event.changed):
        yield Do(same_fields(NamePayer, event))
