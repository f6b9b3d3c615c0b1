"""Counting once: dedupe, redelivery, guiding, quarantine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from services.usage.meter.messages import MeterDefined
from services.usage.meter.state import Meter
from services.usage.record.messages import DedupeKeysDropped, GuidedUsage, UsageRecorded
from services.usage.record.state import POSITIONS, Counter, DedupeDay, DedupeKey, GuidedNumbers, ReportedPositions
from services.usage.resource.messages import AssignmentsEnded, ResourceAssigned, ResourceRegistered
from services.usage.resource.state import Resource
from services.usage.service import SERVICE
from services.usage.source.messages import SourceDefined, SourceTerms
from shared.kernel.message import encode
from shared.kernel.partition import partition_of
from tests.kit.decider import Specification, each_of
from tests.services.usage.story import (
    MAC,
    NOON,
    aside,
    assigned,
    command,
    counted,
    partition,
    reading,
    record,
    with_line,
)


def reasons(spec: Specification) -> list[str | None]:
    return [r.reason for r in counted(spec)]


# -- dedupe (R23) ----------------------------------------------------------------------------------------------------


def test_r23_the_same_record_twice_is_counted_once() -> None:
    spec = with_line().when(command(record())).when(command(record()))
    assert counted(spec) == []
    assert [r.state for r in aside(spec)] == ["duplicate"]
    assert spec.sends == []


def test_r23_twice_within_one_command_is_counted_once() -> None:
    spec = with_line().when(command(record(), record(), record(id="r2")))
    assert [r.id for r in counted(spec)] == ["r1", "r2"]
    assert [(r.state, r.id) for r in aside(spec)] == [("duplicate", "r1")]


def test_r23_the_same_key_with_other_content_is_a_conflict_and_keeps_the_first() -> None:
    spec = with_line().when(command(record(quantity="7"))).when(command(record(quantity="8")))
    assert [(r.state, r.quantity) for r in aside(spec)] == [("conflict", 8_000_000)]
    assert counted(spec) == []


def test_every_part_of_the_content_tells_a_conflict_from_a_duplicate() -> None:
    for change in (
        {"resource": "mac:other"},
        {"meter": "voice.seconds"},
        {"quantity": "7.000001"},
        {"started_at": "2026-11-23T02:00:00Z"},
        {"ended_at": "2026-11-23T01:05:00Z"},
        {"attributes": {"direction": "up"}},
    ):
        spec = with_line().when(command(record())).when(command(record(**change)))
        assert [r.state for r in aside(spec)] == ["conflict"], change


def test_the_same_content_written_differently_is_a_duplicate() -> None:
    spec = with_line().when(command(record(quantity="7", attributes={"a": "1", "b": "2"})))
    again = record(quantity="7.0", started_at="2026-11-23T02:00:00+01:00", attributes={"b": "2", "a": "1"})
    assert [r.state for r in aside(spec.when(command(again)))] == ["duplicate"]


def test_an_id_is_new_on_another_utc_day_and_from_another_source() -> None:
    spec = with_line().when(command(record(started_at="2026-11-22T23:59:59Z")))
    spec.when(command(record(started_at="2026-11-23T00:00:00Z"), record(source="olt-13")))
    assert len(counted(spec)) == 2


def test_without_started_at_the_day_is_that_of_ended_at() -> None:
    only_end = record(started_at=None, ended_at="2026-11-23T01:00:00Z")
    spec = with_line().when(command(only_end)).when(command(only_end))
    assert [r.state for r in aside(spec)] == ["duplicate"]


def test_records_without_an_id_are_never_duplicates() -> None:
    spec = with_line().when(command(record(id=None), record(id=None)))
    assert len(counted(spec)) == 2


# -- redelivery ------------------------------------------------------------------------------------------------------


def test_what_intake_delivers_again_leaves_no_trace() -> None:
    spec = with_line().when(command(record(), record(id="r2"), first=16384, reported=3))
    spec.when(command(record(), record(id="r2"), first=16384, reported=3))
    spec.then()


def test_of_a_redelivery_that_goes_further_only_the_new_part_is_counted() -> None:
    spec = with_line().when(command(record(), first=0, reported=3))
    spec.when(command(record(), record(id="r2"), first=0, reported=3))
    (event,) = spec.events
    assert isinstance(event, UsageRecorded)
    assert ([r.id for r in event.records], event.set_aside, event.taken) == (["r2"], [], {3: 1})


def test_positions_of_other_reported_partitions_do_not_count() -> None:
    spec = with_line().when(command(record(), first=50_000, reported=3))
    spec.when(command(record(id="r2"), first=1, reported=2))
    assert len(counted(spec)) == 1
    positions = spec.get(ReportedPositions, POSITIONS)
    assert positions is not None
    assert positions.highest == {3: 50_000, 2: 1}


def test_equipment_sending_again_is_a_duplicate_and_not_a_redelivery() -> None:
    spec = with_line().when(command(record(), first=0, reported=3))
    spec.when(command(record(), first=16384, reported=3))
    assert [r.state for r in aside(spec)] == ["duplicate"]


# -- guiding ---------------------------------------------------------------------------------------------------------


def test_usage_belongs_to_the_assignment_in_force_when_it_started() -> None:
    spec = partition().given(
        ResourceRegistered(resource_id=MAC),
        assigned(since="2026-11-01T00:00:00Z"),
        assigned(account="bolt", subscription="sub-9", since="2026-11-23T01:00:00Z"),
    )
    spec.when(
        command(
            record(id="before", started_at="2026-10-31T23:59:59Z"),
            record(id="first", started_at="2026-11-01T00:00:00Z"),
            record(id="last", started_at="2026-11-23T00:59:59.999999Z"),
            record(id="next", started_at="2026-11-23T01:00:00Z"),
        )
    )
    assert [(r.id, r.account, r.reason) for r in counted(spec)] == [
        ("before", None, "no_subscription"),
        ("first", "acme", None),
        ("last", "acme", None),
        ("next", "bolt", None),
    ]


def test_an_assignment_ends_before_its_end() -> None:
    line = ResourceAssigned(
        resource_id=MAC,
        account_id="acme",
        subscription_id="sub-1",
        valid_from=datetime.fromisoformat("2026-09-01T00:00:00+00:00"),
        valid_to=datetime.fromisoformat("2026-11-23T01:00:00+00:00"),
    )
    spec = partition().given(ResourceRegistered(resource_id=MAC), line)
    spec.when(command(record(id="a", started_at="2026-11-23T00:59:59Z"), record(id="b")))
    assert reasons(spec) == [None, "no_subscription"]


def test_usage_after_the_end_of_its_subscription_waits_where_it_comes_in() -> None:
    ends_at = datetime.fromisoformat("2026-11-23T01:00:00+00:00")
    ended = AssignmentsEnded(resource_id=MAC, account_id="acme", subscription_id="sub-1", ends_at=ends_at)
    spec = with_line().given(ended)
    spec.when(command(record(id="a", started_at="2026-11-23T00:59:59Z"), record(id="b")))
    assert reasons(spec) == [None, "no_subscription"]
    spec.given(msgspec.structs.replace(ended, ends_at=None)).when(command(record(id="c"), first=50))
    assert reasons(spec) == [None]


def test_each_reason_for_parking_has_its_code() -> None:
    spec = with_line().given(ResourceRegistered(resource_id="mac:unassigned"))
    spec.when(
        command(
            record(id="1", resource="mac:nobody"),
            record(id="2", resource="mac:unassigned"),
            record(id="3", resource="subscription:none"),
            record(id="4", meter="sms.messages"),
            record(id="5", started_at="2026-11-24T12:00:01Z"),
            record(id="6", started_at="2026-11-24T12:00:00Z"),
            record(id="7", started_at="2199-12-31T23:59:59Z"),
        )
    )
    assert reasons(spec) == [
        "unknown_resource",
        "no_subscription",
        "no_subscription",
        "unknown_meter",
        "in_future",
        None,
        "in_future",
    ]


def test_a_parked_record_sent_again_is_a_duplicate() -> None:
    spec = partition().when(command(record())).when(command(record()))
    assert [r.state for r in aside(spec)] == ["duplicate"]


@pytest.mark.parametrize(
    ("started_at", "reason"),
    [
        ("2026-10-19T00:00:00Z", None),  # 35 days before the day of the 23rd
        ("2026-10-18T23:59:59Z", "too_late"),
        ("2026-09-01T00:00:00Z", "too_late"),
    ],
)
def test_r34_usage_of_over_35_days_ago_is_too_late_since_its_key_may_be_forgotten(
    started_at: str, reason: str | None
) -> None:
    assert reasons(with_line().when(command(record(started_at=started_at)))) == [reason]


def test_dedupe_keys_are_dropped_day_by_day_as_time_passes() -> None:
    spec = with_line().when(command(record()))
    assert [type(event) for event in spec.events] == [UsageRecorded]
    spec.when(command(record(id="r2")), now=NOON + timedelta(hours=11))
    assert [type(event) for event in spec.events] == [UsageRecorded]
    today = NOON + timedelta(days=1)
    spec.when(command(record(id="r3", started_at="2026-11-24T01:00:00Z")), now=today)
    day = (today - timedelta(days=35) - datetime(1970, 1, 1, tzinfo=UTC)).days
    dropped, recorded = spec.events
    assert dropped == DedupeKeysDropped(before=day) and isinstance(recorded, UsageRecorded)
    # Nothing of that day can be counted again: it is too late, first and twice.
    late = record(id="r4", started_at="2026-10-19T23:59:59Z")
    assert reasons(spec.when(command(late))) == ["too_late"]
    spec.when(command(record(id="r5", started_at="2026-11-24T01:00:00Z")))
    assert [type(event) for event in spec.events] == [UsageRecorded]


def test_a_meter_counts_once_it_is_defined() -> None:
    spec = with_line().given(MeterDefined(meter_id="sms.messages", unit="message", aggregation="sum"))
    assert reasons(spec.when(command(record(meter="sms.messages")))) == [None]


def test_guided_records_go_to_the_partition_of_their_account_with_dense_numbers() -> None:
    spec = partition()
    accounts = [f"acc-{n}" for n in range(12)]
    for account in accounts:
        spec.given(
            ResourceRegistered(resource_id=f"mac:{account}"),
            assigned(f"mac:{account}", account, f"sub-{account}"),
        )
    for turn in (1, 2):
        spec.when(command(*[record(id=f"{a}-{turn}", resource=f"mac:{a}") for a in accounts]))
        (event,) = spec.events
        assert isinstance(event, UsageRecorded)
        messages = {send.partition: send.message for send in spec.sends}
        assert set(messages) == {partition_of(a, 4) for a in accounts}
        for target, message in messages.items():
            assert isinstance(message, GuidedUsage)
            assert (message.n, message.seq, message.source) == (turn, spec.envelopes[0].seq, 0)
            for guided in message.records:
                assert partition_of(guided.account, 4) == target
                assert event.records[guided.index].account == guided.account
        assert sum(len(m.records) for m in messages.values() if isinstance(m, GuidedUsage)) == 12


def test_parked_records_are_not_guided() -> None:
    assert partition().when(command(record())).sends == []


def test_a_command_says_all_that_it_needs() -> None:
    asked = command(record(meter="sms.messages"), reading("1", 0))
    wanted = {ReportedPositions, GuidedNumbers, DedupeDay, DedupeKey, Resource, Meter, Counter}
    named = each_of(SERVICE.preload(asked))
    assert {kind for kind, _ in named} == wanted
    assert (Counter, f"{MAC}|data.octets") in named


def test_a_quantity_beyond_64_bits_of_millionths_goes_through_the_log() -> None:
    spec = with_line().when(command(record(quantity="999999999999999999.999999")))
    (event,) = spec.events
    assert msgspec.json.decode(encode(event), type=UsageRecorded) == event
    assert counted(spec)[0].quantity == 10**24 - 1


# -- samples, and what goes with a record that may be priced by itself -----------------------------------------------

PORT = MeterDefined(meter_id="port.rate", unit="bit/s", aggregation="percentile")
SERVERS = MeterDefined(meter_id="servers", unit="server", aggregation="level")


def test_a_sample_is_counted_as_it_is_on_a_meter_that_does_not_sum() -> None:
    spec = with_line().given(PORT)
    spec.when(command(record(kind="sample", meter="port.rate", quantity="1500000"), record(id="r2", meter="port.rate")))
    assert [(r.kind, r.quantity, r.reason) for r in counted(spec)] == [
        ("sample", 1_500_000_000_000, None),
        ("delta", 7_000_000, None),
    ]


def test_a_sample_stands_for_the_five_minutes_in_which_it_was_taken_r35() -> None:
    taken = ("01:00:00", "01:04:59.999999", "01:05:00", "23:59:59")
    spec = with_line(now=datetime(2026, 11, 24, 12, tzinfo=UTC)).given(PORT)
    at = (f"2026-11-23T{time}Z" for time in taken)
    spec.when(command(*(record(id=t, kind="sample", meter="port.rate", started_at=t) for t in at)))
    found = [(r.started_at // 1_000_000 % 86_400, (r.ended_at - r.started_at) // 1_000_000) for r in counted(spec)]
    assert found == [(3600, 300), (3600, 300), (3900, 300), (86_100, 300)]


def test_a_slot_belongs_to_whoever_has_the_line_when_it_begins_r35() -> None:
    spec = with_line().given(PORT, assigned(account="bolt", subscription="sub-9", since="2026-11-23T01:02:00Z"))
    at = ("2026-11-23T01:01:00Z", "2026-11-23T01:04:00Z", "2026-11-23T01:06:00Z")
    spec.when(command(*(record(id=t, kind="sample", meter="port.rate", started_at=t) for t in at)))
    assert [r.account for r in counted(spec)] == ["acme", "acme", "bolt"]


def test_a_sample_of_a_meter_that_sums_up_waits_as_a_schema_violation_that_says_why() -> None:
    spec = with_line().when(command(record(kind="sample")))
    (kept,) = counted(spec)
    assert (kept.reason, kept.account) == ("schema_violation", None)
    assert kept.detail is not None and "meter data.octets sums quantities up" in kept.detail
    assert spec.sends == []


def test_a_sample_and_a_delta_of_the_same_id_are_a_conflict_r23() -> None:
    spec = with_line().given(PORT)
    spec.when(command(record(meter="port.rate"), record(meter="port.rate", kind="sample")))
    assert [r.state for r in aside(spec)] == ["conflict"]


def test_a_level_said_to_hold_into_the_future_waits() -> None:
    spec = with_line().given(SERVERS)
    ends = {"ok": "2026-11-23T12:00:00Z", "wrong": "2031-01-01T00:00:00Z"}
    spec.when(command(*(record(id=name, meter="servers", ended_at=end) for name, end in ends.items())))
    assert {r.id: r.reason for r in counted(spec)} == {"ok": None, "wrong": "in_future"}


def test_source_and_id_go_with_records_that_may_be_priced_one_by_one_and_with_no_others() -> None:
    spec = with_line().given(PORT)
    spec.when(command(record(), record(id="r2", attributes={"direction": "up"}), record(id="r3", meter="port.rate")))
    (sent,) = [send.message for send in spec.sends]
    assert isinstance(sent, GuidedUsage)
    assert sent.origins == {1: ("olt-12", "r2"), 2: ("olt-12", "r3")}
    assert b"origins" not in encode(msgspec.structs.replace(sent, origins={}))


def test_where_only_known_sources_count_the_usage_of_others_waits_for_their_definition_r23() -> None:
    asked = msgspec.structs.replace(command(record(), record(id="r2", source="olt-13")), known_sources_only=True)
    spec = with_line().given(SourceDefined(source_id="olt-12", terms=SourceTerms())).when(asked)
    assert [(r.source, r.account, r.reason) for r in counted(spec)] == [
        ("olt-12", "acme", None),
        ("olt-13", None, "unknown_source"),
    ]
    # It is known by its key from now on: sent again it is a duplicate, not counted a second time.
    again = msgspec.structs.replace(command(record(id="r2", source="olt-13")), known_sources_only=True)
    assert [item.state for item in aside(spec.when(again))] == ["duplicate"]


def test_a_reading_of_an_unknown_source_is_told_and_moves_no_counter() -> None:
    unknown = msgspec.structs.replace(command(reading("1000", 0)), known_sources_only=True)
    spec = with_line().when(unknown)
    (found,) = counted(spec)
    assert (found.quantity, found.reason, found.counter) == (0, "unknown_source", None)
    assert found.detail is not None and "reading 1000000000 of 1e-6 units" in found.detail


def test_every_source_counts_where_nobody_asked_for_known_ones_only() -> None:
    assert [r.reason for r in counted(with_line().when(command(record(source="olt-13"))))] == [None]
