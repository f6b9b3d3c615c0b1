"""Sources on real servers: those that only report are known too, and how each does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.kit.waiting import until
from tests.services.usage.quarantine.test_recycling import used
from tests.services.usage.test_service import Usage

pytestmark = pytest.mark.servers


async def sources(usage: Usage, **filters: str) -> dict[str, dict[str, Any]]:
    answer = await usage.http.get("/v1/sources", params=filters)
    assert answer.status_code == 200, answer.text
    return {item["id"]: item for item in answer.json()["items"]}


async def test_a_source_registers_itself_by_reporting_and_shows_how_it_does(usage: Usage) -> None:
    ahead = (datetime.now(UTC) + timedelta(minutes=10)).isoformat().replace("+00:00", "Z")
    await usage.report(used("mac:00:1b:44:00:00:09", 40, source="olt-77", started_at=ahead))
    await usage.report(used("mac:00:1b:44:00:00:09", 5, source="olt-77", started_at=ahead))

    def is_counted(found: dict[str, dict[str, Any]]) -> bool:
        health = found["olt-77"]["health"] if "olt-77" in found else None
        return health is not None and (health["records_day"], health["duplicates"]) == (40, 5)

    found = await until(lambda: sources(usage, q="olt-7"), is_counted)
    source = found["olt-77"]
    assert (source["defined"], source["version"], source["silent"]) == (False, None, False)
    assert source["first_seen"] <= source["last_seen"] and source["allowed_actions"] == []
    assert source["health"]["quarantined_share"] == "1"
    assert -600_000 <= source["health"]["clock_offset_ms"] < -500_000, "its clock is ten minutes ahead"
    made = await usage.http.post("/v1/sources", json={"id": "olt-77", "name": "Paris 3", "silent_after_s": 86_400})
    assert (made.status_code, made.json()["defined"]) == (201, True), made.text
    assert made.json()["health"]["records_day"] == 40
    assert (await usage.http.delete("/v1/sources/olt-77")).status_code == 204
    assert not (await sources(usage, id="olt-77"))["olt-77"]["defined"]


async def test_a_defined_source_that_never_reports_is_silent_once_its_time_is_over(usage: Usage) -> None:
    made = await usage.http.post("/v1/sources", json={"id": "olt-quiet", "silent_after_s": 1})
    assert made.status_code == 201, made.text
    found = await until(lambda: sources(usage, silent="true"), lambda found: "olt-quiet" in found)
    assert found["olt-quiet"]["silent"] and found["olt-quiet"]["last_seen"] is None
    assert "olt-quiet" not in await sources(usage, silent="false")
    assert "olt-quiet" in await sources(usage, defined="true", sort="-last_seen")
