"""Instants at both ends of the calendar: what an older log holds is shown, and every list refuses them by name."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from meterlog.installation import create_topics
from services.reporting.reconciliation import api as reconciliation
from services.usage.events import EVENTS
from services.usage.record.columns import RecordedColumns
from services.usage.record.messages import SetAside, UsageRecorded
from shared.engine.log import Log
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.instants import micros
from shared.kernel.message import encode
from tests.kit.servers import FreshEnvironment
from tests.services.processes import running
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import record

pytestmark = pytest.mark.servers

# Each is legal RFC 3339, was admitted once, and has no year in UTC.
EARLY, LATE = "0001-01-01T00:00:00+10:00", "9999-12-31T23:59:59-12:00"
SHOWN = {EARLY: "0001-01-01T00:00:01Z", LATE: "9999-12-31T23:59:59Z"}
ALL_SHOWN = {(f"{kind}{text[:4]}", shown) for kind in "mr" for text, shown in SHOWN.items()}
MALFORMED = ["1795000000", "2026-W48-1", "20261123", "2026-11-23T01:00:00", "20261123T010000Z", EARLY, LATE]


def old_event() -> UsageRecorded:
    """What usage recorded before it knew better: two counted records, and two that it set aside."""
    records = [
        msgspec.structs.replace(
            record(f"r{text[:4]}", account=None, reason="unknown_resource"),
            started_at=micros(text),
            ended_at=micros(text),
            dedupe_key=text[:16].encode(),
        )
        for text in (EARLY, LATE)
    ]
    aside = [
        SetAside("malformed", "olt", f"m{text[:4]}", "malformed", started_at=micros(text)) for text in (EARLY, LATE)
    ]
    return UsageRecorded(records=RecordedColumns.of(records), set_aside=aside)


async def test_records_beyond_the_calendar_are_shown_at_its_ends(stage: Stage) -> None:
    await stage.tell("usage.events", old_event(), partition=3)
    page = await stage.read("/v1/usage/records")
    assert {(item["id"], item["started_at"]) for item in page["items"]} == ALL_SHOWN


async def test_a_log_that_holds_them_can_be_read_again(fresh_env: FreshEnvironment) -> None:
    """The event stands in usage.events; usage and reporting start on it, and go on."""
    settings = fresh_env.settings
    await create_topics(settings)
    kafka = Log(settings)
    producer = await kafka.idempotent_producer()
    event = old_event()
    envelope = Envelope(
        env=settings.env,
        service="usage",
        partition=1,
        type=EVENTS.name_of(event),
        recorded_at=datetime(2026, 9, 1, tzinfo=UTC),
        subject="",
        seq=1,
    )
    await producer.send_and_wait(kafka.topic("usage.events"), encode(event), partition=1, headers=to_headers(envelope))
    await producer.stop()
    async with running(settings, "usage", "reporting") as services:
        async with asyncio.timeout(30):
            while (found := (await services.reporting.get("/v1/usage/records")).json())["total"] < 4:
                await asyncio.sleep(0.05)
        assert {item["id"] for item in found["items"]} == {"r0001", "r9999", "m0001", "m9999"}
        quarantine = (await services.usage.get("/v1/usage/quarantine")).json()
        assert {(item["id"], item["started_at"]) for item in quarantine["items"]} == ALL_SHOWN


async def test_the_statement_without_bounds_has_every_record_that_its_lists_have(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciliation, "PAUSES_S", ())
    far = record("r3500", at=datetime(3500, 1, 1, tzinfo=UTC), account=None, reason="in_future")
    await stage.tell("usage.events", old_event(), UsageRecorded(records=RecordedColumns.of([far])), partition=3)
    statement = await stage.read("/v1/proof/conservation")
    assert (statement["parked"], statement["malformed"], statement["records_in"]) == (3, 2, 5)
    for term, ids in (("parked", {"r0001", "r9999", "r3500"}), ("malformed", {"m0001", "m9999"})):
        assert "from=" not in statement["links"][term]
        listed = await stage.read(statement["links"][term])
        assert {item["id"] for item in listed["items"]} == ids
    in_time = await stage.read("/v1/proof/conservation", **{"from": "1970-01-01", "to": "2999-12-31"})
    assert in_time["records_in"] == 0


LISTS = ["/v1/events", "/v1/dead-letters", "/v1/proof/conservation", "/v1/proof/conservation/records"]


@pytest.mark.parametrize("path", [*LISTS, "/v1/usage/records", "/v1/usage/summary"])
@pytest.mark.parametrize("name", ["from", "to"])
async def test_a_list_takes_the_instants_that_a_record_may_have_and_no_others(
    stage: Stage, path: str, name: str
) -> None:
    for text in MALFORMED:
        answer = await stage.get(path, **{name: text})
        errors: list[dict[str, Any]] = answer.json().get("errors", [])
        assert (answer.status_code, [error["pointer"] for error in errors]) == (422, [f"/{name}"]), text
    for text in ("2026-11-23T01:00:00+02:00", "2026-11-23", "2016-12-31T23:59:60Z"):
        assert (await stage.get(path, **{name: text})).status_code in (200, 422 if "summary" in path else 200), text


async def test_attributes_and_the_end_of_a_record_can_be_read_back(stage: Stage) -> None:
    kept = msgspec.structs.replace(record("r1"), attributes={"direction": "down", "calls": [1, 2]})
    await stage.tell("usage.events", UsageRecorded(records=RecordedColumns.of([kept, record("r2")])), partition=3)
    found = await stage.read("/v1/usage/records/olt-12.par3/r1")
    assert found["attributes"] == {"direction": "down", "calls": [1, 2]}
    assert (found["started_at"], found["ended_at"]) == ("2026-09-10T01:00:00Z", "2026-09-10T01:05:00Z")
    assert (await stage.read("/v1/usage/records/olt-12.par3/r2"))["attributes"] is None


async def test_a_mac_address_is_found_in_any_spelling(stage: Stage) -> None:
    await stage.tell("usage.events", UsageRecorded(records=RecordedColumns.of([record("r1")])), partition=3)
    for spelling in ("00:1B:44:11:3A:B7", "00-1b-44-11-3a-b7", "001b.4411.3ab7", "001B44113AB7"):
        assert (await stage.read("/v1/usage/records", resource=f"mac:{spelling}"))["total"] == 1
    assert (await stage.read("/v1/usage/records", resource="mac:00:1b:44:11:3a:b8"))["total"] == 0
