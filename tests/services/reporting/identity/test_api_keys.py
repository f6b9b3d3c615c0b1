"""API keys have scopes, an end, a last use, and can be rotated without a gap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.reporting import identity
from tests.services.reporting.identity.people import ask, code_of, exchange, trail
from tests.services.reporting.stage import Stage

pytestmark = pytest.mark.servers


async def make(stage: Stage, **body: Any) -> Any:
    async with stage.client("admin", "user:u1") as client:
        return await client.post("/v1/api-keys", json={"name": "erp", "role": "billing", **body})


async def test_a_key_is_held_to_its_scopes(stage: Stage) -> None:
    made = (await make(stage, role="admin", scopes=["events:read", "saved-views:write"])).json()
    key = made["key"]
    assert made["scopes"] == ["events:read", "saved-views:write"]
    view = {"list": "invoices", "name": "Late", "query": ""}
    answers = {
        "read": await ask(stage, "GET", "/v1/events", api_key=key),
        "below": await ask(stage, "GET", "/v1/events/invoicing/1/1", api_key=key),
        "write": await ask(stage, "POST", "/v1/saved-views", view, api_key=key),
        "written is read": await ask(stage, "GET", "/v1/saved-views", api_key=key),
        "other area": await ask(stage, "GET", "/v1/invoices", api_key=key),
        "access": await ask(stage, "GET", "/v1/users", api_key=key),
        "itself": await ask(stage, "GET", "/v1/session", api_key=key),
    }
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "read": 200,
        "below": 404,
        "write": 201,
        "written is read": 200,
        "other area": 403,
        "access": 403,
        "itself": 200,
    }
    assert code_of(answers["other area"]) == "out_of_scope"
    assert answers["itself"].json()["scopes"] == [["events:read", "saved-views:write"]]
    assert answers["itself"].json()["allowed"] == ["read", "write", "audit", "personal_data"]


async def test_a_scope_never_gives_what_the_role_has_not(stage: Stage) -> None:
    key = (await make(stage, role="support", scopes=["*:write", "*:read"])).json()["key"]
    refused = await ask(stage, "GET", "/v1/events", api_key=key)
    assert (refused.status_code, code_of(refused)) == (403, "forbidden")


async def test_who_is_held_to_scopes_gives_nobody_rights(stage: Stage) -> None:
    key = (await make(stage, role="admin", scopes=["*:write", "*:read"])).json()["key"]
    assert (await ask(stage, "GET", "/v1/api-keys", api_key=key)).status_code == 200
    for path, body in (
        ("/v1/api-keys", {"name": "more", "role": "admin"}),
        ("/v1/users", {"email": "eve@example.net", "role": "admin"}),
        ("/v1/roles", {"id": "more", "based_on": "billing", "scopes": ["*:write"]}),
    ):
        refused = await ask(stage, "POST", path, body, api_key=key)
        assert (refused.status_code, code_of(refused)) == (403, "out_of_scope"), path


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({"scopes": ["users:write"]}, "scope_not_grantable", "/scopes/0"),
        ({"scopes": ["invoices:read", "nothing:read"]}, "unknown_scope", "/scopes/1"),
        ({"scopes": ["invoices"]}, "invalid", "/scopes/0"),
        ({"scopes": []}, "out_of_bounds", "/scopes"),
        ({"role": "emperor"}, "unknown_role", "/role"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "in_past", "/expires_at"),
        ({"expires_at": "tomorrow"}, "invalid", "/expires_at"),
    ],
)
async def test_a_key_that_cannot_be_made_is_refused_by_field(
    stage: Stage, body: dict[str, Any], code: str, pointer: str
) -> None:
    refused = await make(stage, **body)
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["code"], error["pointer"]) == (422, code, pointer)
    assert await trail(stage) == []


async def test_a_key_ends_when_it_says(stage: Stage) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    made = (await make(stage, expires_at=tomorrow)).json()
    assert (await exchange(stage, api_key=made["key"])).status_code == 200
    await stage.pool.execute("update durable.api_key set expires_at = now()")
    assert (await exchange(stage, api_key=made["key"])).status_code == 401
    shown = await stage.read(f"/v1/api-keys/{made['id']}")
    assert (shown["status"], shown["allowed_actions"][0]["allowed"]) == ("expired", False)
    async with stage.client() as client:
        over = await client.post(f"/v1/api-keys/{made['id']}/rotate", json={})
    assert (over.status_code, code_of(over)) == (409, "key_over")


async def test_a_key_says_when_it_was_used_last(stage: Stage) -> None:
    made = (await make(stage)).json()
    assert made["last_used_at"] is None
    await exchange(stage, api_key=made["key"])
    await exchange(stage, api_key=f"mk_{made['id']}_wrong")
    used = (await stage.read(f"/v1/api-keys/{made['id']}"))["last_used_at"]
    assert used is not None
    await exchange(stage, api_key=made["key"])
    again = (await stage.read(f"/v1/api-keys/{made['id']}"))["last_used_at"]
    assert again == used, "written down once a minute"


async def test_a_rotated_key_has_two_secrets_for_a_time_and_then_one(stage: Stage) -> None:
    made = (await make(stage, scopes=["invoices:read"])).json()
    async with stage.client() as client:
        rotated = (await client.post(f"/v1/api-keys/{made['id']}/rotate", json={"overlap_hours": 1})).json()
        assert (rotated["id"], rotated["scopes"]) == (made["id"], ["invoices:read"])
        assert rotated["key"] != made["key"]
        statuses = [(await exchange(stage, api_key=key)).status_code for key in (made["key"], rotated["key"])]
        assert statuses == [200, 200]
        await stage.pool.execute("update durable.api_key set previous_until = now()")
        statuses = [(await exchange(stage, api_key=key)).status_code for key in (made["key"], rotated["key"])]
        assert statuses == [401, 200]
        last = (await client.post(f"/v1/api-keys/{made['id']}/rotate", json={"overlap_hours": 0})).json()
        statuses = [(await exchange(stage, api_key=one["key"])).status_code for one in (made, rotated, last)]
        assert statuses == [401, 401, 200]
        assert (await client.delete(f"/v1/api-keys/{made['id']}")).status_code == 204
        over = await client.post(f"/v1/api-keys/{made['id']}/rotate", json={})
    assert (over.status_code, (await exchange(stage, api_key=last["key"])).status_code) == (409, 401)
    kinds = [kind for kind, _, _ in await trail(stage)]
    assert kinds == ["ApiKeyCreated", "ApiKeyRotated", "ApiKeyRotated", "ApiKeyRevoked"]


async def test_a_key_of_a_made_role_is_held_to_both_scopes(stage: Stage) -> None:
    async with stage.client() as client:
        role = {
            "id": "cashier",
            "based_on": "billing",
            "scopes": ["payments:write", "invoices:read", "saved-views:read"],
        }
        assert (await client.post("/v1/roles", json=role)).status_code == 201
    key = (await make(stage, role="cashier", scopes=["saved-views:write", "invoices:read"])).json()["key"]
    granted = (await exchange(stage, api_key=key)).json()
    assert (granted["role"], granted["role_name"], len(granted["restrictions"])) == ("billing", "cashier", 2)
    statuses = [(await ask(stage, "GET", f"/v1/{area}", api_key=key)).status_code for area in ("saved-views", "events")]
    assert statuses == [200, 403], "what one of the two leaves out is out"
    view = {"list": "invoices", "name": "Late", "query": ""}
    assert (await ask(stage, "POST", "/v1/saved-views", view, api_key=key)).status_code == 403
    assert (await ask(stage, "GET", "/v1/session", api_key=key)).json()["role"] == "cashier"


async def test_a_made_role_changes_for_all_who_have_it_and_goes_when_nobody_has(stage: Stage) -> None:
    async with stage.client("admin", "user:u1") as client:
        body = {"id": "cashier", "description": "The till", "based_on": "billing", "scopes": ["payments:write"]}
        made = (await client.post("/v1/roles", json=body)).json()
        assert (made["name"], made["holders"], made["version"], made["fixed"]) == ("cashier", 0, 1, False)
        assert made["may"] == ["read", "write", "record_payment", "personal_data"]
        again = await client.post("/v1/roles", json=body)
        assert (again.status_code, code_of(again)) == (409, "role_exists")
        key = (await make(stage, role="cashier")).json()
        in_use = await client.delete("/v1/roles/cashier")
        assert (in_use.status_code, code_of(in_use)) == (409, "role_in_use")
        changed = {"description": "The till", "scopes": ["saved-views:read"]}
        stale = await client.put("/v1/roles/cashier", json=changed, headers={"If-Match": '"7"'})
        assert stale.status_code == 412
        assert (await client.put("/v1/roles/cashier", json=changed, headers={"If-Match": '"1"'})).json()["version"] == 2
        assert (await client.put("/v1/roles/cashier", json=changed)).json()["version"] == 2, "nothing changed"
        assert (await ask(stage, "GET", "/v1/saved-views", api_key=key["key"])).status_code == 200
        await client.delete(f"/v1/api-keys/{key['id']}")
        assert (await client.delete("/v1/roles/cashier")).status_code == 204
        assert (await client.delete("/v1/roles/cashier")).status_code == 404
        for fixed in (await client.put("/v1/roles/billing", json=changed), await client.delete("/v1/roles/admin")):
            assert (fixed.status_code, code_of(fixed)) == (409, "role_is_fixed")
    told = [kind for kind, about, _ in await trail(stage) if about == "cashier"]
    assert told == ["RoleCreated", "RoleChanged", "RoleDeleted"]


async def test_nobody_can_be_given_a_role_that_is_gone(stage: Stage) -> None:
    made = await identity.create_key(stage.pool, name="k", role="ingest", created_by="cli")
    await stage.pool.execute("update durable.api_key set role = 'gone'")
    assert (await exchange(stage, api_key=made.key)).status_code == 401
