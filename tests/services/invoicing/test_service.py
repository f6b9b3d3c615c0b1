"""Invoicing over HTTP, as a process on real Kafka and Postgres: from rating's facts to issued invoices."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
import pytest_asyncio

from services.invoicing.billing_run.shapes import RunShape
from services.invoicing.invoice.shapes import InvoiceShape
from services.invoicing.invoice.state import invoice_id_of
from services.rating.billing_cycle.messages import BillingCycleDefined, CycleTerms
from shared.kernel.period import Period
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.invoicing.story import OCTOBER, SEPTEMBER, charge, closed, opened, subscribed
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers

TARGET = "2026-10-01"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("invoicing")
    async with (
        fresh_environment(servers, directory) as environment,
        running(environment.settings, "invoicing") as started,
    ):
        yield started


async def drafted(services: Services, *accounts: str, cycle: str = "monthly", net: str = "30.03") -> None:
    """Accounts with a closed September of one line, as rating tells it."""
    terms = CycleTerms(cycle_id=cycle, frequency="month", anchor_day=1, time_zone="Europe/Paris")
    await services.rating_says(BillingCycleDefined(name=cycle, terms=terms))
    for account in accounts:
        name = await services.vault.seal(account, f"Customer {account}")
        await services.rating_says(
            msgspec.structs.replace(opened(account, cycle=cycle), name=name),
            subscribed(account),
            charge(1, net, account=account),
            closed(1, net, account=account),
        )
    for account in accounts:
        await _seen(services, f"/v1/invoices/{invoice_id_of(account, SEPTEMBER)}/lines")


async def _seen(services: Services, path: str) -> None:
    await until(lambda: services.invoicing.get(path), lambda answer: answer.status_code == 200)


async def run(services: Services, **body: Any) -> dict[str, Any]:
    answer = await services.invoicing.post("/v1/billing-runs", json={"target_date": TARGET, **body})
    assert answer.status_code == 201, answer.text
    shown: dict[str, Any] = answer.json()
    RunShape.model_validate(shown)
    return shown


async def test_a_run_over_a_cycle_issues_its_invoices_and_a_second_creates_none_R12(services: Services) -> None:
    accounts = [f"run-{n}" for n in range(12)]
    await drafted(services, *accounts, cycle="c-run")
    dry = await run(services, scope={"cycle_id": "c-run"}, dry_run=True)
    done = await run(services, scope={"cycle_id": "c-run"}, id="run-sept")
    again = await run(services, scope={"cycle_id": "c-run"})
    expected = {"accounts": 12, "invoices": 12, "not_closed": 0, "failed": 0}
    assert {key: done[key] for key in expected} == expected
    assert {key: dry[key] for key in expected} == expected
    assert done["finished_at"] >= done["started_at"] and again["finished_at"] >= again["started_at"]
    assert (again["version"], [action["allowed"] for action in again["allowed_actions"]]) == (1, [False] * 3)
    assert done["totals"] == dry["totals"] == [{"currency": "EUR", "amount": "432.48"}]
    assert (dry["status"], done["status"], again["status"]) == ("previewed", "completed", "completed")
    assert (again["accounts"], again["invoices"], again["totals"]) == (12, 0, [])

    results = (await services.invoicing.get("/v1/billing-runs/run-sept/results?limit=5")).json()
    assert (results["total"], len(results["items"])) == (12, 5)
    assert results["totals"] == [{"currency": "EUR", "amount": "432.48", "net": "360.36", "tax": "72.12"}]
    assert all(item["status"] == "issued" and item["number"].startswith("INV-") for item in results["items"])
    listed = (await services.invoicing.get("/v1/billing-runs", params={"cycle_id": "c-run"})).json()
    assert listed["items"][0]["id"] == again["id"] and listed["total"] == 3
    one = (await services.invoicing.get("/v1/billing-runs/run-sept")).json()
    assert one == done


async def test_an_answered_run_says_how_far_the_log_must_be_read_to_see_its_invoices(services: Services) -> None:
    await drafted(services, "pos-1", cycle="c-pos")
    answer = await services.invoicing.post(
        "/v1/billing-runs", json={"scope": {"account_ids": ["pos-1"]}, "target_date": TARGET}
    )
    position = answer.headers["Position"]
    read = await services.invoicing.get("/v1/billing-runs", headers={"Position": position})
    assert read.status_code == 200 and position.count("invoicing/") >= 4


async def test_an_invoice_is_issued_by_hand_once(services: Services) -> None:
    await drafted(services, "hand-1")
    invoice_id = invoice_id_of("hand-1", SEPTEMBER)
    path = f"/v1/invoices/{invoice_id}/issue"
    assert (await services.invoicing.post(path, headers={"If-Match": "1"})).status_code == 412
    answer = await services.invoicing.post(path, headers={"If-Match": "2", "Idempotency-Key": "k1"})
    assert answer.status_code == 200, answer.text
    invoice = InvoiceShape.model_validate(answer.json())
    assert (invoice.status, invoice.version) == ("issued", 4)
    assert answer.json()["total"] == answer.json()["due"] == {"amount": "36.04", "currency": "EUR"}
    assert (invoice.payment_status, invoice.cycle_id) == ("unpaid", "monthly")
    again = await services.invoicing.post(path, headers={"If-Match": "2", "Idempotency-Key": "k1"})
    assert again.json() == answer.json()
    refused = await services.invoicing.post(path)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "invoice_issued")


async def test_a_month_below_zero_is_carried_to_the_next_invoice_and_told_so(services: Services) -> None:
    account, october = "below-1", invoice_id_of("below-1", OCTOBER)
    await drafted(services, account, net="-35.00")
    september = f"/v1/invoices/{invoice_id_of(account, SEPTEMBER)}"
    refused = await services.invoicing.post(f"{september}/issue")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "negative_total")
    found = await run(services, scope={"account_ids": [account]})
    assert (found["invoices"], found["failed"]) == (0, 1)
    await services.rating_says(
        charge(1, "40.00", account=account, period=OCTOBER),
        closed(1, "40.00", account=account, period=OCTOBER, after=Period(date(2026, 11, 1), date(2026, 12, 1))),
    )
    answer = await until(
        lambda: services.invoicing.get(f"/v1/invoices/{october}/lines"), lambda answer: answer.json().get("total") == 2
    )
    lines = answer.json()
    assert lines["items"][1]["carried_from"] == invoice_id_of(account, SEPTEMBER)
    explained = (await services.invoicing.get(f"/v1/invoices/{october}/lines/2/explain")).json()
    assert (explained["charge"], explained["tariff"], explained["net"]["amount"]) == (None, None, "-35.00")
    issued = await services.invoicing.post(f"/v1/invoices/{october}/issue")
    assert issued.json()["total"] == {"amount": "6.00", "currency": "EUR"}
    refused = await services.invoicing.post(f"{september}/issue")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "invoice_carried_forward")
    assert (await services.invoicing.get(f"/v1/invoices/{october}/pdf")).content.startswith(b"%PDF-1.")


async def test_a_line_is_listed_and_explained_down_to_its_charge(services: Services) -> None:
    await drafted(services, "line-1")
    path = f"/v1/invoices/{invoice_id_of('line-1', SEPTEMBER)}/lines"
    lines = (await services.invoicing.get(path)).json()
    assert lines["total"] == 1 and lines["totals"] == [{"currency": "EUR", "amount": "30.03"}]
    explained = (await services.invoicing.get(f"{path}/1/explain")).json()
    fixed = charge(1, "30.03", account="line-1")
    assert explained["charge"] == {"id": fixed.charge_id, "href": f"/v1/charges/{fixed.charge_id}"}
    assert explained["unrounded"] == "30.030000000"
    assert explained["tariff"] == {"plan_id": "fibre", "version": 1, "href": "/v1/plans/fibre"}
    for n in ("2", "x", "0"):
        assert (await services.invoicing.get(f"{path}/{n}/explain")).status_code == 404


async def test_the_pdf_of_an_issued_invoice_names_the_customer_to_those_who_may_know(services: Services) -> None:
    await drafted(services, "pdf-1")
    path = f"/v1/invoices/{invoice_id_of('pdf-1', SEPTEMBER)}"
    assert (await services.invoicing.get(f"{path}/pdf")).status_code == 409
    await services.invoicing.post(f"{path}/issue")
    answer = await services.invoicing.get(f"{path}/pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-1.")
    audited = await services.invoicing.get(f"{path}/pdf", headers=services.token("auditor"))
    assert audited.status_code == 200 and audited.content != answer.content
    assert (await services.invoicing.get(f"{path}/pdf")).content == answer.content


async def test_accounts_still_open_and_drafts_that_disagree_are_counted_and_named(services: Services) -> None:
    terms = CycleTerms(cycle_id="c-mixed", frequency="month", anchor_day=1, time_zone="UTC")
    await drafted(services, "mix-ok", cycle="c-mixed")
    await services.rating_says(
        BillingCycleDefined(name="Mixed", terms=terms),
        opened("mix-open", cycle="c-mixed"),
        subscribed("mix-open"),
        opened("mix-bad", cycle="c-mixed"),
        closed(2, "9.00", account="mix-bad"),
    )
    found = await run(services, scope={"account_ids": ["mix-ok", "mix-open", "mix-bad", "mix-ok"]}, id="run-mixed")
    assert [found[key] for key in ("accounts", "invoices", "not_closed", "failed")] == [3, 1, 1, 1]
    results = (await services.invoicing.get("/v1/billing-runs/run-mixed/results?outcome=failed")).json()
    assert [(item["account_id"], item["reason"]) for item in results["items"]] == [("mix-bad", "draft_disagrees")]
    still_open = (await services.invoicing.get("/v1/billing-runs/run-mixed/results?outcome=not_closed")).json()
    assert [item["unbilled_href"] for item in still_open["items"]] == ["/v1/accounts/mix-open/unbilled"]


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"scope": {"cycle_id": "nope"}}, "/scope/cycle_id", "cycle_not_found"),
        ({"scope": {"account_ids": ["nope"]}}, "/scope/account_ids/0", "account_not_found"),
        ({"scope": {}}, "/scope", "invalid"),
        ({"scope": {"account_ids": []}}, "/scope/account_ids", "out_of_bounds"),
        ({"scope": {"account_ids": ["a b"]}}, "/scope/account_ids/0", "invalid"),
        ({"scope": {"cycle_id": "monthly"}, "target_date": 20261001}, "/target_date", None),
        ({"scope": {"cycle_id": "monthly"}, "target_date": "2026-13-01"}, "/target_date", None),
        ({"scope": {"cycle_id": "monthly"}, "dry_run": "yes"}, "/dry_run", "wrong_type"),
        ({"scope": {"cycle_id": "monthly"}, "colour": "red"}, "/colour", "unknown_field"),
        ({}, "/scope", "required"),
    ],
)
async def test_a_run_that_makes_no_sense_is_refused_by_field(
    services: Services, body: dict[str, Any], pointer: str, code: str | None
) -> None:
    answer = await services.invoicing.post("/v1/billing-runs", json={"target_date": TARGET, **body})
    [error] = answer.json()["errors"]
    assert (answer.status_code, error["pointer"]) == (422, pointer), answer.text
    assert code is None or error["code"] == code


async def test_a_run_id_is_used_once_and_a_retry_gets_the_same_run(services: Services) -> None:
    await drafted(services, "twice-1")
    body = {"id": "twice", "scope": {"account_ids": ["twice-1"]}, "target_date": TARGET}
    first = await services.invoicing.post("/v1/billing-runs", json=body, headers={"Idempotency-Key": "r1"})
    retry = await services.invoicing.post("/v1/billing-runs", json=body, headers={"Idempotency-Key": "r1"})
    assert first.json() == retry.json()
    other = await services.invoicing.post("/v1/billing-runs", json=body)
    assert (other.status_code, other.json()["errors"][0]["code"]) == (409, "billing_run_exists")


async def test_what_is_not_there_is_404(services: Services) -> None:
    for path in ("/v1/invoices/x/lines", "/v1/invoices/x/pdf", "/v1/billing-runs/x", "/v1/billing-runs/x/results"):
        assert (await services.invoicing.get(path)).status_code == 404
    assert (await services.invoicing.post("/v1/invoices/x/issue")).status_code == 404


async def test_only_those_who_may_write_start_runs(services: Services) -> None:
    body = {"scope": {"cycle_id": "monthly"}, "target_date": TARGET}
    for role, status in (("auditor", 403), ("support", 403), ("ingest", 403)):
        answer = await services.invoicing.post("/v1/billing-runs", json=body, headers=services.token(role))
        assert answer.status_code == status
    bare = await services.invoicing.post("/v1/billing-runs", json=body, headers={"Authorization": "Bearer x"})
    assert bare.status_code == 401
    assert (await services.invoicing.get("/v1/billing-runs", headers=services.token("ingest"))).status_code == 403


@pytest.mark.slow
@pytest.mark.parametrize("after_s", [0.02, 0.15, 0.4])
async def test_a_run_whose_process_is_killed_ends_in_the_same_invoices_R46(services: Services, after_s: float) -> None:
    cycle = f"c-kill-{after_s}"
    accounts = [f"kill-{after_s}-{n}" for n in range(40)]
    await drafted(services, *accounts, cycle=cycle)
    before = await _last_number(services, f"probe-{after_s}")
    body = {"id": f"run-{cycle}", "scope": {"cycle_id": cycle}, "target_date": TARGET}
    keyed = {"Idempotency-Key": f"kill-{after_s}"}
    asked = asyncio.create_task(_post(services, body, keyed))
    await asyncio.sleep(after_s)
    async with services.killed("invoicing"):
        with contextlib.suppress(httpx.TransportError):
            await asked

    # Whoever got no answer asks again under the same key.
    answer = await until(lambda: _post(services, body, keyed), lambda answer: answer.status_code != 202, every_s=0.2)
    found = await until(lambda: _run(services, body["id"]), lambda found: found["status"] != "running")
    assert answer.status_code == 201, answer.text
    assert (found["status"], found["invoices"], found["failed"]) == ("completed", 40, 0)
    assert found["totals"] == [{"currency": "EUR", "amount": "1441.60"}]
    results = (await services.invoicing.get(f"/v1/billing-runs/run-{cycle}/results?limit=500")).json()["items"]
    numbers = sorted(int(item["number"].removeprefix("INV-")) for item in results)
    assert numbers == list(range(before + 1, before + 41))


async def _last_number(services: Services, probe: str) -> int:
    """The number that an invoice issued just now gets: the last one so far."""
    await drafted(services, probe)
    issued = await services.invoicing.post(f"/v1/invoices/{invoice_id_of(probe, SEPTEMBER)}/issue")
    number: str = issued.json()["number"]
    return int(number.removeprefix("INV-"))


async def _run(services: Services, run_id: object) -> dict[str, Any]:
    found: dict[str, Any] = (await services.invoicing.get(f"/v1/billing-runs/{run_id}")).json()
    return found


async def _post(services: Services, body: dict[str, Any], headers: dict[str, str]) -> httpx.Response:
    return await services.invoicing.post("/v1/billing-runs", json=body, headers=headers)
