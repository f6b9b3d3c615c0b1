"""The chart of accounts and exports of the journal over HTTP, on real servers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from services.payments.bookkeeping.api import ChartOfAccountsShape, ChartSamplesShape
from services.payments.bookkeeping.export_api import JournalExportedShape
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.payments.test_service import invoiced
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("bookkeeping")
    async with (
        fresh_environment(servers, directory) as environment,
        running(environment.settings, "invoicing", "payments", "reporting") as started,
    ):
        yield started


async def samples(services: Services) -> list[dict[str, Any]]:
    answer = await services.payments.get("/v1/chart-of-accounts/samples")
    assert answer.status_code == 200, answer.text
    ChartSamplesShape.model_validate(answer.json())
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def test_a_chart_is_set_from_a_day_on_by_an_admin_alone(services: Services) -> None:
    before = (await services.payments.get("/v1/chart-of-accounts")).json()
    assert (before["version"], before["in_force"]["name"]) == (0, "Neutral")
    skr03 = (await samples(services))[1]
    body = {"effective_from": "2026-01-01", "name": skr03["name"], "rules": skr03["rules"]}
    body["datev"] = {"consultant": 29098, "client": 55003}
    path = "/v1/chart-of-accounts"
    assert (await services.payments.put(path, json=body, headers=services.token("billing"))).status_code == 403
    set_now = await services.payments.put(path, json=body, headers={"If-Match": "0"})
    assert set_now.status_code == 200, set_now.text
    ChartOfAccountsShape.model_validate(set_now.json())
    assert set_now.json()["in_force"]["datev"]["account_length"] == 4
    assert (await services.payments.put(path, json=body, headers={"If-Match": "0"})).status_code == 412
    wrong = await services.payments.put(path, json={**body, "rules": skr03["rules"][1:]})
    assert (wrong.status_code, wrong.json()["errors"][0]["code"]) == (422, "account_missing")
    huge = await services.payments.put(path, json={**body, "datev": {"consultant": 10**12, "client": 1}})
    assert huge.status_code == 422


async def test_a_month_is_exported_once_and_its_file_is_the_same_when_it_is_fetched_again(services: Services) -> None:
    invoice_id = await invoiced(services, "books-1", "30.03")
    path, key = "/v1/journal-exports", {"Idempotency-Key": "export-1"}
    early = await services.payments.post(path, json={"month": "2199-12"})
    assert (early.status_code, early.json()["errors"][0]["code"]) == (422, "month_not_over")
    assert (await services.payments.post(path, json={"month": "2026-13"})).status_code == 422
    support = services.token("support")
    assert (await services.payments.post(path, json={"month": "2026-09"}, headers=support)).status_code == 403
    first = await services.payments.post(path, json={"month": "2026-09"}, headers=key)
    assert first.status_code == 201, first.text
    JournalExportedShape.model_validate(first.json())
    again = await services.payments.post(path, json={"month": "2026-09"}, headers=key)
    assert again.json() == first.json()
    twice = await services.payments.post(path, json={"month": "2026-09"})
    assert (twice.status_code, twice.json()["errors"][0]["code"]) == (409, "month_closed")
    shown = f"{path}/{first.json()['id']}"
    export = (await until(lambda: services.reporting.get(shown), lambda answer: answer.status_code == 200)).json()
    # The period of September is over, and what it was charged is earned.
    assert {file["month"] for file in export["files"]} == {"2026-09"}
    (csv,) = (file["url"] for file in export["files"] if file["format"] == "csv")
    content = await until(lambda: services.reporting.get(csv), lambda answer: answer.status_code == 200)
    assert invoice_id in content.text
    assert (await services.reporting.get(csv)).text == content.text
