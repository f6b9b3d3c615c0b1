"""A customer's link at the entry: it opens the customer's page only, so often, and is told to nobody."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from meterlog.entry import hammering
from meterlog.entry.hammering import MISSES_PER_MINUTE, PER_MINUTE, Hammering
from meterlog.entry.routing import owner_of
from shared.http.auth import CUSTOMER, Tokens
from shared.http.problems import Unavailable
from tests.meterlog.entry.stubs import StubEntry, key, running_entry

PAGE = "/v1/customer-page"


def link(token: str = "mc_1") -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
async def entry(tmp_path: Path) -> AsyncIterator[StubEntry]:
    async with running_entry(tmp_path) as entry:
        yield entry


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No time passes for limits, however busy the machine is: a minute's requests take it seconds."""
    monkeypatch.setattr(hammering, "time", SimpleNamespace(monotonic=lambda: 1000.0))


@pytest.mark.parametrize(
    ("method", "path", "service"),
    [
        ("GET",  "/v1/customer-page",                            "reporting"),
        ("GET",  "/v1/customer-page/invoices",                   "reporting"),
        ("GET",  "/v1/customer-page/credit-notes",               "reporting"),
        ("GET",  "/v1/customer-page/invoices/in-1",              "invoicing"),
        ("GET",  "/v1/customer-page/invoices/in-1/pdf",          "invoicing"),
        ("POST", "/v1/customer-page/invoices/in-1/payment-link", "payments"),
        ("GET",  "/v1/customer-page/usage",                      "rating"),
        ("GET",  "/v1/customer-page/balance",                    "payments"),
        ("POST", "/v1/accounts/acc-1/customer-links",            "reporting"),
    ],
)  # fmt: skip
def test_each_part_of_the_page_is_answered_by_who_knows_it(method: str, path: str, service: str) -> None:
    assert owner_of(method, path.encode()) == service


async def test_a_service_gets_a_signed_token_of_one_account_and_never_the_link(entry: StubEntry) -> None:
    answer = await entry.client.get(PAGE, headers=link() | {"Referer": f"http://x{PAGE}"})
    assert answer.status_code == 200
    (request,) = entry.system.requests
    caller = Tokens(entry.system.settings.secret("token_key")).verify(request.headers["authorization"][7:])
    assert (caller.role, caller.account_id) == (CUSTOMER, "acc-1")
    assert "mc_1" not in str(request.headers) + str(request.url) + request.content.decode()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/clock"),
        ("GET", "/v1/session"),
        ("GET", "/v1/roles"),
        ("GET", "/v1/commands/payments-x"),
        ("GET", "/v1/invoices"),
        ("GET", "/v1/accounts/acc-1/balance"),
        ("GET", "/v1/proof/rebuilds"),
        ("GET", "/v1/stream"),
        ("GET", "/v1/customer-pages"),
        ("GET", "/v1/customer-page/../invoices"),
        ("GET", "/v1/customer-page%2F..%2Finvoices"),
        ("POST", "/v1/accounts/acc-1/customer-links"),
    ],
)
async def test_a_link_opens_nothing_but_the_page(entry: StubEntry, method: str, path: str) -> None:
    answer = await entry.client.request(method, path, headers=link())
    assert answer.status_code in (400, 403, 404), answer.text
    assert entry.system.requests == []


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/usage", "/v1/payment-links/0123456789abcdef0123", "/customer-page"])
async def test_what_a_link_opens_stays_in_no_cache_and_tells_no_other_site(entry: StubEntry, path: str) -> None:
    answer = await entry.client.get(path, headers=link())
    assert answer.headers.get_list("referrer-policy") == ["no-referrer"]
    assert answer.headers["cache-control"] == "no-store"
    other = await entry.client.get("/v1/invoices", headers=key("admin"))
    assert other.headers.get_list("referrer-policy") == ["same-origin"]


@pytest.mark.usefixtures("at_once")
async def test_who_hammers_on_one_link_waits_and_nobody_else_does(entry: StubEntry) -> None:
    answers = [await entry.client.get(PAGE, headers=link()) for _ in range(PER_MINUTE + 3)]
    assert [answer.status_code for answer in answers].count(429) >= 2
    late = answers[-1]
    assert late.json()["errors"][0]["code"] == "too_many_requests" and int(late.headers["retry-after"]) >= 1
    assert (await entry.client.get(PAGE, headers=link("mc_2"))).status_code == 200
    assert (await entry.client.get("/v1/invoices", headers=key("admin"))).status_code == 200


@pytest.mark.usefixtures("at_once")
async def test_a_link_for_paying_is_asked_for_so_often_too(entry: StubEntry) -> None:
    path = "/v1/payment-links/0123456789abcdef0123"
    statuses = [(await entry.client.get(path)).status_code for _ in range(PER_MINUTE + 3)]
    assert statuses[0] == 200 and statuses[-1] == 429
    assert (await entry.client.get(path[:-1] + "4")).status_code == 200


@pytest.mark.usefixtures("at_once")
async def test_who_guesses_links_waits_and_a_link_that_is_known_works_on(entry: StubEntry) -> None:
    assert (await entry.client.get(PAGE, headers=link())).status_code == 200
    guesses = [(await entry.client.get(PAGE, headers=link(f"mc_no_{n}"))).status_code for n in range(40)]
    assert guesses[0] == 401 and guesses.count(401) in (MISSES_PER_MINUTE, MISSES_PER_MINUTE + 1) and guesses[-1] == 429
    assert (await entry.client.get(PAGE, headers=link())).status_code == 200


async def test_a_link_that_is_revoked_here_is_out_at_once(entry: StubEntry) -> None:
    assert (await entry.client.get(PAGE, headers=link())).status_code == 200
    entry.system.revoked.add("mc_1")
    assert (await entry.client.get(PAGE, headers=link())).status_code == 200
    await entry.client.post("/v1/accounts/acc-1/customer-links/revoke", headers=key("support"))
    refused = await entry.client.get(PAGE, headers=link())
    assert refused.status_code == 401 and "this link" in refused.json()["detail"]


def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hammering, "KEPT_MAX", 2)
    limit = Hammering(1)
    for one in (b"a", b"b", b"c"):
        limit.take(one)
    limit.take(b"a")
    with pytest.raises(Unavailable) as refused:
        limit.take(b"c")
    assert 1 <= refused.value.retry_after_s <= 60
