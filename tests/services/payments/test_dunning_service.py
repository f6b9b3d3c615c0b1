"""Dunning over HTTP on real Kafka and Postgres: a policy that comes late, and what people say of cases (R55, R56)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from services.invoicing.invoice.state import invoice_id_of
from services.payments.dunning.account_api import AccountDunningShape
from services.payments.dunning.api import PausedMany
from services.payments.dunning.dry_run import DryRunShape
from services.payments.dunning.shapes import DunningCaseDetail, DunningCasePage
from services.payments.dunning_pause.api import PauseJobShape
from services.payments.handover.api import HandoverPage
from tests.kit.servers import Servers
from tests.kit.waiting import until
from tests.services.invoicing.story import SEPTEMBER
from tests.services.invoicing.test_service import drafted
from tests.services.payments.test_late_fee_service import noon, ok, pay, playing
from tests.services.processes import Services, clock_is

pytestmark = pytest.mark.servers

STANDARD: dict[str, Any] = {
    "id": "standard",
    "name": "Standard",
    "minimums": [{"amount": "5.00", "currency": "EUR"}],
    "steps": [
        {"name": "Letter", "after_days": 10},
        {
            **{"name": "Block", "after_days": 14, "service": {"access": "blocked"}},
            **{"collection": True, "agency": "nord"},
        },
    ],
}
NAMES = ("ann", "ben", "cem", "dov", "eve")


async def owing(services: Services, account: str) -> None:
    """36.04 since 1 October, due on the 15th."""
    await drafted(services, account)
    issued = await services.invoicing.post(f"/v1/invoices/{invoice_id_of(account, SEPTEMBER)}/issue")
    assert (await ok(issued))["due_on"] == "2026-10-15"
    at = {"Position": issued.headers["Position"]}
    await ok(await services.payments.get(f"/v1/accounts/{account}/receivables", headers=at))


async def cases(services: Services, count: int, **query: Any) -> list[dict[str, Any]]:
    async def read() -> Any:
        page = await ok(await services.payments.get("/v1/dunning/cases", params=query))
        DunningCasePage.model_validate(page)
        return page

    page = await until(read, lambda page: page["total"] == count)
    return list(page["items"])


async def says(services: Services, path: str, **body: Any) -> Any:
    answer = await services.payments.post(f"/v1/dunning/cases/{path}", json=body or None)
    return await ok(answer)


async def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["code"]


async def test_a_policy_that_comes_late_reaches_who_owes_in_every_partition_R55(
    servers: Servers, tmp_path: Path
) -> None:
    async with playing(servers, tmp_path) as (services, settings):
        for name in NAMES:
            await owing(services, name)
        await pay(services, "eve", "32.04", "2026-10-01")  # 4.00 are open: less than the minimum
        await clock_is(settings, now=noon(date(2026, 12, 1)))
        await ok(await services.payments.post("/v1/dunning/policies", json=STANDARD), 201)
        assert await cases(services, 0) == []
        await ok(await services.payments.put("/v1/dunning/settings", json={"policy_id": "standard"}))
        # 47 days late, and warned first: the block comes four days later.
        found = await cases(services, 4)
        assert {case["account_id"] for case in found} == {*NAMES[:4]}
        assert {(case["step"], case["days_overdue"], case["look_on"]) for case in found} == {(1, 47, "2026-12-05")}
        ids = {case["account_id"]: case["id"] for case in found}
        await what_people_say(services, ids)
        await paused_as_a_job(services, settings.postgres_dsn_of("payments"), ids)

        dry = await ok(await services.payments.post("/v1/dunning/dry-run", json={"on": "2026-12-05"}))
        DryRunShape.model_validate(dry)
        assert [(item["account_id"], item["on"], item["access"]) for item in dry["items"]] == [
            ("dov", "2026-12-05", "blocked")
        ]
        await clock_is(settings, now=datetime(2026, 12, 5, 1, tzinfo=UTC))
        (blocked,) = await cases(services, 1, access="blocked")
        assert blocked["account_id"] == "dov"
        await handed_over(services)
        await pay(services, "dov", "36.04", "2026-12-05")
        await taken_back(services)
        (over,) = await cases(services, 1, account_id="dov", status="cleared")
        assert (over["access"], over["cleared_for"]) == ("open", "paid")
        # Eve owes 4.00, which is enough from now on.
        lower = {**STANDARD, "minimums": [{"amount": "3.00", "currency": "EUR"}]}
        del lower["id"]
        await ok(await services.payments.put("/v1/dunning/policies/standard", json=lower))
        (eve,) = await cases(services, 1, account_id="eve")
        assert (eve["overdue"]["amount"], eve["policy_version"]) == ("4.00", 2)
        # None of the operator's: who is left is dunned no more.
        await ok(await services.payments.put("/v1/dunning/settings", json={"policy_id": None}))
        await cases(services, 5, status="cleared")
        await ok(await services.payments.delete("/v1/dunning/policies/standard"), 204)


async def handed_over(services: Services) -> None:
    page = await ok(await services.payments.get("/v1/dunning/handovers", params={"status": "handed_over"}))
    HandoverPage.model_validate(page)
    (debt,) = page["items"]
    assert (debt["account_id"], debt["agency"], debt["left"]["amount"]) == ("dov", "nord", "36.04")
    assert [invoice["left"]["amount"] for invoice in debt["invoices"]] == ["36.04"]


async def taken_back(services: Services) -> None:
    """The file tells both, a line each; the agency is known by what it was handed."""

    async def read() -> Any:
        return await ok(await services.payments.get("/v1/dunning/handovers", params={"status": "withdrawn"}))

    (debt,) = (await until(read, lambda page: page["total"] == 1))["items"]
    assert (debt["withdrawn_for"], debt["left"]["amount"], debt["handed"]["amount"]) == ("settled", "0.00", "36.04")
    (agency,) = (await ok(await services.payments.get("/v1/dunning/agencies")))["items"]
    assert (agency["agency"], agency["handovers"]) == ("nord", 0)
    path = "/v1/dunning/agencies/nord/file"
    file = await services.payments.get(path, params={"from": "2026-12-05", "to": "2026-12-05"})
    told = [line.split(",") for line in file.text.splitlines()]
    assert file.headers["content-type"].startswith("text/csv") and len(told) == 3
    assert [(line[1], line[4], line[9], line[10]) for line in told[1:]] == [
        ("handed_over", "dov", "36.04", ""),
        ("withdrawn", "dov", "0.00", "settled"),
    ]
    turned = await services.payments.get(path, params={"from": "2026-12-05", "to": "2026-12-04"})
    assert await refused(turned) == (422, "out_of_bounds")


async def what_people_say(services: Services, ids: dict[str, str]) -> None:
    """Ann promises, Ben's case is paused with one that is not there, Cem is left alone."""
    promise = {"account_id": "ann", "pay_by": "2026-12-10", "amount": {"amount": "36.05", "currency": "EUR"}}
    too_much = await services.payments.post("/v1/promises", json=promise)
    assert await refused(too_much) == (409, "over_open")
    promise["amount"] = {"amount": "36.04", "currency": "EUR"}
    key = {"Idempotency-Key": "ann-promises"}
    made = await ok(await services.payments.post("/v1/promises", json=promise, headers=key), 201)
    assert made == await ok(await services.payments.post("/v1/promises", json=promise, headers=key), 201)
    assert [case["account_id"] for case in await cases(services, 1, status="promised")] == ["ann"]
    advanced = await services.payments.post(f"/v1/dunning/cases/{ids['ann']}/advance")
    assert await refused(advanced) == (409, "promise_open")

    many = await says(services, "pause", ids=[ids["ben"], "nobody"], reason="complaint", until="2026-12-24")
    PausedMany.model_validate(many)
    assert [(one["paused"], one["error"]) for one in many["items"]] == [(True, None), (False, "not_found")]
    assert (await says(services, f"{ids['ben']}/resume"))["status"] == "open"
    assert (await says(services, f"{ids['ben']}/pause", reason="complaint"))["status"] == "paused"
    late = await services.payments.post(
        f"/v1/dunning/cases/{ids['ben']}/pause", json={"reason": "r", "until": "2026-12-01"}
    )
    assert await refused(late) == (422, "out_of_bounds")

    assert (await says(services, f"{ids['cem']}/exempt", reason="hospital"))["cleared_for"] == "exempted"
    alone = await ok(await services.payments.get("/v1/accounts/cem/dunning"))
    AccountDunningShape.model_validate(alone)
    assert (alone["exemption"], alone["case"], alone["coming"]) == ({"reason": "hospital", "until": None}, None, [])
    gone = await services.payments.post(f"/v1/dunning/cases/{ids['cem']}/advance")
    assert await refused(gone) == (409, "dunning_case_closed")

    detail = await ok(await services.payments.get(f"/v1/dunning/cases/{ids['dov']}"))
    DunningCaseDetail.model_validate(detail)
    assert [step["name"] for step in detail["coming"]] == ["Block"]
    unknown = await services.payments.put("/v1/accounts/dov/dunning", json={"policy_id": "gentle"})
    assert await refused(unknown) == (422, "dunning_policy_not_found")


