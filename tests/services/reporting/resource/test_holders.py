"""Who had an address at a time, through prefixes too; and everybody who had it (R19)."""

from __future__ import annotations

from datetime import datetime

import pytest

from services.usage.resource.messages import AssignmentsEnded, ResourceAssigned, ResourceReassigned
from tests.services.reporting.stage import Stage

pytestmark = pytest.mark.servers


def assigned(resource: str, account: str, since: str, to: str | None = None) -> ResourceAssigned:
    return ResourceAssigned(
        resource_id=resource,
        account_id=account,
        subscription_id=f"sub-{account}",
        valid_from=datetime.fromisoformat(since),
        valid_to=None if to is None else datetime.fromisoformat(to),
    )


SEPTEMBER, OCTOBER = "2026-09-01T00:00:00+00:00", "2026-10-01T00:00:00+00:00"


async def told(stage: Stage) -> None:
    await stage.tell("usage.events", assigned("ip:10.1.0.0/16", "bolt", SEPTEMBER), partition=0)
    await stage.tell("usage.events", assigned("ip:10.1.2.0/24", "acme", SEPTEMBER), partition=1)
    await stage.tell("usage.events", assigned("ip:10.1.2.0/24", "eve", OCTOBER), partition=1)
    await stage.tell(
        "usage.events", assigned("ip:10.1.2.7", "ann", SEPTEMBER, "2026-09-10T00:00:00+00:00"), partition=2
    )
    await stage.tell("usage.events", assigned("tel:4312*", "ann", SEPTEMBER), partition=3)


async def test_who_had_an_address_is_told_as_usage_is_guided_r19(stage: Stage) -> None:
    await told(stage)
    for resource, at, account, through in (
        ("ip:10.1.2.7", "2026-09-09T23:59:59Z", "ann", "ip:10.1.2.7"),
        ("ip:10.1.2.7", "2026-09-10T00:00:00Z", "acme", "ip:10.1.2.0/24"),
        ("ip:::ffff:10.1.2.7", "2026-09-30T23:59:59Z", "acme", "ip:10.1.2.0/24"),
        ("ip:10.1.2.7", "2026-10-01T00:00:00Z", "eve", "ip:10.1.2.0/24"),
        ("ip:10.1.2.7", None, "eve", "ip:10.1.2.0/24"),
        ("ip:10.1.3.7", "2026-10-05", "bolt", "ip:10.1.0.0/16"),
        ("ip:10.1.2.0/255.255.255.0", "2026-09-09", "acme", "ip:10.1.2.0/24"),
        ("tel:+43 1 234", "2026-09-09", "ann", "tel:4312*"),
        ("ip:10.1.2.7", "2026-08-31T23:59:59Z", None, None),
        ("ip:10.2.0.1", "2026-09-09", None, None),
        ("user:ann", "2026-09-09", None, None),
    ):
        found = await stage.read("/v1/resource-holder", resource=resource, **({} if at is None else {"at": at}))
        assert found["account_id"] == account, (resource, at, found)
        assert found["subscription_id"] == (account and f"sub-{account}")
        assert (found["assignment"] or {}).get("resource_id") == through
    found = await stage.read("/v1/resource-holder", resource="ip:10.1.2.7", at="2026-09-15")
    assert found == {
        "resource": "ip:10.1.2.7",
        "at": "2026-09-15T00:00:00Z",
        "account_id": "acme",
        "subscription_id": "sub-acme",
        "assignment": {
            "resource_id": "ip:10.1.2.0/24",
            "is_prefix": True,
            "account_id": "acme",
            "subscription_id": "sub-acme",
            "from": "2026-09-01T00:00:00Z",
            "to": "2026-10-01T00:00:00Z",
            "recorded_at": "2026-10-12T08:00:00Z",
        },
    }


async def test_the_history_of_a_resource_has_all_who_had_it_in_pages(stage: Stage) -> None:
    await told(stage)
    first = await stage.read("/v1/resource-history", resource="ip:10.1.2.7", limit=3)
    latest = first["items"][0]
    assert (latest["account_id"], latest["resource_id"]) == ("eve", "ip:10.1.2.0/24")
    rest = await stage.read("/v1/resource-history", resource="ip:10.1.2.7", limit=3, cursor=first["next_cursor"])
    everybody = [one["account_id"] for one in (*first["items"], *rest["items"])]
    assert sorted(everybody) == ["acme", "ann", "bolt", "eve"] and first["total"] == 4 and rest["next_cursor"] is None
    late = await stage.read("/v1/resource-history", resource="ip:10.1.2.7", **{"from": "2026-10-02"})
    assert {one["account_id"] for one in late["items"]} == {"eve", "bolt"}
    early = await stage.read("/v1/resource-history", resource="ip:10.1.2.7", to="2026-09-30", account_id="acme")
    assert [one["to"] for one in early["items"]] == ["2026-10-01T00:00:00Z"]


