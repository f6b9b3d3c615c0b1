"""What the entry sees of the services by itself: their logs, their groups and their checkpoints, not their word."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from shared.engine.groups import STABLE, Group
from tests.kit.fixed_logs import PARTITIONS, TAKES
from tests.meterlog.entry.stubs import StubEntry, key, running_entry

STANDSTILL_S = 20.0


@pytest.fixture
async def entry(tmp_path: Path) -> AsyncIterator[StubEntry]:
    async with running_entry(tmp_path) as entry:
        yield entry


async def ready(entry: StubEntry, service: str) -> dict[str, Any]:
    """What /readyz says of a service; red as a whole where that is."""
    answer = await entry.client.get("/readyz")
    said: dict[str, Any] = answer.json()["services"][service]
    assert (
        (answer.status_code == 200)
        == answer.json()["ready"]
        == all(state["ready"] for state in answer.json()["services"].values())
    )
    return said


async def test_a_service_that_says_it_is_well_and_takes_nothing_is_named_with_place_and_time(entry: StubEntry) -> None:
    assert (await ready(entry, "reporting")) == {"ready": True, "detail": "", "lag": 0}
    entry.logs.written["rating.events", 3] = 12
    assert (await ready(entry, "reporting")) == {"ready": True, "detail": "", "lag": 12}, "it may be on the way"
    entry.time[0] += 41.0
    said = await ready(entry, "reporting")
    assert (said["ready"], said["lag"]) == (False, 12)
    assert said["detail"].startswith("rating.events/3 stands still at 0 for 41 s, 12 behind")
    assert (await ready(entry, "invoicing"))["lag"] == 12, "it takes the same log"


async def test_what_is_far_behind_and_moves_is_ready(entry: StubEntry) -> None:
    entry.logs.written["usage.reported", 2] = 1_000_000
    for taken in (10, 20, 30):
        entry.logs.taken["intake", "usage.reported", 2] = taken
        said = await ready(entry, "usage")
        assert (said["ready"], said["lag"]) == (True, 1_000_000 - taken)
        entry.time[0] += STANDSTILL_S - 5


async def test_intake_that_stands_is_usage_that_is_not_ready(entry: StubEntry) -> None:
    """One partition of four; the others go on."""
    entry.logs.written |= {("usage.reported", 0): 5, ("usage.reported", 1): 3}
    await ready(entry, "usage")
    for taken in range(5):
        entry.logs.taken["intake", "usage.reported", 0] = taken
        entry.time[0] += 6.0
        said = await ready(entry, "usage")
    assert not said["ready"] and said["detail"].startswith("usage.reported/1 stands still at 0")


GROUPS = [
    # of the group      the coordinator says                                    then this waits  because
    ("rating",       Group(STABLE, frozenset("a"), {0: "a", 1: "a", 3: "a"}), "rating",    "nobody has partitions [2]"),
    ("reporting",    Group("Empty", frozenset(), {}),                         "reporting", "group reporting is Empty"),
    ("payments",     Group("Dead", frozenset(), {}),                          "payments",  "group payments is Dead"),
    ("usage.intake", Group("PreparingRebalance", frozenset("a"), {}),         "usage",     "usage.intake is Preparing"),
]  # fmt: skip


@pytest.mark.parametrize(("group", "said", "service", "why"), GROUPS, ids=[row[0] for row in GROUPS])
async def test_a_partition_without_a_live_owner_is_not_ready(
    entry: StubEntry, group: str, said: Group, service: str, why: str
) -> None:
    entry.logs.groups[group] = said
    state = await ready(entry, service)
    assert not state["ready"] and why in state["detail"]


@pytest.mark.parametrize(
    "told",
    [{}, {"taken": {}}, {"taken": {"rating.events": []}}, {"taken": {"rating.events": [0, 0]}}],
    ids=["nothing", "no log", "no partition", "half of them"],
)
async def test_nothing_that_could_be_well_is_not_well(entry: StubEntry, told: dict[str, Any]) -> None:
    entry.system.answers["rating/internal/taken"] = told
    state = await ready(entry, "rating")
    assert (state["ready"], state["lag"]) == (False, None)
    assert "does not say what it has taken" in state["detail"]


async def test_what_cannot_be_seen_is_not_ready(entry: StubEntry) -> None:
    await ready(entry, "rating")
    entry.logs.away = True
    state = await ready(entry, "rating")
    assert not state["ready"] and state["detail"].startswith("Kafka does not answer")


async def test_the_lag_of_a_silent_service_grows_on(entry: StubEntry) -> None:
    await ready(entry, "payments")
    entry.system.down.add("payments")
    entry.logs.written["invoicing.events", 1] = 7
    assert (await ready(entry, "payments"))["lag"] == 7


async def test_attention_names_services_that_do_not_do_their_work(entry: StubEntry) -> None:
    overdue = {"kind": "overdue_invoices", "count": 3, "severity": "warning", "link": "/invoices?status=overdue"}
    entry.system.answers["reporting/v1/overview/attention"] = {"items": [overdue]}
    assert (await entry.client.get("/v1/overview/attention", headers=key("billing"))).json()["items"] == [overdue]
    entry.system.not_ready.add("rating")
    await ready(entry, "rating")
    entry.time[0] += 10.0
    items = (await entry.client.get("/v1/overview/attention", headers=key("billing"))).json()["items"]
    assert [item["kind"] for item in items] == ["services_not_ready", "overdue_invoices"]
    assert (items[0]["count"], items[0]["severity"]) == (1, "error")
    assert items[0]["services"] == [{"name": "rating", "detail": "taking over"}]


async def test_attention_names_reporting_when_reporting_is_silent(entry: StubEntry) -> None:
    await entry.client.get("/v1/overview/attention", headers=key("billing"))
    entry.system.down.add("reporting")
    await ready(entry, "reporting")
    entry.time[0] += 10.0
    answer = await entry.client.get("/v1/overview/attention", headers=key("billing"))
    assert [service["name"] for item in answer.json()["items"] for service in item["services"]] == ["reporting"]


async def test_a_view_far_behind_its_log_asks_for_attention(entry: StubEntry) -> None:
    """By the system's clock: the newest event shown is an hour old, and there are others."""
    entry.system.answers["reporting/v1/overview/attention"] = {"items": []}
    entry.system.recorded_at["rating.events"] = "2026-11-23T05:00:00Z"
    items = (await entry.client.get("/v1/health/services", headers=key("admin"))).json()["items"]
    assert {item["projection_lag_ms"] for item in items} == {0}
    entry.logs.written["rating.events", 3] = 12
    items = (await entry.client.get("/v1/health/services", headers=key("admin"))).json()["items"]
    rating = items[1]
    assert (rating["name"], rating["projection_lag_ms"]) == ("rating", 3_600_000)
    assert rating["last_event_at"] == "2026-11-23T05:00:00Z"
    found = (await entry.client.get("/v1/overview/attention", headers=key("admin"))).json()["items"]
    assert [item["kind"] for item in found] == ["stale_projection"]