async def paused_as_a_job(services: Services, dsn: str, ids: dict[str, str]) -> None:
    """Of Ben, who is paused, and Cem, whose case is over, it is refused; Dov is paused once, whoever dies meanwhile."""
    body = {"query": "account_id=ben&account_id=cem&account_id=dov&sort=since", "reason": "the bank's file is late"}
    key = {"Idempotency-Key": "pause-many"}
    job = await ok(await services.payments.post("/v1/dunning/pause-jobs", json=body, headers=key), 202)
    assert job["total"] == 3
    await ended(services, job["id"], ids)
    again = await services.payments.post("/v1/dunning/pause-jobs", json=body, headers=key)
    assert (await ok(again, 202))["id"] == job["id"]
    other = await services.payments.post("/v1/dunning/pause-jobs", json={**body, "reason": "another"}, headers=key)
    assert await refused(other) == (422, "idempotency_key_reused")
    assert (await says(services, f"{ids['dov']}/resume"))["status"] == "open"

    # As a process leaves it that has sent all and noted nothing; a person has resumed a case since.
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("update durable.dunning_pause_case set paused = null, code = null, detail = null")
        await connection.execute(
            "update durable.dunning_pause set status = 'running', finished_at = null, lease_until = now(), done = 0"
        )
    finally:
        await connection.close()
    await ended(services, job["id"], ids)
    assert (await cases(services, 1, account_id="dov"))[0]["status"] == "open"

    stopped = await services.payments.post(f"/v1/jobs/{job['id']}/cancel")
    assert await refused(stopped) == (409, "already_ended")
    bad: list[tuple[dict[str, Any], str]] = [
        ({}, "invalid"),
        ({"query": "colour=red"}, "unknown_parameter"),
        ({"ids": ["no"]}, "dunning_case_not_found"),
    ]
    for wrong, code in bad:
        answer = await services.payments.post("/v1/dunning/pause-jobs", json={"reason": "x", **wrong})
        assert (await refused(answer))[1] == code


async def ended(services: Services, job_id: str, ids: dict[str, str]) -> None:
    async def read() -> Any:
        return await ok(await services.payments.get(f"/v1/jobs/{job_id}"))

    job = await until(read, lambda job: job["status"] == "done" and job["done"] + job["failed"] == 3)
    PauseJobShape.model_validate(job)
    told = {failure["id"]: failure["code"] for failure in job["failures"]}
    assert told == {ids["ben"]: "dunning_paused", ids["cem"]: "dunning_case_closed"}
