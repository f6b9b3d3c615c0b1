"""Passkeys: made, used alone and beside a password, renamed, removed; and each way in which one is not believed."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import httpx
import pytest

from services.reporting import identity
from tests.kit.authenticator import Authenticator, b64
from tests.services.reporting.identity.people import EMAIL, PASSWORD, ask, code_of, exchange, log_in, signed_in, trail
from tests.services.reporting.identity.test_second_factor import enrolled, now_code
from tests.services.reporting.identity.test_sessions import set_policy
from tests.services.reporting.stage import Stage

ORIGIN: Final = "https://billing.example.net"
EVIL: Final = "https://billing.example.net.evil.org"
OWN: Final = "/v1/session/passkeys"


def at(stage: Stage, origin: str = ORIGIN) -> Stage:
    settings = stage.settings.model_copy(update={"public_origin": origin})
    return Stage(stage.pool, settings, stage.vault, clock=stage.clock, api=stage.api)


async def added(
    stage: Stage, session: str, device: Authenticator, name: str = "Phone", **more: Any
) -> tuple[httpx.Response, str]:
    """The answer, and the secret that the session goes on with."""
    begun = await ask(stage, "POST", f"{OWN}/challenge", {"password": PASSWORD}, session=session)
    assert begun.status_code == 200, begun.text
    credential = device.create(begun.json()["options"], **{"origin": ORIGIN, **more})
    answer = await ask(stage, "POST", OWN, {"name": name, "credential": credential}, session=session)
    return answer, answer.cookies.get("meterlog_session") or session


async def challenge(stage: Stage) -> dict[str, Any]:
    async with stage.client(role=None) as client:
        answer = await client.post("/v1/session/passkey-challenge", headers={"X-Forwarded-For": "192.0.2.1"})
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["options"])


async def sent(stage: Stage, credential: Any) -> httpx.Response:
    async with stage.client(role=None) as client:
        body = {"credential": credential}
        return await client.post("/v1/session/passkey", json=body, headers={"X-Forwarded-For": "192.0.2.1"})


async def came(stage: Stage, device: Authenticator, origin: str = ORIGIN) -> httpx.Response:
    return await sent(stage, device.get(await challenge(stage), origin=origin))


@pytest.mark.servers
async def test_a_passkey_lets_its_person_in_alone_and_a_password_alone_no_more(stage: Stage) -> None:
    here, device = at(stage), Authenticator()
    made, _ = await added(here, await signed_in(stage), device)
    assert (made.status_code, made.json()["name"], len(made.json()["codes"])) == (201, "Phone", 10)
    answer = await came(here, device)
    me = answer.json()
    assert (answer.status_code, me["email"], me["method"], me["second_factor"]) == (200, EMAIL, "passkey", "on")
    assert (me["passkeys"], me["authenticator"]) == (1, False)
    assert (await exchange(stage, session=answer.cookies["meterlog_session"])).status_code == 200
    needed = await log_in(here)
    assert (needed.status_code, code_of(needed), "passkey" in needed.text) == (401, "code_needed", True)
    both = await log_in(here, passkey=device.get(await challenge(here), origin=ORIGIN))
    assert (both.status_code, both.json()["method"]) == (200, "password_passkey")
    recovered = await log_in(here, code=made.json()["codes"][0])
    assert (recovered.status_code, recovered.json()["recovery_codes"]) == (200, 9)
    assert [kind for kind, _, _ in await trail(stage)].count("PasskeyAdded") == 1


@pytest.mark.servers
async def test_an_answer_is_good_once_for_its_challenge_and_five_minutes(stage: Stage) -> None:
    here, device = at(stage), Authenticator(counts=False)
    await added(here, await signed_in(stage), device)
    answer = device.get(await challenge(here), origin=ORIGIN)
    statuses = [one.status_code for one in await asyncio.gather(*(sent(here, answer) for _ in range(4)))]
    assert sorted(statuses) == [200, 401, 401, 401]
    assert code_of(await sent(here, answer)) == "wrong_passkey"
    own = device.get({"challenge": b64(b"x" * 32), "rpId": "billing.example.net"}, origin=ORIGIN)
    assert code_of(await sent(here, own)) == "wrong_passkey", "a challenge of its own"
    late = device.get(await challenge(here), origin=ORIGIN)
    await stage.pool.execute("update durable.passkey_challenge set expires_at = now()")
    assert code_of(await sent(here, late)) == "wrong_passkey"


@pytest.mark.servers
async def test_a_passkey_or_an_answer_of_another_site_opens_nothing(stage: Stage) -> None:
    here, device = at(stage), Authenticator()
    session = await signed_in(stage)
    for more in ({"origin": EVIL}, {"origin": ORIGIN, "rp_id": "evil.org"}, {"origin": "http://billing.example.net"}):
        refused, session = await added(here, session, Authenticator(), **more)
        assert (refused.status_code, code_of(refused)) == (422, "wrong_passkey"), more
    _, session = await added(here, session, device)
    assert (await came(here, device)).status_code == 200
    # A page between that hands our challenge on: the device says for whom it signed.
    name, held = next(iter(device.held.items()))
    handed_on = device.answer(name, held, (await challenge(here))["challenge"], EVIL)
    assert code_of(await sent(here, handed_on)) == "wrong_passkey"
    held.rp_id = "billing.example.net.evil.org"
    assert (
        code_of(await sent(here, device.answer(name, held, (await challenge(here))["challenge"], ORIGIN)))
        == "wrong_passkey"
    )
    # The operator has moved: passkeys of the old name are none of the new one.
    moved = at(stage, "https://bills.example.org")
    held.rp_id = "bills.example.org"
    answer = device.answer(name, held, (await challenge(moved))["challenge"], "https://bills.example.org")
    assert code_of(await sent(moved, answer)) == "wrong_passkey"


@pytest.mark.servers
async def test_one_that_does_not_ask_who_holds_it_is_good_beside_a_password_only(stage: Stage) -> None:
    here, device = at(stage), Authenticator(verifies=False)
    await added(here, await signed_in(stage), device)
    assert code_of(await came(here, device)) == "wrong_passkey"
    both = await log_in(here, passkey=device.get(await challenge(here), origin=ORIGIN))
    assert both.status_code == 200
    wrong = await log_in(here, EMAIL, "wrong", passkey=device.get(await challenge(here), origin=ORIGIN))
    assert code_of(wrong) == "wrong_credentials"


@pytest.mark.servers
async def test_a_counter_that_does_not_go_up_is_that_of_a_copy_and_the_trail_says_so(stage: Stage) -> None:
    here, device = at(stage), Authenticator()
    await added(here, await signed_in(stage), device)
    assert (await came(here, device)).status_code == 200
    next(iter(device.held.values())).count -= 1
    refused = await came(here, device)
    assert (refused.status_code, code_of(refused)) == (401, "wrong_passkey")
    assert [kind for kind, _, _ in await trail(stage)][-1] == "PasskeyRefused"
    assert (await came(here, device)).status_code == 200, "the one that goes up is the true one"


@pytest.mark.servers
async def test_a_passkey_of_somebody_else_helps_nobody(stage: Stage) -> None:
    here, anns, bobs = at(stage), Authenticator(), Authenticator()
    ann, bob = await signed_in(stage), await signed_in(stage, "support", "bob@example.net")
    made, ann = await added(here, ann, anns)
    _, bob = await added(here, bob, bobs)
    crossed = await log_in(here, passkey=bobs.get(await challenge(here), origin=ORIGIN))
    assert (crossed.status_code, code_of(crossed)) == (401, "wrong_passkey")
    # Made for a challenge that was given to another.
    begun = await ask(here, "POST", f"{OWN}/challenge", {"password": PASSWORD}, session=ann)
    credential = bobs.create(begun.json()["options"], origin=ORIGIN)
    refused = await ask(here, "POST", OWN, {"name": "x", "credential": credential}, session=bob)
    assert code_of(refused) == "wrong_passkey"
    # A device that names another person than the passkey is of.
    name, held = next(iter(bobs.held.items()))
    held.user_handle = next(iter(anns.held.values())).user_handle
    assert (
        code_of(await sent(here, bobs.answer(name, held, (await challenge(here))["challenge"], ORIGIN)))
        == "wrong_passkey"
    )
    path = f"{OWN}/{made.json()['id']}"
    assert (await ask(here, "PUT", path, {"name": "mine"}, session=bob)).status_code == 404
    assert (await ask(here, "POST", f"{path}/remove", {"password": PASSWORD}, session=bob)).status_code == 404
    # The same passkey twice.
    begun = await ask(here, "POST", f"{OWN}/challenge", {"password": PASSWORD}, session=ann)
    assert begun.json()["options"]["excludeCredentials"][0]["id"] == next(iter(anns.held))


@pytest.mark.servers
async def test_they_are_listed_renamed_and_removed_by_their_owner(stage: Stage) -> None:
    here, phone, key = at(stage), Authenticator(), Authenticator()
    first = await signed_in(stage)
    other = (await identity.log_in(stage.pool, EMAIL, PASSWORD)).secret
    made, session = await added(here, first, phone)
    assert (await exchange(stage, session=other)).status_code == 401, "other sessions end"
    more, session = await added(here, session, key, "Key")
    assert more.json()["codes"] == [], "recovery codes are shown once"
    path = f"{OWN}/{made.json()['id']}"
    assert (await ask(here, "PUT", path, {"name": "Old phone"}, session=session)).json()["name"] == "Old phone"
    listed = (await ask(here, "GET", OWN, session=session)).json()
    assert [one["name"] for one in listed["items"]] == ["Old phone", "Key"]
    wrong = await ask(here, "POST", f"{path}/remove", {"password": "wrong"}, session=session)
    assert code_of(wrong) == "wrong_password"
    gone = await ask(here, "POST", f"{path}/remove", {"password": PASSWORD}, session=session)
    assert gone.status_code == 204
    assert code_of(await came(here, phone)) == "wrong_passkey"
    assert (await came(here, key)).status_code == 200


@pytest.mark.servers
async def test_the_last_second_factor_stays_where_a_role_needs_one_and_an_admin_removes_all(stage: Stage) -> None:
    here, device = at(stage), Authenticator()
    session = await signed_in(stage)
    await set_policy(stage, second_factor_roles=["admin"])
    assert code_of(await ask(here, "GET", "/v1/users", session=session)) == "out_of_scope"
    made, session = await added(here, session, device)
    assert (await ask(here, "GET", "/v1/users", session=session)).status_code == 200, "a passkey is one"
    path = f"{OWN}/{made.json()['id']}/remove"
    kept = await ask(here, "POST", path, {"password": PASSWORD}, session=session)
    assert (kept.status_code, code_of(kept)) == (409, "second_factor_required")
    user_id = (await stage.read("/v1/users"))["items"][0]["id"]
    async with stage.client() as client:
        answer = await client.post(f"/v1/users/{user_id}/remove-second-factor")
    assert answer.json()["second_factor"] is False
    assert code_of(await came(here, device)) == "wrong_passkey"
    assert await stage.pool.fetchval("select count(*) from durable.recovery_code") == 0


@pytest.mark.servers
async def test_an_app_and_a_passkey_stand_beside_each_other(stage: Stage) -> None:
    here, device = at(stage), Authenticator()
    key, _, session = await enrolled(stage, await signed_in(stage))
    made, session = await added(here, session, device)
    assert made.json()["codes"] == []
    gone = await ask(here, "POST", "/v1/session/second-factor/remove", {"password": PASSWORD}, session=session)
    assert gone.status_code == 204
    me = (await ask(here, "GET", "/v1/session", session=gone.cookies["meterlog_session"])).json()
    assert (me["second_factor"], me["authenticator"], me["recovery_codes"]) == ("on", False, 10)
    assert code_of(await log_in(here, code=now_code(key))) == "wrong_code"


@pytest.mark.servers
async def test_who_has_no_password_has_to_have_come_in_just_now(stage: Stage) -> None:
    here, device = at(stage), Authenticator()
    user = await identity.create_user(stage.pool, EMAIL, PASSWORD, "support")
    _, _ = await added(here, (await identity.log_in(stage.pool, EMAIL, PASSWORD)).secret, device)
    await stage.pool.execute("update durable.app_user set password_hash = null")
    session = (await came(here, device)).cookies["meterlog_session"]
    assert (await stage.read(f"/v1/users/{user.user_id}"))["status"] == "active"
    one = (await ask(here, "GET", OWN, session=session)).json()["items"][0]["id"]
    only = await ask(here, "POST", f"{OWN}/{one}/remove", {}, session=session)
    assert (only.status_code, code_of(only)) == (409, "only_way_in")
    assert (await ask(here, "POST", f"{OWN}/challenge", {}, session=session)).status_code == 200
    await stage.pool.execute("update durable.app_session set created_at = now() - interval '11 minutes'")
    late = await ask(here, "POST", f"{OWN}/challenge", {}, session=session)
    assert (late.status_code, code_of(late)) == (409, "sign_in_again")


@pytest.mark.servers
async def test_who_was_deactivated_stays_out_with_a_passkey_too(stage: Stage) -> None:
    here, device = at(stage), Authenticator()
    await added(here, await signed_in(stage, "support"), device)
    await stage.pool.execute("update durable.app_user set deactivated_at = now()")
    assert code_of(await came(here, device)) == "wrong_passkey"


@pytest.mark.servers
async def test_whatever_is_sent_as_an_answer_is_refused_and_breaks_nothing(stage: Stage) -> None:
    here, device = at(stage), Authenticator()
    session = await signed_in(stage)
    _, session = await added(here, session, device)
    good = device.get(await challenge(here), origin=ORIGIN)
    wrongs: list[Any] = [
        {},
        {"response": 7},
        {"response": {"clientDataJSON": "é"}},
        {"response": {"clientDataJSON": b64(b"[]")}},
        {"response": {"clientDataJSON": b64(b"[" * 5000)}},
    ]
    for field in ("id", "rawId", "type", "response"):
        values: list[Any] = [None, 7, "", "A", [], {"x": 1}]
        wrongs += [{**good, field: value} for value in values]
        wrongs.append({name: value for name, value in good.items() if name != field})
    for field in good["response"]:
        values = [None, 7, "", "AA", b64(b"\xff" * 37), b64(b"{"), "=" * 9]
        for value in values:
            wrongs.append({**good, "response": {**good["response"], field: value}})
    for wrong in wrongs:
        if (
            isinstance(wrong.get("response"), dict)
            and wrong["response"].get("clientDataJSON") == good["response"]["clientDataJSON"]
        ):
            fresh = device.get(await challenge(here), origin=ORIGIN)
            wrong = {**wrong, "response": {**wrong["response"], "clientDataJSON": fresh["response"]["clientDataJSON"]}}
        await stage.pool.execute("delete from durable.login_allowance")
        answer = await sent(here, wrong)
        assert answer.status_code in (401, 422), (wrong, answer.text)
    options = (await ask(here, "POST", f"{OWN}/challenge", {"password": PASSWORD}, session=session)).json()["options"]
    made = device.create(options, origin=ORIGIN)
    for attestation in (
        "",
        "AA",
        b64(b"\xa0"),
        b64(b"\xa3cfmtdnonegattStmt\xa0hauthDataX"),
        b64(b"\x9f" * 500),
        None,
        7,
    ):
        credential = {**made, "response": {**made["response"], "attestationObject": attestation}}
        options = (await ask(here, "POST", f"{OWN}/challenge", {"password": PASSWORD}, session=session)).json()[
            "options"
        ]
        fresh = Authenticator().create(options, origin=ORIGIN)
        credential["response"]["clientDataJSON"] = fresh["response"]["clientDataJSON"]
        answer = await ask(here, "POST", OWN, {"name": "x", "credential": credential}, session=session)
        assert (answer.status_code, code_of(answer)) == (422, "wrong_passkey"), attestation


@pytest.mark.servers
async def test_where_nobody_has_said_what_the_console_is_called_only_this_machine_has_passkeys(stage: Stage) -> None:
    async with stage.client(role=None) as client:
        for origin, status in (
            ("http://localhost:8080", 200),
            ("https://evil.org", 409),
            ("http://localhost.evil.org", 409),
            (None, 409),
        ):
            headers = {} if origin is None else {"Origin": origin}
            answer = await client.post("/v1/session/passkey-challenge", headers=headers)
            assert answer.status_code == status, origin
