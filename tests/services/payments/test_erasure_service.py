"""A person is erased from a system that goes on: on real Kafka and Postgres, and proven by a rebuild afterwards."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
import pytest_asyncio

from meterlog.installation import spec_of
from services.rating.account.messages import AccountClosed
from shared.engine.rebuild.job import RebuildJob
from shared.http.vault import ERASED, Vault
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.invoicing.story import charge, closed, opened, subscribed
from tests.services.payments.statement_files import Line, camt
from tests.services.payments.test_service import issued
from tests.services.processes import Services, clock_is, running

pytestmark = pytest.mark.servers

NAME: Final = "Zacharias Quintessence"
MAIL: Final = "zacharias@example.com"
NOW: Final = datetime(2026, 11, 3, 9, tzinfo=UTC)
SERVICES: Final = ("invoicing", "payments", "reporting")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("erasure")
    async with fresh_environment(servers, directory) as environment:
        settings = environment.settings.model_copy(update={"test_clock": True})
        async with running(settings, *SERVICES) as started:
            await clock_is(settings, now=NOW)
            yield started


async def customer(services: Services, account: str, name: str = NAME) -> str:
    """A customer with a paid invoice, a bank account and an address that mail goes to; the invoice's id."""
    mail, street = (MAIL, "Rue 1") if name == NAME else ("berta@example.com", "Rue 2")
    address = {"lines": [street], "postal_code": "1", "city": "X", "country": "BE"}
    details = json.dumps({"email": mail, "address": address})
    fact = msgspec.structs.replace(
        opened(account),
        name=await services.vault.seal(account, name),
        details=await services.vault.seal(account, details),
    )
    await services.rating_says(
        fact, subscribed(account), charge(1, "10.00", account=account), closed(1, "10.00", account=account)
    )
    invoice = await issued(services, account)
    body = {"account_id": account, "kind": "bank_account", "iban": "DE89370400440532013000", "holder": name}
    answer = await services.payments.post("/v1/payment-methods", json=body)
    assert answer.status_code == 201, answer.text
    delivery = {"delivery": {"email": {"to": [mail]}}}
    answer = await services.invoicing.patch(f"/v1/accounts/{account}/bill-profile", json=delivery)
    assert answer.status_code == 200, answer.text
    return invoice


async def settle(services: Services, account: str, amount: str = "12.00") -> None:
    body = {
        "account_id": account,
        "amount": {"amount": amount, "currency": "EUR"},
        "method": "cash",
        "received_on": "2026-11-03",
    }
    assert (await services.payments.post("/v1/payments", json=body)).status_code == 201
    await services.rating_says(AccountClosed(account_id=account, closed_on=date(2026, 11, 3), version=2))


async def erased(services: Services, account: str, **body: Any) -> dict[str, Any]:
    path = f"/v1/accounts/{account}/erasure"

    async def asked() -> Any:
        return await services.payments.post(path, json={"reason": "asked", **body})

    answer = await until(asked, lambda answer: "account_open" not in answer.text)
    assert answer.status_code in (200, 201), answer.text
    found: dict[str, Any] = answer.json()
    return found


async def status(services: Services, account: str, wanted: str) -> dict[str, Any]:
    async def read() -> dict[str, Any]:
        found: dict[str, Any] = (await services.payments.get(f"/v1/accounts/{account}/erasure")).json()
        return found

    return await until(read, lambda found: found["status"] == wanted)


async def everything(services: Services, account: str, invoice: str) -> str:
    """Whatever is shown of the account, in one text."""
    asked = (
        (services.payments, f"/v1/payment-methods?account_id={account}"),
        (services.invoicing, f"/v1/accounts/{account}/bill-profile"),
        (services.invoicing, f"/v1/deliveries?account_id={account}"),
        (services.reporting, f"/v1/customer-configs/{account}"),
        (services.reporting, "/v1/customer-configs"),
        (services.reporting, "/v1/search?q=zacharias"),
        (services.reporting, f"/v1/invoices?q={account}"),
        (services.reporting, f"/v1/invoices/{invoice}"),
        (services.reporting, f"/v1/invoices/{invoice}/timeline"),
    )
    answers = [await client.get(path) for client, path in asked]
    assert [answer.status_code for answer in answers] == [200] * len(answers), [a.text for a in answers]
    return "\n".join(answer.text for answer in answers)


