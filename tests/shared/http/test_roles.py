"""Roles are checked on every endpoint, offline: 401 for strangers, 403 for those who are known and may not."""

from __future__ import annotations

from typing import Any, cast

import pytest
from fastapi import APIRouter, Request, Response

from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import EVERYBODY, READERS, REPORTERS, ROLES, SERVICE, WRITERS, InvalidToken, Tokens
from tests.shared.http.stub import StubRuntime, as_role, client_of

ROUTES = {"read": READERS, "write": WRITERS, "report": REPORTERS, "known": EVERYBODY, "internal": (SERVICE,)}


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    async def answer(request: Request) -> Response:
        caller = caller_of(request)
        return Answer({"actor": caller.actor, "role": caller.role})

    for name, roles in ROUTES.items():
        routes.add_api_route(f"/v1/{name}", answer, name=name, dependencies=[api.roles(*roles)])
    return routes


@pytest.mark.parametrize(
    ("role", "admitted"),
    [
        ("admin",   {"read", "write", "report", "known"}),
        ("billing", {"read", "write", "report", "known"}),
        ("support", {"read", "known"}),
        ("auditor", {"read", "known"}),
        ("ingest",  {"report", "known"}),
        ("service", {"internal"}),
    ],
)  # fmt: skip
async def test_a_role_may_what_the_table_says_and_no_more(role: str, admitted: set[str]) -> None:
    async with client_of(StubRuntime(router)) as client:
        answers = {name: await client.get(f"/v1/{name}", headers=as_role(role)) for name in ROUTES}
    assert {name: answer.status_code for name, answer in answers.items()} == {
        name: 200 if name in admitted else 403 for name in ROUTES
    }


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer nonsense",
        "Basic YTpi",
        "Bearer a.b.c",
        f"Bearer {Tokens('other').issue('x', 'admin')}",
    ],
)
async def test_a_stranger_gets_401(header: str | None) -> None:
    async with client_of(StubRuntime(router)) as client:
        answer = await client.get("/v1/read", headers={} if header is None else {"Authorization": header})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.json()["errors"][0]["code"] == "unauthenticated"


async def test_a_key_that_is_none_is_refused_before_anything_is_done() -> None:
    async with client_of(StubRuntime(router)) as client:
        answer = await client.get("/v1/read", headers={**as_role("admin"), "Idempotency-Key": "a b"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/Idempotency-Key")


async def test_the_caller_is_known_to_the_route() -> None:
    async with client_of(StubRuntime(router)) as client:
        answer = await client.get("/v1/known", headers=as_role("ingest", actor="key:collector"))
    assert answer.json() == {"actor": "key:collector", "role": "ingest"}


async def test_health_and_readiness_need_no_credentials() -> None:
    runtime = StubRuntime(router)
    runtime.is_ready = False
    async with client_of(runtime) as client:
        assert (await client.get("/healthz")).status_code == 200
        answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["detail"]) == (503, "joining the group")


def test_a_token_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = Tokens("k")
    token = tokens.issue("key:1", "admin", life_s=60)
    assert tokens.verify(token).role == "admin"
    import time

    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(InvalidToken, match="expired"):
        tokens.verify(token)
    with pytest.raises(InvalidToken):
        Tokens("k").verify(token)


def test_a_token_can_not_be_altered_nor_made_without_a_signature() -> None:
    tokens = Tokens("k")
    head, body, signature = tokens.issue("key:1", "support").split(".")
    other = tokens.issue("key:1", "admin").split(".")[1]
    unsigned = "eyJhbGciOiJub25lIn0"  # {"alg":"none"}
    for forged in (f"{head}.{other}.{signature}", f"{unsigned}.{body}.", f"{head}.{body}.{signature[:-4]}AAAA"):
        with pytest.raises(InvalidToken):
            tokens.verify(forged)


def test_the_key_of_tokens_changes_while_processes_restart_one_after_another() -> None:
    """Old and new ones understand each other at each step: new key to verify, new key to sign, old key gone."""
    before, knows_new, signs_new, after = Tokens("old"), Tokens("old", "new"), Tokens("new", "old"), Tokens("new")
    for together in ((before, knows_new), (knows_new, signs_new), (signs_new, after)):
        for one in together:
            for role in ("admin", "service"):
                token = one.issue("key:1", role)
                assert [other.verify(token).role for other in together] == [role] * 2
    for one, other in ((before, after), (after, before), (Tokens("stranger", "old"), after)):
        with pytest.raises(InvalidToken):
            other.verify(one.issue("key:1", "admin"))


def test_a_token_carries_the_legal_entities_of_its_holder_and_none_that_cant_be_read() -> None:
    tokens = Tokens("k")
    assert tokens.verify(tokens.issue("key:1", "billing", legal_entities=["nl", "de"])).legal_entities == frozenset(
        ("de", "nl")
    )
    assert tokens.verify(tokens.issue("key:1", "billing", legal_entities=[])).legal_entities == frozenset()
    assert tokens.verify(tokens.issue("key:1", "billing")).legal_entities is None
    with pytest.raises(InvalidToken):
        tokens.verify(tokens.issue("key:1", "billing", legal_entities=cast(Any, [7])))


def test_there_are_five_roles_and_none_other_can_be_named() -> None:
    assert set(ROLES) == {"admin", "billing", "support", "auditor", "ingest"}
    with pytest.raises(ValueError, match="owner"):
        Tokens("k").issue("key:1", "owner")


async def test_the_document_says_who_may_call_what() -> None:
    async with client_of(StubRuntime(router)) as client:
        document = (await client.get("/openapi.json")).json()
    operation = document["paths"]["/v1/write"]["get"]
    assert operation["x-roles"] == ["admin", "billing"]
    assert operation["security"] == [{"api_key": []}, {"session": []}]
    assert operation["operationId"] == "rating_write"
    assert "4XX" in operation["responses"]
    assert "422" not in operation["responses"]
    assert document["paths"].keys().isdisjoint({"/healthz", "/metrics"})
