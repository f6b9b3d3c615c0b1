"""What ends sessions is asked of their own partition by a command, a page of them at a time; and who has open ones is
told to the partition of the account (marking.py).

UsageRecorded(signals=[accounting_on of bng-1])   ->   CloseSessions(source="bng-1")   ->   SessionsClosed(more=True)
                                                  ->   CloseSessions(source="bng-1")   ->   SessionsClosed
"""

from __future__ import annotations

from collections.abc import Iterable

from services.usage.record.messages import UsageRecorded
from services.usage.session.marking import ended, reported
from services.usage.session.messages import CloseSessions, SessionsClosed
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope


def react_reports(event: UsageRecorded, envelope: Envelope, view: View) -> Iterable[Send]:
    """Behind all that was counted with them, so that the rows hold every session that they end."""
    for signal in event.signals:
        command = CloseSessions(closed_by=signal.status, source=signal.source, at=signal.at)
        yield Send(command, to="usage", partition=envelope.partition)
    yield from reported(event, envelope, view)


def react_closed(event: SessionsClosed, envelope: Envelope, view: View) -> Iterable[Send]:
    if event.more:
        command = CloseSessions(closed_by=event.closed_by, source=event.source, at=event.at, due_at=event.due_at)
        yield Send(command, to="usage", partition=envelope.partition)
    yield from ended(event, envelope, view)
