"""Where the records behind a day lie does not depend on batches; its row stays short, whatever a line reports (R16)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import asyncpg
import pytest

from services.rating.lineage import RecordPosition, all_single, citation, pack, unpack
from services.rating.period.records_behind import records_of, records_of_day
from services.rating.rated_usage.messages import (
    LateSum,
    MovedUsage,
    RatedSum,
    RatedSums,
    TakenUsage,
    UsageMoved,
    UsageRated,
    UsageTakenBack,
)
from services.rating.rated_usage.rows import project
from services.rating.record_pages import DAYS, LATE_DAYS, PAGE_BYTES, cut_off
from services.rating.service import SERVICE
from services.rating.usage_retraction.messages import RetractedSum, RetractionRated, Step
from shared.engine.generation import prepare
from shared.engine.service import Applied
from shared.engine.settings import Settings
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from tests.kit.servers import FreshEnvironment

SEPTEMBER, OCTOBER, DAY = date(2026, 9, 1), date(2026, 10, 1), date(2026, 9, 14)
ENVELOPE = Envelope(
    env="test",
    service="rating",
    partition=1,
    type="x",
    recorded_at=datetime(2026, 9, 14, tzinfo=UTC),
    subject="x",
    seq=1,
)
TABLES = ("usage_day", "usage_day_page", "late_usage_day", "late_usage_day_page")


def rated(seq: int, indexes: Sequence[int], *, plan: str = "fiber", late: bool = False) -> UsageRated:
    one = RatedSum("acc-1", "sub-1", "data", plan, 1, SEPTEMBER, DAY, len(indexes) * 10**6, [*indexes])
    return UsageRated(
        source=3, n=seq, usage_seq=seq, sums=RatedSums.of([one]), late=[LateSum(0, OCTOBER)] if late else []
    )


def retracted(places: list[tuple[int, int]], step: Step, *, late: bool = False) -> RetractionRated:
    of_sum = RetractedSum(
        "acc-1", "sub-1", "data", "fiber", 1, SEPTEMBER, DAY, len(places) * 10**6, [*range(len(places))], step,
        OCTOBER if late else None,
    )  # fmt: skip
    return RetractionRated(source=3, seq=9_999, places=places, sums=[of_sum], restored=step == "put_back")


def story(chance: random.Random) -> list[Event]:
    """Records one by one and by the thousand, in time and late; some retracted and restored."""
    counts = [1] * 400 + [3_000] + [chance.randrange(1, 40) for _ in range(40)]
    events: list[Event] = []
    for seq, count in enumerate(counts):
        events.append(rated(seq, range(count), late=seq % 3 == 0))
        if seq % 100 == 50:
            events.append(retracted([(seq, 0), (seq - 2, 0)], "withdrawn"))
        if seq % 200 == 150:
            events.append(retracted([(seq - 99, 0)], "credited", late=True))
            events.append(retracted([(50, 0)], "put_back"))
    return events


def moved(count: int) -> UsageMoved:
    day = MovedUsage(SEPTEMBER, DAY, "data", "fiber", 1, "office", 2, count * 10**6, count)
    return UsageMoved(subscription_id="sub-1", account_id="acc-1", change_id="c-1", moved=[day])


def taken(plan: str, version: int) -> UsageTakenBack:
    day = TakenUsage(SEPTEMBER, DAY, "data", plan, version, 1, 1)
    return UsageTakenBack(subscription_id="sub-1", account_id="acc-1", change_id="c-2", reason="x", taken=[day])


@pytest.fixture
async def connection(fresh_env: FreshEnvironment) -> Any:
    settings: Settings = fresh_env.settings
    dsn = settings.postgres_dsn_of("rating")
    generation = await prepare(dsn, SERVICE, settings)
    connected = await asyncpg.connect(dsn, server_settings={"search_path": generation.search_path})
    yield connected
    await connected.close()


async def tell(connection: asyncpg.Connection[Any], *events: Event) -> None:
    await project(connection, 1, [Applied(event, ENVELOPE) for event in events])


async def rows_of(connection: asyncpg.Connection[Any]) -> dict[str, list[Any]]:
    return {
        table: [tuple(row) for row in await connection.fetch(f"select * from {table} order by {table}::text")]
        for table in TABLES
    }


async def behind(connection: asyncpg.Connection[Any], plan: str = "fiber") -> list[RecordPosition]:
    sql = f"select {DAYS.whole('d')} as positions from usage_day d where plan_id = $1"
    return [*unpack(await connection.fetchval(sql, plan) or b"")]


@pytest.mark.servers
async def test_pages_do_not_depend_on_how_events_were_cut_into_batches(connection: asyncpg.Connection[Any]) -> None:
    events, found = story(random.Random(3)), []
    for size in (1, 7, len(events)):
        undone = connection.transaction()
        await undone.start()
        for start in range(0, len(events), size):
            await tell(connection, *events[start : start + size])
        found.append(await rows_of(connection))
        await undone.rollback()
    assert found[0] == found[1] == found[2]
    assert all(found[0][table] for table in TABLES)


@pytest.mark.servers
async def test_every_record_is_behind_its_day_in_the_order_it_was_rated(connection: asyncpg.Connection[Any]) -> None:
    await tell(connection, *(rated(seq, [0]) for seq in range(5_000)))
    assert await behind(connection) == [RecordPosition(3, seq, 0) for seq in range(5_000)]
    row: Any = await connection.fetchrow("select pages, octet_length(positions) as bytes, records from usage_day")
    assert row["bytes"] < PAGE_BYTES and row["records"] == 5_000
    assert row["pages"] == await connection.fetchval("select count(*) from usage_day_page") > 60


@pytest.mark.servers
async def test_a_record_is_taken_out_of_the_page_it_lies_in(connection: asyncpg.Connection[Any]) -> None:
    await tell(connection, *(rated(seq, [0]) for seq in range(500)), retracted([(7, 0), (400, 0)], "withdrawn"))
    left = [RecordPosition(3, seq, 0) for seq in range(500) if seq not in (7, 400)]
    assert await behind(connection) == left
    await tell(connection, rated(500, [0]), retracted([(7, 0)], "put_back"))
    assert await behind(connection) == [*left, RecordPosition(3, 500, 0), RecordPosition(3, 7, 0)]


@pytest.mark.servers
async def test_pages_go_with_the_day_to_another_plan_and_with_what_is_taken_back(
    connection: asyncpg.Connection[Any],
) -> None:
    there = rated(9_000, [0, 1], plan="office")
    await tell(connection, *(rated(seq, [0]) for seq in range(500)), *[there], moved(500))
    of_office = "select plan_version from usage_day_page where plan_id = 'office'"
    assert {row[0] for row in await connection.fetch(of_office)} == {2}
    assert await behind(connection) == []
    found = [position for row in await connection.fetch(
        f"select {DAYS.whole('d')} as positions from usage_day d where plan_id = 'office' and plan_version = 2"
    ) for position in unpack(row["positions"])]  # fmt: skip
    assert found == [RecordPosition(3, seq, 0) for seq in range(500)]
    await tell(connection, taken("office", 2))
    assert await connection.fetchval("select count(*) from usage_day_page") == 0


@pytest.mark.servers
async def test_late_records_have_pages_of_their_own(connection: asyncpg.Connection[Any]) -> None:
    await tell(connection, *(rated(seq, [0], late=True) for seq in range(300)))
    sql = f"select {LATE_DAYS.whole('d')} from late_usage_day d"
    assert [*unpack(await connection.fetchval(sql))] == [RecordPosition(3, seq, 0) for seq in range(300)]
    assert await connection.fetchval("select count(*) from late_usage_day_page") > 3


@dataclass
class Reader:
    """Of the API what reads records."""

    db: asyncpg.Pool[Any]


@pytest.mark.servers
async def test_records_behind_a_charge_are_read_page_by_page_from_anywhere(
    connection: asyncpg.Connection[Any], fresh_env: FreshEnvironment
) -> None:
    await tell(connection, *(rated(seq, range(1 + seq % 3)) for seq in range(600)))
    cited = [citation(*position) for position in await behind(connection)]
    period = {"settles_start": None, "settles_end": None, "billing_start": SEPTEMBER, "billing_end": OCTOBER}
    line = {"partition": 1, "subscription_id": "sub-1", "meters": "[]", "meter": "data", "plan_version": 1}
    charge: Any = {**line, **period, "plan_id": "fiber", "records": 1200}
    path = {"search_path": (await connection.fetchval("show search_path"))}
    async with asyncpg.create_pool(
        fresh_env.settings.postgres_dsn_of("rating"), min_size=1, max_size=1, server_settings=path
    ) as pool:
        api: Any = Reader(pool)
        for first in (0, 1, 145, 146, 700, 1199, 1200):
            of_day = await records_of_day(api, charge, DAY, first=first, limit=50)
            end = min(1200, first + 50)
            following = None if end == 1200 else str(end)
            assert of_day == {"items": cited[first:end], "total": 1200, "next_cursor": following}
            assert await records_of(api, charge, first=first, limit=50) == of_day
        assert (await records_of_day(api, charge, SEPTEMBER, first=0, limit=50))["total"] == 0


def test_pages_of_single_records_are_cut_as_any_others() -> None:
    single = b"".join(pack(3, seq, [seq % 7]) for seq in range(300))
    together = pack(3, 300, range(2))
    pages, rest = cut_off(single)
    # With another group behind them they are cut one by one.
    assert cut_off(single + together) == (pages, rest + together)
    assert [records for _, records in pages] == [74] * 4 and len(rest) == 4 * 14
    assert cut_off(b"") == ([], b"")
    assert all_single(single) and not all_single(single + together) and not all_single(together * 7)


@pytest.mark.parametrize("seed", range(5))
def test_what_is_appended_cuts_pages_where_the_whole_would(seed: int) -> None:
    chance = random.Random(seed)
    groups = [pack(3, seq, range(chance.choice((1, 1, 1, 5, 700)))) for seq in range(400)]
    pages, rest = [], b""
    while groups:
        count = chance.randrange(1, 90)
        more, rest = cut_off(rest + b"".join(groups[:count]))
        groups = groups[count:]
        pages += more
    whole = b"".join(page for page, _ in pages) + rest
    assert (pages, rest) == cut_off(whole)
    assert all(len([*unpack(page)]) == records for page, records in pages)
