"""An end that is put in the past: usage since then counts no more, and its records go back to quarantine.

A bill is the same whether the end was known in time or only afterwards. Amounts are computed by hand.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from services.rating.assigned_resource.state import ResourcesOfLine
from services.rating.commands import COMMANDS
from services.rating.lineage import pack
from services.rating.rated_usage.by_day import RecordsOfDay, UsageBehind, by_day_key
from services.rating.rated_usage.messages import GiveUsageBack, UsageRated, UsageTakenBack
from services.rating.rated_usage.state import UsageSum, UsageToReturn
from services.rating.rated_usage.taking_back import RECORDS_MAX
from services.rating.subscription.messages import CancelChange, TerminateSubscription
from services.usage.quarantine.messages import ReturnUsage
from services.usage.record.messages import GuidedUsage
from services.usage.resource.messages import EndAssignments
from shared.kernel.decider import Due
from tests.kit.decider import Specification
from tests.services.rating.subscription.story import on, other_plan
from tests.services.rating.subscription.test_backdated import Line
from tests.services.rating.world import FLAT, OCTETS, SEPTEMBER, at, bill, close, guided, plan, used

LARGEST = {**OCTETS, "meter": "ports"}


class Ending(Line):
    """As `Line`, with the records behind each day."""

    def __init__(self, *prices: dict[str, Any], **aggregations: str) -> None:
        super().__init__(plan(*prices, aggregations=aggregations), other_plan(FLAT))
        self.behind: list[RecordsOfDay] = []

    def take(self, message: GuidedUsage) -> Ending:
        super().take(message)
        for event in self.story.events:
            if isinstance(event, UsageRated):
                for one in event.sums:
                    packed = pack(event.source, event.usage_seq, one.indexes)
                    self.behind.append(RecordsOfDay(one.day, one.meter, one.plan, one.version, packed))
        return self

    def end(self, day: str, **options: Any) -> Specification:
        """Ask for the end, with the tables as they are."""
        self.keep_days()
        name = by_day_key("sub-1", date.fromisoformat(day))
        behind = [row for row in self.behind if str(row.day) >= day]
        self.story.state.keep({UsageBehind: {name: UsageBehind(name=name, days=behind)}})
        return self.story.when(on(TerminateSubscription, day, **options))


def taken(story: Specification) -> list[tuple[str, str, int, int]]:
    """Day, meter, whole units and records of what counts no more."""
    found = [event for event in story.events if isinstance(event, UsageTakenBack)]
    return [(str(t.day), t.meter, t.quantity // 10**6, t.records) for event in found for t in event.taken]


def given_back(story: Specification) -> list[tuple[int | None, int, list[tuple[int, str]]]]:
    return [
        (send.partition, send.message.seq, send.message.items)
        for send in story.sends
        if isinstance(send.message, ReturnUsage)
    ]


def test_r8_usage_after_a_backdated_end_counts_no_more_and_the_flat_price_keeps_its_share() -> None:
    """20.00 × 9 of 30 days = 6.00, 100 units at 0.01 = 1.00. What was used on the 12th is not his."""
    line = Ending(FLAT, OCTETS)
    line.use(used(100, "2026-09-05 10:00", index=4))
    line.use(used(50, "2026-09-12 10:00", index=1), used(7, "2026-09-12 11:00", index=2))
    story = line.end("2026-09-10")
    assert taken(story) == [("2026-09-12", "data.octets", 57, 2)]
    assert given_back(story) == [(2, 7, [(1, "no_subscription"), (2, "no_subscription")])]
    assert bill(close(story)) == [
        ("recurring", "2026-09-01", "2026-09-10", None, "6.00"),
        ("usage", "2026-09-01", "2026-09-10", "100", "1.00"),
    ]


def test_what_is_measured_beyond_sums_goes_too() -> None:
    """The largest of September 5 is 40; 90 was measured when there was no service any more."""
    line = Ending(LARGEST, ports="max")
    line.use(used(40, "2026-09-05 10:00", meter="ports"), used(90, "2026-09-12 10:00", meter="ports", index=1))
    assert line.unbilled() == "0.90"
    line.end("2026-09-10")
    assert line.unbilled() == "0.40"


def test_an_end_from_today_on_leaves_what_was_used_today() -> None:
    """Usage that comes later on that day is given back; what has been rated stays. The story is on September 20."""
    line = Ending(OCTETS)
    line.use(used(100, "2026-09-20 08:00"))
    assert taken(line.end("2026-09-20")) == []


def test_without_usage_since_then_nothing_is_taken_back() -> None:
    line = Ending(OCTETS)
    line.use(used(100, "2026-09-05 10:00"))
    assert taken(line.end("2026-09-10")) == []
    assert taken(Ending(OCTETS).end("2026-09-10")) == []


def test_usage_that_is_being_rated_this_moment_makes_the_clerk_ask_again() -> None:
    line = Ending(OCTETS)
    line.use(used(100, "2026-09-12 10:00"))
    line.rows.clear()
    line.end("2026-09-10").then_refused("usage_arriving", pointer="/effective_on")


def test_many_records_leave_the_sums_at_once_and_go_back_in_turns() -> None:
    """24,999 records of one unit on September 12, and one on the 13th, are ten thousand, ten thousand and five."""
    line = Ending(OCTETS)
    many = [used(1, "2026-09-12 10:00", index=n) for n in range(24_999)]
    line.use(*many, used(1, "2026-09-13 10:00", index=24_999))
    story = line.end("2026-09-10")
    events = [event for event in story.events if isinstance(event, UsageTakenBack)]
    assert [(event.n, sum(t.records for t in event.taken), records_behind(event)) for event in events] == [
        (0, 24_999, 10_000),
        (1, 0, 10_000),
        (2, 1, 5_000),
    ]
    assert line.unbilled() == "0"
    returned = [len(items) for _, _, items in given_back(story)]
    while timers := [due for due in story.state.all(Due) if due.name.startswith("return/")]:
        (timer,) = timers
        story.when(COMMANDS.decode(timer.command_type, bytes(timer.command)))
        returned += [len(items) for _, _, items in given_back(story)]
    assert returned == [10_000, 10_000, 5_000]
    assert story.state.all(UsageToReturn) == []


def test_a_turn_that_is_over_gives_nothing_back() -> None:
    line = Ending(OCTETS)
    line.story.when(GiveUsageBack(account_id="acc-1", change_id="c1", n=1)).then_nothing()


def records_behind(event: UsageTakenBack) -> int:
    return sum(len(indexes) for taken in event.taken for _, _, indexes in taken.behind)


def test_more_records_than_one_transaction_takes_are_refused_with_the_remedy() -> None:
    line = Ending(OCTETS)
    line.use(used(100, "2026-09-12 10:00"))
    (key, (quantity, _)) = next(iter(line.rows.items()))
    line.rows[key] = (quantity, RECORDS_MAX + 1)
    sums = line.story.get(UsageSum, "sub-1")
    assert sums is not None
    held = {
        name: msgspec.structs.replace(tally, records=RECORDS_MAX + 1)
        for name, tally in sums.periods[SEPTEMBER.start].items()
    }
    line.story.state.keep({UsageSum: {"sub-1": UsageSum(subscription_id="sub-1", periods={SEPTEMBER.start: held})}})
    line.end("2026-09-10").then_refused("usage_rated", pointer="/effective_on")


def test_each_resource_of_the_line_learns_of_its_end_and_of_none_any_more() -> None:
    line = Ending(FLAT)
    known = ResourcesOfLine(subscription_id="sub-1", resources=["mac:1", "olt-3/port-7"])
    line.story.state.keep({ResourcesOfLine: {"sub-1": known}})
    names = ["subscription:sub-1", "mac:1", "olt-3/port-7"]
    assert ends(line.end("2026-10-10")) == [(name, at("2026-10-10 00:00")) for name in names]
    change_id = line.story.events[0].change_id  # type: ignore[attr-defined]
    line.story.when(CancelChange(subscription_id="sub-1", account_id="acc-1", change_id=change_id))
    assert ends(line.story) == [(name, None) for name in names]


def ends(story: Specification) -> list[tuple[str, Any]]:
    return [
        (send.message.resource_id, send.message.ends_at)
        for send in story.sends
        if isinstance(send.message, EndAssignments)
    ]


def test_usage_that_comes_after_the_end_is_known_is_given_back_as_well() -> None:
    line = Ending(OCTETS)
    story = line.end("2026-09-10")
    story.when_event(guided(used(50, "2026-09-12 10:00"), n=1))
    assert given_back(story) == [(2, 7, [(0, "no_subscription")])]
