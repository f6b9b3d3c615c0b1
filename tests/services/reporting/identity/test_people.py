"""People are invited, get roles, links and an end; each change is in the audit trail, and the last admin stays."""

from __future__ import annotations

import asyncio
from typing import Final

import asyncpg
import pytest

from services.reporting import identity
from services.reporting.identity.changes import AccessEvent, event_types
from services.reporting.identity.passkey.passkeys import remove as remove_passkey
from services.reporting.identity.provider.logins import unlink
from services.reporting.identity.users import deactivate, give_role
from shared.kernel.errors import Rejection
from tests.services.reporting.identity.people import EMAIL, PASSWORD, ask, code_of, exchange, log_in, signed_in, trail
from tests.services.reporting.stage import Stage

pytestmark = pytest.mark.servers
BOB = "bob@example.net"


async def invited(stage: Stage, admin: str, role: str = "billing") -> tuple[str, str]:
    answer = await ask(stage, "POST", "/v1/users", {"email": BOB, "role": role}, session=admin)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"], answer.json()["link"].partition("#")[2]


async def use(stage: Stage, link: str, password: str = PASSWORD) -> int:
    async with stage.client(role=None) as client:
        answer = await client.post("/v1/session/password-link", json={"link": link, "password": password})
    return answer.status_code


async def test_who_is_invited_sets_a_password_once_and_comes_in(stage: Stage) -> None:
    admin = await signed_in(stage)
    user_id, link = await invited(stage, admin)
    assert (await ask(stage, "GET", f"/v1/users/{user_id}", session=admin)).json()["status"] == "invited"
    assert (await log_in(stage, BOB)).status_code == 401
    assert await use(stage, link, "short") == 422
    assert [await use(stage, link), await use(stage, link)] == [204, 410]
    session = (await log_in(stage, BOB)).cookies["meterlog_session"]
    assert (await exchange(stage, session=session)).json()["role"] == "billing"
    assert (await ask(stage, "GET", f"/v1/users/{user_id}", session=admin)).json()["status"] == "active"


async def test_a_link_ends_by_itself_and_by_the_next_one(stage: Stage) -> None:
    admin = await signed_in(stage)
    user_id, first = await invited(stage, admin)
    made = await ask(stage, "POST", f"/v1/users/{user_id}/password-link", session=admin)
    assert (made.status_code, made.json()["kind"]) == (201, "invitation")
    assert await use(stage, first) == 410
    await stage.pool.execute("update durable.password_link set expires_at = now()")
    assert await use(stage, made.json()["link"].partition("#")[2]) == 410


async def test_two_who_use_one_link_at_the_same_moment_set_one_password(stage: Stage) -> None:
    _, link = await invited(stage, await signed_in(stage))
    answers = await asyncio.gather(*(use(stage, link, f"another password {n}") for n in range(4)))
    assert sorted(answers) == [204, 410, 410, 410]
    entered = [await log_in(stage, BOB, f"another password {n}") for n in range(4)]
    assert sorted(answer.status_code for answer in entered) == [200, 401, 401, 401]


async def test_a_reset_keeps_the_password_until_the_link_is_used_and_then_ends_all_sessions(stage: Stage) -> None:
    admin = await signed_in(stage)
    bob = await signed_in(stage, "support", BOB)
    user_id = (await exchange(stage, session=bob)).json()["actor"].removeprefix("user:")
    made = (await ask(stage, "POST", f"/v1/users/{user_id}/password-link", session=admin)).json()
    assert made["kind"] == "reset"
    assert (await log_in(stage, BOB)).status_code == 200
    assert await use(stage, made["link"].partition("#")[2], "an entirely new one") == 204
    assert (await exchange(stage, session=bob)).status_code == 401
    assert [(await log_in(stage, BOB, word)).status_code for word in (PASSWORD, "an entirely new one")] == [401, 200]


