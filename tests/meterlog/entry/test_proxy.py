"""The entry sends each request where it belongs, as somebody, and lets nobody pass for somebody else."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from meterlog.entry import credentials
from meterlog.entry.routing import owner_of
from shared.http.auth import Tokens
from tests.meterlog.entry.stubs import StubEntry, key, running_entry


@pytest.fixture
async def entry(tmp_path: Path) -> AsyncIterator[StubEntry]:
    async with running_entry(tmp_path) as entry:
        yield entry


@pytest.mark.parametrize(
    ("method", "path", "service"),
    [
        ("POST",   "/v1/usage/records",                      "usage"),
        ("GET",    "/v1/usage/records",                      "reporting"),
        ("GET",    "/v1/usage/records/olt-12/0192",          "reporting"),
        ("GET",    "/v1/usage/quarantine",                   "usage"),
        ("GET",    "/v1/usage/batches/b-1",                  "usage"),
        ("GET",    "/v1/usage/summary",                      "reporting"),
        ("GET",    "/v1/resource-holder",                    "reporting"),
        ("GET",    "/v1/resource-history",                   "reporting"),
        ("GET",    "/v1/resources/mac%3A00%2F1/assignments", "usage"),
        ("POST",   "/v1/accounts",                           "rating"),
        ("GET",    "/v1/accounts/acc-1",                     "rating"),
        ("GET",    "/v1/accounts/acc-1/unbilled",            "rating"),
        ("GET",    "/v1/accounts/acc-1/balance",             "payments"),
        ("GET",    "/v1/accounts/acc-1/bill-profile",        "invoicing"),
        ("GET",    "/v1/accounts/balance",                   "rating"),
        ("POST",   "/v1/pricing/quotes",                     "rating"),
        ("POST",   "/v1/proof/what-if",                      "rating"),
        ("GET",    "/v1/proof/conservation",                 "reporting"),
        ("POST",   "/v1/tax/quotes",                         "invoicing"),
        ("GET",    "/v1/invoices",                           "reporting"),
        ("POST",   "/v1/invoices",                           "invoicing"),
        ("GET",    "/v1/invoices/in-1",                      "reporting"),
        ("GET",    "/v1/invoices/in-1/timeline",             "reporting"),
        ("GET",    "/v1/invoices/in-1/pdf",                  "invoicing"),
        ("GET",    "/v1/credit-notes/cn-1/pdf",              "invoicing"),
        ("GET",    "/v1/invoices/in-1/lines/3/explain",      "invoicing"),
        ("POST",   "/v1/invoices/in-1/issue",                "invoicing"),
        ("POST",   "/v1/payments",                           "payments"),
        ("GET",    "/v1/dunning/cases",                      "payments"),
        ("GET",    "/v1/reports/ar-aging",                   "reporting"),
        ("DELETE", "/v1/session",                            "reporting"),
        ("GET",    "/v1/commands/rating-abc",                "rating"),
        ("GET",    "/v1/commands/usage-abc",                 "usage"),
        ("GET",    "/v1/commands/nobody-abc",                None),
        ("GET",    "/v1/commands",                           None),
        ("GET",    "/v1/jobs/reporting-abc",                 "reporting"),
        ("POST",   "/v1/jobs/usage-abc/cancel",              "usage"),
        ("GET",    "/v1/jobs/nobody-abc",                    None),
        ("GET",    "/v1/jobs",                               "reporting"),
        ("GET",    "/v1/report-jobs/reporting-abc/download", "reporting"),
        ("GET",    "/v1/nothing",                            None),
        ("GET",    "/v1",                                    None),
        ("GET",    "/v2/accounts",                           None),
        ("GET",    "/internal/progress",                     None),
    ],
)  # fmt: skip
def test_every_path_has_one_owner(method: str, path: str, service: str | None) -> None:
    assert owner_of(method, path.encode()) == service


async def test_a_comparison_of_the_whole_book_has_more_time_than_other_requests(entry: StubEntry) -> None:
    for path in ("/v1/proof/what-if", "/v1/pricing/quotes"):
        await entry.client.post(path, headers=key("admin"), content=b"{}")
    waits = [request.extensions["timeout"]["read"] for request in entry.system.requests]
    assert waits == [150, 30]


async def test_a_request_arrives_as_it_was_sent(entry: StubEntry) -> None:
    headers = {"Idempotency-Key": "k", "If-Match": '"3"', "Position": "rating/0@7", "Content-Type": "application/json"}
    answer = await entry.client.post(
        "/v1/resources/mac%3A00%2Fx?a=1&a=%202", headers=headers | key("admin"), content=b"{}"
    )
    assert answer.json() == {"service": "usage", "path": "/v1/resources/mac%3A00%2Fx?a=1&a=%202", "method": "POST"}
    [request] = entry.system.requests
    assert request.content == b"{}"
    assert {name: request.headers[name] for name in headers} == headers
    assert answer.headers["position"] == "usage/0@1"
    assert "connection" not in answer.headers


async def test_the_service_learns_who_calls_from_a_token_and_from_nothing_else(entry: StubEntry) -> None:
    forged = {
        "Cookie": "meterlog_session=s_admin",
        "X-Forwarded-For": "10.0.0.1",
        "X-Meterlog-Role": "admin",
        "X-Real-IP": "1.2.3.4",
        "Forwarded": "for=1.2.3.4",
        "Connection": "keep-alive",
    }
    await entry.client.get("/v1/accounts", headers=forged | key("support"))
    [request] = entry.system.requests
    token = request.headers["authorization"].removeprefix("Bearer ")
    caller = Tokens("a key for tests").verify(token)
    assert (caller.actor, caller.role) == ("key:support", "support")
    assert "mk_support" not in str(request.headers.raw)
    assert not {"cookie", "x-meterlog-role", "x-real-ip", "forwarded"} & set(request.headers)
    assert request.headers["x-forwarded-for"] != "10.0.0.1"


async def test_a_trace_goes_through(entry: StubEntry) -> None:
    trace_id = "4bf92f3577b34da6a3ce929d0e0e4736"
    await entry.client.get("/v1/accounts", headers=key("admin") | {"traceparent": f"00-{trace_id}-00f067aa0ba902b7-01"})
    assert entry.system.requests[0].headers["traceparent"].split("-")[1] == trace_id


async def test_one_callers_cookie_never_goes_with_anothers_request(entry: StubEntry) -> None:
    await entry.client.post("/v1/session", json={})
    entry.client.cookies.clear()
    await entry.client.get("/v1/accounts", headers=key("admin"))
    assert "cookie" not in entry.system.requests[-1].headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({},                                             401),
        ({"Authorization": "Bearer mk_nobody"},          401),
        ({"Authorization": "Bearer "},                   401),
        ({"Authorization": "Basic bWtfYWRtaW46"},        401),
        ({"Authorization": "Bearer s_admin"},            401),
        ({"Authorization": "Bearer " + "k" * 600},       401),
        ({"Cookie": "meterlog_session=mk_admin"},        401),
        ({"Cookie": "meterlog_session=s_admin"},         200),
        ({"Authorization": "bearer mk_admin"},           200),
    ],
)  # fmt: skip
async def test_strangers_stay_outside(entry: StubEntry, headers: dict[str, str], status: int) -> None:
    assert (await entry.client.get("/v1/accounts", headers=headers)).status_code == status
    assert len(entry.system.requests) == (status == 200)


async def test_login_and_health_need_no_credentials(entry: StubEntry) -> None:
    assert (await entry.client.post("/v1/session", json={})).status_code == 200
    assert "authorization" not in entry.system.requests[0].headers
    assert (await entry.client.get("/healthz")).status_code == 200


OURS, EVIL = {"Origin": "http://meterlog.test"}, {"Origin": "http://evil.test"}


@pytest.mark.parametrize(
    ("headers", "write", "login"),
    [
        (OURS,                                         200, 200),
        (OURS | {"Sec-Fetch-Site": "same-origin"},     200, 200),
        ({"Sec-Fetch-Site": "same-origin"},            200, 200),
        ({"Sec-Fetch-Site": "none"},                   200, 200),
        ({},                                           403, 200),
        (EVIL,                                         403, 403),
        (EVIL | {"Sec-Fetch-Site": "same-origin"},     403, 403),
        ({"Origin": "null"},                           403, 403),
        ({"Origin": "http://[meterlog.test"},          403, 403),
        ({"Origin": "http://meterlog.test:8080"},      403, 403),
        ({"Sec-Fetch-Site": "cross-site"},             403, 403),
        ({"Sec-Fetch-Site": "same-site"},              403, 403),
        (OURS | {"Sec-Fetch-Site": "cross-site"},      403, 403),
        (OURS | {"Sec-Fetch-Site": "same-site"},       403, 403),
    ],
)  # fmt: skip
async def test_another_site_can_not_use_the_session(
    entry: StubEntry, headers: dict[str, str], write: int, login: int
) -> None:
    with_session = headers | {"Cookie": "meterlog_session=s_admin"}
    assert (await entry.client.post("/v1/accounts", headers=with_session, json={})).status_code == write
    assert (await entry.client.get("/v1/accounts", headers=with_session)).status_code == 200
    assert (await entry.client.post("/v1/session", headers=headers, json={})).status_code == login
    # A program that sends a key is no browser: what it says of its origin is nobody's business.
    assert (await entry.client.post("/v1/accounts", headers=headers | key("admin"), json={})).status_code == 200


async def test_a_key_is_exchanged_once_for_many_requests(entry: StubEntry) -> None:
    await asyncio.gather(*(entry.client.get("/v1/accounts", headers=key("admin")) for _ in range(20)))
    assert entry.system.exchanges == 1


class StandingTime:
    """The clock of `credentials`, moved by hand."""

    at = 1000.0

    def monotonic(self) -> float:
        return self.at


@pytest.fixture
def standing_time(monkeypatch: pytest.MonkeyPatch) -> StandingTime:
    time = StandingTime()
    monkeypatch.setattr(credentials, "time", time)
    return time


async def test_a_no_is_remembered_for_a_moment_only(entry: StubEntry, standing_time: StandingTime) -> None:
    stranger = {"Authorization": "Bearer mk_nobody"}
    for _ in range(3):
        assert (await entry.client.get("/v1/accounts", headers=stranger)).status_code == 401
    assert entry.system.exchanges == 1
    standing_time.at += credentials.KEPT_REFUSED_S
    await entry.client.get("/v1/accounts", headers=stranger)
    assert entry.system.exchanges == 2


async def test_a_revoked_key_is_out_soon_and_at_once_where_it_was_revoked(
    entry: StubEntry, standing_time: StandingTime
) -> None:
    assert (await entry.client.get("/v1/accounts", headers=key("billing"))).status_code == 200
    entry.system.revoked.add("mk_billing")
    assert (await entry.client.get("/v1/accounts", headers=key("billing"))).status_code == 200
    await entry.client.delete("/v1/api-keys/k7", headers=key("admin"))
    assert (await entry.client.get("/v1/accounts", headers=key("billing"))).status_code == 401
    entry.system.revoked.add("mk_admin")
    standing_time.at += credentials.KEPT_S
    assert (await entry.client.get("/v1/accounts", headers=key("admin"))).status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET",  "/v1/invoices/in-7/pdf",     200),
        ("HEAD", "/v1/invoices",              200),
        ("POST", "/v1/invoices",              403),
        ("GET",  "/v1/payments",              403),
        ("GET",  "/v1/clock",                 403),
        ("PUT",  "/v1/clock",                 403),
        ("GET",  "/v1/health/services",       403),
        ("GET",  "/v1/proof/rebuilds",        403),
        ("GET",  "/v1/session",               200),
        ("GET",  "/v1/invoices/../payments",  403),
        ("GET",  "/v1/invoices%2F..%2Fusers", 400),
    ],
)  # fmt: skip
async def test_a_key_that_is_held_to_scopes_gets_no_further_at_any_path(
    entry: StubEntry, method: str, path: str, status: int
) -> None:
    entry.system.scopes["mk_admin"] = ["invoices:read"]
    answer = await entry.client.request(method, path, headers=key("admin"))
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["errors"][0]["code"] == "out_of_scope"
        assert entry.system.requests == []


@pytest.mark.parametrize("path", ["/v1/users/u1/deactivate", "/v1/roles", "/v1/sessions/end-others"])
async def test_what_changes_access_is_asked_again_at_once(entry: StubEntry, path: str) -> None:
    await entry.client.get("/v1/accounts", headers=key("billing"))
    entry.system.revoked.add("mk_billing")
    await entry.client.post(path, headers=key("admin"), json={})
    assert (await entry.client.get("/v1/accounts", headers=key("billing"))).status_code == 401


async def test_a_stranger_at_the_door_makes_nobody_be_asked_again(entry: StubEntry) -> None:
    await entry.client.get("/v1/accounts", headers=key("billing"))
    await entry.client.post("/v1/session", json={"email": "x", "password": "y"})
    await entry.client.get("/v1/accounts", headers=key("billing"))
    assert entry.system.exchanges == 1


@pytest.mark.parametrize("down", ["rating", "reporting"])
async def test_a_service_that_is_down_is_named_in_a_503(entry: StubEntry, down: str) -> None:
    entry.system.down.add(down)
    answer = await entry.client.get("/v1/accounts", headers=key("admin"))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert down in answer.json()["detail"]


async def test_a_body_over_the_limit_stops_at_the_entry(entry: StubEntry) -> None:
    answer = await entry.client.post("/v1/usage/records", headers=key("ingest"), content=b" " * (8 * 1024 * 1024 + 1))
    assert (answer.status_code, entry.system.requests) == (413, [])


@pytest.mark.parametrize("path", ["/v1/nothing", "/internal/progress", "/internal/exchange", "/v1/commands/x-y"])
async def test_what_does_not_exist_is_404(entry: StubEntry, path: str) -> None:
    answer = await entry.client.get(path, headers=key("admin"))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, "not_found")
    assert entry.system.requests == []


async def test_a_packed_body_is_passed_on_plain(entry: StubEntry) -> None:
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"} | key("admin")
    packed = gzip.compress(b'{"amount": "1.00"}')
    assert (await entry.client.post("/v1/payments", headers=headers, content=packed)).status_code == 200
    [request] = entry.system.requests
    assert request.content == b'{"amount": "1.00"}'
    assert "content-encoding" not in request.headers
    refused = await entry.client.post("/v1/payments", headers=headers, content=b'{"amount": "1.00"}')
    assert (refused.status_code, len(entry.system.requests)) == (400, 1)
