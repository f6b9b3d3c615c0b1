"""Documents over HTTP on real Kafka and Postgres: invoices of several taxes, credit notes, and what is void."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
import pytest_asyncio

from meterlog.demo.seller import SELLER
from services.invoicing.invoice.state import invoice_id_of
from services.rating.billing_cycle.messages import BillingCycleDefined, CycleTerms
from shared.kernel.customer import AddressBody, CustomerFields
from tests.kit.en16931 import violations
from tests.kit.pdf_text import text_of
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.invoicing.story import SEPTEMBER, charge, closed, opened, subscribed
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers

TABLES: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("jurisdictions", {"id": "BE", "level": "country", "name": "Belgium"}),
    ("rates", {"id": "be-btw", "jurisdiction_id": "BE", "tax": "BTW", "rate": "21"}),
    ("rates", {"id": "be-tv", "jurisdiction_id": "BE", "tax": "BTW", "rate": "6", "product_tax_class": "tv"}),
    ("jurisdictions", {"id": "US", "level": "country", "name": "United States"}),
    ("jurisdictions", {"id": "US-IL", "level": "state", "name": "Illinois", "parent_id": "US", "codes": ["IL"]}),
    ("rates", {"id": "us-excise", "jurisdiction_id": "US", "tax": "Federal excise", "rate": "3"}),
    ("rates", {"id": "il-tel", "jurisdiction_id": "US-IL", "tax": "State telecom tax", "rate": "7"}),
)
BELGIAN: Final = {"kind": "determined", "seller": {"country": "BE"}, "place": {"country": "BE"}}
AMERICAN: Final = {
    "kind": "determined",
    "seller": {"country": "US"},
    "place": {"country": "US", "region": "IL"},
}
ADDRESS: Final = AddressBody(lines=["Rue Haute 12"], postal_code="1000", city="Brussels", country="BE")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("documents")
    async with (
        fresh_environment(servers, directory) as environment,
        running(environment.settings.model_copy(update=SELLER), "invoicing", "payments") as started,
    ):
        for name, body in TABLES:
            since = {"effective_from": "2020-01-01"} if name == "rates" else {}
            await post(started, f"/v1/tax/{name}", body | since)
        yield started


async def post(services: Services, path: str, body: Any) -> dict[str, Any]:
    answer = await services.invoicing.post(path, json=body)
    assert answer.status_code < 300, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def issued(
    services: Services,
    account: str,
    tax: dict[str, Any],
    *,
    then: Callable[[str], Awaitable[None]] | None = None,
    gross: bool = False,
) -> str:
    """An invoice of access, 30.00, and television, 20.05; where it is. `then` happens to the profile before. `gross`:
    these prices include tax."""
    terms = CycleTerms(cycle_id="monthly", frequency="month", anchor_day=1, time_zone="Europe/Paris")
    details = CustomerFields(address=ADDRESS).to_text()
    assert details
    await services.rating_says(
        BillingCycleDefined(name="Monthly", terms=terms),
        msgspec.structs.replace(
            opened(account),
            name=await services.vault.seal(account, f"Customer {account}"),
            details=await services.vault.seal(account, details),
        ),
        subscribed(account),
        msgspec.structs.replace(charge(1, "30.00", account=account), includes_tax=gross),
        msgspec.structs.replace(
            charge(2, "20.05", account=account), description="Television", tax_class="tv", includes_tax=gross
        ),
    )
    profile = f"/v1/accounts/{account}/bill-profile"
    await until(lambda: services.invoicing.get(profile), lambda answer: answer.status_code == 200)
    changed = await services.invoicing.patch(profile, json={"tax": tax})
    assert changed.status_code == 200, changed.text
    if then is not None:
        await then(profile)
    await services.rating_says(closed(2, "50.05", account=account))
    path = f"/v1/invoices/{invoice_id_of(account, SEPTEMBER)}"
    answer = await until(lambda: services.invoicing.post(f"{path}/issue"), lambda answer: answer.status_code == 200)
    assert answer.status_code == 200, answer.text
    return path


async def document(services: Services, path: str) -> bytes:
    answer = await services.invoicing.get(path)
    assert answer.status_code == 200, answer.text
    return answer.content


async def keeps_the_rules(services: Services, path: str) -> None:
    for syntax in ("cii", "ubl"):
        assert violations(await document(services, f"{path}/xml?syntax={syntax}")) == []


def words_of(pdf: bytes) -> str:
    return text_of(pdf) if shutil.which("pdftotext") else ""


async def test_two_rates_of_vat_are_two_groups_in_every_form_r39(services: Services) -> None:
    path = await issued(services, "two-rates", BELGIAN)
    await keeps_the_rules(services, path)
    told = json.loads(await document(services, f"{path}/json"))
    groups = {group["rate"]: (group["base"]["amount"], group["tax"]["amount"]) for group in told["tax_groups"]}
    assert groups == {"21": ("30.00", "6.30"), "6": ("20.05", "1.20")}
    if words := words_of(await document(services, f"{path}/pdf")):
        for said in ("BTW 21% 30.00 6.30", "BTW 6% 20.05 1.20", "Belgium"):
            assert said in words


async def test_a_price_that_includes_tax_is_that_price_in_every_form_and_credited_as_that_r39_r42(
    services: Services,
) -> None:
    path = await issued(services, "told", BELGIAN, gross=True)
    await keeps_the_rules(services, path)
    told = json.loads(await document(services, f"{path}/json"))
    assert [(line["net"]["amount"], line["gross"]["amount"]) for line in told["lines"]] == [
        ("24.79", "30.00"),
        ("18.92", "20.05"),
    ]
    assert told["total"]["amount"] == "50.05"
    shown = (await services.invoicing.get(f"{path}/lines")).json()["items"]
    assert [(line["net"]["amount"], line["gross"]["amount"]) for line in shown] == [
        ("24.79", "30.00"),
        ("18.92", "20.05"),
    ]
    if words := words_of(await document(services, f"{path}/pdf")):
        assert "30.00 EUR including tax" in words
    note = await post(services, f"{path}/credit-notes", {"reason": "goodwill", "lines": [{"n": 2}]})
    assert note["total"]["amount"] == "20.05"
    its = f"/v1/credit-notes/{note['id']}"
    await until(lambda: services.invoicing.get(its), lambda answer: answer.json()["status"] == "issued")
    await keeps_the_rules(services, its)
    left = (await services.invoicing.get(f"{path}/creditable")).json()
    assert left["total"]["amount"] == "30.00"


async def test_taxes_that_stack_are_named_with_their_jurisdictions_and_are_no_vat_r44(services: Services) -> None:
    path = await issued(services, "stacked", AMERICAN)
    refused = await services.invoicing.get(f"{path}/xml")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "not_vat")
    if words := words_of(await document(services, f"{path}/pdf")):
        for said in ("Federal excise 3% 50.05 1.50", "United States", "State telecom tax 7% 50.05 3.50", "US-IL"):
            assert said in words


@pytest.mark.parametrize(
    ("account", "what"),
    [
        ("a-line", {"lines": [{"n": 2}]}),
        ("parts", {"lines": [{"n": 1, "net": "5.00"}, {"n": 2, "net": "1.00"}]}),
        ("an-amount", {"amount": {"amount": "12.00", "currency": "EUR"}}),
        ("the-rest", {}),
    ],
)
async def test_a_credit_note_has_the_documents_of_an_invoice_and_cites_it_r46(
    services: Services, account: str, what: dict[str, Any]
) -> None:
    path = await issued(services, account, BELGIAN)
    if not what:
        await post(services, f"{path}/credit-notes", {"reason": "other", "lines": [{"n": 1, "net": "3.00"}]})
        amount = {"amount": "10.00", "currency": "EUR"}
        await post(services, f"{path}/credit-notes", {"reason": "goodwill", "amount": amount})
    note = await post(services, f"{path}/credit-notes", {"reason": "goodwill", "note": "Sorry for the outage.", **what})
    its = f"/v1/credit-notes/{note['id']}"
    await keeps_the_rules(services, its)
    invoice = json.loads(await document(services, f"{path}/json"))
    told = json.loads(await document(services, f"{its}/json"))
    assert (told["kind"], told["number"], told["total"]) == ("credit_note", note["number"], note["total"])
    assert told["cites"] == [{"number": invoice["number"], "issued_on": invoice["issued_on"]}]
    assert told["note"] == "Sorry for the outage."
    assert (await document(services, f"{its}/csv")).startswith(b"document,row,line")
    pdf = await document(services, f"{its}/pdf")
    assert pdf == await document(services, f"{its}/pdf")
    if words := words_of(pdf):
        for said in ("Credit note", f"For invoice {invoice['number']} of", "Sorry for the outage."):
            assert said in words
    unknown = await services.invoicing.get("/v1/credit-notes/nothing/pdf")
    assert (unknown.status_code, unknown.json()["errors"][0]["code"]) == (404, "not_found")
    audited = await services.invoicing.get(f"{its}/xml", headers=services.token("auditor"))
    assert audited.status_code == 403


async def test_a_void_invoice_keeps_its_documents_as_they_were_r46(services: Services) -> None:
    path = await issued(services, "void-paper", BELGIAN)
    forms = ("pdf", "xml?syntax=cii", "xml?syntax=ubl", "json", "csv")
    before = [await document(services, f"{path}/{form}") for form in forms]
    assert (await post(services, f"{path}/void", {"reason": "duplicate"}))["status"] == "void"
    assert [await document(services, f"{path}/{form}") for form in forms] == before
