"""That an account is closed is noted once. Pure.

NoteAccountClosing(closed=True), twice    AccountClosingNoted, and nothing
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.payments.closed_account.messages import AccountClosingNoted, NoteAccountClosing
from services.payments.closed_account.state import ClosedAccount
from services.rating.account.messages import AccountClosed, AccountReopened
from shared.kernel.decider import Asked, Context, Do, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_noted(command: NoteAccountClosing, view: View, context: Context) -> Sequence[Event]:
    known = view.get(ClosedAccount, command.account_id) is not None
    return [] if known == command.closed else [same_fields(AccountClosingNoted, command)]


def evolve_noted(event: AccountClosingNoted, envelope: Envelope, view: View) -> Iterator[State | Gone]:
    yield ClosedAccount(account_id=event.account_id) if event.closed else Gone(ClosedAccount, event.account_id)


def react(event: AccountClosed | AccountReopened, envelope: Envelope, view: View) -> Iterator[Do]:
    yield Do(NoteAccountClosing(account_id=event.account_id, closed=isinstance(event, AccountClosed)))


def preload(message: AccountClosed | AccountReopened) -> Iterator[Asked]:
    yield ClosedAccount, message.account_id
