"""A usage record's row, state and way, from the event that counted it to the invoice line."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import msgspec
import pytest
from msgspec import structs

from services.usage.quarantine.messages import UsageDiscarded, UsageReturned
from services.usage.record.columns import RecordedColumns
from services.usage.record.messages import SetAside, UsageRecorded
from services.usage.session.messages import SessionReading
from shared.kernel.outcome import InputDiscarded, InputRequeued
from shared.kernel.period import Period
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import (
    account_opened,
    charge_fixed,
    drafted,
    issued,
    parked,
    profile_opened,
    rated,
    record,
    subscription_started,
)

pytestmark = pytest.mark.servers

RECORDS = "/v1/usage/records"


async def state_of(stage: Stage, record_id: str, source: str = "olt-12.par3") -> tuple[str, str | None]:
    found = await stage.read(f"{RECORDS}/{source}/{record_id}")
    return found["state"], found["reason"]


async def test_a_record_is_accepted_then_rated_then_billed(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened(), subscription_started())
    await stage.tell("usage.events", UsageRecorded(records=RecordedColumns.of([record("r1")])), partition=3)
    assert await state_of(stage, "r1") == ("accepted", None)

    await stage.tell("rating.events", rated(source=3, seq=1))
    assert await state_of(stage, "r1") == ("rated", None)

    await stage.tell("rating.events", charge_fixed())
    assert await state_of(stage, "r1") == ("billed", None)


async def test_a_record_waits_for_the_rating_of_its_own_event_and_partition(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened(), subscription_started(), charge_fixed())
    for partition in (2, 3):
        for name in ("first", "second"):
            await stage.tell(
                "usage.events",
                UsageRecorded(records=RecordedColumns.of([record(f"{name}-{partition}")])),
                partition=partition,
            )
    await stage.tell("rating.events", rated(source=3, seq=1))
    states = {name: (await state_of(stage, name))[0] for name in ("first-3", "second-3", "first-2")}
    assert states == {"first-3": "billed", "second-3": "accepted", "first-2": "accepted"}


async def test_a_record_belongs_to_the_period_of_its_local_date(stage: Stage) -> None:
    """23:30 UTC on 30 September is 01:30 on 1 October in Paris: not in the September that was charged (R34)."""
    late = datetime(2026, 9, 30, 23, 30, tzinfo=UTC)
    before = datetime(2026, 9, 30, 21, 30, tzinfo=UTC)
    await stage.tell("rating.events", account_opened(), subscription_started(), charge_fixed())
    await stage.tell(
        "usage.events",
        UsageRecorded(records=RecordedColumns.of([record("october", at=late), record("september", at=before)])),
        partition=3,
    )
    await stage.tell("rating.events", rated(source=3, seq=1))
    assert await state_of(stage, "october") == ("rated", None)
    assert await state_of(stage, "september") == ("billed", None)


async def test_what_rating_could_not_price_says_why(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened(), subscription_started(), charge_fixed())
    await stage.tell(
        "usage.events", UsageRecorded(records=RecordedColumns.of([record("a"), record("b"), record("c")])), partition=3
    )
    unpriced = rated(source=3, seq=1, not_billable=((1, "no_price", "acc-1"),), returned=((2, "too_late", "acc-1"),))
    await stage.tell("rating.events", unpriced)
    assert await state_of(stage, "a") == ("billed", None)
    assert await state_of(stage, "b") == ("not_billable", "no_price")
    assert await state_of(stage, "c") == ("quarantined", "too_late")

    await stage.tell("usage.events", UsageReturned(seq=1, items=[(2, "too_late")], account_id="acc-1"), partition=3)
    assert await state_of(stage, "c") == ("quarantined", "too_late")


async def reconciliation(stage: Stage) -> dict[str, int]:
    found = await stage.read("/v1/proof/conservation")
    assert found["balanced"], found
    terms = ("accepted", "unbilled", "billed", "parked")
    return {term: found[term] for term in terms if found[term]}


async def test_a_record_parked_with_its_account_is_not_rated_until_it_is_sent_again(stage: Stage) -> None:
    """The rest of its message is, though the pair has gone on."""
    await stage.tell("rating.events", account_opened(), subscription_started())
    await stage.tell(
        "usage.events", UsageRecorded(records=RecordedColumns.of([record("a"), record("b"), record("c")])), partition=3
    )
    await stage.tell("usage.events", UsageRecorded(records=RecordedColumns.of([record("next")])), partition=3)
    await stage.tell(
        "rating.events", rated(3, 1), parked(3, 1, 1, 2), rated(3, 2, n=2), rated(3, 1, indexes=(), part=True)
    )
    assert await state_of(stage, "a") == ("rated", None)
    assert await state_of(stage, "b") == ("accepted", "account_parked")
    assert await state_of(stage, "c") == ("accepted", "account_parked")
    assert await state_of(stage, "next") == ("rated", None)
    assert await reconciliation(stage) == {"accepted": 4, "unbilled": 2, "parked": 2}

    unpriced = rated(3, 1, indexes=(1,), not_billable=((2, "no_price", "acc-1"),), part=True)
    await stage.tell("rating.events", InputRequeued(seq=4, subject="acc-1", account_id="acc-1"), unpriced)
    assert await state_of(stage, "b") == ("rated", None)
    assert await state_of(stage, "c") == ("not_billable", "no_price")
    assert await state_of(stage, "next") == ("rated", None)
    assert "parked" not in await reconciliation(stage)


async def test_a_parked_record_that_an_operator_discards_is_not_billable(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened(), subscription_started())
    await stage.tell("usage.events", UsageRecorded(records=RecordedColumns.of([record("a"), record("b")])), partition=3)
    await stage.tell("rating.events", rated(3, 1), parked(3, 1, 1))
    assert await reconciliation(stage) == {"accepted": 2, "unbilled": 1, "parked": 1}
    discarded = InputDiscarded(seq=4, subject="acc-1", reason="a device of ours", account_id="acc-1")
    await stage.tell("rating.events", discarded)
    assert await state_of(stage, "b") == ("not_billable", "discarded")
    assert await reconciliation(stage) == {"accepted": 2, "unbilled": 1}


async def test_a_part_that_crashes_when_its_message_is_taken_again_stays_parked(stage: Stage) -> None:
    """The message had waited as a whole; now only the account that still has the bug does."""
    await stage.tell("rating.events", account_opened(), subscription_started())
    await stage.tell("usage.events", UsageRecorded(records=RecordedColumns.of([record("a"), record("b")])), partition=3)
    await stage.tell("rating.events", parked(3, 1, 0, 1))
    again = InputRequeued(seq=3, subject="usage/3")
    await stage.tell("rating.events", again, rated(3, 1), parked(3, 1, 1))
    assert await state_of(stage, "a") == ("rated", None)
    assert await state_of(stage, "b") == ("accepted", "account_parked")
    assert await reconciliation(stage) == {"accepted": 2, "unbilled": 1, "parked": 1}


async def test_duplicates_and_conflicts_are_copies_of_the_record_that_counted(stage: Stage) -> None:
    """R23: the same key twice is one record, and what came again stays visible."""
    again = [SetAside("duplicate", "olt-12.par3", "r1"), SetAside("conflict", "olt-12.par3", "r1", quantity=7_000_000)]
    await stage.tell(
        "usage.events", UsageRecorded(records=RecordedColumns.of([record("r1")]), set_aside=again), partition=3
    )
    found = await stage.read(f"{RECORDS}/olt-12.par3/r1")
    assert (found["state"], found["citation"], found["quantity"]) == ("accepted", "usage/3/1#0", "5")
    assert [(copy["state"], copy["citation"]) for copy in found["copies"]] == [
        ("duplicate", "usage/3/1#-1"),
        ("conflict", "usage/3/1#-2"),
    ]


async def test_malformed_records_are_in_quarantine_with_what_could_be_read(stage: Stage) -> None:
    aside = [SetAside("malformed", "olt", "bad", reason="schema_violation", detail="quantity is negative")]
    quarantined = [record("lost", account=None, reason="unknown_resource")]
    await stage.tell(
        "usage.events", UsageRecorded(records=RecordedColumns.of(quarantined), set_aside=aside), partition=3
    )
    page = await stage.read(RECORDS, state="quarantined")
    assert {(item["id"], item["reason"], item["detail"]) for item in page["items"]} == {
        ("bad", "schema_violation", "quantity is negative"),
        ("lost", "unknown_resource", None),
    }
    assert page["total"] == 2


async def test_text_that_postgres_cannot_keep_stops_nothing(stage: Stage) -> None:
    await stage.tell(
        "usage.events", UsageRecorded(records=RecordedColumns.of([record("a\0b")]), set_aside=[]), partition=3
    )
    assert (await stage.read(RECORDS))["items"][0]["id"] == "a\ufffdb"


async def test_a_source_with_a_slash_is_found_percent_encoded(stage: Stage) -> None:
    await stage.tell(
        "usage.events", UsageRecorded(records=RecordedColumns.of([record("r/1", source="site/olt 1")])), partition=3
    )
    found = await stage.read(f"{RECORDS}/site%2Folt%201/r%2F1")
    assert (found["source"], found["id"]) == ("site/olt 1", "r/1")


TWO_PLANS = {
    "before the change": (date(2026, 9, 5), ["before"]),
    "on the day of the change": (date(2026, 9, 10), ["between"]),
    "while the other plan was in force": (date(2026, 9, 19), ["between"]),
    "after the plan came back": (date(2026, 9, 20), ["before"]),
}


@pytest.mark.parametrize(("day", "charges"), TWO_PLANS.values(), ids=TWO_PLANS)
async def test_a_record_is_in_the_charge_of_the_plan_of_its_day(stage: Stage, day: date, charges: list[str]) -> None:
    """Home until the 10th, Office until the 20th, Home again: a charge of each, and Office's days lie within Home's."""
    home = charge_fixed("before")
    days = Period(date(2026, 9, 10), date(2026, 9, 20))
    office = structs.replace(charge_fixed("between"), plan_id="office", period=days)
    await stage.tell("rating.events", account_opened(), subscription_started(), home, office)
    at = datetime.combine(day, time(12), UTC)
    await stage.tell("usage.events", UsageRecorded(records=RecordedColumns.of([record("r1", at=at)])), partition=3)
    await stage.tell("rating.events", rated(source=3, seq=1))
    found = await stage.read(f"{RECORDS}/olt-12.par3/r1")
    assert [charge["charge_id"] for charge in found["charges"]] == charges


async def test_the_way_of_a_record_leads_to_its_charge_and_invoice_line(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened(), subscription_started(), charge_fixed())
    await stage.tell("usage.events", UsageRecorded(records=RecordedColumns.of([record("r1")])), partition=3)
    await stage.tell("rating.events", rated(source=3, seq=1))
    await stage.tell("invoicing.events", profile_opened(), *drafted(), issued())
    found = await stage.read(f"{RECORDS}/olt-12.par3/r1")
    assert found["charges"] == [
        {
            "charge_id": "ch-1",
            "kind": "usage",
            "billing_period": {"start": "2026-09-01", "end": "2026-10-01"},
            "amount": {"amount": "12.40", "currency": "EUR"},
        }
    ]
    assert found["lines"] == [
        {"invoice_id": "inv-1", "number": "INV-000001", "n": 1, "net": {"amount": "12.40", "currency": "EUR"}}
    ]


async def test_a_quantity_of_24_digits_is_kept_exactly(stage: Stage) -> None:
    """R1: the largest quantity of the contract, 18 digits before the point and 6 behind it."""
    await stage.tell(
        "usage.events", UsageRecorded(records=RecordedColumns.of([record("big", quantity=10**24 - 1)])), partition=3
    )
    assert (await stage.read(f"{RECORDS}/olt-12.par3/big"))["quantity"] == "999999999999999999.999999"


async def test_filters_narrow_the_list_and_pages_join_without_gap(stage: Stage) -> None:
    for n in range(5):
        await stage.tell(
            "usage.events",
            UsageRecorded(records=RecordedColumns.of([record(f"r{n}-{k}") for k in range(4)])),
            partition=n % 4,
        )
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = await stage.read(RECORDS, limit=3, **({"cursor": cursor} if cursor else {}))
        seen += (item["id"] for item in page["items"])
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 20
    assert (await stage.read(RECORDS, id="r3-1", account_id="acc-1"))["total"] == 1
    assert (await stage.read(RECORDS, **{"from": "2026-09-11T00:00:00Z"}))["total"] == 0
    assert (await stage.get(RECORDS, colour="blue")).status_code == 400


async def test_a_span_is_listed_by_when_its_records_started(stage: Stage) -> None:
    hours = [5, 1, 3, 4, 2]
    for n, hour in enumerate(hours):
        of_hour = record(f"r{hour}", at=datetime(2026, 9, 10, hour, tzinfo=UTC))
        aside = SetAside("malformed", "olt-12.par3", f"aside-{hour}", "malformed")
        told = UsageRecorded(records=RecordedColumns.of([of_hour]), set_aside=[aside])
        await stage.tell("usage.events", told, partition=n % 4)

    async def listed(**asked: str) -> list[str]:
        page = await stage.read(RECORDS, **asked)
        assert page["total"] == len(page["items"])
        return [item["id"] for item in page["items"] if not item["id"].startswith("aside")]

    assert await listed(**{"from": "2026-09-10T02:00:00Z"}) == ["r5", "r4", "r3", "r2"]
    assert await listed(to="2026-09-10T04:00:00Z", account_id="acc-1") == ["r3", "r2", "r1"]
    assert sorted(await listed(to="2026-09-10T04:00:00Z", sort="-recorded_at")) == ["r1", "r2", "r3"]
    assert await listed(account_id="acc-1") == ["r5", "r4", "r3", "r2", "r1"]
    assert await listed(sort="started_at") == sorted(await listed())
    newest_first = (await stage.read(RECORDS, sort="-started_at"))["items"]
    assert [item["started_at"] is None for item in newest_first] == [False] * len(hours) + [True] * len(hours)


async def test_records_are_found_by_their_citations(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened(), subscription_started())
    await stage.tell(
        "usage.events", UsageRecorded(records=RecordedColumns.of([record(f"r{n}") for n in range(3)])), partition=3
    )
    found = await stage.read(f"{RECORDS}?citation=usage/3/1%230&citation=usage/3/1%232&citation=usage/9/9%239")
    assert {item["id"]: item["citation"] for item in found["items"]} == {"r0": "usage/3/1#0", "r2": "usage/3/1#2"}


async def test_a_record_of_a_session_shows_what_it_reported_r26(stage: Stage) -> None:
    reading = SessionReading(
        *("5F3A0001", "interim", "9000000", 1_789_409_100_000_000, 1_789_408_200_000_000, "boot-7", 86_400),
        1_789_408_200_000_000,
        "9000000",
    )
    counted = msgspec.structs.replace(record("s1"), kind="session")
    told = UsageRecorded(records=RecordedColumns.of([record("r0"), counted]), sessions={1: reading})
    await stage.tell("rating.events", account_opened(), subscription_started())
    await stage.tell("usage.events", told, partition=3)
    found = await stage.read(f"{RECORDS}/olt-12.par3/s1")
    assert found["session"] == {
        "session_id": "5F3A0001",
        "status": "interim",
        "reading": "9",
        "total": "9",
        "read_at": "2026-09-14T18:05:00Z",
        "began_at": "2026-09-14T17:50:00Z",
        "closed_by": None,
    }
    assert (await stage.read(f"{RECORDS}/olt-12.par3/r0"))["session"] is None


async def test_a_recycled_record_is_one_record_where_it_is_counted_now(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened(), subscription_started())
    waiting = msgspec.structs.replace(record("r1"), account=None, subscription=None, reason="unknown_resource")
    await stage.tell("usage.events", UsageRecorded(records=RecordedColumns.of([record("r0"), waiting])), partition=3)
    assert await state_of(stage, "r1") == ("quarantined", "unknown_resource")
    await stage.tell(
        "usage.events", UsageRecorded(records=RecordedColumns.of([record("r1")]), recycled={0: (1, 1)}), partition=3
    )
    assert await state_of(stage, "r1") == ("accepted", None)
    listed = await stage.read(f"{RECORDS}?source=olt-12.par3")
    assert [item["id"] for item in listed["items"]].count("r1") == 1
    statement = await stage.read("/v1/proof/conservation")
    assert (statement["records_in"], statement["accepted"]) == (2, 2)


async def test_a_discarded_record_is_not_billable_and_says_why(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened(), subscription_started())
    waiting = msgspec.structs.replace(record("r1"), account=None, subscription=None, reason="unknown_resource")
    await stage.tell("usage.events", UsageRecorded(records=RecordedColumns.of([waiting])), partition=3)
    await stage.tell("usage.events", UsageDiscarded(items=[(1, 0)], reason="test traffic"), partition=3)
    found = await stage.read(f"{RECORDS}/olt-12.par3/r1")
    assert (found["state"], found["reason"], found["detail"]) == ("not_billable", "discarded", "test traffic")
    statement = await stage.read("/v1/proof/conservation")
    assert (statement["records_in"], statement["accepted"], statement["not_billable"]) == (1, 1, 1)
