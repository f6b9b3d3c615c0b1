"""Accounts that another pays for: what they would be charged counts with the payer, until it is drafted there. Pure.

UnbilledTold of branch, watched for head     -> NoteMember to head     -> MemberNoted, ExposureMoved
UnbilledWatched of branch, which left head   -> NoteMember of nothing to head

A sum a period is kept, and of each account what was told of it last. Payer and member have one cycle, so the draft of a
period takes the place of what was told of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from services.payments.balance.state import Payer
from services.payments.exposure.evolve import after
from services.payments.exposure.looking import look
from services.payments.exposure.messages import ONLY, MemberNoted, NoteMember
from services.payments.exposure.state import CreditSettings, Exposure, MemberUnbilled, credit_settings, member_name
from services.rating.unbilled_watch.messages import UnbilledTold, UnbilledWatched
from shared.kernel.decider import Context, Send, State, View
from shared.kernel.decimals import exact
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

ZERO: Final = Decimal(0)
LEFT: Final = date.min
"""The period of an account that has left: whichever was told of it last."""


def decide_member(command: NoteMember, view: View, context: Context) -> Sequence[Event]:
    payer, account = view.get(Payer, command.account_id), view.get(Exposure, command.account_id)
    if payer is None or account is None or not account.watched:
        return []
    before = _before(command, account, view)
    start = command.period_start if command.period_start != LEFT or before is None else before.period_start
    if start == LEFT or start in account.drafted or (before is not None and start < before.period_start):
        return []
    net, gross = (before.net, before.gross) if before is not None and before.period_start == start else (ZERO, ZERO)
    if (command.net, command.gross) == (net, gross):
        return []
    held = next((one for one in account.members if one.period_start == start), None)
    with exact():
        members_net = (held.net if held else ZERO) - net + command.net
        members_gross = (held.gross if held else ZERO) - gross + command.gross
    sums = {"period_start": start, "members_net": members_net, "members_gross": members_gross}
    noted = same_fields(MemberNoted, command, **sums)
    return [noted, *look(after(account, noted), payer, credit_settings(view).terms, context.now)]


def react_left(event: UnbilledWatched, envelope: Envelope, view: View) -> Iterator[Send]:
    if event.left is not None:
        nothing = NoteMember(account_id=event.left, member_id=event.account_id, period_start=LEFT, net=ZERO, gross=ZERO)
        yield Send(nothing, to="payments")


def told_to_payer(event: UnbilledTold) -> Iterator[Send]:
    """What the account that is watched for it pays for: of a period that it does not, nothing."""
    if event.payer_id is None or event.unpriced:
        return
    pays = event.billed_by == event.payer_id
    noted = NoteMember(
        account_id=event.payer_id,
        member_id=event.account_id,
        period_start=event.period.start,
        net=event.net if pays else ZERO,
        gross=event.gross if pays else ZERO,
    )
    yield Send(noted, to="payments")


def preload_member(message: NoteMember) -> Iterator[tuple[type[State], str]]:
    yield MemberUnbilled, member_name(message.account_id, message.member_id)
    yield Exposure, message.account_id
    yield Payer, message.account_id
    yield CreditSettings, ONLY


def _before(command: NoteMember, account: Exposure, view: View) -> MemberUnbilled | None:
    """What was told last, since the account is watched."""
    found = view.get(MemberUnbilled, member_name(command.account_id, command.member_id))
    return found if found is not None and found.watch == account.watches else None
