"""Folds a log for a rebuild: event by event, and hot ones that stand one behind the other as one, where a service can.

    unit = FoldingRuns(domain, memory, place, next_seq=1842, now=...)
    for run in runs(domain, events):        # [[PlanPublished], [UsageRated, UsageRated, ...], [PeriodClosed], ...]
        unit.replay_run(run)

An aggregate that says how a run of its events is folded (`Aggregate.runs`) leaves the states that they leave one by
one. The others fold each event of the run; what they read of one another does not change in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shared.kernel.decider import Domain
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.unit_of_work import UnitOfWork

Recorded = tuple[Event, Envelope]


def runs(domain: Domain, events: Sequence[Recorded]) -> Iterator[Sequence[Recorded]]:
    """The events in their order, cut so that each piece is one event or a run."""
    begins, kind = 0, None
    for place, (event, _) in enumerate(events):
        found = domain.runs.get(type(event))
        fits = type(event) if found is not None and found.fits(event) else None
        if place > begins and (fits is None or fits is not kind):
            yield events[begins:place]
            begins = place
        kind = fits
    if events:
        yield events[begins:]


class FoldingRuns(UnitOfWork):
    """A unit of work that replays."""

    def replay_run(self, run: Sequence[Recorded]) -> None:
        """Fold a piece that `runs` gave: all of it, or on an exception nothing."""
        if len(run) == 1:
            self.replay(*run[0])
            return
        folds = self._domain.runs[type(run[0][0])]
        with self._input():
            self._put_all(folds.fold([event for event, _ in run], self))
            for event, envelope in run:
                self._check(envelope)
                self._put_all(folds.others(event, envelope, self))
                self._note(event, envelope)
                self._scratch.events.append((event, envelope))
