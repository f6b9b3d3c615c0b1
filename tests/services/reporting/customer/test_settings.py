"""One body for what three services own: all of it is checked before any is changed, and each field has its word."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from services.reporting.customer import settings_api
from services.reporting.customer.owners import OWNERS, Owners
from shared.engine.settings import Settings
from tests.services.reporting.stage import Stage

pytestmark = pytest.mark.servers

PATH = "/v1/customer-configs/acc-1"
ACCOUNT = {"version": 7, "name": "Ann", "address": None, "tax_id": None, "email": "a@example.org", "language": None}
PROFILE = {
    "version": 3,
    "terms_days": 14,
    "tax": {"kind": "none"},
    "delivery": {},
    "late_fee_policy": None,
    "legal_entity": None,
    "approval": "policy",
    "sources": {"terms_days": "operator", "tax": "account", "approval": "operator", "legal_entity": "operator"},
}
READ = {
    "/v1/accounts/acc-1": ACCOUNT,
    "/v1/accounts/acc-1/bill-profile": PROFILE,
    "/v1/accounts/acc-1/exposure": {"version": 2, "terms": {"at_limit": "warn"}, "own": None},
    "/v1/accounts/acc-1/allocation": {"own": "pro_rata", "allocation": "pro_rata"},
    "/v1/accounts/acc-1/dunning": {"policy_id": None, "policy_source": "none"},
}

Refuse = Callable[[httpx.Request, dict[str, Any]], httpx.Response | None]


class Asked:
    """Three services that note what they are asked, and do it but for what `refuse` answers."""

    def __init__(self) -> None:
        self.changes: list[tuple[str, str, dict[str, Any]]] = []
        self.checks = 0
        self.headers: list[httpx.Headers] = []
        self.refuse: Refuse = lambda request, body: None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            found = READ.get(request.url.path)
            return httpx.Response(200, json=found) if found else refusal(404, "not_found", "")
        body = json.loads(request.content)
        refused = self.refuse(request, body)
        if refused is not None:
            return refused
        if request.headers.get("check-only") == "1":
            self.checks += 1
            return httpx.Response(204)
        self.headers.append(request.headers)
        self.changes.append((request.url.host, request.url.path.removeprefix("/v1/accounts/acc-1"), body))
        return httpx.Response(200, json={})


def refusal(status: int, code: str, pointer: str) -> httpx.Response:
    return httpx.Response(status, json={"errors": [{"pointer": pointer, "code": code, "detail": f"it is {code}"}]})


def deciding(name: str, answer: httpx.Response) -> Refuse:
    """Refuses a field when it is really asked for, as the state of its account decides."""

    def refuse(request: httpx.Request, body: dict[str, Any]) -> httpx.Response | None:
        return answer if name in body and "check-only" not in request.headers else None

    return refuse


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    found = Asked()

    def owners(settings: Settings) -> Owners:
        urls = {name: f"http://{name}" for name in ("rating", "invoicing", "payments")}
        return Owners(settings.with_services(urls), httpx.MockTransport(found))

    monkeypatch.setattr(settings_api, "Owners", owners)
    return found


async def patch(stage: Stage, body: Any, role: str = "billing", **headers: str) -> httpx.Response:
    async with stage.client(role) as client:
        return await client.patch(PATH, json=body, headers={k.replace("_", "-"): v for k, v in headers.items()})


async def test_each_field_goes_to_its_owner_and_all_say_that_it_is_applied(stage: Stage, asked: Asked) -> None:
    body = {"dunning_policy": "firm", "terms_days": 30, "email": None, "credit_terms": None, "language": "fr"}
    answer = await patch(stage, body, Idempotency_Key="k-1", If_Match='"7.3.2"')
    assert answer.status_code == 200, answer.text
    assert asked.changes == [
        ("rating", "", {"email": None}),
        ("rating", "", {"language": "fr"}),
        ("invoicing", "/bill-profile", {"terms_days": 30}),
        ("payments", "/credit-terms", {}),
        ("payments", "/dunning", {"policy_id": "firm"}),
    ]
    assert asked.checks == 5
    # The first change at an owner is for the version that was read; each has a key of its own, the same every time.
    assert [headers.get("if-match") for headers in asked.headers] == ['"7"', None, '"3"', '"2"', None]
    first = [headers["idempotency-key"] for headers in asked.headers]
    await patch(stage, body, Idempotency_Key="k-1", If_Match='"7.3.2"')
    assert (len(set(first)), [h["idempotency-key"] for h in asked.headers[5:]]) == (5, first)
    assert answer.json()["complete"]
    assert [(r["field"], r["status"]) for r in answer.json()["results"]] == [
        *(("email", "applied"), ("language", "applied"), ("terms_days", "applied"), ("credit_terms", "applied")),
        ("dunning_policy", "applied"),
    ]


async def test_all_that_is_wrong_is_said_at_once_and_nothing_is_changed(stage: Stage, asked: Asked) -> None:
    wrong = {"email": "/email", "policy_id": "/policy_id", "credit_limit": "/credit_limit/amount"}

    def refuse(request: httpx.Request, body: dict[str, Any]) -> httpx.Response | None:
        return next((refusal(422, "invalid", pointer) for name, pointer in wrong.items() if name in body), None)

    asked.refuse = refuse
    terms = {"credit_limit": {"amount": "x", "currency": "EUR"}}
    answer = await patch(stage, {"email": 7, "terms_days": 30, "credit_terms": terms, "dunning_policy": 7})
    assert answer.status_code == 422
    pointers = [error["pointer"] for error in answer.json()["errors"]]
    assert pointers == ["/email", "/credit_terms/credit_limit/amount", "/dunning_policy"]
    assert asked.changes == []


async def test_what_is_refused_by_the_state_of_the_account_stops_what_is_behind_it(stage: Stage, asked: Asked) -> None:
    asked.refuse = deciding("terms_days", refusal(409, "account_closed", "/terms_days"))
    answer = await patch(stage, {"email": None, "terms_days": 30, "allocation": None})
    assert answer.status_code == 207
    results = answer.json()["results"]
    assert [(r["field"], r["status"]) for r in results] == [
        ("email", "applied"),
        ("terms_days", "refused"),
        ("allocation", "not_tried"),
    ]
    assert results[1]["errors"] == [
        {"pointer": "/terms_days", "code": "account_closed", "detail": "it is account_closed"}
    ]
    assert (answer.json()["complete"], [path for _, path, _ in asked.changes]) == (False, [""])


async def test_where_the_first_is_refused_its_refusal_is_the_answer(stage: Stage, asked: Asked) -> None:
    asked.refuse = deciding("email", refusal(409, "account_erased", "/email"))
    answer = await patch(stage, {"email": None, "terms_days": 30})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "account_erased")
    assert asked.changes == []


@pytest.mark.parametrize(
    ("answer", "status"),
    [(httpx.Response(202, json={"command_id": "rating-1"}), "pending"), (httpx.Response(503, json={}), "unknown")],
)
async def test_an_owner_that_does_not_say_is_never_told_as_done(
    stage: Stage, asked: Asked, answer: httpx.Response, status: str
) -> None:
    asked.refuse = deciding("terms_days", answer)
    found = await patch(stage, {"terms_days": 30, "allocation": None})
    assert found.status_code == 207
    assert [r["status"] for r in found.json()["results"]] == [status, "not_tried"]


async def test_an_owner_that_is_away_is_asked_for_nothing(stage: Stage, asked: Asked) -> None:
    def refuse(request: httpx.Request, body: dict[str, Any]) -> httpx.Response | None:
        if request.url.host == "payments":
            raise httpx.ConnectError("away")
        return None

    asked.refuse = refuse
    answer = await patch(stage, {"terms_days": 30, "allocation": None})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (503, "service_unavailable")
    assert asked.changes == []


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        ({},                   {},                      422, "required"),
        ({"nickname": "x"},    {},                      422, "unknown_field"),
        ([],                   {},                      422, "wrong_type"),
        ({"terms_days": 1},    {"If_Match": '"7.3.1"'}, 412, "version_mismatch"),
        ({"terms_days": 1},    {"If_Match": "7"},       400, "invalid"),
    ],
)  # fmt: skip
async def test_what_can_not_be_meant_changes_nothing(
    stage: Stage, asked: Asked, body: Any, headers: dict[str, str], status: int, code: str
) -> None:
    answer = await patch(stage, body, **headers)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (status, code), answer.text
    assert asked.changes == []


async def test_settings_say_whose_they_are(stage: Stage, asked: Asked) -> None:
    found = await stage.read(f"{PATH}/settings", role="auditor")
    assert found["version"] == "7.3.2"
    assert found["settings"].keys() == OWNERS.keys()
    assert {name: one["source"] for name, one in found["settings"].items() if one["source"] != "none"} == {
        **{"name": "account", "email": "account", "terms_days": "operator", "tax": "account", "delivery": "account"},
        **{"approval": "operator", "legal_entity": "operator", "credit_terms": "operator", "allocation": "account"},
    }
    answer = await stage.get("/v1/customer-configs/nobody/settings")
    assert answer.status_code == 404
    for role in ("support", "auditor", "ingest"):
        assert (await patch(stage, {"terms_days": 1}, role)).status_code == 403
