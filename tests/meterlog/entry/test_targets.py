"""The entry and the service behind it read one request in one way: nothing arrives as something else than was sent."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any, NamedTuple

import pytest
from fastapi import APIRouter, Request, Response
from pydantic import SecretStr

from meterlog.entry.app import build_entry
from meterlog.entry.services import Services
from meterlog.entry.watch import Watch
from meterlog.installation import SERVICES
from shared.engine.settings import Settings
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import EVERYBODY, SERVICE, Tokens
from shared.http.server import build_app
from shared.http.vault import Vault
from tests.kit.fixed_logs import FixedLogs
from tests.meterlog.entry.stubs import StubClockControl
from tests.shared.http.sockets import exchanged, header_of, listening_on, request, status_of
from tests.shared.http.stub import KEY, StubRuntime

ADMIN = "Authorization: Bearer mk_admin"


class Installation(NamedTuple):
    entry: int
    service: int
    seen: list[str]


def router(seen: list[str]) -> Any:
    """What all five stubs have: users, resources with slashes, the exchange."""

    def routes_of(api: Api) -> APIRouter:
        routes = APIRouter()

        @routes.post("/internal/exchange", dependencies=[api.roles(SERVICE)], include_in_schema=False)
        async def exchange(body: dict[str, str], request: Request) -> Response:
            known = body.get("api_key") == "mk_admin" or body.get("session") == "s_admin"
            if not known:
                return Answer({"errors": [{"pointer": "", "code": "unauthenticated", "detail": "no"}]}, 401)
            token = api.tokens.issue("key:admin", "admin")
            return Answer({"token": token, "actor": "key:admin", "role": "admin", "expires_in": 60})

        async def answer(request: Request) -> Response:
            seen.append(f"{request.method} {request.scope['raw_path'].decode()}")
            body = (await request.body()).decode()
            return Answer({"actor": caller_of(request).actor, "body": body, **request.path_params})

        everybody = [api.roles(*EVERYBODY)]
        routes.add_api_route("/v1/users", answer, methods=["GET", "POST"], name="users", dependencies=everybody)
        routes.add_api_route("/v1/users/{user_id}", answer, methods=["POST"], name="user", dependencies=everybody)
        routes.add_api_route("/v1/resources/{resource_id:path}", answer, name="resource", dependencies=everybody)
        routes.add_api_route("/v1/invoices", answer, methods=["POST"], name="draft", dependencies=everybody)
        return routes

    return routes_of


def reading(seen: list[str]) -> Any:
    """Reporting, which has the invoices to be read as well."""

    def routes_of(api: Api) -> APIRouter:
        routes: APIRouter = router(seen)(api)

        async def listed(request: Request) -> Response:
            return Answer({"items": []})

        routes.add_api_route("/v1/invoices", listed, name="invoices", dependencies=[api.roles(*EVERYBODY)])
        return routes

    return routes_of


@pytest.fixture(scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    seen: list[str] = []
    async with AsyncExitStack() as stack:
        ports = {}
        for name in SERVICES:
            runtime = StubRuntime(reading(seen) if name == "reporting" else router(seen), service=name)
            app = build_app(runtime, bus=None, vault=Vault(runtime.settings))
            ports[name] = await stack.enter_async_context(listening_on(app))
        settings = Settings(
            token_key=SecretStr(KEY),
            console_dir=tmp_path_factory.mktemp("console"),
            service_urls={name: f"http://127.0.0.1:{port}" for name, port in ports.items()},
        )
        services = Services(settings)
        stack.push_async_callback(services.close)
        watch = Watch(services, FixedLogs(), partitions=settings.partitions, standstill_s=settings.standstill_s)
        entry = await stack.enter_async_context(
            listening_on(build_entry(settings, services, StubClockControl(), watch))
        )
        yield Installation(entry, ports["reporting"], seen)


@pytest.fixture
def installation(running: Installation) -> Installation:
    running.seen.clear()
    return running


SIDEWAYS = [
    "/v1/users/../../internal/exchange",
    "/v1/users/..;/../internal/exchange",
    "/v1/users/..;a=b/..;/internal/exchange",
    "/v1/users/%2e%2e/%2e%2e/internal/exchange",
    "/v1/users/%2E%2e/.%2E/internal/exchange",
    "/v1/users/..%2f..%2finternal/exchange",
    "/v1/users/%2e%2e%2F%2e%2e%2Finternal%2Fexchange",
    "/v1/users/..\\..\\internal/exchange",
    "/v1/users/..%5c..%5cinternal%5cexchange",
    "/v1/users/%20../..%20/internal/exchange",
    "/v1/users/./../../internal/exchange",
    "/v1/users/.",
    "/v1/users/..",
    "/v1/./users",
    "/v1//users",
    "//internal/exchange",
    "/v1/users/%00",
    "/v1/users/%0d%0a",
    "/v1/users/%7f",
    "/v1/users/%ff",
    "/v1/users/%c0%ae%c0%ae/",
    "/v1/users/%ed%a0%80",
    "/v1/users/%zz",
    "/v1/users/%u002e",
    "/v1/users/%2",
    "/v1/users/\u00e9",
    "/v1/users#/../../internal/exchange",
    "/v1/users?name=%ff",
    "http://m.test/internal/exchange",
    "internal/exchange",
]


@pytest.mark.parametrize("target", SIDEWAYS)
async def test_a_path_with_two_readings_is_refused_by_the_entry_and_by_the_service(
    installation: Installation, target: str
) -> None:
    body = b'{"api_key": "mk_admin"}'
    sent = request(target, ADMIN, "Content-Type: application/json", method="POST", body=body)
    for port in (installation.entry, installation.service):
        answer = await exchanged(port, sent)
        assert (status_of(answer), b"token" in answer) == (400, False), answer
    assert installation.seen == []


@pytest.mark.parametrize("target", ["/internal/exchange", "/%69nternal/exchange", "/v1/users/%252e%252e/internal"])
async def test_the_inside_is_not_reached_from_outside(installation: Installation, target: str) -> None:
    sent = request(target, ADMIN, "Content-Type: application/json", method="POST", body=b'{"api_key": "mk_admin"}')
    answer = await exchanged(installation.entry, sent)
    assert (status_of(answer), b"eyJ" in answer) == (404, False)


@pytest.mark.parametrize("role", ["admin", "service"])
async def test_no_token_made_for_callers_opens_the_inside(installation: Installation, role: str) -> None:
    """Not even one that says `service` of itself: it would have to be signed with the other key."""
    tokens = Tokens(KEY)
    tokens._keys["internal"] = tokens._keys["callers"]
    sent = request(
        "/internal/exchange",
        f"Authorization: Bearer {tokens.issue('key:x', role)}",
        "Content-Type: application/json",
        method="POST",
        body=b'{"api_key": "mk_admin"}',
    )
    assert status_of(await exchanged(installation.service, sent)) in (401, 403)


@pytest.mark.parametrize(
    ("target", "arrives"),
    [
        ("/v1/%75sers",                        "/v1/users"),
        ("/v1/resources/mac%3a00%2fx",         "/v1/resources/mac%3A00%2Fx"),
        ("/v1/resources/a%2e%2e%2eb",          "/v1/resources/a...b"),
        ("/v1/resources/...",                  "/v1/resources/..."),
        ("/v1/resources/%252e%252e/x",         "/v1/resources/%252e%252e/x"),
        ("/v1/resources%2Fx",                  "/v1/resources%2Fx"),
        ("/v1/resources/%E5%8C%97",            "/v1/resources/%E5%8C%97"),
    ],
)  # fmt: skip
async def test_a_path_arrives_in_its_normal_form(installation: Installation, target: str, arrives: str) -> None:
    answer = await exchanged(installation.entry, request(target, ADMIN))
    assert (status_of(answer), installation.seen) == (200, [f"GET {arrives}"])


@pytest.mark.parametrize(
    "headers",
    [
        (ADMIN, "Authorization: Bearer mk_other"),
        (ADMIN, "Idempotency-Key: a", "Idempotency-Key: b"),
        (ADMIN, 'If-Match: "1"', 'If-Match: "2"'),
        (ADMIN, "Content-Type: application/json", "Content-Type: text/plain"),
        (ADMIN, "Position: rating/0@1", "Position: rating/0@2"),
        ("Cookie: meterlog_session=s_admin", "Cookie: meterlog_session=s_other"),
        ("Cookie: meterlog_session=s_admin; meterlog_session=s_other",),
    ],
)
async def test_what_may_come_once_and_comes_twice_is_refused(
    installation: Installation, headers: tuple[str, ...]
) -> None:
    assert status_of(await exchanged(installation.entry, request("/v1/users", *headers))) == 400
    assert installation.seen == []


async def test_a_body_in_chunks_arrives_as_one_and_hides_no_second_request(installation: Installation) -> None:
    inner = request("/internal/exchange", method="POST", body=b"{}")
    chunked = f"{len(inner):x}\r\n".encode() + inner + b"\r\n0\r\n\r\n"
    sent = request("/v1/users", ADMIN, "Transfer-Encoding: chunked", method="POST", body=chunked)
    answer = await exchanged(installation.entry, sent)
    assert (status_of(answer), installation.seen) == (200, ["POST /v1/users"])
    assert json.loads(answer[answer.index(b"{") :])["body"] == inner.decode()


async def test_no_header_or_query_changes_the_method(installation: Installation) -> None:
    override = ("X-HTTP-Method-Override: POST", "X-Method-Override: POST", "X-HTTP-Method: POST")
    await exchanged(installation.entry, request("/v1/users", ADMIN, *override))
    assert installation.seen == ["GET /v1/users"]


@pytest.mark.parametrize(
    ("target", "allow"),
    [
        ("/v1/invoices",        "GET, HEAD, POST, OPTIONS"),
        ("/v1/users",           "GET, HEAD, POST, OPTIONS"),
        ("/v1/users/u-1",       "POST, OPTIONS"),
        ("/v1/resources/a%2Fb", "GET, HEAD, OPTIONS"),
        ("/v1/clock",           "GET, HEAD, PUT, DELETE, OPTIONS"),
        ("/v1/clock/advance",   "POST, OPTIONS"),
        ("/healthz",            "GET, HEAD, OPTIONS"),
        ("/",                   "GET, HEAD, OPTIONS"),
        ("/invoices",           "GET, HEAD, OPTIONS"),
    ],
)  # fmt: skip
async def test_allow_names_what_a_path_takes_whoever_answers_it(
    installation: Installation, target: str, allow: str
) -> None:
    told = await exchanged(installation.entry, request(target, method="OPTIONS"))
    assert (status_of(told), header_of(told, "allow")) == (204, allow)
    assert header_of(told, "access-control-allow-origin") is None
    for method in ("TRACE", "PATCH", "PROPFIND"):
        refused = await exchanged(installation.entry, request(target, ADMIN, method=method))
        assert (method, status_of(refused), header_of(refused, "allow")) == (method, 405, allow)


async def test_options_of_nothing_is_404(installation: Installation) -> None:
    for target in ("/v1/nothing", "/internal/exchange", "/internal"):
        assert status_of(await exchanged(installation.entry, request(target, method="OPTIONS"))) == 404


@pytest.mark.parametrize("target", ["/v1/users", "/v1/clock", "/v1/invoices", "/healthz", "/v1/nothing"])
async def test_head_is_get_without_the_body(installation: Installation, target: str) -> None:
    get, head = [
        await exchanged(installation.entry, request(target, ADMIN, method=method)) for method in ("GET", "HEAD")
    ]
    assert (status_of(head), head.partition(b"\r\n\r\n")[2]) == (status_of(get), b"")
    assert header_of(head, "content-type") == header_of(get, "content-type")
    if status_of(get) == 200:
        assert header_of(head, "content-length") == header_of(get, "content-length")
