"""Retracted usage leaves the sums that it is in, as if it had never come; restored, it is back as if never gone.

    RateRetraction(source=3, seq=1907)
      -> RetractionRated(sums=[sub-1 data.octets fiber/1 2026-09-05: 5 units, withdrawn])

A record is measured once more as it was when it was rated, by the version whose sum it is in, and that is taken back:
every aggregation can (`Aggregation.negative`), so no other record is asked for. While something of its source or its
account is parked it waits: the record itself may be in there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from services.rating.account.state import Account
from services.rating.allowance.messages import BandwidthProfileAsked
from services.rating.lineage import RecordPosition
from services.rating.plan.state import Plan
from services.rating.pricing.engine.aggregation import aggregations
from services.rating.rated_usage.detail import Detailed, Remeasuring
from services.rating.rated_usage.fair_use import asked_for
from services.rating.rated_usage.messages import RatedMeasure, RatedSum, RatedSums, UsageRated
from services.rating.rated_usage.slots import NO_SUBSCRIPTION, Slot, Slots
from services.rating.recurring.calendar import QUARTER_US, day_of_quarter
from services.rating.usage_retraction.finding import Found, PlacesOfDay
from services.rating.usage_retraction.messages import (
    RateRetraction,
    RetractedSum,
    RetractionRated,
    RetractionTaken,
    TakeRetraction,
)
from services.rating.usage_retraction.state import (
    WAITING,
    RecordPlaces,
    WaitingRetraction,
    WaitingRetractions,
    places_name,
    waiting_name,
)
from services.usage.record.messages import GuidedRecord
from shared.kernel.decider import Context, Due, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection
from shared.kernel.message import encode, type_name
from shared.kernel.outcome import Parking

UNSUPPORTED = "unsupported"

Key = tuple[str, str, str, date]
"""Account, subscription, meter and local day."""


def decide_usage_retraction(
    command: TakeRetraction | RateRetraction, view: View, context: Context
) -> Sequence[RetractionTaken | RetractionRated | BandwidthProfileAsked]:
    match command:
        case TakeRetraction():
            return (
                RetractionTaken(
                    source=command.source,
                    seq=command.seq,
                    places=command.places,
                    records=command.records,
                    origins=command.origins,
                    restored=command.restored,
                ),
            )
        case RateRetraction():
            waiting = view.get(WaitingRetraction, waiting_name(command.source, command.seq))
            return () if waiting is None else _rated(command, waiting, view, context)


def _rated(
    command: RateRetraction, waiting: WaitingRetraction, view: View, context: Context
) -> list[RetractionRated | BandwidthProfileAsked]:
    _check_nothing_parked(command.source, waiting, view)
    retracting = _Retracting(command.source, waiting, view, context)
    retracting.run()
    event = RetractionRated(
        source=command.source,
        seq=command.seq,
        places=waiting.places,
        sums=retracting.sums,
        measured=retracting.measured,
        refused=retracting.refused,
        restored=waiting.restored,
    )
    return [event, *_profiles(event, retracting.slows_down, view, context)]


def _check_nothing_parked(source: int, waiting: WaitingRetraction, view: View) -> None:
    """Refuse, for the timer to ask again, while records may wait for an operator that this is about."""
    for name in (f"usage/{source}", *sorted({record.account for record in waiting.records})):
        parked = view.get(Parking, name)
        if parked is not None and parked.count > 0:
            raise Rejection("account_parked", f"usage of {name} waits for an operator", status=503)


class _Retracting:
    """The records of one retraction, put to the sums that they are in."""

    def __init__(self, source: int, waiting: WaitingRetraction, view: View, context: Context) -> None:
        self._source = source
        self._waiting = waiting
        self._view = view
        self._now = context.now
        self._slots = Slots(view, context.now)
        self.sums: list[RetractedSum] = []
        self.measured: list[RatedMeasure] = []
        self.refused: list[tuple[int, str]] = []
        self.slows_down: dict[str, str] = {}

    def run(self) -> None:
        records = self._waiting.records
        accounts = self._slots.load({(r.account, r.subscription) for r in records})
        keys = {r.index: _key(r, known) for r in records if (known := accounts.get(r.account)) is not None}
        wanted = {key: places_name(*key[1:]) for key in keys.values()}
        places = self._view.get_many(RecordPlaces, [*dict.fromkeys(wanted.values())])
        days = {
            key: PlacesOfDay(places[name].rows if name in places else (), accounts[key[0]], self._now)
            for key, name in wanted.items()
        }
        groups: dict[tuple[Key, Found], list[GuidedRecord]] = {}
        for record in records:
            # An account that is not here has no sums.
            found = self._found(record, keys[record.index], days) if record.index in keys else None
            if isinstance(found, str):
                self.refused.append((record.index, found))
            elif found is not None:
                groups.setdefault((keys[record.index], found), []).append(record)
        for (key, found), held in groups.items():
            self._take(key, found, held)

    def _found(self, record: GuidedRecord, key: Key, days: dict[Key, PlacesOfDay]) -> Found | str | None:
        at = RecordPosition(self._source, *self._waiting.places[record.index])
        found = days[key].found(at, restored=self._waiting.restored)
        gone = found is None or (isinstance(found, Found) and found.billed_in is not None)
        if gone and self._waiting.restored and self._slots.slot(*key) == NO_SUBSCRIPTION:
            # Its sum went with a backdated end, or its day lies behind one: there is nobody to charge it to.
            return NO_SUBSCRIPTION
        return found

    def _take(self, key: Key, found: Found, records: list[GuidedRecord]) -> None:
        slot = self._slot(key[2], found)
        if any(aggregations()[measure.aggregation].negative is None for measure in slot.measures):
            self.refused += [(record.index, UNSUPPORTED) for record in records]
            return
        if slot.fair_use:
            self.slows_down[key[1]] = key[0]
        measuring = Remeasuring(self._waiting.origins, self._slots, self._view)
        measuring.take([Detailed(key, slot, records)])
        for detailed in measuring.held:
            own = detailed.key == key
            step = found.step if own else ("put_back" if self._waiting.restored else "withdrawn")
            place = len(self.sums)
            account, subscription, meter, day = detailed.key
            self.sums.append(
                RetractedSum(
                    account=account,
                    subscription=subscription,
                    meter=meter,
                    plan=detailed.slot.plan,
                    version=detailed.slot.version,
                    period_start=detailed.slot.period_start,
                    day=day,
                    quantity=sum(record.quantity for record in detailed.records),
                    indexes=[record.index for record in detailed.records],
                    step=step,
                    billed_in=detailed.slot.billed_in,
                )
            )
            self.measured += [RatedMeasure(place, name, self._signed(name, groups)) for name, groups in detailed.groups]

    def _slot(self, meter: str, found: Found) -> Slot:
        """Of the version whose sum the records are in, whatever is in force by now."""
        plan = self._view.get(Plan, found.plan)
        if plan is None:
            raise NeverBegan(f"usage is rated by {found.plan}, which does not exist")
        version = plan.versions[found.version - 1]
        measures = version.wanted(meter).measures
        return Slot(
            found.plan, found.version, found.period_start, version, measures, version.may_slow_down, found.billed_in
        )

    def _signed(
        self, measure: str, groups: Iterable[tuple[tuple[str, ...], object]]
    ) -> list[tuple[tuple[str, ...], object]]:
        if self._waiting.restored:
            return [*groups]
        negative = aggregations()[measure.partition("(")[0]].negative
        assert negative is not None
        return [(words, negative(state)) for words, state in groups]


def _key(record: GuidedRecord, account: Account) -> Key:
    day = day_of_quarter(account.terms.time_zone, record.started_at // QUARTER_US)
    return record.account, record.subscription, record.meter, day


def _profiles(
    event: RetractionRated, slows_down: dict[str, str], view: View, context: Context
) -> list[BandwidthProfileAsked]:
    """The profiles that lines with fair use get with that much less, or more, in the running period."""
    if not slows_down:
        return []
    sign = 1 if event.restored else -1
    sums = [
        RatedSum(s.account, s.subscription, s.meter, s.plan, s.version, s.period_start, s.day, sign * s.quantity, [])
        for s in event.sums
        if s.billed_in is None
    ]
    return asked_for(UsageRated(source=0, n=0, usage_seq=0, sums=RatedSums.of(sums)), slows_down, view, context.now)


def evolve_usage_retraction(
    event: RetractionTaken | RetractionRated, envelope: Envelope, view: View
) -> Iterator[State | Gone]:
    name = waiting_name(event.source, event.seq)
    waiting = view.get(WaitingRetractions, WAITING) or WaitingRetractions()
    match event:
        case RetractionTaken():
            yield WaitingRetraction(
                name=name, places=event.places, records=event.records, origins=event.origins, restored=event.restored
            )
            yield WaitingRetractions(count=waiting.count + 1)
            command = RateRetraction(source=event.source, seq=event.seq)
            yield Due(
                name=_due(name),
                due_at=envelope.recorded_at,
                command_type=type_name("rating", RateRetraction),
                command=msgspec.Raw(encode(command)),
            )
        case RetractionRated():
            if view.get(WaitingRetraction, name) is not None:
                yield Gone(WaitingRetraction, name)
                yield WaitingRetractions(count=max(0, waiting.count - 1))
                yield Gone(Due, _due(name))


def _due(name: str) -> str:
    return f"retraction/{name}"
