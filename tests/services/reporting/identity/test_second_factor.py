"""A second factor: codes of an app by RFC 6238, recovery codes, and roles that may do nothing without one."""

from __future__ import annotations

import asyncio
import time

import pytest

from services.reporting import identity
from services.reporting.identity import totp
from tests.services.reporting.identity.people import EMAIL, PASSWORD, ask, code_of, exchange, log_in, signed_in, trail
from tests.services.reporting.identity.test_sessions import set_policy
from tests.services.reporting.stage import Stage

KEY = b"12345678901234567890"


@pytest.mark.parametrize(
    ("at_s", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_rfc_6238_appendix_b(at_s: int, code: str) -> None:
    assert totp.code_at(KEY, at_s // 30) == code
    assert totp.step_of(KEY, code, at_s) == at_s // 30


def test_a_code_is_good_one_step_before_and_after_and_no_longer() -> None:
    code = totp.code_at(KEY, 1000)
    taken = [totp.step_of(KEY, code, step * 30) for step in (998, 999, 1000, 1001, 1002)]
    assert taken == [None, 1000, 1000, 1000, None]
    assert totp.step_of(KEY, "", 30_000) is None


def test_the_square_code_names_who_it_is_for() -> None:
    uri = totp.as_uri(KEY, "ann+test@example.net")
    assert uri.startswith("otpauth://totp/Meterlog:ann%2Btest@example.net?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&")


async def enrolled(stage: Stage, session: str) -> tuple[bytes, list[str], str]:
    """The key, the recovery codes, and the secret that the session goes on with."""
    begun = await ask(stage, "POST", "/v1/session/second-factor", {"password": PASSWORD}, session=session)
    assert begun.status_code == 201, begun.text
    assert begun.json()["image"].startswith("data:image/svg+xml")
    import base64

    key = base64.b32decode(begun.json()["secret"])
    code = totp.code_at(key, int(time.time()) // 30 - 1)
    done = await ask(stage, "POST", "/v1/session/second-factor/confirm", {"code": code}, session=session)
    assert done.status_code == 200, done.text
    return key, done.json()["codes"], done.cookies["meterlog_session"]


def now_code(key: bytes, later: int = 0) -> str:
    return totp.code_at(key, int(time.time()) // 30 + later)


@pytest.mark.servers
async def test_with_a_second_factor_the_password_alone_opens_nothing(stage: Stage) -> None:
    key, _, session = await enrolled(stage, await signed_in(stage))
    needed = await log_in(stage)
    assert (needed.status_code, code_of(needed), needed.cookies.get("meterlog_session")) == (401, "code_needed", None)
    wrong = await log_in(stage, EMAIL, "wrong", code=now_code(key))
    assert (wrong.status_code, code_of(wrong)) == (401, "wrong_credentials"), "it tells nothing of the second factor"
    assert code_of(await log_in(stage, code="000000")) in ("wrong_code",)
    right = await log_in(stage, code=now_code(key))
    assert (right.status_code, right.json()["second_factor"], right.json()["recovery_codes"]) == (200, "on", 10)
    assert (await exchange(stage, session=session)).status_code == 200


@pytest.mark.servers
async def test_a_code_is_good_once(stage: Stage) -> None:
    key, _, _ = await enrolled(stage, await signed_in(stage))
    code = now_code(key)
    answers = await asyncio.gather(*(log_in(stage, code=code) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401]
    assert code_of(await log_in(stage, code=code)) == "wrong_code"


@pytest.mark.servers
async def test_a_recovery_code_is_good_once_and_new_ones_replace_the_old(stage: Stage) -> None:
    _, codes, session = await enrolled(stage, await signed_in(stage))
    assert (len(codes), len(set(codes))) == (10, 10)
    first = await log_in(stage, code=codes[0].upper())
    assert (first.status_code, first.json()["recovery_codes"]) == (200, 9)
    assert (await log_in(stage, code=codes[0])).status_code == 401
    made = await ask(stage, "POST", "/v1/session/recovery-codes", {"password": PASSWORD}, session=session)
    assert made.status_code == 201
    assert [(await log_in(stage, code=one)).status_code for one in (codes[1], made.json()["codes"][0])] == [401, 200]


@pytest.mark.servers
async def test_ten_wrong_codes_close_the_second_factor_for_a_quarter_of_an_hour(stage: Stage) -> None:
    key, _, _ = await enrolled(stage, await signed_in(stage))
    for _ in range(10):
        await stage.pool.execute("delete from durable.login_allowance")
        assert (await log_in(stage, code="000000")).status_code == 401
    await stage.pool.execute("delete from durable.login_allowance")
    locked = await log_in(stage, code=now_code(key))
    assert (locked.status_code, code_of(locked), int(locked.headers["retry-after"]) > 800) == (
        429,
        "too_many_codes",
        True,
    )
    assert [kind for kind, _, _ in await trail(stage)][-1] == "SecondFactorLocked"
    await stage.pool.execute("update durable.second_factor set locked_until = now()")
    assert (await log_in(stage, code=now_code(key))).status_code == 200


@pytest.mark.servers
async def test_asking_for_the_code_forgets_no_failure_before(stage: Stage) -> None:
    await enrolled(stage, await signed_in(stage))
    for _ in range(9):
        assert (await log_in(stage, EMAIL, "wrong")).status_code == 401
    assert code_of(await log_in(stage)) == "code_needed"
    assert [(await log_in(stage, EMAIL, "wrong")).status_code for _ in range(2)] == [401, 429]


@pytest.mark.servers
async def test_a_role_that_needs_a_second_factor_may_nothing_but_set_one_up(stage: Stage) -> None:
    session = await signed_in(stage)
    await set_policy(stage, second_factor_roles=["admin"])
    me = (await ask(stage, "GET", "/v1/session", session=session)).json()
    assert (me["second_factor"], me["allowed"]) == ("required", [])
    refused = await ask(stage, "GET", "/v1/users", session=session)
    assert (refused.status_code, code_of(refused)) == (403, "out_of_scope")
    _, _, session = await enrolled(stage, session)
    assert (await ask(stage, "GET", "/v1/users", session=session)).status_code == 200
    kept = await ask(stage, "POST", "/v1/session/second-factor/remove", {"password": PASSWORD}, session=session)
    assert (kept.status_code, code_of(kept)) == (409, "second_factor_required")


@pytest.mark.servers
async def test_it_is_removed_by_its_owner_or_by_an_admin_who_has_seen_them(stage: Stage) -> None:
    _, _, session = await enrolled(stage, await signed_in(stage, "support"))
    wrong = await ask(stage, "POST", "/v1/session/second-factor/remove", {"password": "wrong"}, session=session)
    assert (wrong.status_code, code_of(wrong)) == (422, "wrong_password")
    gone = await ask(stage, "POST", "/v1/session/second-factor/remove", {"password": PASSWORD}, session=session)
    assert gone.status_code == 204
    assert (await log_in(stage)).status_code == 200

    bob = await signed_in(stage, "support", "bob@example.net")
    await enrolled(stage, bob)
    user_id = (await stage.read("/v1/users", email="bob@example.net"))["items"][0]["id"]
    async with stage.client() as client:
        answer = await client.post(f"/v1/users/{user_id}/remove-second-factor")
    assert answer.json()["second_factor"] is False
    assert (await log_in(stage, "bob@example.net")).status_code == 200


@pytest.mark.servers
async def test_what_is_not_begun_is_not_confirmed_and_one_that_is_there_is_not_replaced(stage: Stage) -> None:
    session = await signed_in(stage)
    path = "/v1/session/second-factor"
    early = await ask(stage, "POST", f"{path}/confirm", {"code": "123456"}, session=session)
    assert (early.status_code, code_of(early)) == (409, "second_factor_not_begun")
    await ask(stage, "POST", path, {"password": PASSWORD}, session=session)
    assert (await log_in(stage)).status_code == 200, "nothing changes before it is confirmed"
    wrong = await ask(stage, "POST", f"{path}/confirm", {"code": "000000"}, session=session)
    assert (wrong.status_code, code_of(wrong)) == (422, "wrong_code")
    _, _, session = await enrolled(stage, session)
    again = await ask(stage, "POST", path, {"password": PASSWORD}, session=session)
    assert (again.status_code, code_of(again)) == (409, "second_factor_exists")
    none = await ask(
        stage, "POST", "/v1/session/recovery-codes", {"password": PASSWORD},
        session=await signed_in(stage, "support", "bob@example.net"),
    )  # fmt: skip
    assert (none.status_code, code_of(none)) == (409, "no_second_factor")


@pytest.mark.servers
async def test_the_key_and_the_codes_are_stored_so_that_nobody_reads_them(stage: Stage) -> None:
    key, codes, _ = await enrolled(stage, await signed_in(stage))
    stored = ""
    for table in ("second_factor", "recovery_code", "access_event"):
        stored += str([dict(row) for row in await stage.pool.fetch(f"select * from durable.{table}")])
    assert not [text for text in (totp.as_text(key), *codes, codes[0].replace("-", "")) if text in stored]
    assert "v1." in stored
    assert await identity.find_user(stage.pool, "nobody") is None
