"""Tax quotes and the tables of taxes over HTTP, as a process on real Kafka and Postgres."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import pytest
import pytest_asyncio

from services.invoicing.invoice.state import invoice_id_of
from tests.kit.servers import Servers, fresh_environment
from tests.services.invoicing.story import SEPTEMBER
from tests.services.invoicing.test_service import drafted
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers

RATES: Final = """id;jurisdiction_id;tax;rate;effective_from
it-vat;IT;IVA;22;2013-10-01
it-vat-low;IT;IVA;10;1995-01-01
"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("taxes")
    async with (
        fresh_environment(servers, directory) as environment,
        running(environment.settings, "invoicing") as started,
    ):
        yield started


async def post(services: Services, path: str, body: Any, status: int = 201) -> dict[str, Any]:
    answer = await services.invoicing.post(path, json=body)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


def first_code(answer: dict[str, Any]) -> tuple[str, str | None]:
    return answer["errors"][0]["code"], answer["errors"][0].get("pointer")


async def test_a_tax_quote_is_answered_and_a_bad_one_told_what_is_wrong(services: Services) -> None:
    lines: list[dict[str, Any]] = [{"id": "1", "net": "908.91", "category": "S", "rate": "21"}]
    answer = await post(services, "/v1/tax/quotes", {"currency": "EUR", "lines": lines}, 200)
    assert (answer["tax"], answer["total"], answer["payable"]) == ("190.87", "1099.78", "1099.78")
    lines[0]["net"] = 908.91
    refused = await post(services, "/v1/tax/quotes", {"currency": "EUR", "lines": lines}, 422)
    assert first_code(refused) == ("invalid_decimal", "/lines/0/net")


