"""Signing in by a provider of one's own: whole logins with a provider that is a program of its own, and who gets in."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import pytest_asyncio

from services.reporting import identity
from services.reporting.identity.provider.terms import terms_of
from shared.engine.settings import Settings
from tests.services.reporting.identity.people import EMAIL, PASSWORD, ask, code_of, exchange, log_in, signed_in, trail
from tests.services.reporting.identity.test_second_factor import enrolled
from tests.services.reporting.identity.test_sessions import set_policy
from tests.services.reporting.stage import Stage

ORIGIN: Final = "https://billing.example.net"
_PROGRAM: Final = Path(__file__).parents[3] / "kit" / "openid_provider.py"


class Provider:
    """The program, and what it says from now on."""

    def __init__(self, told: dict[str, str]) -> None:
        self.issuer, self.secret = told["issuer"], told["client_secret"]

    async def says(self, signs: str = "RS256", **claims: Any) -> None:
        async with httpx.AsyncClient() as client:
            await client.post(f"{self.issuer}/says", json={"claims": claims, "signs": signs})

    async def rotate(self) -> None:
        async with httpx.AsyncClient() as client:
            await client.post(f"{self.issuer}/rotate")

    async def visited(self, url: str) -> dict[str, str]:
        """A browser goes there, and is sent back with this."""
        async with httpx.AsyncClient() as client:
            answer = await client.get(url)
        assert answer.status_code == 302, answer.text
        place = urlsplit(answer.headers["location"])
        assert f"{place.scheme}://{place.netloc}{place.path}" == f"{ORIGIN}/login/provider"
        return {name: values[0] for name, values in parse_qs(place.query).items()}


@pytest.fixture(scope="module")
def program() -> Iterator[Provider]:
    arguments = [sys.executable, str(_PROGRAM), "--redirect-uri", f"{ORIGIN}/login/provider"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield Provider(json.loads(process.stdout.readline()))
        process.terminate()


@pytest_asyncio.fixture(loop_scope="session")
async def provider(program: Provider) -> AsyncIterator[Provider]:
    await program.says()
    yield program


def at(stage: Stage, provider: Provider, **more: Any) -> Stage:
    """The same stage, with the provider set up."""
    settings = {"public_origin": ORIGIN, "oidc_issuer": provider.issuer, "oidc_client_id": "meterlog"}
    given = Settings.of({f"METERLOG_{n.upper()}": str(v) for n, v in (settings | more).items()})
    secret = Settings.of({"METERLOG_OIDC_CLIENT_SECRET": provider.secret}).oidc_client_secret
    changed = {n: getattr(given, n) for n in settings | more} | {"oidc_client_secret": secret}
    return Stage(stage.pool, stage.settings.model_copy(update=changed), stage.vault, clock=stage.clock, api=stage.api)


class Browser:
    """A browser at our origin; its cookies are its own."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.cookies: dict[str, str] = {}

    async def post(self, path: str, body: Any = None) -> httpx.Response:
        async with self._stage.client(role=None) as client:
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            headers = {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https", "Origin": ORIGIN, "Cookie": cookie}
            answer = await client.post(path, json=body, headers=headers)
        self.cookies |= dict(answer.cookies)
        return answer

    async def begin(self) -> str:
        begun = await self.post("/v1/session/provider")
        assert begun.status_code == 200, begun.text
        assert "HttpOnly" in begun.headers["set-cookie"] and "SameSite=strict" in begun.headers["set-cookie"]
        return str(begun.json()["url"])

    async def end(self, said: dict[str, str]) -> httpx.Response:
        return await self.post("/v1/session/provider/callback", {"code": said["code"], "state": said["state"]})


async def signed_in_at(stage: Stage, provider: Provider) -> httpx.Response:
    """The whole way, in a new browser."""
    browser = Browser(stage)
    return await browser.end(await provider.visited(await browser.begin()))


async def invited(stage: Stage, role: str = "support") -> identity.User:
    return await identity.create_user(stage.pool, EMAIL, None, role)


@pytest.mark.servers
async def test_who_was_invited_comes_in_by_the_provider_and_is_known_by_its_subject_from_then_on(
    stage: Stage, provider: Provider
) -> None:
    here = at(stage, provider, oidc_name="Acme")
    user = await invited(stage)
    assert (await here.read("/v1/session/provider", role=None))["name"] == "Acme"
    answer = await signed_in_at(here, provider)
    me = answer.json()
    assert (answer.status_code, me["email"], me["role"], me["method"]) == (200, EMAIL, "support", "provider")
    assert (await exchange(stage, session=answer.cookies["meterlog_session"])).json()["actor"] == user.actor
    shown = await stage.read(f"/v1/users/{user.user_id}")
    assert (shown["status"], shown["provider"]) == ("active", True)
    assert [kind for kind, _, _ in await trail(stage)][-2:] == ["ProviderLinked", "SessionOpened"]
    # The address at the provider has changed, and may even be somebody else's here: the subject is who it was.
    await identity.create_user(stage.pool, "bob@example.net", PASSWORD, "admin")
    await provider.says(email="bob@example.net", email_verified=False)
    assert (await signed_in_at(here, provider)).json()["email"] == EMAIL


@pytest.mark.servers
async def test_a_state_that_was_not_given_to_this_browser_opens_nothing(stage: Stage, provider: Provider) -> None:
    here = at(stage, provider)
    await invited(stage)
    mine, other = Browser(here), Browser(here)
    said = await provider.visited(await mine.begin())
    await other.begin()
    for state in (said["state"], "forged", said["state"] + "x"):
        refused = await other.end(said | {"state": state})
        assert (refused.status_code, code_of(refused)) == (410, "login_not_begun"), "a login is not planted on another"
    nobody = await Browser(here).end(said)
    assert code_of(nobody) == "login_not_begun"
    assert (await mine.end(said)).status_code == 200, "and whoever tried took nothing from him"


@pytest.mark.servers
async def test_a_code_and_a_state_work_once_and_ten_minutes(stage: Stage, provider: Provider) -> None:
    here = at(stage, provider)
    await invited(stage)
    browser = Browser(here)
    said = await provider.visited(await browser.begin())
    cookie = browser.cookies["meterlog_login"]
    answers = await asyncio.gather(*(browser.end(said) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 410, 410, 410]
    browser.cookies["meterlog_login"] = cookie
    assert code_of(await browser.end(said)) == "login_not_begun"
    again = Browser(here)
    fresh = await provider.visited(await again.begin())
    replayed = await again.end({"code": said["code"], "state": fresh["state"]})
    assert (replayed.status_code, code_of(replayed)) == (401, "provider_refused")
    late = Browser(here)
    said = await provider.visited(await late.begin())
    await stage.pool.execute("update durable.provider_login set expires_at = now()")
    assert code_of(await late.end(said)) == "login_not_begun"


@pytest.mark.servers
async def test_a_code_that_was_given_for_another_login_is_worth_nothing(stage: Stage, provider: Provider) -> None:
    here = at(stage, provider)
    await invited(stage)
    thief, victim = Browser(here), Browser(here)
    stolen = await provider.visited(await victim.begin())
    own = await provider.visited(await thief.begin())
    refused = await thief.end({"code": stolen["code"], "state": own["state"]})
    assert (refused.status_code, code_of(refused)) == (401, "provider_refused"), "PKCE: the verifier is another"


WRONG: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "no signature": ("none", {}),
    "the public key as a secret": ("HS256", {}),
    "a stranger's key": ("stranger", {}),
    "another issuer": ("RS256", {"iss": "https://id.evil.org"}),
    "another audience": ("RS256", {"aud": "another-client"}),
    "another nonce": ("RS256", {"nonce": "replayed"}),
    "expired": ("RS256", {"exp": 1_000_000_000}),
    "of the future": ("RS256", {"iat": 4_000_000_000, "exp": 4_000_000_300}),
    "of nobody": ("RS256", {"sub": None}),
}


@pytest.mark.servers
async def test_no_forged_or_foreign_token_opens_a_session(stage: Stage, provider: Provider) -> None:
    here = at(stage, provider)
    await invited(stage)
    for name, (signs, claims) in WRONG.items():
        await provider.says(signs, **claims)
        refused = await signed_in_at(here, provider)
        assert (refused.status_code, code_of(refused)) == (401, "provider_refused"), name
        assert "meterlog_session" not in refused.cookies
    assert await stage.pool.fetchval("select count(*) from durable.app_session") == 0
    await provider.says()
    assert (await signed_in_at(here, provider)).status_code == 200


@pytest.mark.servers
async def test_a_new_key_of_the_provider_is_taken_up_and_the_one_before_is_none(
    stage: Stage, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.reporting.identity.provider.calling.KEYS_ASKED_EVERY_S", 0.0)
    here = at(stage, provider)
    await invited(stage)
    assert (await signed_in_at(here, provider)).status_code == 200
    await provider.rotate()
    assert (await signed_in_at(here, provider)).status_code == 200


@pytest.mark.servers
async def test_an_address_that_is_not_verified_takes_over_nobody(stage: Stage, provider: Provider) -> None:
    here = at(stage, provider, oidc_join="anybody", oidc_default_role="support")
    await signed_in(stage, "admin")
    for claims in ({"email_verified": False}, {"email_verified": "true"}, {"email_verified": None}):
        await provider.says(sub="attacker", **claims)
        refused = await signed_in_at(here, provider)
        assert (refused.status_code, code_of(refused)) == (403, "email_not_verified")
    # Letters that fold to others: this is no spelling of ann@example.net that she has verified.
    for email in ("ann@ex\u00e4mple.net", "\u00aann@example.net", "ann@example.net\u0000", "ann", "@", "a b@c", ""):
        await provider.says(sub="attacker", email=email)
        refused = await signed_in_at(here, provider)
        assert (refused.status_code, code_of(refused)) == (403, "email_not_admitted"), email
    assert await stage.pool.fetchval("select count(*) from durable.provider_identity") == 0


@pytest.mark.servers
async def test_two_people_at_the_provider_are_never_one_here(stage: Stage, provider: Provider) -> None:
    here = at(stage, provider)
    await invited(stage)
    assert (await signed_in_at(here, provider)).status_code == 200
    await provider.says(sub="who has the address now")
    refused = await signed_in_at(here, provider)
    assert (refused.status_code, code_of(refused)) == (403, "already_linked")
    user = (await stage.read("/v1/users"))["items"][0]
    async with stage.client() as client:
        assert (await client.post(f"/v1/users/{user['id']}/unlink-provider")).json()["provider"] is False
    assert (await signed_in_at(here, provider)).status_code == 200
    assert "ProviderUnlinked" in [kind for kind, _, _ in await trail(stage)]


@pytest.mark.servers
async def test_whoever_nobody_has_invited_stays_out_or_joins_as_the_settings_say(
    stage: Stage, provider: Provider
) -> None:
    refused = await signed_in_at(at(stage, provider), provider)
    assert (refused.status_code, code_of(refused)) == (403, "not_invited")
    here = at(
        stage, provider, oidc_join="anybody", oidc_default_role="auditor", oidc_email_domains="example.net, b.org"
    )
    await provider.says(sub="x", email="ann@example.net.evil.org")
    assert code_of(await signed_in_at(here, provider)) == "email_not_admitted"
    await provider.says(sub="x", email="evil@EXAMPLE.net")
    joined = await asyncio.gather(*(signed_in_at(here, provider) for _ in range(3)))
    assert [(one.status_code, one.json()["role"]) for one in joined] == [(200, "auditor")] * 3
    assert await stage.pool.fetchval("select count(*) from durable.app_user") == 1, "at one moment, and one user"


@pytest.mark.servers
async def test_groups_give_roles_at_each_login_and_who_leaves_them_is_out(stage: Stage, provider: Provider) -> None:
    here = at(stage, provider, oidc_join="anybody", oidc_roles="billing team=billing,noc=support,odd=gone")
    await provider.says(groups=["noc", "billing team"])
    first = await signed_in_at(here, provider)
    assert first.json()["role"] == "billing"
    await provider.says(groups=["noc"])
    assert (await signed_in_at(here, provider)).json()["role"] == "support"
    assert (await exchange(stage, session=first.cookies["meterlog_session"])).status_code == 401, "its role is gone"
    for groups in (["staff"], [], None, "admin", ["odd"], {"noc": True}):
        await provider.says(groups=groups)
        refused = await signed_in_at(here, provider)
        assert (refused.status_code, code_of(refused)) == (403, "no_role"), groups


@pytest.mark.servers
async def test_a_provider_that_asked_for_no_second_factor_is_no_way_around_ours(
    stage: Stage, provider: Provider
) -> None:
    here = at(stage, provider)
    await enrolled(stage, await signed_in(stage, "support"))
    refused = await signed_in_at(here, provider)
    assert (refused.status_code, code_of(refused)) == (403, "second_factor_needed")
    await provider.says(amr=["pwd", "mfa"])
    assert (await signed_in_at(here, provider)).status_code == 200
    await provider.says()
    assert (await signed_in_at(at(stage, provider, oidc_second_factor="trusted"), provider)).status_code == 200
    await identity.create_user(stage.pool, "bob@example.net", None, "billing")
    await set_policy(stage, second_factor_roles=["billing"])
    await provider.says(sub="bob", email="bob@example.net")
    assert code_of(await signed_in_at(here, provider)) == "second_factor_needed"
    await provider.says(sub="bob", email="bob@example.net", amr=["mfa"])
    bob = await signed_in_at(here, provider)
    assert (bob.json()["second_factor"], "write" in bob.json()["allowed"]) == ("off", True)
    session = bob.cookies["meterlog_session"]
    assert (await ask(here, "GET", "/v1/invoices", session=session)).status_code == 200


@pytest.mark.servers
async def test_who_was_deactivated_stays_out_by_every_door(stage: Stage, provider: Provider) -> None:
    here = at(stage, provider)
    user = await invited(stage)
    answer = await signed_in_at(here, provider)
    async with stage.client() as client:
        await client.post(f"/v1/users/{user.user_id}/deactivate")
    assert (await exchange(stage, session=answer.cookies["meterlog_session"])).status_code == 401
    refused = await signed_in_at(here, provider)
    assert (refused.status_code, code_of(refused)) == (403, "user_deactivated")


@pytest.mark.servers
async def test_signing_out_here_leads_to_signing_out_there(stage: Stage, provider: Provider) -> None:
    here = at(stage, provider)
    await invited(stage)
    session = (await signed_in_at(here, provider)).cookies["meterlog_session"]
    url = (await ask(here, "GET", "/v1/session/provider/sign-out", session=session)).json()["url"]
    assert url.startswith(f"{provider.issuer}/logout?client_id=meterlog&post_logout_redirect_uri=https%3A%2F%2Fbilling")
    assert (await ask(here, "DELETE", "/v1/session", session=session)).status_code == 204
    assert (await exchange(stage, session=session)).status_code == 401
    own = await signed_in(stage, "support", "bob@example.net")
    assert (await ask(stage, "GET", "/v1/session/provider/sign-out", session=own)).json()["url"] is None


@pytest.mark.servers
async def test_without_a_provider_or_with_one_that_is_away_the_password_still_works(
    stage: Stage, provider: Provider
) -> None:
    await signed_in(stage)
    assert await stage.read("/v1/session/provider", role=None) == {"name": None}
    none = await Browser(stage).post("/v1/session/provider")
    assert (none.status_code, code_of(none)) == (409, "origin_not_set")
    none = await Browser(
        Stage(stage.pool, stage.settings.model_copy(update={"public_origin": ORIGIN}), stage.vault)
    ).post("/v1/session/provider")
    assert (none.status_code, code_of(none)) == (404, "no_provider")
    away = at(stage, provider, oidc_issuer="http://127.0.0.1:9")
    gone = await Browser(away).post("/v1/session/provider")
    assert (gone.status_code, code_of(gone), gone.headers["retry-after"] != "") == (503, "provider_unavailable", True)
    other = at(stage, provider, oidc_issuer=provider.issuer + "/")
    assert code_of(await Browser(other).post("/v1/session/provider")) == "provider_unavailable", "letter by letter"
    assert (await log_in(away)).status_code == 200


@pytest.mark.servers
async def test_beginning_is_counted_by_sender_and_closes_nobody_elses_way(stage: Stage, provider: Provider) -> None:
    here = at(stage, provider)
    await invited(stage)
    assert (await signed_in_at(here, provider)).status_code == 200
    spent = "update durable.login_allowance set full_at = now() + interval '10 minutes'"
    assert await stage.pool.execute(spent) == "UPDATE 1", "by network address"
    refused = await Browser(here).post("/v1/session/provider")
    assert (refused.status_code, code_of(refused)) == (429, "too_many_attempts")
    async with here.client(role=None) as client:
        elsewhere = {"X-Forwarded-For": "192.0.2.2", "Origin": ORIGIN}
        assert (await client.post("/v1/session/provider", headers=elsewhere)).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"METERLOG_OIDC_ISSUER": "https://id.example.net"},
        {"METERLOG_OIDC_ISSUER": "http://id.example.net", "METERLOG_OIDC_CLIENT_ID": "m"},
        {"METERLOG_OIDC_ISSUER": "http://localhost.evil.org", "METERLOG_OIDC_CLIENT_ID": "m"},
        {"METERLOG_PUBLIC_ORIGIN": "https://billing.example.net/"},
        {"METERLOG_OIDC_ROLES": "billing"},
        {"METERLOG_OIDC_JOIN": "anybody"},
        {"METERLOG_OIDC_LEEWAY_S": "301"},
    ],
)
def test_a_provider_that_is_half_set_up_or_without_tls_is_refused_at_the_start(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        Settings.of(wrong)


def test_settings_say_which_group_gives_which_role() -> None:
    given = {"ISSUER": "https://id.example.net", "CLIENT_ID": "m", "ROLES": "a b=billing,noc=support"}
    terms = terms_of(Settings.of({f"METERLOG_OIDC_{name}": value for name, value in given.items()}))
    assert terms is not None and terms.name == "id.example.net"
    assert [terms.role_of(groups) for groups in (("noc",), ("noc", "a b"), ())] == ["support", "billing", None]


@pytest.mark.servers
async def test_an_admin_sees_how_people_come_in_and_no_secret(stage: Stage, provider: Provider) -> None:
    here = at(stage, provider, oidc_roles="noc=support", oidc_email_domains="example.net")
    answer = await here.get("/v1/access-policy/sign-in")
    shown = answer.json()["provider"]
    assert (shown["issuer"], shown["roles"]) == (provider.issuer, [{"group": "noc", "role": "support"}])
    assert (shown["callback"], shown["join"]) == (f"{ORIGIN}/login/provider", "invited")
    assert provider.secret not in answer.text
    none = await stage.read("/v1/access-policy/sign-in")
    assert (none["provider"], none["origin"], none["password_min"]) == (None, None, 8)
