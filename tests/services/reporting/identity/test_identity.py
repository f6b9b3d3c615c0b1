"""Who comes in: passwords, sessions, keys, roles, and the token they are exchanged for."""

from __future__ import annotations

from typing import Any

import pytest

from services.reporting import identity
from services.reporting.identity import attempts
from services.reporting.identity.keys import parse_key
from shared.http.auth import SERVICE
from tests.services.reporting.stage import Stage

EMAIL, PASSWORD = "ann@example.net", "correct horse battery"


@pytest.mark.parametrize("text", ["", "mk", "mk_", "mk_id", "mk_id_", "mk__secret", "sk_id_secret", "Bearer mk_a_b"])
def test_what_is_not_a_key_has_no_parts(text: str) -> None:
    assert parse_key(text) is None


def test_a_secret_may_hold_the_separator() -> None:
    assert parse_key("mk_id_a_b-c") == ("id", "a_b-c")


async def log_in(stage: Stage, email: str, password: str, source: str = "192.0.2.1") -> Any:
    async with stage.client(role=None) as client:
        body = {"email": email, "password": password}
        return await client.post("/v1/session", json=body, headers={"X-Forwarded-For": source})


async def exchange(stage: Stage, **credential: str) -> Any:
    async with stage.client(role=SERVICE, actor="entry") as client:
        return await client.post("/internal/exchange", json=credential)


@pytest.mark.servers
async def test_logging_in_gives_a_cookie_that_no_script_reads(stage: Stage) -> None:
    user = await identity.create_user(stage.pool, "Ann@Example.net", PASSWORD, "billing")
    answer = await log_in(stage, f" {EMAIL}", PASSWORD)
    assert answer.status_code == 200, answer.text
    assert answer.json()["email"] == "Ann@Example.net"
    assert "issue" in answer.json()["allowed"]
    cookie = answer.headers["set-cookie"]
    assert all(word in cookie for word in ("meterlog_session=", "HttpOnly", "SameSite=strict", "Max-Age=43200"))

    token = (await exchange(stage, session=answer.cookies["meterlog_session"])).json()
    assert (token["actor"], token["role"], token["expires_in"]) == (user.actor, "billing", 60)
    async with stage.client(role=None) as client:
        me = await client.get("/v1/session", headers={"Authorization": f"Bearer {token['token']}"})
    assert me.json()["email"] == "Ann@Example.net"
    assert answer.json()["demo"] is me.json()["demo"] is False, "only the demo is one"


@pytest.mark.servers
async def test_logging_out_ends_the_session(stage: Stage) -> None:
    user = await identity.create_user(stage.pool, EMAIL, PASSWORD, "support")
    first, second = [(await identity.log_in(stage.pool, EMAIL, PASSWORD)).secret for _ in range(2)]
    async with stage.client("support", user.actor) as client:
        answer = await client.delete("/v1/session", headers={"Cookie": f"meterlog_session={first}"})
        assert answer.status_code == 204
        assert (await exchange(stage, session=first)).status_code == 401
        assert (await exchange(stage, session=second)).status_code == 200
        await client.delete("/v1/session")
    assert (await exchange(stage, session=second)).status_code == 401


@pytest.mark.servers
async def test_a_session_ends_by_itself(stage: Stage) -> None:
    await identity.create_user(stage.pool, EMAIL, PASSWORD, "support")
    session = await identity.log_in(stage.pool, EMAIL, PASSWORD)
    await stage.pool.execute("update durable.app_session set expires_at = now()")
    assert await identity.find_session(stage.pool, session.secret) is None


@pytest.mark.servers
async def test_an_unknown_user_and_a_wrong_password_get_the_same_answer(stage: Stage) -> None:
    await identity.create_user(stage.pool, EMAIL, PASSWORD, "admin")
    answers = [await log_in(stage, EMAIL, "wrong"), await log_in(stage, "nobody@example.net", PASSWORD)]
    shown = [{**answer.json(), "trace_id": None} for answer in answers]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert shown[0] == shown[1]


@pytest.mark.servers
@pytest.mark.parametrize("email", [EMAIL, "nobody@example.net"])
async def test_after_ten_failures_their_sender_waits_half_a_minute(stage: Stage, email: str) -> None:
    await identity.create_user(stage.pool, EMAIL, PASSWORD, "admin")
    for _ in range(10):
        assert (await log_in(stage, email, "wrong")).status_code == 401
    locked = await log_in(stage, email, PASSWORD)
    assert (locked.status_code, 1 <= int(locked.headers["retry-after"]) <= 30) == (429, True)

    await time_passes(stage, "30 seconds")
    assert (await log_in(stage, email, PASSWORD)).status_code == (200 if email == EMAIL else 401)


