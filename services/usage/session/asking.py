"""Who is watched from now on hears of the sessions that were open before: asked of each partition once. Pure.

TellSessions(acc-1)   ->   OpenSessionsTold([s-1])   ->   SessionsGuided([acc-1, s-1, open])

What begins or ends meanwhile is told behind it, in the order of this partition: no session stays that has ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from services.usage.session.messages import OpenSessionsTold, SessionMark, SessionsGuided, TellSessions
from services.usage.session.state import OpenSessions, Session
from services.usage.topics import GUIDED
from shared.kernel.decider import Asked, Context, Send, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.partition import partition_of


def decide_told(command: TellSessions, view: View, context: Context) -> Sequence[OpenSessionsTold]:
    """The rows know nothing of this very batch: what they have is looked at once more."""
    found = view.get(OpenSessions, command.account_id)
    held = view.get_many(Session, found.names) if found is not None else {}
    names = tuple(name for name, one in held.items() if one.is_open and one.account == command.account_id)
    if not names:
        return ()
    return (OpenSessionsTold(account_id=command.account_id, names=names, partitions=context.partitions),)


def evolve_told(event: OpenSessionsTold, envelope: Envelope, view: View) -> Iterable[State]:
    """Nothing is other than it was."""
    return ()


def react_told(event: OpenSessionsTold, envelope: Envelope, view: View) -> Iterator[Send]:
    marks = [SessionMark(event.account_id, name, True) for name in event.names]
    yield Send(SessionsGuided(marks=marks), GUIDED, partition_of(event.account_id, event.partitions))


def preload_told(command: TellSessions) -> Iterator[Asked]:
    yield OpenSessions, command.account_id