async def test_a_service_that_does_not_answer_is_not_ready(entry: StubEntry) -> None:
    entry.system.down |= {"usage", "rating", "invoicing", "payments"}
    await entry.client.get("/v1/clock", headers=key("support"))
    items = (await entry.client.get("/v1/health/services", headers=key("support"))).json()["items"]
    assert [item["name"] for item in items] == ["usage", "rating", "invoicing", "payments", "reporting"]
    assert [item["ready"] for item in items] == [False, False, False, False, True]
    assert "usage can't be reached" in items[0]["detail"] and items[0]["lag"] is None


async def test_health_is_for_readers(entry: StubEntry) -> None:
    for path in ("/v1/health/services", "/v1/overview/attention"):
        assert (await entry.client.get(path)).status_code == 401
        assert (await entry.client.get(path, headers=key("ingest"))).status_code == 403
    assert (await entry.client.get("/v1/health/services?foo=1", headers=key("admin"))).status_code == 400


async def test_the_age_of_the_oldest_message_grows_while_it_waits_and_ends_with_it(entry: StubEntry) -> None:
    async def oldest(service: str = "rating") -> Any:
        items = (await entry.client.get("/v1/health/services", headers=key("admin"))).json()["items"]
        return next(item["oldest_unprocessed_s"] for item in items if item["name"] == service)

    assert await oldest() == 0
    entry.logs.written["rating.commands", 2] = 5
    assert await oldest() == 0, "it was written in this moment, for all that anybody knows"
    entry.time[0] += 30.0
    entry.logs.written["rating.commands", 2] = 9
    assert await oldest() == 30
    entry.time[0] += 10.0
    entry.system.answers["rating/internal/taken"] = {"taken": _taken("rating", ("rating.commands", 2), 5)}
    assert await oldest() == 10, "what came later waits for ten seconds"
    entry.system.answers["rating/internal/taken"] = {"taken": _taken("rating", ("rating.commands", 2), 9)}
    assert await oldest() == 0


