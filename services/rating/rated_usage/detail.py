"""What records come to beyond their sum, where a price asks for it: the largest, their percentiles, each by itself.

    measuring = Measuring(command.origins, slots, view)
    measuring.take(detailed)                  # what cannot be priced, each with its reason
    measuring.held                            # the sums, each with what its records come to

Only sums whose plan version has such a price come here; plain ones never do. A record that the price of its sum says
it cannot price (R20, an unknown destination) is taken out and goes back to quarantine with that reason.

A record of an aggregation over time counts on each local day for the part that lies in it, and so in each period and
under each plan version (R21): it is cut at midnight. It is listed once, where it started.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from services.rating.account.state import Account
from services.rating.pricing.engine.aggregation import Coded, Columns
from services.rating.pricing.engine.contract import Entry, PricingContext
from services.rating.pricing.engine.measuring import MeterMeasure
from services.rating.pricing.engine.wanted import Check, Wanted, Way, Words
from services.rating.pricing_context import pricing_context
from services.rating.rate_table.lookup import StoredRates
from services.rating.rated_usage.slots import NO_PRICE, Slot, Slots
from services.rating.recurring.calendar import local_day
from services.usage.record.messages import GuidedRecord
from shared.kernel.calendar import midnight
from shared.kernel.decider import View
from shared.kernel.instants import EPOCH
from shared.kernel.sealed_attributes import HIDDEN

_US: Final = timedelta(microseconds=1)
_NOWHERE: Final = ("", "")
_NOTHING: Final[Mapping[str, Any]] = {}

Key = tuple[str, str, str, date]
"""Account, subscription, meter and local day."""


class Detailed:
    """A sum in the making: its records, and of each measure what they come to."""

    __slots__ = ("groups", "key", "records", "slot")

    def __init__(self, key: Key, slot: Slot, records: list[GuidedRecord]) -> None:
        self.key = key
        self.slot = slot
        self.records = records
        self.groups: list[tuple[str, list[tuple[tuple[str, ...], Any]]]] = []


class _Part(NamedTuple):
    """What of a record lies in a sum; in microseconds since 1970."""

    record: GuidedRecord
    started_us: int
    ended_us: int


class Measuring:
    """The detailed sums of one message. `held` are those with records or parts of records in them."""

    def __init__(self, origins: Mapping[int, tuple[str, str]], slots: Slots, view: View) -> None:
        self._origins = origins
        self._slots = slots
        self._view = view
        self._by_key: dict[Key, Detailed] = {}
        self._ends: dict[tuple[date, str], int] = {}
        self._contexts: dict[tuple[str, date, date, str], PricingContext] = {}

    def take(self, detailed: Sequence[Detailed]) -> list[tuple[GuidedRecord, str]]:
        """Measure the records of all detailed sums; gives those that cannot be priced, with the reason of each."""
        self._by_key = {one.key: one for one in detailed}
        alike = self._alike(detailed)
        self._ask_for_rates(alike)
        refused: list[tuple[GuidedRecord, str]] = []
        parts: dict[Key, list[_Part]] = {}
        for wanted, sums in alike:
            for one in sums:
                refused += self._without_hidden(one, wanted.measures)
                if wanted.checks:
                    refused += self._without_unpriceable(one, wanted.checks)
                if wanted.whole and one.records:
                    one.groups += [(way.name, self._whole(way, one.records)) for way in wanted.whole]
                for record in one.records if wanted.over_time else ():
                    self._cut(one.key, _Part(record, record.started_at, record.ended_at), parts)
        for key, laid_out in parts.items():
            self._measure_parts(self._by_key[key], laid_out)
        return refused

    def _alike(self, detailed: Sequence[Detailed]) -> list[tuple[Wanted, list[Detailed]]]:
        """The sums by what their prices want of their records."""
        alike: dict[tuple[str, int, str], list[Detailed]] = {}
        for one in detailed:
            alike.setdefault((one.slot.plan, one.slot.version, one.key[2]), []).append(one)
        return [(self._wanted_of(sums[0]), sums) for sums in alike.values()]

    @property
    def held(self) -> list[Detailed]:
        return [one for one in self._by_key.values() if one.records or one.groups]

    def _ask_for_rates(self, alike: Iterable[tuple[Wanted, Sequence[Detailed]]]) -> None:
        """Ask for the stored rates of all records before the first is looked up, so that they are loaded in one go."""
        numbers: dict[str, set[str]] = {}
        first_day = date.max
        for wanted, sums in alike:
            for check in wanted.checks:
                if not check.looks_up or check.model.wanted is None:
                    continue
                for one in sums:
                    entries = [self._entry(record, _words(check, record)) for record in one.records]
                    for table_id, called in check.model.wanted(check.terms, entries).items():
                        numbers.setdefault(table_id, set()).update(called)
                        first_day = min(first_day, one.key[3])
        for table_id in sorted(numbers):
            StoredRates(self._view, since=first_day).want_rates(table_id, numbers[table_id])

    def _without_hidden(self, one: Detailed, measures: Sequence[MeterMeasure]) -> list[tuple[GuidedRecord, str]]:
        """What a price goes by must not be hidden: then nobody can tell what the record costs."""
        refused = []
        for record in one.records:
            if record.attributes and HIDDEN in record.attributes.values():
                names = [name for measure in measures for name in (*measure.attributes, *measure.group_by)]
                if any(record.attributes.get(name) == HIDDEN for name in names):
                    refused.append((record, NO_PRICE))
        if refused:
            gone = {record.index for record, _ in refused}
            one.records = [record for record in one.records if record.index not in gone]
        return refused

    def _without_unpriceable(self, one: Detailed, checks: Sequence[Check]) -> list[tuple[GuidedRecord, str]]:
        refused: list[tuple[GuidedRecord, str]] = []
        for record in one.records:
            for check in checks:
                words = _words(check, record)
                reason = None if check.is_known(words) else self._refusal(check, one.key, record, words)
                if reason is not None:
                    refused.append((record, reason))
                    break
        if refused:
            gone = {record.index for record, _ in refused}
            one.records = [record for record in one.records if record.index not in gone]
        return refused

    def _wanted_of(self, one: Detailed) -> Wanted:
        return one.slot.in_force.wanted(one.key[2])

    def _refusal(self, check: Check, key: Key, record: GuidedRecord, words: Words) -> str | None:
        assert check.model.unpriceable is not None
        reason = check.model.unpriceable(check.terms, self._context(key), self._entry(record, words))
        if reason is None:
            check.note(words)
        return reason

    def _entry(self, record: GuidedRecord, words: Words) -> Entry:
        source, identity = self._origins.get(record.index, _NOWHERE)
        return Entry(record.started_at, source, identity, record.quantity, record.ended_at, words, record.meter)

    def _context(self, key: Key) -> PricingContext:
        account = self._account(key)
        period = account.period_on(key[3])
        wanted = (account.currency, period.start, period.end, account.terms.time_zone)
        found = self._contexts.get(wanted)
        if found is None:
            found = self._contexts[wanted] = pricing_context(account, period, self._view)
        return found

    def _cut(self, key: Key, part: _Part, parts: dict[Key, list[_Part]]) -> None:
        """Lay a record that counts over time out by the sums that it reaches into."""
        account_id, subscription_id, meter, day = key
        time_zone = self._account(key).terms.time_zone
        while True:
            one = self._by_key.get(key)
            slot = self._slots.slot(account_id, subscription_id, meter, day) if one is None else one.slot
            if isinstance(slot, str):
                return
            end = self._end(day, time_zone)
            if slot.measures:
                if one is None:
                    self._by_key[key] = Detailed(key, slot, [])
                parts.setdefault(key, []).append(part._replace(ended_us=min(part.ended_us, end)))
            if part.ended_us <= end:
                return
            part = part._replace(started_us=end)
            day = local_day(time_zone, end)
            key = (account_id, subscription_id, meter, day)

    def _end(self, day: date, time_zone: str) -> int:
        """The midnight that ends a local day."""
        found = self._ends.get((day, time_zone))
        if found is None:
            found = (midnight(day + timedelta(days=1), time_zone) - EPOCH) // _US
            self._ends[day, time_zone] = found
        return found

    def _account(self, key: Key) -> Account:
        account = self._slots.account(key[0])
        assert account is not None, "a sum is of an account that there is"
        return account

    def _measure_parts(self, one: Detailed, parts: Sequence[_Part]) -> None:
        records, started_us, ended_us = zip(*parts, strict=True)
        for way in self._wanted_of(one).over_time:
            one.groups.append((way.name, self._states(way, records, started_us, ended_us)))

    def _whole(self, way: Way, records: Sequence[GuidedRecord]) -> list[tuple[tuple[str, ...], Any]]:
        """What whole records come to: one alone, as nearly all are where many lines report, or several."""
        single = way.aggregation.single
        if single is None or len(records) > 1:
            started_us = [record.started_at for record in records]
            return self._states(way, records, started_us, [record.ended_at for record in records])
        (record,) = records
        group_by, attributes = way.measure.group_by, way.measure.attributes
        source, identity = self._origins.get(record.index, _NOWHERE)
        words = tuple([word_of(record, name) for name in attributes]) if attributes else ()
        state = single((record.quantity, record.started_at, record.ended_at, source, identity, words))
        return [(tuple([word_of(record, name) or "" for name in group_by]) if group_by else (), state)]

    def _states(
        self, way: Way, records: Sequence[GuidedRecord], started_us: Sequence[int], ended_us: Sequence[int]
    ) -> list[tuple[tuple[str, ...], Any]]:
        """The state of each combination of words that the measure groups by; without grouping one, without words.

        In whatever order the records are: to an aggregation that means nothing (aggregation.py).
        """
        measure, aggregation = way.measure, way.aggregation
        if not measure.group_by or len(records) == 1:
            columns = self._columns(measure.attributes, records, started_us, ended_us)
            words = tuple([word_of(records[0], name) or "" for name in measure.group_by])
            return [(words, aggregation.add(aggregation.zero, columns))]
        groups: dict[tuple[str, ...], list[int]] = {}
        for place, record in enumerate(records):
            words = tuple([word_of(record, name) or "" for name in measure.group_by])
            groups.setdefault(words, []).append(place)
        states: list[tuple[tuple[str, ...], Any]] = []
        for words, places in sorted(groups.items()):
            columns = self._columns(
                measure.attributes,
                [records[place] for place in places],
                [started_us[place] for place in places],
                [ended_us[place] for place in places],
            )
            states.append((words, aggregation.add(aggregation.zero, columns)))
        return states

    def _columns(
        self,
        attributes: Sequence[str],
        records: Sequence[GuidedRecord],
        started_us: Sequence[int],
        ended_us: Sequence[int],
    ) -> Columns:
        if len(records) == 1:  # as nearly all are where many lines report
            (record,) = records
            source, identity = self._origins.get(record.index, _NOWHERE)
            return Columns(
                quantities=(record.quantity,),
                started_us=started_us,
                ended_us=ended_us,
                sources=(source,),
                ids=(identity,),
                attributes={name: Coded.of((word_of(record, name),)) for name in attributes},
            )
        origins = [self._origins.get(record.index, _NOWHERE) for record in records]
        return Columns(
            quantities=[record.quantity for record in records],
            started_us=started_us,
            ended_us=ended_us,
            sources=[source for source, _ in origins],
            ids=[identity for _, identity in origins],
            attributes={name: Coded.of([word_of(record, name) for record in records]) for name in attributes},
        )


class Remeasuring(Measuring):
    """Records that are rated already, measured again: whether they can be priced is settled."""

    def _wanted_of(self, one: Detailed) -> Wanted:
        return super()._wanted_of(one)._replace(checks=())


def _words(check: Check, record: GuidedRecord) -> Words:
    return tuple([word_of(record, name) for name in check.words])


def word_of(record: GuidedRecord, attribute: str) -> str | None:
    """What the record says of an attribute: a text, or what is as exact as one; `None` for all else."""
    value = (record.attributes or _NOTHING).get(attribute)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else None
