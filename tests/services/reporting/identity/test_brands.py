"""People and keys held to legal entities of the operator: how they come to be, and what they see of invoices."""

from __future__ import annotations

from typing import Any

import httpx
import msgspec
import pytest

from services.reporting import identity
from tests.services.reporting.identity.people import EMAIL, PASSWORD, ask, code_of, exchange, log_in, tokens_of, trail
from tests.services.reporting.invoice.test_invoices import with_account, with_invoice
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import drafted, issued

pytestmark = pytest.mark.servers


async def get(stage: Stage, path: str, entities: list[str], **parameters: Any) -> httpx.Response:
    """As somebody of the billing who is held to these."""
    token = tokens_of(stage).issue("user:u1", "billing", legal_entities=entities)
    async with stage.client(role=None) as client:
        return await client.get(path, params=parameters, headers={"Authorization": f"Bearer {token}"})


async def two_brands(stage: Stage) -> None:
    """An invoice of the operator, one each of two entities, and a draft, which is of nobody yet."""
    await with_account(stage)
    await with_invoice(stage)
    for n, entity in ((2, "nl"), (3, "de")):
        of = msgspec.structs.replace(issued(f"inv-{n}", number=f"LE-{entity}/000001"), legal_entity=entity)
        await stage.tell("invoicing.events", *drafted(f"inv-{n}"), of)
    await stage.tell("invoicing.events", *drafted("inv-4"))


async def test_a_list_and_its_sums_show_the_entities_one_is_held_to_and_no_others(stage: Stage) -> None:
    await two_brands(stage)
    for entities, ids in ((["nl"], ["inv-2"]), (["de", "nl"], ["inv-2", "inv-3"]), (["gone"], []), ([], [])):
        for filters in ({}, {"status": "issued"}, {"account_id": "acc-1"}, {"currency": "EUR", "sort": "-due_on"}):
            page = (await get(stage, "/v1/invoices", entities, **filters)).json()
            assert sorted(item["id"] for item in page["items"]) == ids, (entities, filters)
            assert page["total"] == len(ids), "the sums that are kept are of everybody"
            assert [sums["amount"] for sums in page["totals"]] == [f"{len(ids) * 1488 / 100:.2f}"] * bool(ids)
    page = (await get(stage, "/v1/invoices", ["nl"], legal_entity="de")).json()
    assert (page["items"], page["total"]) == ([], 0), "a filter opens nothing"
    assert (await get(stage, "/v1/invoices", ["nl"], q="LE-de")).json()["items"] == []
    assert (await stage.read("/v1/invoices"))["total"] == 4


async def test_a_thing_of_another_entity_of_the_operator_or_of_nobody_is_not_there(stage: Stage) -> None:
    await two_brands(stage)
    statuses = {n: (await get(stage, f"/v1/invoices/inv-{n}", ["nl"])).status_code for n in range(1, 6)}
    assert statuses == {1: 404, 2: 200, 3: 404, 4: 404, 5: 404}
    then = await get(stage, "/v1/invoices/inv-3", ["nl"], known_at="2026-10-12T08:00:00Z")
    assert then.status_code == 404
    assert (await get(stage, "/v1/invoices/inv-3/timeline", ["nl"])).status_code == 404
    for path in ("/v1/customer-configs", "/v1/events", "/v1/usage/records", "/v1/report-jobs"):
        answer = await get(stage, path, ["nl"])
        assert (answer.status_code, answer.json()["items"]) == (200, []), path
    for path in ("/v1/dead-letters", "/v1/proof/conservation", "/v1/journal-exports"):
        closed = await get(stage, path, ["nl"])
        assert (closed.status_code, code_of(closed)) == (403, "out_of_entity"), path


