"""A session ends when it is idle, over, revoked or stolen; its secret changes while it goes on."""

from __future__ import annotations

import pytest

from services.reporting import identity
from services.reporting.identity.sessions import SESSIONS_MAX, open_session
from tests.services.reporting.identity.people import EMAIL, PASSWORD, ask, code_of, exchange, log_in, signed_in, trail
from tests.services.reporting.stage import Stage

pytestmark = pytest.mark.servers


async def age(stage: Stage, column: str, interval: str) -> None:
    await stage.pool.execute(f"update durable.app_session set {column} = {column} - interval '{interval}'")


async def set_policy(stage: Stage, **fields: object) -> None:
    body = {"idle_minutes": 120, "session_hours": 12, "second_factor_roles": [], **fields}
    async with stage.client() as client:
        answer = await client.put("/v1/access-policy", json=body)
    assert answer.status_code == 200, answer.text


async def test_an_idle_session_ends_and_one_in_use_goes_on(stage: Stage) -> None:
    session = await signed_in(stage)
    await age(stage, "last_seen_at", "119 minutes")
    assert (await exchange(stage, session=session)).status_code == 200
    await age(stage, "last_seen_at", "119 minutes")
    assert (await exchange(stage, session=session)).status_code == 200, "its use a moment ago counts"
    await age(stage, "last_seen_at", "121 minutes")
    assert (await exchange(stage, session=session)).status_code == 401


async def test_a_stream_that_is_open_does_not_keep_a_session_from_being_idle(stage: Stage) -> None:
    session = await signed_in(stage)
    await age(stage, "last_seen_at", "100 minutes")
    assert (await exchange(stage, session=session, in_use=False)).status_code == 200
    await age(stage, "last_seen_at", "21 minutes")
    assert (await exchange(stage, session=session, in_use=False)).status_code == 401


async def test_a_session_ends_after_a_day_of_work_whatever_is_done_with_it(stage: Stage) -> None:
    session = await signed_in(stage)
    await age(stage, "created_at", "11 hours 59 minutes")
    assert (await exchange(stage, session=session)).status_code == 200
    await age(stage, "created_at", "2 minutes")
    assert (await exchange(stage, session=session)).status_code == 401


async def test_limits_that_are_lowered_hold_for_the_sessions_that_there_are(stage: Stage) -> None:
    session = await signed_in(stage)
    await age(stage, "created_at", "2 hours")
    await set_policy(stage, session_hours=1)
    assert (await exchange(stage, session=session)).status_code == 401
    assert "Max-Age=3600" in (await log_in(stage)).headers["set-cookie"]


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"idle_minutes": 4}, "/idle_minutes"),
        ({"session_hours": 0}, "/session_hours"),
        ({"second_factor_roles": ["admin", "emperor"]}, "/second_factor_roles/1"),
    ],
)
async def test_a_policy_out_of_bounds_is_refused_by_field(
    stage: Stage, fields: dict[str, object], pointer: str
) -> None:
    body = {"idle_minutes": 120, "session_hours": 12, "second_factor_roles": [], **fields}
    async with stage.client() as client:
        answer = await client.put("/v1/access-policy", json=body)
        assert (await client.get("/v1/access-policy")).json()["version"] == 0
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_an_old_secret_is_replaced_and_the_one_before_is_good_for_a_minute(stage: Stage) -> None:
    first = await signed_in(stage)
    assert "set-cookie" not in (await ask(stage, "GET", "/v1/session", session=first)).headers, "it is young"
    await age(stage, "rotated_at", "61 minutes")
    second = (await ask(stage, "GET", "/v1/session", session=first)).cookies["meterlog_session"]
    assert second != first
    again = (await ask(stage, "GET", "/v1/session", session=first)).cookies["meterlog_session"]
    assert again == second, "two tabs, or one whose answer was lost, are told the same"
    assert [(await exchange(stage, session=one)).status_code for one in (second, first, second)] == [200, 200, 200]
    assert "set-cookie" not in (await ask(stage, "GET", "/v1/session", session=second)).headers


async def test_a_secret_that_was_replaced_ends_the_session_for_whoever_stole_it(stage: Stage) -> None:
    stolen = await signed_in(stage)
    await age(stage, "rotated_at", "61 minutes")
    current = (await ask(stage, "GET", "/v1/session", session=stolen)).cookies["meterlog_session"]
    assert (await exchange(stage, session=current)).status_code == 200
    await age(stage, "previous_until", "61 seconds")
    assert (await exchange(stage, session=stolen)).status_code == 401
    assert (await exchange(stage, session=current)).status_code == 401
    assert [kind for kind, _, _ in await trail(stage)][-1] == "SessionEnded"


