"""An account whose usage comes, is retracted and restored, with the tables that say which sum a record is in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from services.rating.commands import COMMANDS
from services.rating.lineage import RecordPosition, pack
from services.rating.period.messages import ChargeFixed
from services.rating.rated_usage.messages import UsageRated
from services.rating.rated_usage.retracted_rows import Positions, moved
from services.rating.usage_retraction.messages import RetractionRated
from services.rating.usage_retraction.state import PlaceRow, RecordPlaces, places_name
from services.usage.record.messages import GuidedRecord, GuidedRetraction
from shared.kernel.decider import Due
from shared.kernel.message import Event
from tests.services.rating.world import account, close, cycle, guided, plan, rating, subscription

SOURCE = 2
RowKey = tuple[str, str, date, int, str, date | None]


class Line:
    """One subscription from September 1 on. Records are named by their place, (seq, index)."""

    def __init__(
        self,
        *prices: dict[str, Any],
        aggregations: dict[str, str] | None = None,
        given: Sequence[Event] | None = None,
    ) -> None:
        """With a plan of those prices, or the plan that is `given`."""
        published = plan(*prices, aggregations=aggregations) if given is None else given
        self.story = rating(cycle(), *published, account(), subscription())
        self.charges: list[ChargeFixed] = []
        self.closes = 0
        self._n = 0
        self._seq = 100
        self._rows: dict[RowKey, tuple[date, dict[str, Positions]]] = {}

    def comes(self, record: GuidedRecord, seq: int) -> None:
        self._n += 1
        origins = {record.index: ("olt", f"r{seq}")}
        self.story.when_event(guided(record, n=self._n, source=SOURCE, seq=seq, origins=origins))
        self._note(self.story.events)

    def retract(self, record: GuidedRecord, seq: int, *, restored: bool = False) -> RetractionRated:
        self._seq += 1
        message = GuidedRetraction(
            source=SOURCE,
            seq=self._seq,
            places=[(seq, record.index)],
            records=[msgspec.structs.replace(record, index=0)],
            origins={0: ("olt", f"r{seq}")},
            restored=restored,
        )
        self.story.when_event(message)
        self._load()
        (timer,) = [due for due in self.story.state.all(Due) if due.name.startswith("retraction/")]
        self.story.when(COMMANDS.decode(timer.command_type, bytes(timer.command)))
        self._note(self.story.events)
        (found,) = [event for event in self.story.events if isinstance(event, RetractionRated)]
        return found

    def close(self) -> list[ChargeFixed]:
        self.closes += 1
        close(self.story)
        fixed = [event for event in self.story.events if isinstance(event, ChargeFixed)]
        self.charges += fixed
        return fixed

    def total(self) -> dict[int, Decimal]:
        """What all closes have charged, by price."""
        totals: dict[int, Decimal] = {}
        for charge in self.charges:
            totals[charge.price_index] = totals.get(charge.price_index, Decimal(0)) + charge.amount
        return totals

    def _note(self, events: Sequence[Event]) -> None:
        """As the tables do (rows.py, retracted_rows.py)."""
        for event in events:
            if isinstance(event, UsageRated):
                late = {one.of: one.billed_in for one in event.late}
                for n, added in enumerate(event.sums):
                    key = (added.subscription, added.meter, added.day, added.version, added.plan, late.get(n))
                    places = [RecordPosition(event.source, event.usage_seq, index) for index in added.indexes]
                    self._row(key, added.period_start)["positions"] += places
            if isinstance(event, RetractionRated):
                for one in event.sums:
                    key = (one.subscription, one.meter, one.day, one.version, one.plan, one.billed_in)
                    places = [RecordPosition(event.source, *event.places[index]) for index in one.indexes]
                    moved(one.step, self._row(key, one.period_start), places)

    def _row(self, key: RowKey, start: date) -> dict[str, Positions]:
        return self._rows.setdefault(key, (start, {"positions": [], "withdrawn": [], "credited": []}))[1]

    def _load(self) -> None:
        found: dict[str, list[PlaceRow]] = {}
        ordered = sorted(self._rows.items(), key=lambda item: item[0][5] or date.min)
        for (subscription_id, meter, day, version, plan_id, billed_in), (start, columns) in ordered:
            packed = [b"".join(pack(p.partition, p.seq, [p.record]) for p in held) for held in columns.values()]
            row = PlaceRow(plan_id, version, start, billed_in, *packed)
            found.setdefault(places_name(subscription_id, meter, day), []).append(row)
        kept = {name: RecordPlaces(name=name, rows=rows) for name, rows in found.items()}
        self.story.state.states[RecordPlaces] = dict(kept)
