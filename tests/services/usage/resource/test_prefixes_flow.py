"""Prefixes on real servers, as an operator and the network use them: registered, assigned, guided by, refused."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from services.usage.record.messages import GuidedUsage
from tests.kit.waiting import until
from tests.services.usage.quarantine.test_recycling import SINCE, guided_ids, line, parked, used
from tests.services.usage.test_service import Usage

pytestmark = pytest.mark.servers


async def assign(usage: Usage, resource: str, subscription: str) -> None:
    body = {"account_id": "acme", "subscription_id": subscription, "from": SINCE.isoformat()}
    made = await usage.http.post(f"/v1/resources/{quote(resource, safe='')}/assignments", json=body)
    assert made.status_code == 201, made.text


async def register(usage: Usage, resource: str) -> tuple[int, dict[str, Any]]:
    answer = await usage.http.post("/v1/resources", json={"id": resource})
    return answer.status_code, answer.json()


async def test_a_subnet_belongs_to_one_line_and_an_address_in_it_to_another_r19(usage: Usage) -> None:
    for subscription in ("sub-net", "sub-host", "sub-home"):
        await line(usage, subscription)
    # They come before anybody says whose they are, spelled as each kind of equipment likes.
    await usage.report(used("ip:10.77.2.5", 700))
    await usage.report(used("ip:2001:0DB8:0077:0000::5", 3))
    await usage.report(used("ip:10.77.3.5", 1))
    await until(lambda: parked(usage, reason="unknown_resource"), lambda page: page["total"] >= 704)
    for written, name in (
        ("ip:10.77.2.0/255.255.255.0", "ip:10.77.2.0/24"),
        ("ip:2001:db8:77::/56", "ip:2001:db8:77::/56"),
        ("ip:::ffff:10.77.2.9", "ip:10.77.2.9"),
    ):
        status, made = await register(usage, written)
        assert (status, made["id"]) == (201, name), made
    await assign(usage, "ip:10.77.2.9", "sub-host")
    await assign(usage, "ip:10.77.2.0/24", "sub-net")
    await assign(usage, "ip:2001:DB8:77::/56", "sub-home")
    assert await until(lambda: guided_ids(usage, "sub-net"), lambda count: count >= 700) == 700
    assert await until(lambda: guided_ids(usage, "sub-home"), lambda count: count >= 3) == 3
    left = await parked(usage, resource="ip:10.77.3.5")
    assert (left["total"], left["items"][0]["resource"]) == (1, "ip:10.77.3.5")
    # From now on at once: through the prefix, or by the address itself.
    await usage.report([*used("ip:10.77.2.5", 5, source="bng-2"), *used("ip:10.77.2.9", 4, source="bng-2")])
    assert await until(lambda: guided_ids(usage, "sub-net"), lambda count: count >= 705) == 705
    assert await until(lambda: guided_ids(usage, "sub-host"), lambda count: count >= 4) == 4
    shown = await usage.http.get("/v1/resources/ip:10.77.2.0/24")
    assert shown.json()["assignments"][0]["subscription_id"] == "sub-net"
    access = await usage.http.get("/v1/resources/ip:10.77.2.200/access")
    assert access.json()["resource_id"] == "subscription:sub-net", access.text


async def test_a_prefix_that_is_none_is_refused_by_name(usage: Usage) -> None:
    for written, status, code in (
        ("ip:10.78.2.5/24", 422, "host_bits_set"),
        ("ip:10.78.2.0/40", 422, "invalid_prefix"),
        ("tel:*", 422, "invalid_prefix"),
        ("ip:10.78.2.0/24", 201, None),
        ("ip:10.78.2.0/255.255.255.0", 409, "resource_exists"),
        ("ip:10.78.0.0/16", 201, None),
    ):
        found, body = await register(usage, written)
        assert (found, body["errors"][0]["code"] if code else None) == (status, code), body


async def test_a_quantity_in_another_unit_is_counted_in_that_of_its_meter(usage: Usage) -> None:
    await line(usage, "sub-units")
    made = await usage.http.post("/v1/meters", json={"id": "cdn.volume", "unit": "GB"})
    assert made.status_code == 201, made.text
    report = {"meter": "data.octets", "quantity": "1.5", "unit": "MB"}
    wrong = await usage.http.post(
        "/v1/usage/records", json=used("subscription:sub-units", 1, **{**report, "unit": "min"})[0]
    )
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/unit")
    sent = [
        *used("subscription:sub-units", 2, **report),
        *used("subscription:sub-units", 1, meter="cdn.volume", quantity="250", unit="MB", source="cdn"),
    ]
    taken = await usage.http.post("/v1/usage/records", json=sent)
    assert taken.status_code == 202, taken.text

    async def quantities() -> list[tuple[str, int]]:
        messages = [message for message in await usage.guided() if isinstance(message, GuidedUsage)]
        return sorted((r.meter, r.quantity) for m in messages for r in m.records if r.subscription == "sub-units")

    found = await until(quantities, lambda found: len(found) >= 3)
    assert found == [("cdn.volume", 250_000), ("data.octets", 1_500_000_000_000), ("data.octets", 1_500_000_000_000)]


async def test_what_may_be_done_with_a_source_depends_on_who_asks(usage: Usage) -> None:
    made = await usage.http.post("/v1/sources", json={"id": "olt-roles"})
    assert [one["allowed"] for one in made.json()["allowed_actions"]] == [True, True], made.text
    support = await usage.http.get("/v1/sources/olt-roles", headers=usage.services.token("support"))
    assert [(one["action"], one["allowed"]) for one in support.json()["allowed_actions"]] == [
        ("update", False),
        ("delete", False),
    ]