async def test_a_login_never_takes_over_a_secret_that_was_there_before(stage: Stage) -> None:
    await identity.create_user(stage.pool, EMAIL, PASSWORD, "admin")
    async with stage.client(role=None) as client:
        body = {"email": EMAIL, "password": PASSWORD}
        planted = {"Cookie": "meterlog_session=planted-by-somebody-else"}
        answer = await client.post("/v1/session", json=body, headers=planted)
    assert answer.cookies["meterlog_session"] != "planted-by-somebody-else"
    assert (await exchange(stage, session="planted-by-somebody-else")).status_code == 401


async def test_one_sees_and_ends_ones_own_sessions_and_nobody_elses(stage: Stage) -> None:
    here = await signed_in(stage, "support")
    there = (await log_in(stage)).cookies["meterlog_session"]
    other = await signed_in(stage, "support", "bob@example.net")
    listed = (await ask(stage, "GET", "/v1/sessions", session=here)).json()
    assert (listed["total"], [one["current"] for one in listed["items"]].count(True)) == (2, True)
    elsewhere = next(one for one in listed["items"] if not one["current"])
    assert (elsewhere["network"], elsewhere["method"]) == ("192.0.2.1", "password")
    path = f"/v1/sessions/{elsewhere['id']}"
    assert (await ask(stage, "DELETE", path, session=other)).status_code == 404
    assert (await ask(stage, "DELETE", path, session=here)).status_code == 204
    assert [(await exchange(stage, session=one)).status_code for one in (here, there, other)] == [200, 401, 200]
    await log_in(stage)
    assert (await ask(stage, "POST", "/v1/sessions/end-others", session=here)).json() == {"sessions": 1}
    assert (await exchange(stage, session=here)).status_code == 200


async def test_an_api_key_has_no_sessions_and_no_password(stage: Stage) -> None:
    key = (await identity.create_key(stage.pool, name="k", role="admin", created_by="cli")).key
    passwords = {"password": PASSWORD, "new_password": "another password"}
    for method, path, body in (
        ("GET", "/v1/sessions", None),
        ("POST", "/v1/session/password", passwords),
        ("POST", "/v1/session/second-factor", {"password": PASSWORD}),
    ):
        refused = await ask(stage, method, path, body, api_key=key)
        assert (refused.status_code, code_of(refused)) == (403, "people_only")


async def test_a_person_has_so_many_sessions_and_the_one_used_least_recently_makes_room(stage: Stage) -> None:
    user = await identity.create_user(stage.pool, EMAIL, PASSWORD, "admin")
    opened = [
        await open_session(stage.pool, user, "password", is_strong=False, source="", agent="")
        for _ in range(SESSIONS_MAX + 1)
    ]
    statuses = [(await exchange(stage, session=one.secret)).status_code for one in (opened[0], opened[1], opened[-1])]
    assert statuses == [401, 200, 200]


async def test_another_password_ends_the_other_sessions_and_this_one_gets_a_new_secret(stage: Stage) -> None:
    here = await signed_in(stage)
    there = (await log_in(stage)).cookies["meterlog_session"]
    path = "/v1/session/password"
    wrong = await ask(stage, "POST", path, {"password": "wrong", "new_password": "another password"}, session=here)
    assert (wrong.status_code, code_of(wrong)) == (422, "wrong_password")
    weak = await ask(stage, "POST", path, {"password": PASSWORD, "new_password": "password123"}, session=here)
    assert (weak.status_code, weak.json()["errors"][0]["pointer"]) == (422, "/new_password")
    done = await ask(stage, "POST", path, {"password": PASSWORD, "new_password": "another password"}, session=here)
    assert done.status_code == 204
    new = done.cookies["meterlog_session"]
    assert [(await exchange(stage, session=one)).status_code for one in (there, new)] == [401, 200]
    assert [(await log_in(stage, EMAIL, one)).status_code for one in (PASSWORD, "another password")] == [401, 200]


async def test_guessing_ones_own_password_is_slowed_as_guessing_at_the_door(stage: Stage) -> None:
    session = await signed_in(stage)
    body = {"password": "wrong", "new_password": "another password"}
    answers = [await ask(stage, "POST", "/v1/session/password", body, session=session) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
