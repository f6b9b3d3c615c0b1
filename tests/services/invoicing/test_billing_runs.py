"""Billing runs as people handle them, over HTTP: looked at, confirmed, tried again; and by two at the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import pytest_asyncio

from services.invoicing.billing_run.preview import PreviewShape
from services.invoicing.billing_run.shapes import RunShape
from services.invoicing.invoice.state import invoice_id_of
from services.invoicing.on_demand.api import DemandShape
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.invoicing.story import SEPTEMBER, charge, closed, opened
from tests.services.invoicing.test_service import drafted
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("billing-runs")
    async with (
        fresh_environment(servers, directory) as environment,
        running(environment.settings, "invoicing") as started,
    ):
        yield started


async def post(services: Services, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    answer = await services.invoicing.post(path, json=body)
    assert answer.status_code in (200, 201), answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def refused(services: Services, path: str) -> tuple[int, str]:
    answer = await services.invoicing.post(path)
    return answer.status_code, answer.json()["errors"][0]["code"]


def run_over(cycle: str, **body: Any) -> dict[str, Any]:
    return {"scope": {"cycle_id": cycle}, "target_date": "2026-10-01", **body}


async def test_a_dry_run_is_looked_at_and_confirmed_once_by_two_people(services: Services) -> None:
    await drafted(services, "look-1", "look-2", cycle="c-look")
    await drafted(services, "look-3", cycle="c-look", net="0.00")
    dry = await post(services, "/v1/billing-runs", run_over("c-look", dry_run=True))
    path = f"/v1/billing-runs/{dry['id']}"
    seen = (await services.invoicing.get(f"{path}/preview")).json()
    PreviewShape.model_validate(seen)
    assert seen["plans"] == [{"plan_id": "fibre", "currency": "EUR", "invoices": 3, "net": "60.06"}]
    zero = {"code": "zero_invoice", "reason": None, "invoices": 1, "accounts": ["look-3"]}
    assert seen["warnings"] == [zero]
    assert (len(seen["samples"]), seen["last_run"]) == (3, None)
    waiting = "/v1/billing-runs?to_confirm=true&cycle_id=c-look"
    assert [run["id"] for run in (await services.invoicing.get(waiting)).json()["items"]] == [dry["id"]]
    one, other = await asyncio.gather(post(services, f"{path}/confirm"), post(services, f"{path}/confirm"))
    RunShape.model_validate(one)
    assert one["id"] == other["id"] and one["confirms"] == dry["id"]
    assert (await services.invoicing.get(waiting)).json()["total"] == 0
    done = (await services.invoicing.get(f"/v1/billing-runs/{one['id']}")).json()
    assert (done["status"], done["invoices"], done["partitions_done"]) == ("completed", 3, done["partitions"])
    assert await refused(services, f"/v1/billing-runs/{one['id']}/confirm") == (409, "billing_run_state")
    assert await refused(services, f"/v1/billing-runs/{one['id']}/cancel") == (409, "billing_run_state")
    assert await refused(services, f"/v1/billing-runs/{one['id']}/retry-failed") == (409, "billing_run_state")


async def test_two_people_who_run_at_the_same_moment_issue_each_invoice_once_R12(services: Services) -> None:
    accounts = [f"both-{n}" for n in range(8)]
    await drafted(services, *accounts, cycle="c-both")
    runs = await asyncio.gather(*(post(services, "/v1/billing-runs", run_over("c-both")) for _ in range(2)))
    assert sum(run["invoices"] for run in runs) == 8
    results = [(await services.invoicing.get(f"/v1/billing-runs/{run['id']}/results")).json()["items"] for run in runs]
    assert sorted(item["account_id"] for items in results for item in items) == accounts
    last = (await services.invoicing.get(f"/v1/billing-runs/{runs[0]['id']}/preview")).json()
    PreviewShape.model_validate(last)


async def test_failures_are_grouped_by_reason_and_tried_again(services: Services) -> None:
    await drafted(services, "fail-1", cycle="c-fail")
    name = await services.vault.seal("fail-2", "Customer")
    await services.rating_says(
        msgspec.structs.replace(opened("fail-2", cycle="c-fail"), name=name),
        charge(1, "5.00", account="fail-2"),
        closed(2, "9.00", account="fail-2"),
    )
    run = await until(
        lambda: post(services, "/v1/billing-runs", run_over("c-fail")), lambda run: run["failed"] == 1, every_s=0.05
    )
    assert run["failures"] == [{"reason": "draft_disagrees", "accounts": 1}]
    again = await post(services, f"/v1/billing-runs/{run['id']}/retry-failed")
    assert (again["retries"], again["scope"]["account_ids"], again["failed"]) == (run["id"], ["fail-2"], 1)
    assert (await services.invoicing.post("/v1/billing-runs/nowhere/cancel")).status_code == 404


async def test_a_numbering_series_is_opened_once_and_shows_its_last_number_R46(services: Services) -> None:
    body = {"id": "CN", "kind": "credit_note", "pattern": "{year}-CN-{n:04}", "reset": "year", "legal_entity": "NW"}
    opened_series = await post(services, "/v1/numbering-series", body)
    assert (opened_series["pattern"], opened_series["last"], opened_series["last_number"]) == (body["pattern"], 0, None)
    year = opened_series["next_number"][:4]
    assert opened_series["next_number"] == f"{year}-CN-0001" and year.isdigit()
    again = await services.invoicing.post("/v1/numbering-series", json=body)
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "numbering_series_exists")
    alike = await services.invoicing.post("/v1/numbering-series", json={**body, "id": "CN2"})
    assert (alike.status_code, alike.json()["errors"][0]["code"]) == (409, "pattern_taken")
    alike = await services.invoicing.post("/v1/numbering-series", json={**body, "id": "CN2", "pattern": "1-cn-{n}"})
    assert (alike.status_code, alike.json()["errors"][0]["code"]) == (409, "pattern_taken")
    await drafted(services, "numbered-1")
    path = f"/v1/invoices/{invoice_id_of('numbered-1', SEPTEMBER)}"
    await post(services, f"{path}/issue")
    note = await post(services, f"{path}/credit-notes", {"reason": "other"})
    assert note["number"].endswith("-CN-0001")
    series = {item["id"]: item for item in (await services.invoicing.get("/v1/numbering-series")).json()["items"]}
    assert (series["CN"]["last"], series["CN"]["last_number"]) == (1, note["number"])
    assert series["CN"]["next_number"] == note["number"][:-1] + "2"
    assert series["INV"]["last"] >= 1 and series["INV"]["kind"] == "invoice"


async def test_of_two_series_opened_at_one_moment_one_gets_what_its_numbers_look_like_R46(services: Services) -> None:
    bodies = [{"id": f"RACE{n}", "kind": "invoice", "pattern": f"NW-{{n:0{n + 1}}}"} for n in range(6)]
    answers = await asyncio.gather(*(services.invoicing.post("/v1/numbering-series", json=body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]
    codes = {answer.json()["errors"][0]["code"] for answer in answers if answer.status_code == 409}
    assert codes == {"pattern_taken"}


async def test_two_who_ask_at_the_same_moment_have_one_invoice_R12(services: Services) -> None:
    await drafted(services, "now-1", "now-2")
    body = {"account_id": "now-1"}
    answers = await asyncio.gather(*(services.invoicing.post("/v1/invoices", json=body) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {a.json()["errors"][0]["code"] for a in answers if a.status_code == 409} == {"period_open"}
    [demanded] = [answer.json() for answer in answers if answer.status_code == 201]
    DemandShape.model_validate(demanded)
    [invoice] = demanded["invoices"]
    assert (invoice["id"], invoice["status"]) == (invoice_id_of("now-1", SEPTEMBER), "issued")
    assert (invoice["total"]["amount"], demanded["drafts_left"]) == ("36.04", [])
    key = {"Idempotency-Key": "bill-now-2"}
    one, again = [
        await services.invoicing.post("/v1/invoices", json={"account_id": "now-2"}, headers=key) for _ in "ab"
    ]
    assert one.status_code == again.status_code == 201 and one.json() == again.json()
    run = await post(services, "/v1/billing-runs", run_over("monthly"))
    assert "now-1" not in {found["account_id"] for found in await results(services, run["id"])}
    nobody = await services.invoicing.post("/v1/invoices", json={"account_id": "nobody"})
    assert (nobody.status_code, nobody.json()["errors"][0]["pointer"]) == (422, "/account_id")


async def results(services: Services, run_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await services.invoicing.get(f"/v1/billing-runs/{run_id}/results")).json()["items"]
    return found
