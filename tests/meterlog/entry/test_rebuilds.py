"""Proofs of all services as one list: merged in order, paged across services, and for readers alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from meterlog.installation import SERVICES
from tests.meterlog.entry.stubs import StubEntry, key, running_entry

PATH = "/v1/proof/rebuilds"


@pytest.fixture
async def entry(tmp_path: Path) -> AsyncIterator[StubEntry]:
    async with running_entry(tmp_path) as entry:
        kept = {"rating": ("03", "01"), "usage": ("04", "02")}
        for service in SERVICES:
            items = [proof(service, day) for day in kept.get(service, ())]
            entry.system.answers[f"{service}/internal/rebuilds"] = page(items)
        yield entry


def proof(service: str, day: str) -> dict[str, Any]:
    # Without and with a fraction of a second: as text they would sort the other way round.
    fraction = "" if day == "03" else ".5"
    return {
        "proof_id": f"verify-{service}-{day}",
        "service": service,
        "finished_at": f"2026-11-{day}T06:00:00{fraction}Z",
    }


def page(items: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "items": items,
        "total": len(items),
        "totals": [],
        "next_cursor": None,
        "as_of": "2026-11-23T06:00:00Z",
    }


def ids(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [item["proof_id"] for item in answer.json()["items"]]


async def test_the_newest_of_all_services_come_first(entry: StubEntry) -> None:
    answer = await entry.client.get(PATH, headers=key("admin"))
    assert ids(answer) == ["verify-usage-04", "verify-rating-03", "verify-usage-02", "verify-rating-01"]
    assert {k: v for k, v in answer.json().items() if k != "items"} == {
        "total": 4,
        "totals": [],
        "next_cursor": None,
        "as_of": "2026-11-23T06:00:00Z",
    }


async def test_a_page_ends_where_it_was_asked_to_and_says_how_to_go_on(entry: StubEntry) -> None:
    answer = await entry.client.get(PATH, params={"limit": 3}, headers=key("billing"))
    assert ids(answer) == ["verify-usage-04", "verify-rating-03", "verify-usage-02"]
    cursor = answer.json()["next_cursor"]
    again = await entry.client.get(PATH, params={"limit": 3, "cursor": cursor}, headers=key("billing"))
    assert again.status_code == 200, "the cursor is one that every service's list understands"
    assert ids(await entry.client.get(PATH, params={"page": 2, "size": 3}, headers=key("billing"))) == [
        "verify-rating-01"
    ]


async def test_one_service_alone_is_asked(entry: StubEntry) -> None:
    entry.system.down.add("usage")
    assert ids(await entry.client.get(PATH, params={"service": "rating"}, headers=key("admin"))) == [
        "verify-rating-03",
        "verify-rating-01",
    ]
    answer = await entry.client.get(PATH, headers=key("admin"))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (503, "service_unavailable")


@pytest.mark.parametrize(
    ("params", "status", "code"),
    [
        ({"service": "vault"},           422, "invalid"),
        ({"colour": "blue"},             400, "unknown_parameter"),
        ({"equal": "maybe"},             422, "invalid"),
        ({"limit": "501"},               422, "invalid"),
        ({"page": "11", "size": "50"},   422, "invalid"),
        ({"sort": "digest"},             422, "invalid"),
        ({"cursor": "bm9uc2Vuc2U"},      422, "invalid"),
    ],
)  # fmt: skip
async def test_what_makes_no_sense_is_refused_by_name(
    entry: StubEntry, params: dict[str, str], status: int, code: str
) -> None:
    answer = await entry.client.get(PATH, params=params, headers=key("admin"))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (status, code)


async def test_it_is_for_those_who_may_read_the_books(entry: StubEntry) -> None:
    assert (await entry.client.get(PATH, headers=key("ingest"))).status_code == 403
    assert (await entry.client.get(PATH)).status_code == 401