async def test_an_erased_person_is_nowhere_but_on_documents_and_a_rebuild_brings_nothing_back(
    services: Services,
) -> None:
    invoice = await customer(services, "zq-1")
    other = await customer(services, "zq-2", "Berta Bystander")
    await until(lambda: everything(services, "zq-1", invoice), lambda text: NAME in text and MAIL in text)
    await settle(services, "zq-1")
    preview = (await erased(services, "zq-1", preview=True))["preview"]
    assert [kept["until"] for kept in preview["keeps"] if kept["what"] == "documents"] == ["2037-01-01"]
    assert preview["blockers"] == []
    assert (await erased(services, "zq-1"))["documents_until"] == "2037-01-01"
    await status(services, "zq-1", "documents_kept")

    # Other processes forget a key within a minute; a new one knows nothing.
    for name in SERVICES:
        await services.crash(name)
    shown = await until(lambda: everything(services, "zq-1", invoice), lambda text: ERASED in text)
    assert [word for word in ("Zacharias", MAIL, "Rue 1", "DE8937") if word in shown] == []
    printed = await services.invoicing.get(f"/v1/invoices/{invoice}/json")
    assert NAME in printed.text

    for name in SERVICES:
        proof = await RebuildJob(services.settings, spec_of(name, services.settings), processes=0).verify()
        assert proof.equal, name
    proof = await RebuildJob(services.settings, spec_of("reporting", services.settings), processes=0).rebuild()
    assert proof.equal
    shown = await until(lambda: everything(services, "zq-1", invoice), lambda text: ERASED in text)
    assert "Zacharias" not in shown
    assert "Berta" in await everything(services, "zq-2", other)

    # Nothing new is kept of somebody who was erased.
    body = {"account_id": "zq-1", "kind": "bank_account", "iban": "DE89370400440532013000", "holder": "Z"}
    answer = await services.payments.post("/v1/payment-methods", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "account_erased")


async def test_documents_name_nobody_once_they_need_not_be_kept(services: Services) -> None:
    invoice = await customer(services, "zq-3")
    await settle(services, "zq-3")
    await erased(services, "zq-3")
    found = await status(services, "zq-3", "documents_kept")
    assert found["documents_destroyed_at"] is None
    await clock_is(services.settings, now=datetime(2037, 1, 1, 1, tzinfo=UTC))
    await status(services, "zq-3", "erased")
    await services.crash("invoicing")
    printed = await services.invoicing.get(f"/v1/invoices/{invoice}/json")
    assert printed.status_code == 200
    assert (NAME in printed.text, ERASED in printed.text) == (False, True)


async def test_who_is_in_a_bank_statement_is_forgotten_when_it_need_not_be_kept(services: Services) -> None:
    """In 2037 a statement of October 2026 has been kept for ten years after its own; its amounts stay."""
    path = "/v1/bank-statements"
    sent = await services.payments.post(path, content=camt([Line("36.04", "for Zacharias", name=NAME)]))
    assert sent.status_code == 201, sent.text
    vault, owner = Vault(services.settings), f"bank-statement/{sent.json()['id']}"
    await clock_is(services.settings, now=datetime(2037, 1, 1, 1, tzinfo=UTC))

    async def kept() -> set[str]:
        return await vault.having_keys([owner])

    await until(kept, lambda keys: keys == set())
    await services.crash("payments")  # another process may have the key for a minute
    (entry,) = (await services.payments.get(f"{path}/{sent.json()['id']}/matches")).json()["items"]
    assert (entry["name"], entry["amount"]["amount"]) == (ERASED, "36.04")

    async def said() -> int:
        answer = await services.reporting.get("/v1/events?type=payments.BankStatementForgotten.v1")
        found: int = answer.json()["total"]
        return found

    await until(said, lambda events: events == 1)
    await vault.close()


async def test_who_is_open_or_owes_is_not_erased_and_told_why(services: Services) -> None:
    await customer(services, "zq-4")
    path = "/v1/accounts/zq-4/erasure"
    answer = await services.payments.post(path, json={"reason": "asked"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "account_open")
    await services.rating_says(AccountClosed(account_id="zq-4", closed_on=date(2026, 11, 3), version=2))

    async def asked() -> Any:
        return await services.payments.post(path, json={"reason": "asked"})

    answer = await until(asked, lambda answer: "account_open" not in answer.text)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "account_owes")
    assert [b["code"] for b in (await erased(services, "zq-4", preview=True))["preview"]["blockers"]] == [
        "account_owes"
    ]
    for body in ({}, {"reason": "because"}, {"reason": "asked", "despite_debts": "yes"}, {"reason": "asked", "x": 1}):
        assert (await services.payments.post(path, json=body)).status_code == 422
    for role in ("billing", "support", "auditor", "ingest"):
        answer = await services.payments.post(path, json={"reason": "asked"}, headers=services.token(role))
        assert answer.status_code == 403
    assert (await services.payments.post("/v1/accounts/nobody/erasure", json={"reason": "asked"})).status_code == 404


async def test_a_vault_restored_from_a_backup_is_erased_again(services: Services) -> None:
    vault = Vault(services.settings)
    pool = await vault.connected()
    kept = await pool.fetchrow("select * from account_key where account_id = 'profile/zq-2'")
    await pool.execute("delete from erased_account where account_id = 'zq-1'")
    await pool.execute(
        "insert into account_key (account_id, wrapped) values ('profile/zq-1', $1)", kept["wrapped"] if kept else b""
    )
    await services.crash("payments")  # looks through all of them when it starts

    async def gone() -> bool:
        return "zq-1" in await vault.erasures(["zq-1"])

    await until(gone)
    await vault.close()