async def test_another_role_ends_sessions_and_the_next_one_has_it(stage: Stage) -> None:
    admin = await signed_in(stage)
    bob = await signed_in(stage, "support", BOB)
    user_id = (await exchange(stage, session=bob)).json()["actor"].removeprefix("user:")
    answer = await ask(stage, "PUT", f"/v1/users/{user_id}/role", {"role": "auditor"}, session=admin)
    assert (answer.status_code, answer.json()["role"]) == (200, "auditor")
    assert (await exchange(stage, session=bob)).status_code == 401
    assert (await log_in(stage, BOB)).json()["role"] == "auditor"
    refused = await ask(stage, "PUT", f"/v1/users/{user_id}/role", {"role": "emperor"}, session=admin)
    assert (refused.status_code, code_of(refused)) == (422, "unknown_role")


async def test_who_is_deactivated_is_out_and_comes_back_as_before(stage: Stage) -> None:
    admin = await signed_in(stage)
    bob = await signed_in(stage, "support", BOB)
    user_id = (await exchange(stage, session=bob)).json()["actor"].removeprefix("user:")
    path = f"/v1/users/{user_id}"
    assert (await ask(stage, "POST", f"{path}/deactivate", session=admin)).json()["status"] == "deactivated"
    assert (await exchange(stage, session=bob)).status_code == 401
    assert (await log_in(stage, BOB)).status_code == 401
    refused = await ask(stage, "POST", f"{path}/password-link", session=admin)
    assert (refused.status_code, code_of(refused)) == (409, "user_deactivated")
    assert (await ask(stage, "POST", f"{path}/reactivate", session=admin)).json()["status"] == "active"
    assert (await log_in(stage, BOB)).status_code == 200
    for nobody in ("role", "deactivate"):
        method, body = ("PUT", {"role": "admin"}) if nobody == "role" else ("POST", None)
        assert (await ask(stage, method, f"/v1/users/nobody/{nobody}", body, session=admin)).status_code == 404


async def test_the_last_admin_stays_and_nobody_deactivates_themselves(stage: Stage) -> None:
    admin = await signed_in(stage)
    user_id = (await exchange(stage, session=admin)).json()["actor"].removeprefix("user:")
    own = await ask(stage, "POST", f"/v1/users/{user_id}/deactivate", session=admin)
    assert (own.status_code, code_of(own)) == (409, "own_user")
    last = await ask(stage, "PUT", f"/v1/users/{user_id}/role", {"role": "billing"}, session=admin)
    assert (last.status_code, code_of(last)) == (409, "last_admin")
    assert (await exchange(stage, session=admin)).json()["role"] == "admin"


WAYS_IN: Final = {
    "password": "update durable.app_user set password_hash = 'x' where user_id = $1",
    "passkey": "insert into durable.passkey (credential_id, passkey_id, user_id, name, rp_id, public_key, sign_count,"
    " is_synced) values ('\\x63', 'k', $1, 'mine', 'localhost', 'p', 0, false)",
    "provider": "insert into durable.provider_identity (issuer, subject, user_id) values ('https://id', 's', $1)",
}


@pytest.mark.parametrize("way", [*WAYS_IN, "none"])
async def test_an_admin_may_go_while_another_is_left_who_can_come_in_by_any_way(stage: Stage, way: str) -> None:
    ann = await identity.create_user(stage.pool, EMAIL, PASSWORD, "admin")
    bob = await identity.create_user(stage.pool, BOB, None, "admin")
    if way in WAYS_IN:
        await stage.pool.execute(WAYS_IN[way], bob.user_id)
        assert (await give_role(stage.pool, ann.user_id, "support", identity.By(bob.actor))).role == "support"
    with pytest.raises(Rejection, match="nobody would be left"):
        await give_role(stage.pool, ann.user_id if way == "none" else bob.user_id, "support", identity.By("cli"))


async def test_the_last_way_in_of_the_last_admin_stays(stage: Stage) -> None:
    bob = await identity.create_user(stage.pool, BOB, None, "admin")
    for way in ("passkey", "provider"):
        await stage.pool.execute(WAYS_IN[way], bob.user_id)
    assert await unlink(stage.pool, bob.user_id, identity.By("cli"))
    with pytest.raises(Rejection, match="nobody would be left"):
        await remove_passkey(stage.pool, bob.user_id, "k", identity.By(bob.actor), session_id=None)
    assert await stage.pool.fetchval("select count(*) from durable.passkey") == 1


