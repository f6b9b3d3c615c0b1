"""Which sessions of accounts have begun or ended: told behind their usage, to the partition of the account.

    UsageRecorded(start of s-1)           ->   SessionsGuided([acc-1, s-1, open])
    UsageRecorded(interim of s-1)         ->   nothing: it goes on
    UsageRecorded(stop of s-1)            ->   SessionsGuided([acc-1, s-1, ended])
    SessionsClosed(silence, s-2)          ->   SessionsGuided([acc-2, s-2, ended])

A session is open as long as one of its directions is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from services.usage.record.messages import UsageRecorded
from services.usage.session.decide import name_of, valid
from services.usage.session.messages import SessionMark, SessionsClosed, SessionsGuided
from services.usage.session.state import Session, by_direction, session_name
from services.usage.topics import GUIDED
from shared.kernel.decider import Send, View
from shared.kernel.partition import partition_of


def reported(event: UsageRecorded, view: View) -> Iterator[Send]:
    """Those that the reports of an event have begun or ended."""
    if not event.sessions:
        return
    names = {index: name_of(event.records[index], reading) for index, reading in valid(event)}
    before = view.get_many(Session, set(names.values()))
    directions: dict[str, dict[str, bool]] = {}
    accounts: dict[str, str] = {}
    for index, name in names.items():
        reading, account = event.sessions[index], event.records[index].account
        held = directions.setdefault(name, _open(before.get(name)))
        held[by_direction(reading.session_id)[1]] = reading.closed_by is None
        if account is not None:
            accounts[name] = account
    yield from _marked(directions, before, accounts, event.partitions)


def ended(event: SessionsClosed, view: View) -> Iterator[Send]:
    """Those that their NAS or silence has ended."""
    if not event.partitions:
        return
    names = [session_name(one.source, one.resource, one.session_id) for one in event.sessions]
    before = view.get_many(Session, names)
    accounts = {name: held.account for name, held in before.items() if held.account is not None}
    yield from _marked({name: {} for name in before}, before, accounts, event.partitions)


def _marked(
    after: Mapping[str, Mapping[str, bool]],
    before: Mapping[str, Session],
    accounts: Mapping[str, str],
    partitions: int,
) -> Iterable[Send]:
    """A message for each partition of accounts."""
    by_target: dict[int, list[SessionMark]] = {}
    for name, held in after.items():
        is_open, account = any(held.values()), accounts.get(name)
        if account is not None and is_open != (name in before and before[name].is_open):
            by_target.setdefault(partition_of(account, partitions), []).append(SessionMark(account, name, is_open))
    return [Send(SessionsGuided(marks=marks), GUIDED, target) for target, marks in by_target.items()]


def _open(session: Session | None) -> dict[str, bool]:
    return {} if session is None else {name: one.closed_by is None for name, one in session.directions.items()}