async def test_jurisdictions_and_rates_are_defined_changed_listed_and_deleted(services: Services) -> None:
    country = {"id": "ES", "level": "country", "name": "Spain"}
    assert (await post(services, "/v1/tax/jurisdictions", country))["version"] == 1
    assert first_code(await post(services, "/v1/tax/jurisdictions", country, 409)) == ("tax_jurisdiction_exists", "/id")
    region = {"id": "ES-CN", "level": "state", "name": "Canarias", "parent_id": "ES", "codes": ["CN"]}
    await post(services, "/v1/tax/jurisdictions", region)
    vat = {"jurisdiction_id": "ES", "tax": "IVA", "rate": "21", "effective_from": "2012-09-01"}
    assert (await post(services, "/v1/tax/rates", {"id": "es-vat", **vat}))["product_tax_class"] == "*"
    overlap = await post(services, "/v1/tax/rates", {"id": "es-vat-2", **vat}, 409)
    assert first_code(overlap) == ("tax_rate_overlaps", "/effective_from")
    changed = await services.invoicing.put("/v1/tax/rates/es-vat", json={**vat, "effective_to": "2027-01-01"})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    stale = await services.invoicing.put("/v1/tax/rates/es-vat", json=vat, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    page = (await services.invoicing.get("/v1/tax/rates?jurisdiction_id=ES&in_force_on=2026-10-01&limit=1")).json()
    assert ([item["id"] for item in page["items"]], page["total"]) == (["es-vat"], 1)
    page = (await services.invoicing.get("/v1/tax/jurisdictions?parent_id=ES")).json()
    assert [item["id"] for item in page["items"]] == ["ES-CN"]
    in_use = await services.invoicing.delete("/v1/tax/jurisdictions/ES")
    assert first_code(in_use.json())[0] == "tax_jurisdiction_in_use"
    for path in ("/v1/tax/rates/es-vat", "/v1/tax/jurisdictions/ES-CN", "/v1/tax/jurisdictions/ES"):
        assert (await services.invoicing.delete(path)).status_code == 204
        assert (await services.invoicing.get(path)).status_code == 404


async def test_an_import_is_previewed_then_done_and_done_again_changes_nothing(services: Services) -> None:
    tree = {"entries": [{"id": "IT", "level": "country", "name": "Italy"}]}
    assert (await post(services, "/v1/tax/jurisdictions/import", tree, 200))["added"] == 1
    csv = {"Content-Type": "text/csv"}
    preview = await services.invoicing.post("/v1/tax/rates/import?preview=true", content=RATES, headers=csv)
    assert (preview.status_code, preview.json()["added"]) == (200, 2), preview.text
    assert (await services.invoicing.get("/v1/tax/rates?jurisdiction_id=IT")).json()["total"] == 0
    done = await services.invoicing.post("/v1/tax/rates/import", content=RATES, headers=csv)
    assert (done.json()["added"], done.json()["total"]) == (2, 2)
    again = await services.invoicing.post("/v1/tax/rates/import", content=RATES, headers=csv)
    assert (again.json()["unchanged"], again.json()["items"]) == (2, [])
    preview = await services.invoicing.post(
        "/v1/tax/rates/import?preview=true", content=RATES.replace(";22;", ";23;"), headers=csv
    )
    [change] = preview.json()["items"]
    assert (change["kind"], change["before"]["rate"], change["after"]["rate"]) == ("changed", "22", "23")
    wrong = await services.invoicing.post(
        "/v1/tax/rates/import", content=RATES + "x;XX;IVA;1;2020-01-01\n", headers=csv
    )
    assert first_code(wrong.json()) == ("tax_jurisdiction_not_found", "/lines/4/jurisdiction_id")


async def test_a_certificate_frees_an_account_and_is_ended(services: Services) -> None:
    await drafted(services, "exempt-1")
    await post(services, "/v1/tax/jurisdictions", {"id": "NL", "level": "country", "name": "Netherlands"})
    certificate = {"jurisdiction_id": "NL", "certificate": "C-1", "valid_from": "2026-01-01"}
    granted = await post(services, "/v1/tax/exemptions", {"id": "ex-1", "account_id": "exempt-1", **certificate})
    assert (granted["account_id"], granted["valid_to"]) == ("exempt-1", None)
    again = await post(services, "/v1/tax/exemptions", {"id": "ex-1", "account_id": "exempt-1", **certificate}, 409)
    assert first_code(again) == ("tax_exemption_exists", "/id")
    ended = await post(services, "/v1/tax/exemptions/ex-1/end", {"on": "2026-11-01"}, 200)
    assert ended["valid_to"] == "2026-11-01"
    page = (await services.invoicing.get("/v1/tax/exemptions?account_id=exempt-1&valid_on=2026-11-01")).json()
    assert page["items"] == []
    assert first_code(await post(services, "/v1/tax/exemptions/ex-9/end", {"on": "2026-11-01"}, 404))[0] == "not_found"


async def test_only_those_who_may_write_change_tables_of_taxes(services: Services) -> None:
    for role, status in (("auditor", 200), ("support", 200), ("ingest", 403)):
        headers = services.token(role)
        assert (await services.invoicing.get("/v1/tax/rates", headers=headers)).status_code == status
        answer = await services.invoicing.post("/v1/tax/jurisdictions", json={}, headers=headers)
        assert answer.status_code == 403, role


async def test_an_account_gets_a_tax_profile_and_its_invoice_is_taxed_by_it(services: Services) -> None:
    await drafted(services, "taxed-1")
    path = "/v1/accounts/taxed-1/bill-profile"
    opened = (await services.invoicing.get(path)).json()
    assert (opened["tax"], opened["tax_rate"], opened["version"]) == ({"kind": "account_rate", "rate": "20"}, "20", 1)
    await post(services, "/v1/tax/jurisdictions", {"id": "AT", "level": "country", "name": "Austria"})
    tax = {"kind": "determined", "seller": {"country": "AT"}, "place": {"country": "AT"}}
    changed = await services.invoicing.patch(path, json={"tax": tax}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.json()["version"], changed.json()["tax_rate"]) == (200, 2, None), changed.text
    stale = await services.invoicing.patch(path, json={"tax": tax}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    unknown = await services.invoicing.patch(path, json={"tax": tax | {"place": {"country": "HU"}}})
    assert first_code(unknown.json()) == ("tax_place_unknown", "/tax/place/country")
    assert (await services.invoicing.patch("/v1/accounts/nobody/bill-profile", json={"tax": tax})).status_code == 404


async def test_an_account_gets_terms_of_its_own_and_gives_them_back(services: Services) -> None:
    await drafted(services, "terms-1")
    path = "/v1/accounts/terms-1/bill-profile"
    opened = (await services.invoicing.get(path)).json()
    assert (opened["terms_days"], opened["sources"]["terms_days"], opened["version"]) == (14, "operator", 1)
    both = {"terms_days": 30, "tax": {"kind": "account_rate", "rate": "5.5"}}
    changed = (await services.invoicing.patch(path, json=both, headers={"If-Match": '"1"'})).json()
    assert (changed["terms_days"], changed["sources"]["terms_days"]) == (30, "account")
    assert (changed["tax_rate"], changed["version"]) == ("5.5", 3)
    stale = await services.invoicing.patch(path, json={"terms_days": 60}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    back = (await services.invoicing.patch(path, json={"terms_days": None})).json()
    assert (back["terms_days"], back["sources"]["terms_days"], back["version"]) == (14, "operator", 4)
    for said, found in (
        ({}, ("required", "/tax")),
        ({"tax": None}, ("required", "/tax")),
        ({"terms_days": -1}, ("out_of_bounds", "/terms_days")),
        ({"terms_days": 366}, ("out_of_bounds", "/terms_days")),
        ({"terms_days": "30"}, ("wrong_type", "/terms_days")),
    ):
        refused = await services.invoicing.patch(path, json=said)
        assert (refused.status_code, *first_code(refused.json())) == (422, *found), refused.text


async def test_a_dry_run_warns_of_missing_tax_data_before_it_is_confirmed(services: Services) -> None:
    await drafted(services, "taxed-2")
    body = {"id": "run-warn", "scope": {"account_ids": ["taxed-1", "taxed-2"]}, "target_date": "2026-10-01"}
    dry = await post(services, "/v1/billing-runs", {**body, "dry_run": True})
    assert (dry["invoices"], dry["failures"]) == (1, [{"reason": "tax_rate_missing", "accounts": 1}])
    shown = (await services.invoicing.get("/v1/billing-runs/run-warn/preview")).json()
    missing = {"code": "missing_tax_data", "reason": "tax_rate_missing", "invoices": 1, "accounts": ["taxed-1"]}
    assert shown["warnings"] == [missing]


async def test_what_can_not_be_taxed_yet_fails_in_a_run_and_is_issued_once_it_can(services: Services) -> None:
    issue = f"/v1/invoices/{invoice_id_of('taxed-1', SEPTEMBER)}/issue"
    missing = await services.invoicing.post(issue)
    assert first_code(missing.json())[0] == "tax_rate_missing"
    body = {"id": "run-tax", "scope": {"account_ids": ["taxed-1"]}, "target_date": "2026-10-01"}
    assert (await post(services, "/v1/billing-runs", body))["failed"] == 1
    [result] = (await services.invoicing.get("/v1/billing-runs/run-tax/results")).json()["items"]
    assert (result["outcome"], result["reason"]) == ("failed", "tax_rate_missing")
    rate = {"id": "at-ust", "jurisdiction_id": "AT", "tax": "USt", "rate": "20", "effective_from": "1984-01-01"}
    await post(services, "/v1/tax/rates", rate)
    issued = await services.invoicing.post(issue)
    assert (issued.status_code, issued.json()["tax"]["amount"]) == (200, "6.01"), issued.text
    [tax] = (await services.invoicing.get(issue.replace("/issue", "/taxes"))).json()["items"]
    explained = (tax["jurisdiction"], tax["rule"], tax["rate_id"], tax["rate_version"], tax["lines"])
    assert explained == ("AT", "domestic", "at-ust", 1, [1])
    assert (tax["rate"], tax["base"]["amount"], tax["tax"]["amount"]) == ("20", "30.03", "6.01")