def _taken(service: str, place: tuple[str, int], offset: int) -> dict[str, list[int]]:
    taken = {topic: [0] * PARTITIONS for topic in TAKES[service]}
    taken[place[0]][place[1]] = offset
    return taken


async def test_after_ten_idle_minutes_all_is_well_still_and_a_partition_that_stops_then_is_seen(
    entry: StubEntry,
) -> None:
    for _ in range(10):
        entry.time[0] += 60.0
        health = (await entry.client.get("/v1/health/services", headers=key("admin"))).json()
        assert health["ready"] and {item["oldest_unprocessed_s"] for item in health["items"]} == {0}
    entry.logs.written["payments.events", 1] = 3
    await ready(entry, "payments")
    entry.time[0] += 21.0
    health = (await entry.client.get("/v1/health/services", headers=key("admin"))).json()
    assert not health["ready"]
    assert [item["name"] for item in health["items"] if not item["ready"]] == ["payments", "reporting"]


async def test_health_has_what_waits_for_a_person_and_says_so_where_it_is_not_known(entry: StubEntry) -> None:
    told = {"services": {"rating": {"parked_inputs": 1, "dead_letters": 2}}, "sources_silent": 4}
    entry.system.answers["reporting/internal/set-aside"] = told

    async def waits(name: str) -> tuple[Any, ...]:
        items = (await entry.client.get("/v1/health/services", headers=key("admin"))).json()["items"]
        (item,) = (item for item in items if item["name"] == name)
        return item["parked_inputs"], item["dead_letters"], item["sources_silent"]

    assert (await waits("rating"), await waits("usage")) == ((1, 2, None), (0, 0, 4))
    entry.system.down.add("reporting")
    assert await waits("rating") == (None, None, None), "not zero: nobody knows"


async def test_how_fast_a_service_answers_is_measured_where_callers_wait(entry: StubEntry) -> None:
    before = (await entry.client.get("/v1/health/services", headers=key("admin"))).json()["items"]
    assert [item["p95_ms"] for item in before] == [None] * 5
    await entry.client.get("/v1/plans", headers=key("admin"))
    after = (await entry.client.get("/v1/health/services", headers=key("admin"))).json()["items"]
    assert [item["p95_ms"] is None for item in after] == [True, False, True, True, True]


async def test_attention_says_which_service_did_not_say_what_waits_there(entry: StubEntry) -> None:
    entry.system.answers["reporting/v1/overview/attention"] = {"items": []}
    waits = {"kind": "runs_to_confirm", "count": 2, "severity": "warning", "link": "/billing-runs?status=to_confirm"}
    entry.system.answers["invoicing/internal/attention"] = {"items": [waits]}
    said = (await entry.client.get("/v1/overview/attention", headers=key("billing"))).json()
    assert said == {"items": [waits], "unanswered": []}
    entry.system.down |= {"payments", "reporting"}
    said = (await entry.client.get("/v1/overview/attention", headers=key("billing"))).json()
    assert (said["items"], said["unanswered"]) == ([waits], ["payments", "reporting"])