async def test_a_question_without_a_resource_and_one_of_a_stranger_are_refused(stage: Stage) -> None:
    assert (await stage.get("/v1/resource-history")).status_code in (400, 422)
    assert (await stage.get("/v1/resource-holder")).status_code == 422
    assert (await stage.get("/v1/resource-holder", resource="ip:10.1.2.7", at="yesterday")).status_code == 422
    assert (await stage.get("/v1/resource-holder", role="ingest", resource="ip:10.1.2.7")).status_code == 403
    assert (await stage.get("/v1/resource-history", role=None, resource="ip:10.1.2.7")).status_code == 401


def ended(resource: str, account: str, at: str | None) -> AssignmentsEnded:
    return AssignmentsEnded(
        resource_id=resource,
        account_id=account,
        subscription_id=f"sub-{account}",
        ends_at=None if at is None else datetime.fromisoformat(at),
    )


async def holder(stage: Stage, resource: str, at: str) -> str | None:
    account: str | None = (await stage.read("/v1/resource-holder", resource=resource, at=at))["account_id"]
    return account


async def test_who_had_a_resource_has_it_no_longer_than_the_subscription_lasts(stage: Stage) -> None:
    await told(stage)
    twentieth = "2026-09-20T00:00:00+00:00"
    await stage.tell("usage.events", ended("ip:10.1.2.0/24", "acme", twentieth), partition=1)
    # From then on it is that of the shorter prefix; who has it in October is not concerned.
    asked = [("2026-09-19T23:59:59Z", "acme"), ("2026-09-20", "bolt"), ("2026-10-01", "eve")]
    assert [await holder(stage, "ip:10.1.2.9", at) for at, _ in asked] == [account for _, account in asked]
    history = await stage.read("/v1/resource-history", resource="ip:10.1.2.9", account_id="acme")
    assert [(one["from"], one["to"]) for one in history["items"]] == [("2026-09-01T00:00:00Z", "2026-09-20T00:00:00Z")]
    late = await stage.read(
        "/v1/resource-history", resource="ip:10.1.2.9", **{"from": "2026-09-20", "to": "2026-09-30"}
    )
    assert [one["account_id"] for one in late["items"]] == ["bolt"]
    # An end behind that of the assignment changes nothing, and one that is taken back is gone.
    await stage.tell("usage.events", ended("ip:10.1.2.0/24", "acme", "2026-11-01T00:00:00+00:00"), partition=1)
    assert await holder(stage, "ip:10.1.2.9", "2026-09-25") == "acme"
    assert await holder(stage, "ip:10.1.2.9", "2026-10-05") == "eve"
    await stage.tell("usage.events", ended("ip:10.1.2.0/24", "eve", OCTOBER), partition=1)
    assert await holder(stage, "ip:10.1.2.9", "2026-10-05") == "bolt"
    await stage.tell("usage.events", ended("ip:10.1.2.0/24", "eve", None), partition=1)
    assert await holder(stage, "ip:10.1.2.9", "2026-10-05") == "eve"


async def test_time_that_is_reassigned_is_taken_from_who_had_it_and_from_nobody_else(stage: Stage) -> None:
    await told(stage)
    to_zoe = ResourceReassigned(
        resource_id="ip:10.1.2.0/24",
        retraction_id="r1",
        account_id="zoe",
        subscription_id="sub-zoe",
        valid_from=datetime.fromisoformat("2026-09-15T00:00:00+00:00"),
        valid_to=datetime.fromisoformat("2026-10-05T00:00:00+00:00"),
    )
    await stage.tell("usage.events", to_zoe, partition=1)
    asked = [("2026-09-14", "acme"), ("2026-09-15", "zoe"), ("2026-10-04", "zoe"), ("2026-10-05", "eve")]
    assert [await holder(stage, "ip:10.1.2.9", at) for at, _ in asked] == [account for _, account in asked]
    # A part in the middle is nobody's: both ends stay.
    nobody = ResourceReassigned(
        resource_id="ip:10.1.2.0/24",
        retraction_id="r2",
        valid_from=datetime.fromisoformat("2026-09-20T00:00:00+00:00"),
        valid_to=datetime.fromisoformat("2026-09-21T00:00:00+00:00"),
    )
    await stage.tell("usage.events", nobody, partition=1)
    asked = [("2026-09-19", "zoe"), ("2026-09-20", "bolt"), ("2026-09-21", "zoe")]
    assert [await holder(stage, "ip:10.1.2.9", at) for at, _ in asked] == [account for _, account in asked]
