"""Saved views: whose they are, who sees them, and how many there may be."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from services.reporting.saved_view import rows
from tests.services.reporting.stage import Stage

pytestmark = pytest.mark.servers

ANN, BOB = "user:ann", "user:bob"
LATE = {"list": "invoices", "name": "Late", "query": "overdue=true&sort=-due_on"}


async def save(stage: Stage, actor: str, *, key: str | None = None, role: str = "billing", **body: Any) -> Any:
    headers = {} if key is None else {"Idempotency-Key": key}
    async with stage.client(role, actor) as client:
        return await client.post("/v1/saved-views", json=LATE | body, headers=headers)


async def names(stage: Stage, actor: str, **parameters: Any) -> list[str]:
    async with stage.client("billing", actor) as client:
        return [view["name"] for view in (await client.get("/v1/saved-views", params=parameters)).json()["items"]]


async def delete(stage: Stage, actor: str, view_id: str, role: str = "billing") -> int:
    async with stage.client(role, actor) as client:
        return (await client.delete(f"/v1/saved-views/{view_id}")).status_code


async def test_a_view_comes_back_as_it_was_saved(stage: Stage) -> None:
    answer = await save(stage, ANN, name="  Late  ")
    assert answer.status_code == 201, answer.text
    assert answer.json() == {
        "id": answer.json()["id"],
        **LATE,
        "shared": False,
        "owner": ANN,
        "version": 1,
        "allowed_actions": [{"action": "delete", "allowed": True, "reason": None}],
    }
    page = await stage.read("/v1/saved-views", list="invoices")
    assert (page["items"], page["total"], page["next_cursor"]) == ([], 0, None)
    assert await names(stage, ANN, list="invoices") == ["Late"]
    assert await names(stage, ANN, list="payments") == []


async def test_others_see_what_is_shared_and_only_its_owner_or_an_admin_deletes_it(stage: Stage) -> None:
    shared = (await save(stage, ANN, shared=True)).json()["id"]
    own = (await save(stage, ANN, name="mine")).json()["id"]
    await save(stage, BOB, name="Also late")
    assert await names(stage, BOB) == ["Also late", "Late"]
    assert await names(stage, ANN) == ["Late", "mine"]
    assert [await delete(stage, BOB, view) for view in (shared, own, "nothing")] == [403, 404, 404]
    assert await delete(stage, "user:root", shared, role="admin") == 204
    assert await delete(stage, ANN, own) == 204
    assert await names(stage, ANN) == []


async def test_saving_under_a_name_again_replaces_the_view(stage: Stage) -> None:
    first = (await save(stage, ANN)).json()
    again = await save(stage, ANN, query="overdue=true")
    assert (again.status_code, again.json()["id"], again.json()["version"]) == (200, first["id"], 2)
    assert (await save(stage, ANN, query="overdue=true")).json()["version"] == 2
    assert (await save(stage, BOB)).status_code == 201


async def test_a_retry_under_the_same_key_is_the_same_view(stage: Stage) -> None:
    first = (await save(stage, ANN, key="k1")).json()
    assert (await save(stage, ANN, key="k1")).json() == first
    other = await save(stage, ANN, key="k1", name="Something else")
    assert other.json()["errors"][0]["code"] == "idempotency_key_reused"


async def test_one_request_sent_twice_at_one_moment_is_one_view(stage: Stage) -> None:
    for attempt in range(400):
        view = rows.SavedView(view_id=f"v{attempt}", owner=ANN, list="invoices", name=f"n{attempt}", query="")
        saved = await asyncio.gather(*(rows.save(stage.pool, view) for _ in range(4)))
        assert {one.view.view_id for one in saved} == {view.view_id}
        await rows.delete(stage.pool, view.view_id)


async def test_two_who_save_one_name_at_one_moment_have_a_view_each(stage: Stage) -> None:
    answers = await asyncio.gather(*(save(stage, who, shared=True) for who in (ANN, BOB) * 4))
    assert {answer.status_code for answer in answers} <= {200, 201}
    assert len({answer.json()["id"] for answer in answers}) == 2
    assert await names(stage, ANN) == ["Late", "Late"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": "a" * 101}, "/name"),
        ({"name": "a\u0000b"}, "/name"),
        ({"query": "q" * 4001}, "/query"),
        ({"list": "In voices"}, "/list"),
        ({"owner": BOB}, "/owner"),
    ],
)
async def test_a_view_has_bounds(stage: Stage, body: dict[str, Any], pointer: str) -> None:
    answer = await save(stage, ANN, **body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_an_owner_has_so_many_views(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "PER_OWNER_MAX", 2)
    await save(stage, ANN)
    await save(stage, ANN, name="2")
    assert (await save(stage, ANN, name="3")).json()["errors"][0]["code"] == "too_many_views"
    assert (await save(stage, ANN, name="2", query="")).status_code == 200
    assert (await save(stage, BOB, name="3")).status_code == 201


async def test_views_are_paged(stage: Stage) -> None:
    for name in "cab":
        await save(stage, ANN, name=name)
    async with stage.client("support", ANN) as client:
        first = (await client.get("/v1/saved-views", params={"limit": 2})).json()
        rest = (await client.get("/v1/saved-views", params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert [view["name"] for view in first["items"] + rest["items"]] == ["a", "b", "c"]
    assert (first["total"], rest["next_cursor"]) == (3, None)
    assert (await save(stage, "key:olt", role="ingest")).status_code == 403
