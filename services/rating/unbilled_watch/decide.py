"""What an account would be charged is told: when its timer fires, and to who asks once. Pure.

LookAtUnbilled    ->   UnbilledTold(net=12.00, gross=0, sessions=1, look_at=midnight)
WatchUnbilled     ->   UnbilledWatched, and the timer is due at once; likewise of who is paid for (members.py)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from services.rating.account.state import Account
from services.rating.group.state import GroupLink
from services.rating.period.live import live_spend
from services.rating.pricing.engine.price import UnknownModel
from services.rating.unbilled_watch.messages import (
    LookAtUnbilled,
    MemberWatched,
    UnbilledTold,
    UnbilledWatched,
    WatchMember,
    WatchUnbilled,
)
from services.rating.unbilled_watch.state import ALL, UnbilledWatch, UnbilledWatching
from services.rating.unbilled_watch.touching import timer, timer_name
from shared.kernel.calendar import local_date, midnight
from shared.kernel.decider import Context, Due, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent
from shared.kernel.same_fields import same_fields

FORGOTTEN: Final = timedelta(hours=24)
"""A session of which no end was heard for so long holds nothing any more."""


def decide_watch(command: WatchUnbilled, view: View, context: Context) -> Sequence[UnbilledWatched]:
    if view.get(Account, command.account_id) is None:
        raise absent("account", command.account_id)
    watch = view.get(UnbilledWatch, command.account_id)
    own, payer_id = (False, None) if watch is None else (watch.own, watch.payer_id)
    if command.payer_id is None:
        now_own, now_payer = command.watched, payer_id
    elif command.watched:
        now_own, now_payer = own, command.payer_id
    else:
        now_own, now_payer = own, None if payer_id == command.payer_id else payer_id
    if (now_own, now_payer) == (own, payer_id):
        return []
    link = view.get(GroupLink, command.account_id) if now_own != own else None
    watched = now_own or now_payer is not None
    return [
        UnbilledWatched(
            account_id=command.account_id,
            watched=watched,
            partitions=context.partitions if watched and watch is None else 0,
            own=now_own,
            payer_id=now_payer,
            left=payer_id if payer_id != now_payer else None,
            members=() if link is None else link.pays_for,
        )
    ]


def decide_member(command: WatchMember, view: View, context: Context) -> Sequence[MemberWatched]:
    watch = view.get(UnbilledWatch, command.account_id)
    return [] if watch is None or not watch.own else [same_fields(MemberWatched, command)]


def decide_look(command: LookAtUnbilled, view: View, context: Context) -> Sequence[UnbilledTold]:
    account, watch = view.get(Account, command.account_id), view.get(UnbilledWatch, command.account_id)
    if account is None or (command.due_at is not None and (watch is None or watch.due_at != command.due_at)):
        return []
    today = local_date(context.now, account.terms.time_zone)
    period = account.open_period or account.first_period(today)
    amounts = _amounts(account, today, view)
    sessions = {} if watch is None else remembered(watch, context)
    return [
        UnbilledTold(
            account_id=account.account_id,
            period=period,
            net=amounts[0] if amounts else Decimal(0),
            gross=amounts[1] if amounts else Decimal(0),
            currency=account.currency,
            sessions=len(sessions),
            billed_by=account.payer_of(period),
            unpriced=amounts is None,
            look_at=None if watch is None else midnight(_day_after(today), account.terms.time_zone),
            payer_id=None if watch is None else watch.payer_id,
        )
    ]


def remembered(watch: UnbilledWatch, context: Context) -> dict[str, object]:
    """The sessions that are not forgotten yet."""
    return {name: at for name, at in watch.sessions.items() if context.now < at + FORGOTTEN}


def evolve_watched(event: UnbilledWatched, envelope: Envelope, view: View) -> Iterator[State | Gone]:
    before = view.get(UnbilledWatch, event.account_id)
    known = view.get(UnbilledWatching, ALL)
    accounts = (known.accounts if known else 0) + int(event.watched) - int(before is not None)
    yield UnbilledWatching(accounts=accounts) if accounts > 0 else Gone(UnbilledWatching, ALL)
    if event.watched:
        held = before or UnbilledWatch(account_id=event.account_id, due_at=envelope.recorded_at)
        whose = {"own": event.own, "payer_id": event.payer_id}
        watch = msgspec.structs.replace(held, due_at=envelope.recorded_at, **whose)
        yield from (watch, timer(watch))
    else:
        yield from (Gone(UnbilledWatch, event.account_id), Gone(Due, timer_name(event.account_id)))


def evolve_member(event: MemberWatched, envelope: Envelope, view: View) -> Iterable[State]:
    """That it is watched is told in its own partition."""
    return ()


def evolve_told(event: UnbilledTold, envelope: Envelope, view: View) -> Iterator[State]:
    watch = view.get(UnbilledWatch, event.account_id)
    if watch is None or event.look_at is None:
        return
    kept = {name: at for name, at in watch.sessions.items() if envelope.recorded_at < at + FORGOTTEN}
    watch = msgspec.structs.replace(watch, looked_at=envelope.recorded_at, due_at=event.look_at, sessions=kept)
    yield from (watch, timer(watch))


def _amounts(account: Account, today: date, view: View) -> tuple[Decimal, Decimal] | None:
    """Net and gross; `None` where something can't be priced, which is for the close to say."""
    try:
        live = live_spend(account, today, view)
    except (UnknownModel, Rejection):
        return None
    return live.net, live.gross


def _day_after(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day
