"""Endpoints as an administrator makes and changes them, and what is refused."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import pytest

from services.reporting.webhook.endpoints import ENDPOINTS_MAX
from tests.services.reporting.stage import Stage
from tests.services.reporting.webhook.hooked import Hooked

pytestmark = pytest.mark.servers

BODY = {"url": "https://hooks.example/in?token=s3cr3t", "events": ["payments.*"]}


async def make(stage: Stage, key: str | None = None, **more: Any) -> Any:
    headers = {} if key is None else {"Idempotency-Key": key}
    return await Hooked(stage).ask("POST", "webhook-endpoints", BODY | more, **headers)


async def test_a_secret_is_shown_once_and_kept_sealed(stage: Stage) -> None:
    made = (await make(stage, "k1", id="erp", description="Books")).json()
    assert made["secret"].startswith("whsec_") and len(made["secret"]) == 50
    again = await make(stage, "k1", id="erp", description="Books")
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "already_created")
    other = await make(stage, "k2", id="erp", description="Others")
    assert (other.status_code, other.json()["errors"][0]["code"]) == (409, "endpoint_exists")
    shown = await stage.read("/v1/webhook-endpoints/erp")
    assert {name: value for name, value in made.items() if name != "secret"} == shown
    kept = await stage.pool.fetchval("select secret from durable.webhook_endpoint")
    assert kept.startswith("v1.") and made["secret"] not in kept
    [trail] = (await stage.read("/v1/events", topic="identity"))["items"]
    event = await stage.read(f"/v1/events/{trail['id']}")
    assert event["data"] == {"endpoint_id": "erp", "host": "hooks.example", "events": ["payments.*"]}


async def test_two_who_change_it_at_one_moment_do_not_overwrite_each_other(stage: Stage) -> None:
    await make(stage, id="erp")
    hooked = Hooked(stage)

    async def change(n: int) -> int:
        answer = await hooked.ask("PATCH", "webhook-endpoints/erp", {"description": f"by {n}"}, **{"If-Match": '"1"'})
        return answer.status_code

    assert sorted(await asyncio.gather(*(change(n) for n in range(4)))) == [200, 412, 412, 412]
    same = await hooked.ask("PATCH", "webhook-endpoints/erp", {})
    assert (same.status_code, same.json()["version"]) == (200, 2)
    twice = [(await hooked.ask("POST", "webhook-endpoints/erp/disable")).json()["version"] for _ in range(2)]
    assert twice == [3, 3]
    assert (await hooked.ask("DELETE", "webhook-endpoints/erp")).status_code == 204
    assert (await hooked.ask("DELETE", "webhook-endpoints/erp")).status_code == 404


# What no endpoint can be, and where it is told so.
WRONG: Final[list[tuple[Any, str, str]]] = [
    ({"url": "https://10.0.0.1/"},                  "/url",         "address_refused"),
    ({"url": "mailto:ann@example.org"},             "/url",         "invalid"),
    ({"url": "https://x/" + "y" * 3000},            "/url",         "out_of_bounds"),
    ({"url": None},                                 "/url",         "wrong_type"),
    ({"events": []},                                "/events",      "out_of_bounds"),
    ({"events": ["payments.*"] * 101},              "/events",      "out_of_bounds"),
    ({"events": ["payments.*", "payments.X.v1"]},   "/events/1",    "unknown_event_type"),
    ({"events": ["%"]},                             "/events/0",    "invalid"),
    ({"events": ["*.*"]},                           "/events/0",    "invalid"),
    ({"events": ["a" * 200 + "*"]},                 "/events/0",    "out_of_bounds"),
    ({"events": "*"},                               "/events",      "wrong_type"),
    ({"description": "a\nb"},                       "/description", "invalid"),
    ({"id": "a/b"},                                 "/id",          "invalid"),
    ({"secret": "whsec_mine"},                      "/secret",      "unknown_field"),
]  # fmt: skip


async def test_what_no_endpoint_can_be_is_refused(stage: Stage) -> None:
    for more, pointer, code in WRONG:
        answer = await make(stage, **more)
        [error] = answer.json()["errors"]
        assert (answer.status_code, error["pointer"], error["code"]) == (422, pointer, code), more


YEAR, AFTER, NEVER = "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2999-01-01T00:00:00Z"
ASKED: Final[list[tuple[str, str, Any, int]]] = [
    ("GET",    "webhook-endpoints/none",          None,                                           404),
    ("PATCH",  "webhook-endpoints/none",          {},                                             404),
    ("POST",   "webhook-endpoints/none/enable",   {},                                             404),
    ("POST",   "webhook-endpoints/none/disable",  None,                                           404),
    ("POST",   "webhook-endpoints/none/rotate",   {},                                             404),
    ("POST",   "webhook-endpoints/none/test",     {},                                             404),
    ("POST",   "webhook-deliveries/none/replay",  None,                                           404),
    ("POST",   "webhook-deliveries/replay",       {"endpoint_id": "none"},                        404),
    ("POST",   "webhook-endpoints/erp/test",      {"type": "nothing.*"},                          422),
    ("POST",   "webhook-endpoints/erp/rotate",    {"overlap_hours": 169},                         422),
    ("POST",   "webhook-endpoints/erp/replay",    {"from": YEAR},                                 422),
    ("POST",   "webhook-endpoints/erp/replay",    {"from": AFTER, "to": YEAR},                    422),
    ("POST",   "webhook-endpoints/erp/replay",    {"from": YEAR, "to": NEVER},                    422),
    ("POST",   "webhook-deliveries/replay",       {"endpoint_id": "erp", "status": ["waiting"]},  422),
    ("GET",    "webhook-deliveries?sort=secret",  None,                                           422),
    ("GET",    "webhook-deliveries?limit=9999",   None,                                           422),
]  # fmt: skip


async def test_what_can_not_be_done_is_told_so(stage: Stage) -> None:
    await make(stage, id="erp")
    for method, path, body, status in ASKED:
        answer = await Hooked(stage).ask(method, path, body)
        assert answer.status_code == status, (method, path, answer.text)


async def test_there_are_so_many_endpoints(stage: Stage) -> None:
    for n in range(ENDPOINTS_MAX):
        assert (await make(stage, id=f"e{n}")).status_code == 201
    full = await make(stage)
    assert (full.status_code, full.json()["errors"][0]["code"]) == (409, "too_many_endpoints")


async def test_what_can_be_asked_for_is_listed(stage: Stage) -> None:
    types = await stage.read("/v1/webhook-event-types")
    assert {"type": "invoicing.InvoiceIssued.v1", "service": "invoicing"} in types["items"]
