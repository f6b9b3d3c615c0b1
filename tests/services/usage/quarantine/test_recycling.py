"""Quarantine on real servers: parked records come back once, by themselves or when they are asked for."""

from __future__ import annotations

from typing import Any

import pytest

from services.usage.record.messages import GuidedUsage
from services.usage.resource.messages import AssignResource
from shared.kernel.partition import partition_of
from tests.kit.waiting import until
from tests.services.usage.test_service import NOW, Usage

pytestmark = pytest.mark.servers

SINCE = NOW.replace(day=1, hour=0, minute=0, second=0)


def used(resource: str, count: int, **fields: Any) -> list[dict[str, Any]]:
    at = NOW.isoformat().replace("+00:00", "Z")
    given = {"source": "olt-12", "resource": resource, "meter": "data.octets", "quantity": "7", "started_at": at}
    return [{**given, "id": f"{resource}-{n}", **fields} for n in range(count)]


async def parked(usage: Usage, **filters: str) -> dict[str, Any]:
    answer = await usage.http.get("/v1/usage/quarantine", params={"limit": "500", **filters})
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


async def line(usage: Usage, subscription: str) -> None:
    """A subscription of account acme, as rating tells of it."""
    resource = f"subscription:{subscription}"
    command = AssignResource(
        resource_id=resource, account_id="acme", subscription_id=subscription, valid_from=SINCE, register=True
    )
    await usage.ask(command, partition_of(resource, 4))
    await until(lambda: usage.http.get(f"/v1/resources/{resource}"), lambda answer: answer.status_code == 200)


async def guided_ids(usage: Usage, subscription: str) -> int:
    messages = [message for message in await usage.guided() if isinstance(message, GuidedUsage)]
    return sum(record.subscription == subscription for message in messages for record in message.records)


async def test_one_assignment_brings_all_that_waited_for_it_back_and_once(usage: Usage) -> None:
    await line(usage, "sub-recalled")
    await usage.report(used("mac:00:1b:44:00:00:01", 1200))
    await until(lambda: parked(usage, resource="mac:00:1b:44:00:00:01"), lambda page: page["total"] == 1200)
    registered = await usage.http.post("/v1/resources", json={"id": "MAC:001B.4400.0001"})
    assert registered.status_code == 201, registered.text
    body = {"account_id": "acme", "subscription_id": "sub-recalled", "from": SINCE.isoformat()}
    made = await usage.http.post("/v1/resources/mac:00:1b:44:00:00:01/assignments", json=body)
    assert made.status_code == 201, made.text
    await until(lambda: parked(usage, resource="mac:00:1b:44:00:00:01"), lambda page: page["total"] == 0)
    assert await until(lambda: guided_ids(usage, "sub-recalled"), lambda count: count >= 1200) == 1200
    # The equipment sends them once more: they are known.
    await usage.report(used("mac:00:1b:44:00:00:01", 3))
    counts = await until(lambda: usage.counts(None), lambda found: found["duplicate"] >= 3)
    assert counts["duplicate"] >= 3
    assert await guided_ids(usage, "sub-recalled") == 1200


async def test_records_of_a_meter_that_was_missing_are_recycled_by_filter(usage: Usage) -> None:
    await line(usage, "sub-recycled")
    await usage.report(used("subscription:sub-recycled", 5, meter="sms.sent"))
    await until(lambda: parked(usage, reason="unknown_meter", meter="sms.sent"), lambda page: page["total"] == 5)
    wanted = {"filter": {"reason": ["unknown_meter"], "meter": ["sms.sent"]}}
    still = await usage.http.post("/v1/usage/quarantine/recycle", json=wanted)
    assert still.json() == {"recycled": 0, "still_quarantined": 5, "more": False}
    await usage.http.post("/v1/meters", json={"id": "sms.sent", "unit": "message"})
    done = await usage.http.post("/v1/usage/quarantine/recycle", json=wanted)
    assert done.json() == {"recycled": 5, "still_quarantined": 0, "more": False}
    assert await guided_ids(usage, "sub-recycled") == 5


async def test_what_is_discarded_is_parked_no_more_and_what_is_not_there_is_refused_by_name(usage: Usage) -> None:
    await usage.report(used("circuit:nobody", 2))
    page = await until(lambda: parked(usage, resource="circuit:nobody"), lambda found: found["total"] == 2)
    first, second = (item["record"] for item in page["items"])
    done = await usage.http.post(
        "/v1/usage/quarantine/discard", json={"records": [first], "reason": "test traffic of the vendor"}
    )
    assert (done.status_code, done.json()) == (200, {"discarded": 1, "more": False})
    again = await usage.http.post("/v1/usage/quarantine/recycle", json={"records": [second, first]})
    assert again.status_code == 409
    assert [(e["code"], e["pointer"]) for e in again.json()["errors"]] == [("not_quarantined", "/records/1")]
    assert (await parked(usage, resource="circuit:nobody"))["total"] == 1


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({}, "invalid", ""),
        ({"filter": {}}, "required", "/filter"),
        ({"records": ["usage/3"]}, "invalid", "/records/0"),
        ({"records": ["usage/3/1842#17"], "filter": {"source": ["olt-12"]}}, "invalid", ""),
        ({"filter": {"reasons": ["no_price"]}}, "unknown_field", "/filter/reasons"),
        ({"records": []}, "out_of_bounds", "/records"),
    ],
)
async def test_a_bad_request_says_which_field(usage: Usage, body: dict[str, Any], code: str, pointer: str) -> None:
    answer = await usage.http.post("/v1/usage/quarantine/recycle", json=body)
    assert answer.status_code == 422, answer.text
    assert [(e["code"], e["pointer"]) for e in answer.json()["errors"]] == [(code, pointer)]
