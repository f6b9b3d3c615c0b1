"""Which sessions of accounts have begun or ended: told behind their usage, to the partition of the account.

    UsageRecorded(start of s-1)           ->   SessionsGuided([acc-1, s-1, open])
    UsageRecorded(interim of s-1)         ->   nothing: it goes on
    UsageRecorded(stop of s-1)            ->   SessionsGuided([acc-1, s-1, ended])
    SessionsClosed(silence, s-2)          ->   SessionsGuided([acc-2, s-2, ended])

A session is open as long as one of its directions is. What an event has begun or ended is marked where it is folded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from services.usage.record.messages import UsageRecorded
from services.usage.session.decide import name_of, valid
from services.usage.session.messages import SessionMark, SessionsClosed, SessionsGuided
from services.usage.session.state import Session, session_name
from services.usage.topics import GUIDED
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.partition import partition_of


def reported(event: UsageRecorded, envelope: Envelope, view: View) -> Iterator[Send]:
    """Those that the reports of an event have begun or ended."""
    if event.sessions:
        names = dict.fromkeys(name_of(event.records[index], reading) for index, reading in valid(event))
        yield from _marked(names, event.partitions, envelope, view)


def ended(event: SessionsClosed, envelope: Envelope, view: View) -> Iterator[Send]:
    """Those that their NAS or silence has ended."""
    if event.partitions:
        names = [session_name(one.source, one.resource, one.session_id) for one in event.sessions]
        yield from _marked(names, event.partitions, envelope, view)


def _marked(names: Collection[str], partitions: int, envelope: Envelope, view: View) -> Iterator[Send]:
    """A message for each partition of accounts."""
    sessions = view.get_many(Session, names)
    by_target: dict[int, list[SessionMark]] = {}
    for name in names:
        held = sessions.get(name)
        if held is not None and held.account is not None and held.turned_by == envelope.seq:
            mark = SessionMark(held.account, name, held.is_open)
            by_target.setdefault(partition_of(held.account, partitions), []).append(mark)
    for target, marks in by_target.items():
        yield Send(SessionsGuided(marks=marks), GUIDED, target)