async def test_two_admins_who_demote_each_other_at_once_leave_one(stage: Stage) -> None:
    ann, bob = [await identity.create_user(stage.pool, email, PASSWORD, "admin") for email in (EMAIL, BOB)]
    done = await asyncio.gather(
        give_role(stage.pool, ann.user_id, "support", identity.By(bob.actor)),
        deactivate(stage.pool, bob.user_id, identity.By(ann.actor)),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in done) == ["Rejection", "User"]
    assert [one.code for one in done if isinstance(one, Rejection)] == ["last_admin"]


async def test_every_change_is_in_the_audit_trail_with_who_made_it_and_no_secret(stage: Stage) -> None:
    admin = await signed_in(stage)
    ann = (await exchange(stage, session=admin)).json()["actor"]
    user_id, link = await invited(stage, admin)
    await use(stage, link)
    await log_in(stage, BOB)
    await ask(stage, "PUT", f"/v1/users/{user_id}/role", {"role": "support"}, session=admin)
    bob, own = f"user:{user_id}", ann.removeprefix("user:")
    assert (await trail(stage))[:4] == [
        ("UserCreated", own, "cli"),
        ("PasswordSet", own, "cli"),
        *[(kind, who, actor) for kind, who, actor in await trail(stage)][2:3],
        ("UserCreated", user_id, ann),
    ]
    assert (await trail(stage))[4:] == [
        ("PasswordLinkMade", user_id, ann),
        ("PasswordSet", user_id, bob),
        ("SessionOpened", *[(await trail(stage))[6][1]], bob),
        ("UserRoleChanged", user_id, ann),
        ("SessionsEnded", user_id, ann),
    ]
    events = (await stage.read("/v1/events", topic="identity", type="identity.UserRoleChanged.v1"))["items"]
    assert len(events) == 1
    one = await stage.read(f"/v1/events/{events[0]['id']}", role="auditor")
    assert one["data"] == {"user_id": user_id, "before": "billing", "after": "support"}
    stored = str([dict(row) for row in await stage.pool.fetch("select * from durable.access_event")])
    assert not [text for text in (link, PASSWORD, admin, EMAIL, BOB) if text in stored]
    for nothing in ("identity/0/999999", "identity/0/x"):
        assert (await stage.get(f"/v1/events/{nothing}")).status_code == 404


async def test_what_is_in_the_trail_is_not_changed_and_its_numbers_have_no_gap(stage: Stage) -> None:
    made = await asyncio.gather(
        *(identity.create_key(stage.pool, name=f"k{n}", role="ingest", created_by="cli") for n in range(8))
    )
    await asyncio.gather(*(identity.revoke_key(stage.pool, one.api_key.key_id) for one in made))
    seqs = [row["seq"] for row in await stage.pool.fetch("select seq from durable.access_event order by seq")]
    assert seqs == list(range(1, 17))
    for sql in ("update durable.access_event set actor = 'x'", "delete from durable.access_event"):
        with pytest.raises(asyncpg.RaiseError, match="not changed"):
            await stage.pool.execute(sql)


async def test_a_change_that_fails_leaves_no_event(stage: Stage) -> None:
    await identity.create_user(stage.pool, EMAIL, PASSWORD, "admin")
    before = await trail(stage)
    with pytest.raises(identity.UserExists):
        await identity.create_user(stage.pool, EMAIL, PASSWORD, "admin")
    assert await trail(stage) == before


def test_every_kind_of_event_says_what_it_is_about() -> None:
    kinds = AccessEvent.__subclasses__()
    assert len(event_types()) == len(set(event_types())) == len(kinds) >= 20
    assert [kind for kind in kinds if kind.ABOUT not in kind.__struct_fields__] == []