@pytest.mark.servers
async def test_wrong_passwords_of_others_do_not_lock_the_right_one_out(stage: Stage) -> None:
    await identity.create_user(stage.pool, EMAIL, PASSWORD, "admin")
    refused = [await log_in(stage, EMAIL, "wrong", source="198.51.100.7") for _ in range(11)]
    assert [answer.status_code for answer in refused] == [401] * 10 + [429]
    assert (await log_in(stage, EMAIL, PASSWORD, source="192.0.2.1")).status_code == 200
    assert (await log_in(stage, EMAIL, PASSWORD, source="2001:db8::1")).status_code == 200


@pytest.mark.servers
async def test_an_account_that_is_attacked_from_everywhere_answers_later_and_still_answers(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "SLOWED_S", 0.001)
    await identity.create_user(stage.pool, EMAIL, PASSWORD, "admin")
    for sender in range(100):
        await attempts.count_attempt(stage.pool, EMAIL, f"198.51.100.{sender}")
    await time_passes(stage, "-1 minute")  # so that it does not matter how long the hundred took
    assert await attempts.count_attempt(stage.pool, EMAIL, "198.51.100.200") == 0.001
    assert await attempts.count_attempt(stage.pool, "bob@example.net", "198.51.100.200") == 0
    assert (await identity.log_in(stage.pool, EMAIL, PASSWORD, source="192.0.2.1")).user.role == "admin"


@pytest.mark.servers
async def test_one_address_has_a_hundred_failures_over_all_accounts(stage: Stage) -> None:
    for number in range(100):
        await attempts.count_attempt(stage.pool, f"user{number}@example.net", "2001:db8::1")
    await time_passes(stage, "-1 minute")
    with pytest.raises(identity.TooManyAttempts):
        await attempts.count_attempt(stage.pool, EMAIL, "2001:db8::2")
    await attempts.count_attempt(stage.pool, EMAIL, "2001:db8:0:1::2")


@pytest.mark.servers
async def test_knocking_on_a_closed_door_does_not_keep_it_closed(stage: Stage) -> None:
    for _ in range(10):
        await log_in(stage, EMAIL, "wrong")
    before = await stage.pool.fetch("select * from durable.login_allowance order by key_hash")
    assert (await log_in(stage, EMAIL, "wrong")).status_code == 429
    assert await stage.pool.fetch("select * from durable.login_allowance order by key_hash") == before


async def time_passes(stage: Stage, interval: str) -> None:
    await stage.pool.execute(f"update durable.login_allowance set full_at = full_at - interval '{interval}'")


@pytest.mark.servers
@pytest.mark.parametrize("role", ["admin", "billing", "support", "auditor", "ingest", None])
async def test_no_caller_exchanges_a_credential_for_a_token(stage: Stage, role: str | None) -> None:
    made = await identity.create_key(stage.pool, name="k", role="admin", created_by="cli")
    async with stage.client(role) as client:
        answer = await client.post("/internal/exchange", json={"api_key": made.key})
    assert answer.status_code == (401 if role is None else 403)
    assert "token" not in answer.json()


@pytest.mark.servers
async def test_a_success_forgets_the_failures_before_it(stage: Stage) -> None:
    await identity.create_user(stage.pool, EMAIL, PASSWORD, "admin")
    for password in ["wrong"] * 9 + [PASSWORD] + ["wrong"] * 9 + [PASSWORD]:
        answer = await log_in(stage, EMAIL, password)
        assert answer.status_code == (200 if password == PASSWORD else 401)


@pytest.mark.servers
async def test_a_key_is_shown_once_works_and_is_revoked(stage: Stage) -> None:
    async with stage.client("admin", "user:u1") as client:
        made = (await client.post("/v1/api-keys", json={"name": "collector", "role": "ingest"})).json()
        token = (await exchange(stage, api_key=made["key"])).json()
        assert (token["actor"], token["role"]) == (f"key:{made['id']}", "ingest")
        listed = (await client.get("/v1/api-keys")).json()["items"]
        assert [(key["id"], key["created_by"], "key" in key) for key in listed] == [(made["id"], "user:u1", False)]
        assert (await client.delete(f"/v1/api-keys/{made['id']}")).status_code == 204
        assert (await client.delete("/v1/api-keys/nobody")).status_code == 404
    assert (await exchange(stage, api_key=made["key"])).status_code == 401


