"""How many records there are of each state, and which: counted beside them and over them, and found by what an index
knows."""

from __future__ import annotations

import pytest

from services.reporting.usage_record.states import STATES
from services.usage.quarantine.messages import UsageReturned
from services.usage.record.columns import RecordedColumns
from services.usage.record.messages import SetAside, UsageRecorded
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import (
    account_opened,
    charge_fixed,
    parked,
    rated,
    record,
    subscription_started,
)

pytestmark = pytest.mark.servers

RECORDS = "/v1/usage/records"


async def test_the_summary_counts_what_the_list_shows(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened(), subscription_started(), charge_fixed())
    records = [record("a"), record("b"), record("x", account=None, reason="unknown_resource")]
    await stage.tell("usage.events", UsageRecorded(records=RecordedColumns.of(records)), partition=3)
    await stage.tell("rating.events", rated(source=3, seq=1))
    september = {"from": "2026-09-01T00:00:00Z", "to": "2026-10-01T00:00:00Z"}
    by_state = await stage.read("/v1/usage/summary", **september)
    assert [(item["start"], item["state"], item["records"]) for item in by_state["items"]] == [
        ("2026-09-10T00:00:00Z", "billed", 2),
        ("2026-09-10T00:00:00Z", "quarantined", 1),
    ]
    by_meter = await stage.read("/v1/usage/summary", by="meter", bucket="hour", **september)
    assert by_meter["items"] == [
        {"start": "2026-09-10T01:00:00Z", "meter": "data.octets", "records": 3, "quantity": "10"}
    ]


@pytest.mark.parametrize("bucket", ["day", "hour"])
async def test_what_is_counted_beside_the_records_is_what_the_list_shows(stage: Stage, bucket: str) -> None:
    await story_of_states(stage)
    september = {"from": "2026-09-01T00:00:00Z", "to": "2026-10-01T00:00:00Z", "bucket": bucket}
    found = await stage.read("/v1/usage/summary", by="recorded_as", **september)
    start = {"day": "2026-09-10T00:00:00Z", "hour": "2026-09-10T01:00:00Z"}[bucket]
    counted = {item["recorded_as"]: item["records"] for item in found["items"] if item["start"] == start}
    assert len(counted) == len(found["items"])
    shown = [(await stage.read(RECORDS, recorded_as=name))["total"] for name in counted]
    assert counted == {"accepted": 4, "quarantined": 2, "duplicate": 1} and shown == list(counted.values())
    of_account = await stage.read("/v1/usage/summary", by="recorded_as", account_id="acc-1", **september)
    assert [(item["recorded_as"], item["records"]) for item in of_account["items"]] == [
        ("accepted", 4),
        ("quarantined", 1),
    ]
    nothing = await stage.read("/v1/usage/summary", by="recorded_as", meter="voice.seconds", **september)
    assert nothing["items"] == []
    later = await stage.read(
        "/v1/usage/summary", by="recorded_as", **{**september, "from": "2026-09-11T00:00:00Z", "bucket": bucket}
    )
    assert later["items"] == []


async def test_a_filter_by_state_or_reason_finds_what_the_list_shows(stage: Stage) -> None:
    """However it is narrowed to what an index knows."""
    await story_of_states(stage)
    every = (await stage.read(RECORDS))["items"]
    assert {item["state"] for item in every} >= {"accepted", "billed", "not_billable", "quarantined", "duplicate"}
    some = [(state, other) for state in STATES for other in STATES]
    for states in some:
        found = await stage.read(f"{RECORDS}?state={states[0]}&state={states[1]}")
        expected = sorted(item["citation"] for item in every if item["state"] in states)
        assert sorted(item["citation"] for item in found["items"]) == expected, states
        assert found["total"] == len(expected)
    reasons = {item["reason"] for item in every if item["reason"]}
    assert reasons >= {"unknown_resource", "no_price", "too_late", "account_parked"}
    for reason in (*reasons, "of_nobody"):
        found = await stage.read(RECORDS, reason=reason)
        expected = sorted(item["citation"] for item in every if item["reason"] == reason)
        assert sorted(item["citation"] for item in found["items"]) == expected, reason


async def story_of_states(stage: Stage) -> None:
    """A record that is billed, one that can't be priced, one given back, one parked, one of nobody, and a duplicate."""
    await stage.tell("rating.events", account_opened(), subscription_started(), charge_fixed())
    records = [record(name) for name in ("billed", "unpriced", "returned", "parked", "also")]
    nobody = record("nobody", account=None, reason="unknown_resource")
    aside = SetAside("duplicate", "olt-12.par3", "billed", started_at=records[0].started_at)
    recorded = UsageRecorded(records=RecordedColumns.of([*records, nobody]), set_aside=[aside])
    await stage.tell("usage.events", recorded, partition=3)
    unpriced = rated(source=3, seq=1, not_billable=((1, "no_price", "acc-1"),), returned=((2, "too_late", "acc-1"),))
    await stage.tell("rating.events", unpriced, parked(3, 1, 3))
    await stage.tell("usage.events", UsageReturned(seq=1, items=[(2, "too_late")], account_id="acc-1"), partition=3)


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"bucket": "week"}, 422),
        ({"from": "2026-09-01", "to": "2026-08-01T00:00:00Z"}, 422),
        ({"bucket": "hour", "from": "2026-01-01T00:00:00Z", "to": "2026-09-01T00:00:00Z"}, 422),
    ],
)
async def test_a_summary_of_an_impossible_span_is_refused(
    stage: Stage, parameters: dict[str, str], status: int
) -> None:
    assert (await stage.get("/v1/usage/summary", **parameters)).status_code == status
