"""An account is erased once it is closed and nothing is owed, by it or to it. Pure.

ErasePersonalData, while it is open           account_open, whatever is said
ErasePersonalData, while it owes 12.40        account_owes; despite_debts: PersonalDataErased
ErasePersonalData, once more                  nothing
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.payments.balance.state import Payer
from services.payments.closed_account.state import ClosedAccount
from services.payments.erasure.messages import (
    ErasePersonalData,
    NotePersonalKeys,
    PersonalDataErased,
    PersonalKeysDestroyed,
)
from services.payments.erasure.state import Erasure
from shared.kernel.decider import Asked, Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_erasure(command: ErasePersonalData, view: View, context: Context) -> Sequence[Event]:
    account_id = command.account_id
    payer = view.get(Payer, account_id)
    if payer is None:
        raise absent("account", account_id)
    if view.get(Erasure, account_id) is not None:
        return []
    if view.get(ClosedAccount, account_id) is None:
        detail = f"account {account_id} is open: what is billed needs a name and an address; close it first"
        raise Rejection("account_open", detail, status=409)
    if not command.despite_debts and (payer.owed or payer.credits):
        said = "owes money" if payer.owed else "has money that is its own"
        detail = f"account {account_id} {said}; settle that first, or say despite_debts: nobody can be written to then"
        raise Rejection("account_owes", detail, pointer="/despite_debts", status=409)
    return [same_fields(PersonalDataErased, command)]


def decide_destroyed(command: NotePersonalKeys, view: View, context: Context) -> Sequence[Event]:
    known = view.get(Erasure, command.account_id)
    if known is None:
        raise absent("erasure", command.account_id)
    return [] if command.keys in known.destroyed else [same_fields(PersonalKeysDestroyed, command)]


def evolve_erased(event: PersonalDataErased, envelope: Envelope, view: View) -> Iterator[State]:
    yield Erasure(account_id=event.account_id)


def evolve_destroyed(event: PersonalKeysDestroyed, envelope: Envelope, view: View) -> Iterator[State]:
    known = view.get(Erasure, event.account_id)
    if known is not None:
        yield Erasure(account_id=event.account_id, destroyed=(*known.destroyed, event.keys))


def preload(message: ErasePersonalData | NotePersonalKeys) -> Iterator[Asked]:
    yield Erasure, message.account_id
    yield Payer, message.account_id
    yield ClosedAccount, message.account_id