@pytest.mark.servers
async def test_an_idempotency_key_makes_one_api_key_and_its_secret_is_not_shown_again(stage: Stage) -> None:
    body = {"name": "collector", "role": "ingest"}
    async with stage.client("admin", "user:u1") as client:
        made, again, other, anew = [
            await client.post("/v1/api-keys", json=asked, headers={"Idempotency-Key": key})
            for asked, key in ((body, "k1"), (body, "k1"), ({**body, "role": "admin"}, "k1"), (body, "k2"))
        ]
        assert (await client.get("/v1/api-keys")).json()["total"] == 2
        assert (await client.post("/v1/api-keys", json=body)).status_code == 201
    assert (made.status_code, anew.status_code) == (201, 201)
    (told,) = again.json()["errors"]
    assert (again.status_code, told["code"]) == (409, "already_created")
    assert made.json()["id"] in told["detail"] and made.json()["key"] not in again.text
    assert (other.status_code, other.json()["errors"][0]["code"]) == (422, "idempotency_key_reused")
    assert (await exchange(stage, api_key=made.json()["key"])).status_code == 200


@pytest.mark.servers
async def test_keys_and_users_are_listed_by_pages(stage: Stage) -> None:
    for n, role in enumerate(("admin", "ingest", "ingest")):
        await identity.create_key(stage.pool, name=f"key {n}", role=role, created_by="cli")
        await identity.create_user(stage.pool, f"User{n}@example.net", PASSWORD, role)
    async with stage.client() as client:
        first = (await client.get("/v1/api-keys", params={"limit": 2})).json()
        rest = (await client.get("/v1/api-keys", params={"limit": 2, "cursor": first["next_cursor"]})).json()
        assert [key["name"] for key in first["items"] + rest["items"]] == ["key 2", "key 1", "key 0"], "newest first"
        assert (first["total"], rest["next_cursor"]) == (3, None)
        await client.delete(f"/v1/api-keys/{first['items'][0]['id']}")
        left = (await client.get("/v1/api-keys", params={"role": "ingest", "revoked": "false"})).json()
        assert [key["name"] for key in left["items"]] == ["key 1"]
        users = (await client.get("/v1/users", params={"sort": "-email", "size": 1, "page": 2})).json()
        assert ([user["email"] for user in users["items"]], users["total"]) == (["User1@example.net"], 3)
        found = (await client.get("/v1/users", params={"email": "user2@EXAMPLE.net"})).json()["items"]
        assert [user["email"] for user in found] == ["User2@example.net"]
        assert "password" not in str(found).replace("password_link", "")


@pytest.mark.servers
@pytest.mark.parametrize(
    "credential",
    [{}, {"api_key": "mk_x_y"}, {"api_key": "mk_x_y", "session": "z"}, {"session": ""}],
)
async def test_anything_else_is_exchanged_for_nothing(stage: Stage, credential: dict[str, str]) -> None:
    assert (await exchange(stage, **credential)).status_code in (401, 422)


@pytest.mark.servers
async def test_no_secret_is_stored_in_the_clear(stage: Stage) -> None:
    made = await identity.create_key(stage.pool, name="k", role="admin", created_by="cli")
    await identity.create_user(stage.pool, EMAIL, PASSWORD, "admin")
    session = await identity.log_in(stage.pool, EMAIL, PASSWORD)
    stored = ""
    for table in ("api_key", "app_user", "app_session"):
        stored += str([dict(row) for row in await stage.pool.fetch(f"select * from durable.{table}")])
    assert "$argon2id$" in stored
    assert not [secret for secret in (made.key.split("_", 2)[2], PASSWORD, session.secret) if secret in stored]


@pytest.mark.servers
@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({"email": EMAIL, "password": PASSWORD, "role": "emperor"}, 422, "/role"),
        ({"email": EMAIL, "password": PASSWORD, "role": "Em peror"}, 422, "/role"),
        ({"email": EMAIL, "password": "Password1", "role": "admin"}, 422, "/password"),
        ({"email": EMAIL, "password": EMAIL, "role": "admin"}, 422, "/password"),
        ({"email": "ann", "password": PASSWORD, "role": "admin"}, 422, "/email"),
        ({"email": EMAIL, "password": "short", "role": "admin"}, 422, "/password"),
        ({"email": EMAIL.upper(), "password": PASSWORD, "role": "admin"}, 409, "/email"),
    ],
)
async def test_a_user_who_cannot_be_made_is_refused_by_field(
    stage: Stage, body: dict[str, str], status: int, pointer: str
) -> None:
    await identity.create_user(stage.pool, EMAIL, PASSWORD, "admin")
    async with stage.client() as client:
        answer = await client.post("/v1/users", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (status, pointer)


@pytest.mark.servers
async def test_only_administrators_manage_access(stage: Stage) -> None:
    for role in ("billing", "support", "auditor", "ingest"):
        for path in ("/v1/api-keys", "/v1/users", "/v1/access-policy"):
            assert (await stage.get(path, role=role)).status_code == 403
        names = [item["name"] for item in (await stage.read("/v1/roles", role=role))["items"]]
        assert names == ["admin", "billing", "support", "auditor", "ingest"]
    assert (await stage.get("/v1/roles", role=None)).status_code == 401
