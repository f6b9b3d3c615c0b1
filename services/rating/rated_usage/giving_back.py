"""Records behind an end in the past go back to quarantine, ten thousand at a time.

    UsageTakenBack(n=0)   -> ReturnUsage × n at once
    UsageTakenBack(n=1)   its records wait (UsageToReturn), and a timer sends
      -> GiveUsageBack(n=1) -> UsageGivenBack(n=1) -> ReturnUsage × n, and the timer of the next
    UsageTakenBack(n=2)   …

Their sums have gone with the end, so that no bill waits for this. What is sent in turns are the commands: some 600
bytes a record, each to the usage partition that has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from services.rating.rated_usage.messages import GiveUsageBack, TakenUsage, UsageGivenBack, UsageTakenBack
from services.rating.rated_usage.state import UsageToReturn, to_return_key
from services.usage.quarantine.messages import ReturnUsage
from shared.kernel.decider import Context, Due, Gone, Send, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import encode, type_name
from shared.kernel.same_fields import same_fields

Places = list[tuple[int, int, list[int]]]
"""Of each usage partition and event there, the indexes of records."""


def react_taken_back(event: UsageTakenBack, envelope: Envelope, view: View) -> Iterator[Send]:
    """The records of the first event of an end go back at once."""
    if event.n == 0:
        yield from _returned(_groups([*event.taken, *event.closed]), event.reason, event.account_id)


def react_given_back(event: UsageGivenBack, envelope: Envelope, view: View) -> Iterator[Send]:
    yield from _returned(event.behind, event.reason, event.account_id)


def decide_giving_back(command: GiveUsageBack, view: View, context: Context) -> list[UsageGivenBack]:
    """Nothing for a timer whose records have gone back."""
    waiting = view.get(UsageToReturn, to_return_key(command.change_id, command.n))
    if waiting is None:
        return []
    return [same_fields(UsageGivenBack, command, reason=waiting.reason, behind=waiting.behind)]


def to_return(event: UsageTakenBack, envelope: Envelope) -> Iterator[State]:
    """What waits of the event: nothing of the first one."""
    if event.n == 0:
        return
    name = to_return_key(event.change_id, event.n)
    yield UsageToReturn(name=name, reason=event.reason, behind=_groups([*event.taken, *event.closed]))
    if event.n == 1:
        yield _timer(event.account_id, event.change_id, 1, envelope.recorded_at)


def evolve_given_back(event: UsageGivenBack, envelope: Envelope, view: View) -> Iterator[State | Gone]:
    """These wait no more; the next ones have their turn."""
    yield Gone(UsageToReturn, to_return_key(event.change_id, event.n))
    yield Gone(Due, _timer_name(event.change_id, event.n))
    following = event.n + 1
    if view.get(UsageToReturn, to_return_key(event.change_id, following)) is not None:
        yield _timer(event.account_id, event.change_id, following, envelope.recorded_at)


def _groups(taken: Iterable[TakenUsage]) -> Places:
    groups: dict[tuple[int, int], list[int]] = {}
    for one in taken:
        for partition, seq, indexes in one.behind:
            groups.setdefault((partition, seq), []).extend(indexes)
    return [(*at, sorted(indexes)) for at, indexes in groups.items()]


def _returned(groups: Places, reason: str, account_id: str) -> Iterator[Send]:
    for partition, seq, indexes in groups:
        items = [(index, reason) for index in indexes]
        yield Send(ReturnUsage(seq=seq, items=items, account_id=account_id), to="usage", partition=partition)


def _timer(account_id: str, change_id: str, n: int, due_at: datetime) -> Due:
    command = GiveUsageBack(account_id=account_id, change_id=change_id, n=n)
    return Due(
        name=_timer_name(change_id, n),
        due_at=due_at,
        command_type=type_name("rating", GiveUsageBack),
        command=msgspec.Raw(encode(command)),
    )


def _timer_name(change_id: str, n: int) -> str:
    return f"return/{to_return_key(change_id, n)}"
