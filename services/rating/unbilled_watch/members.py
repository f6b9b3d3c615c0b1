"""Who pays for others is told what they will cost as well: they are watched as long as their payer is. Pure.

UnbilledWatched of head, which pays for branch    ->   WatchUnbilled(branch, payer_id=head)
AccountPayerChanged(branch, billed_by=head)       ->   WatchMember(head)   ->   MemberWatched, if head is watched
AccountPayerChanged(branch, billed_by=None)       ->   WatchUnbilled(branch, watched=False, payer_id=head), in place
"""

from __future__ import annotations

from collections.abc import Iterator

from services.rating.account.messages import AccountPayerChanged
from services.rating.unbilled_watch.messages import MemberWatched, UnbilledWatched, WatchMember, WatchUnbilled
from services.rating.unbilled_watch.sessions import asked_sessions
from services.rating.unbilled_watch.state import UnbilledWatch
from shared.kernel.decider import Do, Send, View
from shared.kernel.envelope import Envelope


def react_watched(event: UnbilledWatched | MemberWatched, envelope: Envelope, view: View) -> Iterator[Send]:
    if isinstance(event, UnbilledWatched):
        yield from asked_sessions(event)
    members, watched = (event.members, event.own) if isinstance(event, UnbilledWatched) else ((event.member,), True)
    for member in members:
        yield Send(WatchUnbilled(account_id=member, watched=watched, payer_id=event.account_id), to="rating")


def react_payer(event: AccountPayerChanged, envelope: Envelope, view: View) -> Iterator[Do | Send]:
    watch = view.get(UnbilledWatch, event.account_id)
    if watch is not None and watch.payer_id is not None and watch.payer_id != event.billed_by:
        yield Do(WatchUnbilled(account_id=event.account_id, watched=False, payer_id=watch.payer_id))
    if event.billed_by is not None:
        yield Send(WatchMember(account_id=event.billed_by, member=event.account_id), to="rating")
