"""The sessions that are open on lines of watched accounts: how many there are is told with the amount. Pure.

UnbilledWatched                      ->   TellSessions to each partition of usage, which tells those that are open
SessionsGuided([acc-1, s-1, open])   ->   CountSessions   ->   SessionsCounted, and the account is looked at
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from services.rating.account.state import Account
from services.rating.unbilled_watch.messages import CountSessions, SessionsCounted, UnbilledWatched
from services.rating.unbilled_watch.state import ALL, UnbilledWatch, UnbilledWatching
from services.rating.unbilled_watch.touching import sooner
from services.usage.session.messages import SessionMark, SessionsGuided, TellSessions
from shared.kernel.decider import Context, Do, Send, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields

SESSIONS_MAX: Final = 100
"""So many sessions of an account are counted; who has more open at a time holds as much."""


def asked_sessions(event: UnbilledWatched) -> Iterator[Send]:
    """Those that are open already, of each partition that may have some."""
    if event.watched:
        for partition in range(event.partitions):
            yield Send(TellSessions(account_id=event.account_id), to="usage", partition=partition)


def react_sessions(event: SessionsGuided, envelope: Envelope, view: View) -> Iterator[Do]:
    if view.get(UnbilledWatching, ALL) is None:
        return
    by_account: dict[str, list[SessionMark]] = {}
    for mark in event.marks:
        by_account.setdefault(mark.account, []).append(mark)
    for account_id, account in view.get_many(Account, by_account.keys()).items():
        if account.unbilled_watched:
            marks = by_account[account_id]
            begun = tuple(mark.name for mark in marks if mark.is_open)
            ended = tuple(mark.name for mark in marks if not mark.is_open)
            yield Do(CountSessions(account_id=account_id, begun=begun, ended=ended))


def decide_sessions(command: CountSessions, view: View, context: Context) -> Sequence[SessionsCounted]:
    watch = view.get(UnbilledWatch, command.account_id)
    if watch is None:
        return []
    ended = tuple(name for name in command.ended if name in watch.sessions)
    room = SESSIONS_MAX - len(watch.sessions) + len(ended)
    begun = tuple(name for name in command.begun if name not in watch.sessions)[: max(room, 0)]
    if not begun and not ended:
        return []
    return [same_fields(SessionsCounted, command, begun=begun, ended=ended)]


def evolve_counted(event: SessionsCounted, envelope: Envelope, view: View) -> Iterator[State]:
    watch, account = view.get(UnbilledWatch, event.account_id), view.get(Account, event.account_id)
    if watch is None or account is None:
        return
    sessions = {**watch.sessions, **dict.fromkeys(event.begun, envelope.recorded_at)}
    kept = {name: at for name, at in sessions.items() if name not in event.ended}
    watch = msgspec.structs.replace(watch, sessions=kept)
    yield watch
    yield from sooner(watch, len(account.subscriptions), envelope.recorded_at)
