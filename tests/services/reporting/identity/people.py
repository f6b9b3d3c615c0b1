"""People and credentials of the tests of access."""

from __future__ import annotations

from typing import Any, Final

import httpx

from services.reporting import identity
from shared.http.auth import SERVICE, Tokens
from tests.services.reporting.stage import Stage

EMAIL: Final = "ann@example.net"
PASSWORD: Final = "correct horse battery"


async def log_in(stage: Stage, email: str = EMAIL, password: str = PASSWORD, **more: Any) -> httpx.Response:
    async with stage.client(role=None) as client:
        body = {"email": email, "password": password, **more}
        return await client.post("/v1/session", json=body, headers={"X-Forwarded-For": "192.0.2.1"})


async def exchange(stage: Stage, **credential: Any) -> httpx.Response:
    async with stage.client(role=SERVICE, actor="entry") as client:
        return await client.post("/internal/exchange", json=credential)


async def ask(stage: Stage, method: str, path: str, body: Any = None, **credential: Any) -> httpx.Response:
    """A request as the entry passes it on: with the token of the credential, and the cookie of a session."""
    granted = await exchange(stage, **credential)
    if granted.status_code != 200:
        return granted
    headers = {"Authorization": f"Bearer {granted.json()['token']}", "X-Forwarded-For": "192.0.2.1"}
    if "session" in credential:
        headers["Cookie"] = f"meterlog_session={credential['session']}"
    async with stage.client(role=None) as client:
        return await client.request(method, path, json=body, headers=headers)


async def signed_in(stage: Stage, role: str = "admin", email: str = EMAIL) -> str:
    """The secret of a session of a new person."""
    await identity.create_user(stage.pool, email, PASSWORD, role)
    return (await identity.log_in(stage.pool, email, PASSWORD)).secret


async def trail(stage: Stage, *, role: str = "auditor") -> list[tuple[str, str, str]]:
    """What the audit trail says of access, oldest first: type, about what, by whom."""
    page = await stage.read("/v1/events", role=role, topic="identity", sort="recorded_at", limit=500)
    return [
        (event["type"].removeprefix("identity.").removesuffix(".v1"), event["aggregate_id"], event["actor"])
        for event in page["items"]
    ]


def code_of(answer: httpx.Response) -> str:
    """The code of the first error."""
    return str(answer.json()["errors"][0]["code"])


def tokens_of(stage: Stage) -> Tokens:
    return Tokens(stage.settings.secret("token_key"))
