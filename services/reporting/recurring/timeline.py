"""An account's subscriptions as changes of what recurs, day by day. Pure.

line-1 starts with plan home on 09-01            09-01  new         ""  -> home
line-2 starts with plan tv on 10-05              10-05  expansion   ""  -> tv
line-1 goes over to plan giga on 11-01           11-01  changed     home -> giga      (its price says up or down)
line-2 ends on 12-01                             12-01  contraction tv  -> ""
line-1 ends on 12-15                             12-15  churn       giga -> ""        (the account has no other)

What happens on one day counts as a whole, so who goes from one line to another on a day is no customer lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

Kind = Literal["start", "plan", "quantity", "end"]
Move = Literal["new", "reactivation", "expansion", "changed", "contraction", "churn"]


class Taken(NamedTuple):
    """So many of a plan; version 0 follows the plan."""

    plan_id: str
    plan_version: int
    quantity: int


NOTHING: Final = Taken("", 0, 0)


class Term(NamedTuple):
    """What a subscription said, from `day` on; `seq` puts those of a day in order."""

    subscription_id: str
    kind: Kind
    day: date
    taken: Taken
    seq: int


class Step(NamedTuple):
    """A subscription's change on a day; `accounts` is 1 where the account began to have any, -1 where it ceased to."""

    subscription_id: str
    day: date
    before: Taken
    after: Taken
    movement: Move
    accounts: int


def steps(terms: Iterable[Term]) -> Iterator[Step]:
    """All changes of an account, by day."""
    by_day: dict[date, list[tuple[str, Taken, Taken]]] = defaultdict(list)
    by_line: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        by_line[term.subscription_id].append(term)
    for line in sorted(by_line):
        for day, before, after in _changes(by_line[line]):
            by_day[day].append((line, before, after))
    lines, ever = 0, False
    for day in sorted(by_day):
        changes = by_day[day]
        now = lines + sum((after != NOTHING) - (before != NOTHING) for _, before, after in changes)
        accounts = (now > 0) - (lines > 0)
        for n, (line, before, after) in enumerate(changes):
            yield Step(line, day, before, after, _movement(before, after, accounts, ever=ever), 0 if n else accounts)
        lines, ever = now, True


def _changes(terms: Sequence[Term]) -> Iterator[tuple[date, Taken, Taken]]:
    """What one subscription takes, from day to day, until it ends."""
    begins = next((term.day for term in terms if term.kind == "start"), None)
    if begins is None:
        return
    ends = min((term.day for term in terms if term.kind == "end"), default=None)
    days: dict[date, Taken] = {}
    taken = NOTHING
    for term in sorted(terms, key=lambda term: (term.kind != "start", term.day, term.seq)):
        if term.kind == "end" or (ends is not None and max(term.day, begins) >= ends):
            continue
        taken = _after(taken, term)
        days[max(term.day, begins)] = taken
    if ends is not None and days:
        days[ends] = NOTHING
    before = NOTHING
    for day, after in sorted(days.items()):
        if after != before:
            yield day, before, after
        before = after


def _after(taken: Taken, term: Term) -> Taken:
    match term.kind:
        case "quantity":
            return taken._replace(quantity=term.taken.quantity)
        case "plan":
            return term.taken if term.taken.quantity else term.taken._replace(quantity=taken.quantity)
        case _:
            return term.taken


def _movement(before: Taken, after: Taken, accounts: int, *, ever: bool) -> Move:
    if before == NOTHING:
        return "expansion" if accounts <= 0 else "reactivation" if ever else "new"
    if after == NOTHING:
        return "churn" if accounts < 0 else "contraction"
    return "changed"
