"""Single records go when they are 100 days old by the log, in a rebuild as well; who asks for them is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.reporting.usage_record.ageing import EVENTS_DROPPED, KEPT_DAYS, Age, Days
from services.usage.record.columns import RecordedColumns
from services.usage.record.messages import SetAside, UsageRecorded
from services.usage.watermark.messages import IntakeCompleteThrough
from shared.engine.service import Applied
from tests.services.reporting.identity.people import tokens_of
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import account_opened, rated, record, subscription_started

FIRST = datetime(2026, 9, 10, 6, tzinfo=UTC)
RECORDS = "/v1/usage/records"
PARKED: dict[str, Any] = {"account": None, "reason": "unknown_resource"}
TABLES = ("usage_record", "usage_record_age", "rated_usage", "usage_not_billable", "rated_usage_age", "usage_hour")


def test_each_event_drops_a_few_and_never_what_is_kept() -> None:
    age = Age(Days(KEPT_DAYS), None, 0)
    for n in range(10):
        age.take(FIRST.date(), 1 + n)
    assert age.dropped == 0
    age.take((FIRST + timedelta(KEPT_DAYS)).date(), 11)
    assert (age.since, age.dropped) == (None, 0)

    moved = []
    for n in range(4):
        age.take((FIRST + timedelta(KEPT_DAYS + 1)).date(), 12 + n)
        moved.append(age.dropped)
    assert moved == [EVENTS_DROPPED, 2 * EVENTS_DROPPED, 10, 10]
    assert age.since == (FIRST + timedelta(KEPT_DAYS)).date()


def test_a_day_that_goes_back_begins_nothing() -> None:
    days = Days(KEPT_DAYS)
    days.begin(FIRST.date(), 5)
    assert not days.begin((FIRST - timedelta(1)).date(), 6)
    assert (days.days, days.seqs) == ([FIRST.date()], [5])


async def tell_of_days(stage: Stage) -> None:
    """A record of each of five days, one of them parked; then a network that is idle, and one record more."""
    await stage.tell("rating.events", account_opened(), subscription_started())
    for n in range(5):
        at = FIRST + timedelta(n)
        one = record(f"r{n}", at=at, **(PARKED if n == 1 else {}))
        aside = [SetAside(source="olt-12.par3", id=f"r{n}", state="duplicate", reason="same id")] if n == 2 else []
        await stage.tell(
            "usage.events", UsageRecorded(records=RecordedColumns.of([one]), set_aside=aside), partition=3, at=at
        )
        done: dict[str, Any] = {"indexes": ()} if n == 1 else {}
        done |= {"indexes": (), "not_billable": ((0, "no_price", "acc-1"),)} if n == 3 else {}
        await stage.tell("rating.events", rated(source=3, seq=n + 1, n=n + 1, **done), at=at)
    idle = FIRST + timedelta(KEPT_DAYS + 4)
    for n in range(3):
        await stage.tell("usage.events", IntakeCompleteThrough(through=idle), partition=3, at=idle + timedelta(n))
    late = idle + timedelta(2)
    newest = UsageRecorded(records=RecordedColumns.of([record("new", at=late)]))
    await stage.tell("usage.events", newest, partition=3, at=late)
    await stage.tell("rating.events", rated(source=3, seq=9, n=9), at=late)


async def contents(stage: Stage) -> dict[str, list[str]]:
    return {
        name: [row["row"] for row in await stage.pool.fetch(f"select t::text as row from {name} t order by 1")]
        for name in TABLES
    }


@pytest.mark.servers
async def test_records_go_a_hundred_days_after_they_came_and_what_is_parked_stays(stage: Stage) -> None:
    await tell_of_days(stage)
    page = await stage.read(RECORDS)
    assert sorted(item["id"] for item in page["items"]) == ["new", "r1"]
    assert page["total"] == 2
    assert page["kept_since"] == (FIRST + timedelta(KEPT_DAYS + 4)).date().isoformat()
    assert await stage.pool.fetch("select * from usage_not_billable") == []
    assert await stage.pool.fetchval("select array_agg(usage_seq) from rated_usage") == [9]


@pytest.mark.servers
async def test_what_was_counted_of_them_stays(stage: Stage) -> None:
    await tell_of_days(stage)
    assert await stage.pool.fetchval("select sum(records) from usage_hour") == 7
    assert await stage.pool.fetchval("select records from rated_period where subscription_id = 'line-1'") == 4


def _one_by_one(told: list[tuple[str, int, Applied]]) -> list[tuple[str, int, list[Applied]]]:
    return [(topic, partition, [applied]) for topic, partition, applied in told]


def _at_once(told: list[tuple[str, int, Applied]]) -> list[tuple[str, int, list[Applied]]]:
    batches: dict[tuple[str, int], list[Applied]] = defaultdict(list)
    for topic, partition, applied in told:
        batches[topic, partition].append(applied)
    return [(topic, partition, batch) for (topic, partition), batch in reversed(batches.items())]


@pytest.mark.servers
@pytest.mark.parametrize("cut", [_one_by_one, _at_once])
async def test_a_rebuild_drops_the_same_rows_however_the_log_is_cut(
    stage: Stage, cut: Callable[[list[tuple[str, int, Applied]]], list[tuple[str, int, list[Applied]]]]
) -> None:
    await tell_of_days(stage)
    live = await contents(stage)
    everything = [row["tablename"] for row in await stage.pool.fetch(_LIVE)]
    await stage.pool.execute(f"truncate {', '.join(everything)}")
    for topic, partition, batch in cut(stage.told):
        await stage.apply(topic, partition, batch)
    assert await contents(stage) == live


@pytest.mark.servers
async def test_who_asks_for_an_old_record_is_told_that_it_is_in_the_log_alone(stage: Stage) -> None:
    await tell_of_days(stage)
    answer = await stage.get(f"{RECORDS}/olt-12.par3/r0")
    assert answer.status_code == 404
    since = (FIRST + timedelta(KEPT_DAYS + 4)).date()
    assert f"received before {since} are in the log alone" in answer.json()["detail"]
    summary = await stage.read("/v1/usage/summary", **{"from": "2026-09-01T00:00:00Z", "to": "2026-10-01T00:00:00Z"})
    assert summary["kept_since"] == since.isoformat()
    assert [item["records"] for item in summary["items"]] == [1]
    ever = await stage.read(
        "/v1/usage/summary", by="recorded_as", **{"from": "2026-09-01T00:00:00Z", "to": "2026-10-01T00:00:00Z"}
    )
    assert ever["kept_since"] is None and sum(item["records"] for item in ever["items"]) > 1


@pytest.mark.servers
async def test_the_usage_reconciliation_begins_where_single_records_do(stage: Stage) -> None:
    await tell_of_days(stage)
    refused = await stage.get("/v1/proof/conservation", **{"from": "2026-09-01T00:00:00Z"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["code"] == "records_dropped"
    found = await stage.read("/v1/proof/conservation")
    assert found["balanced"], found
    assert (found["accepted"], found["disagreements"]) == (1, [])


@pytest.mark.servers
async def test_a_late_record_is_kept_by_the_day_it_came(stage: Stage) -> None:
    """It happened 120 days ago, and came today."""
    await tell_of_days(stage)
    today = FIRST + timedelta(KEPT_DAYS + 7)
    late = UsageRecorded(records=RecordedColumns.of([record("late", at=today - timedelta(120))]))
    await stage.tell("usage.events", late, partition=3, at=today)
    for n in range(3):
        await stage.tell("usage.events", IntakeCompleteThrough(), partition=3, at=today + timedelta(n))
    assert (await stage.read(f"{RECORDS}/olt-12.par3/late"))["state"] == "accepted"


@pytest.mark.servers
async def test_nothing_is_said_to_be_gone_while_nothing_is(stage: Stage) -> None:
    one = UsageRecorded(records=RecordedColumns.of([record("r0")]))
    await stage.tell("usage.events", one, partition=3, at=FIRST)
    assert (await stage.read(RECORDS))["kept_since"] is None
    assert (await stage.get(f"{RECORDS}/olt-12.par3/none")).json()["detail"].endswith("none'")


_LIVE = "select tablename from pg_tables where schemaname = 'live'"


@pytest.mark.servers
async def test_who_is_held_to_an_entity_is_told_as_well(stage: Stage) -> None:
    await tell_of_days(stage)
    token = tokens_of(stage).issue("user:u1", "auditor", legal_entities=["de"])
    async with stage.client(role=None) as client:
        answer = await client.get(RECORDS, headers={"Authorization": f"Bearer {token}"})
    since = (FIRST + timedelta(KEPT_DAYS + 4)).date().isoformat()
    assert (answer.status_code, answer.json()["kept_since"]) == (200, since), answer.text
