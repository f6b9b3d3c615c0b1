"""Many `UsageRated` one behind the other are folded as one: to the states that they leave one by one.

    UsageRated([sub-1: 5]), UsageRated([sub-1: 7, sub-2: 1])    ->  UsageSum(sub-1: +12), UsageSum(sub-2: +1)

What only a rebuild does: it has thousands of them at once. An event is one of these if nothing is measured beyond sums
and nothing came late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from services.rating.rated_usage.by_columns import Kinds
from services.rating.rated_usage.messages import UsageRated
from services.rating.rated_usage.state import PairNumber, Tally, UsageSum, tally_key
from shared.kernel.decider import Run, State, View


def _is_plain(event: UsageRated) -> bool:
    return not event.measured and not event.late


def _folded(events: Sequence[UsageRated], view: View) -> list[State]:
    """The sums with all of the messages in them, and the numbers of the pairs."""
    kinds = Kinds()
    # Line and kind -> [quantity, records], in the order in which they first come: that of the periods of a state.
    added: dict[tuple[str, int], list[int]] = {}
    for event in events:
        sums = event.sums
        columns = (sums.holder.column(sums.count), kinds.of_each(sums), sums.quantity, sums.records)
        for (_, subscription), kind, quantity, records in zip(*columns, strict=True):
            held = added.get((subscription, kind))
            if held is None:
                added[subscription, kind] = [quantity, records]
            else:
                held[0] += quantity
                held[1] += records
    states: list[State] = [*_sums(added, kinds, view.get_many(UsageSum, {line for line, _ in added}))]
    states += [PairNumber(source=str(e.source), n=e.n) for e in events if not e.part]
    return states


def _sums(
    added: Mapping[tuple[str, int], list[int]], kinds: Kinds, known: Mapping[str, UsageSum]
) -> Sequence[UsageSum]:
    changed: dict[str, dict[date, dict[str, Tally]]] = {}
    for (line, number), (quantity, records) in added.items():
        kind = kinds[number]
        name = tally_key(kind.meter, kind.plan[1], kind.plan[0])
        periods = changed.get(line)
        if periods is None:
            before = known.get(line)
            periods = changed[line] = before.periods.copy() if before else {}
        held = periods.get(kind.period_start, {})
        tally = held.get(name)
        sum_ = Tally(quantity, records) if tally is None else tally.plus(quantity, records)
        periods[kind.period_start] = {**held, name: sum_}
    return [_with(line, periods, known.get(line)) for line, periods in changed.items()]


def _with(line: str, periods: dict[date, dict[str, Tally]], before: UsageSum | None) -> UsageSum:
    if before is None or before.details is None:
        return UsageSum(subscription_id=line, periods=periods)
    return UsageSum(subscription_id=line, periods=periods, details=before.details)


RATED_TOGETHER: Final = Run(fits=_is_plain, fold=_folded)