async def test_a_session_carries_what_its_person_is_held_to_and_ends_when_that_changes(stage: Stage) -> None:
    await two_brands(stage)
    user = await identity.create_user(stage.pool, EMAIL, PASSWORD, "billing")
    before = (await log_in(stage)).cookies["meterlog_session"]
    path = f"/v1/users/{user.user_id}/legal-entities"
    async with stage.client() as client:
        assert (await client.put(path, json={"legal_entities": ["nl", "nl"]})).json()["legal_entities"] == ["nl"]
        for wrong in ([], ["a b"], [7], "nl", ["x" * 65]):
            assert (await client.put(path, json={"legal_entities": wrong})).status_code == 422, wrong
    assert (await exchange(stage, session=before)).status_code == 401
    answer = await log_in(stage)
    me, session = answer.json(), answer.cookies["meterlog_session"]
    assert me["legal_entities"] == ["nl"] and {"read", "personal_data"} <= set(me["allowed"])
    assert [i["id"] for i in (await ask(stage, "GET", "/v1/invoices", session=session)).json()["items"]] == ["inv-2"]
    assert (await exchange(stage, session=session)).json()["legal_entities"] == ["nl"]
    assert (await ask(stage, "GET", "/v1/sessions", session=session)).status_code == 200, "one's own is one's own"
    refused = await ask(stage, "GET", "/v1/journal-exports", session=session)
    assert (refused.status_code, code_of(refused)) == (403, "out_of_entity")
    async with stage.client() as client:
        assert (await client.put(path, json={"legal_entities": None})).json()["legal_entities"] is None
        again = await client.put(path, json={"legal_entities": None})
    assert again.status_code == 200
    assert [kind for kind, _, _ in await trail(stage)].count("UserHeldToEntities") == 2


async def test_a_key_is_held_from_its_making_and_an_admin_never_is(stage: Stage) -> None:
    await two_brands(stage)
    async with stage.client() as client:
        asked = {"name": "shop", "role": "support", "legal_entities": ["nl"], "scopes": ["invoices:read"]}
        made = (await client.post("/v1/api-keys", json=asked)).json()
        admin = await client.post("/v1/api-keys", json={"name": "x", "role": "admin", "legal_entities": ["nl"]})
        user = await identity.create_user(stage.pool, EMAIL, PASSWORD, "admin")
        held = await client.put(f"/v1/users/{user.user_id}/legal-entities", json={"legal_entities": ["nl"]})
    assert [code_of(refused) for refused in (admin, held)] == ["admin_has_all"] * 2
    assert made["legal_entities"] == ["nl"]
    page = (await ask(stage, "GET", "/v1/invoices", api_key=made["key"])).json()
    assert [item["id"] for item in page["items"]] == ["inv-2"]
    me = (await ask(stage, "GET", "/v1/session", api_key=made["key"])).json()
    assert (me["legal_entities"], me["scopes"]) == (["nl"], [["invoices:read"]])


async def test_whoever_is_held_is_made_no_admin_before_the_hold_is_lifted(stage: Stage) -> None:
    user = await identity.create_user(stage.pool, EMAIL, PASSWORD, "billing")
    async with stage.client() as client:
        await client.put(f"/v1/users/{user.user_id}/legal-entities", json={"legal_entities": ["nl"]})
        refused = await client.put(f"/v1/users/{user.user_id}/role", json={"role": "admin"})
    assert (refused.status_code, code_of(refused)) == (409, "admin_has_all")


async def test_who_reports_usage_is_held_to_no_entity(stage: Stage) -> None:
    """Whose a record is, is known only once it is counted (docs/decisions/0138)."""
    await two_brands(stage)
    async with stage.client() as client:
        probe = {"id": "probe", "description": "olts", "based_on": "ingest", "scopes": ["usage:write"]}
        assert (await client.post("/v1/roles", json=probe)).status_code == 201
        refused = [
            await client.post("/v1/api-keys", json={"name": "olt", "role": role, "legal_entities": ["nl"]})
            for role in ("ingest", "probe")
        ]
        free = await client.post("/v1/api-keys", json={"name": "olt", "role": "ingest"})
        user = await identity.create_user(stage.pool, EMAIL, PASSWORD, "billing")
        one = f"/v1/users/{user.user_id}"
        assert (await client.put(f"{one}/legal-entities", json={"legal_entities": ["nl"]})).status_code == 200
        refused.append(await client.put(f"{one}/role", json={"role": "ingest"}))
    assert [(answer.status_code, code_of(answer)) for answer in refused] == [(409, "ingest_has_all")] * 3
    assert refused[0].json()["errors"][0]["pointer"] == "/legal_entities"
    assert free.status_code == 201
