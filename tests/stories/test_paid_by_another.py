"""A firm pays for Alice's line from October on: through all five services, amounts worked out by hand.

Home is 29.90 a month in arrears, data 10 GB free and then 0.50 a started GB. Alice is taxed at 20 %, the firm at 21 %.

    Alice   September   flat 29.90; 7 GB free                   net 29.90   total 35.88   her own invoice
    Alice   October     flat 29.90; 12 GB: 2 over, 1.00         net 30.90                 on the firm's invoice
    firm    October     what Alice used; tax 6.489, so 6.49     net 30.90   total 37.39
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from meterlog.installation import spec_of
from shared.engine.rebuild.job import RebuildJob
from tests.kit.keys import make_key
from tests.kit.servers import Servers
from tests.kit.stacks import running_stack
from tests.kit.waiting import until
from tests.stories.operator import ADDRESS, Operator, open_shop
from tests.stories.test_moved_to_another_cycle import billed, used

pytestmark = pytest.mark.servers


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def operator(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Operator]:
    async with running_stack(servers, tmp_path_factory.mktemp("payer")) as stack:
        made = await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "story")
        operator = Operator(stack, made["key"])
        yield operator
        await operator.http.aclose()


async def test_a_firm_pays_for_a_customer_from_the_next_period_on(operator: Operator) -> None:
    op = operator
    await open_shop(op)
    firm = {"id": "firm", "name": "Firm", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "21"}
    await op.create("/v1/accounts", firm | {"address": ADDRESS})
    await op.advance("2026-09-10T10:00:00Z")
    shown = await op.ask("PATCH", "/v1/accounts/alice", json={"billed_by": "firm"})
    assert shown["billed_by"] == "alice"
    assert shown["next_payer"] == {"billed_by": "firm", "effective_on": "2026-10-01"}

    await op.advance("2026-09-30T20:00:00Z")
    await op.publish(used(1, 7, "2026-09-20"))
    await op.advance("2026-09-30T23:30:00Z")
    assert (await billed(op, "monthly", "2026-10-01"))["invoices"] == 2
    await op.advance("2026-10-04T10:00:00Z")
    assert (await op.get("/v1/accounts/alice"))["billed_by"] == "firm"
    await op.publish(used(2, 12, "2026-10-03"))
    await op.advance("2026-10-20T10:00:00Z")
    assert (await op.get("/v1/accounts/alice/unbilled"))["lines"]
    await op.ask(
        "PUT", "/v1/accounts/firm/credit-terms", json={"credit_limit": {"amount": "500.00", "currency": "EUR"}}
    )
    await firm_knows(op, paid_for="1.21", available="498.79")
    await op.advance("2026-11-01T00:30:00Z")
    run = await billed(op, "monthly", "2026-11-01")
    assert (run["invoices"], run["not_closed"], run["failed"]) == (2, 0, 0)

    (invoice,) = await op.until("/v1/invoices", 1, account_id="firm", status="issued")
    assert [invoice[name]["amount"] for name in ("net", "tax", "total", "due")] == ["30.90", "6.49", "37.39", "37.39"]
    # Payments hears of the invoice as reporting does, and either may be the first.
    await until(lambda: op.get("/v1/accounts/firm/balance"), lambda found: found["open"]["amount"] == "37.39")

    await firm_knows(op, paid_for="0.00", available="462.61")
    await op.check_documents(4)

    # Alice has no invoice of October, her charges, and a way to the firm's.
    (passed,) = await op.until("/v1/invoices", 1, account_id="alice", status="passed_on")
    assert (passed["passed_to"], passed["passed_into"]) == ("firm", invoice["id"])
    charges = (await op.get("/v1/charges", account_id="alice", billing_period="2026-10-01"))["items"]
    assert sorted(charge["amount"]["amount"] for charge in charges) == ["1.00", "29.90"]

    # Each line of the firm's leads to her charge and to her records.
    lines = (await op.get(f"/v1/invoices/{invoice['id']}/lines", account_id="alice"))["items"]
    assert len(lines) == 2
    (usage,) = [line for line in lines if line["kind"] == "usage"]
    explained = await op.get(f"/v1/invoices/{invoice['id']}/lines/{usage['n']}/explain")
    charge = await op.get(explained["charge"]["href"])
    assert (charge["account_id"], charge["lineage"]["total"]) == ("alice", 1)
    record = await op.get("/v1/usage/records/olt-1/r2")
    assert [(line["invoice_id"], line["net"]["amount"]) for line in record["lines"]] == [(invoice["id"], "1.00")]

    assert (await op.settled())["balanced"] is True
    for service in ("rating", "invoicing", "reporting"):
        spec = spec_of(service, op.stack.settings)
        proven = await RebuildJob(op.stack.settings, spec, processes=0).verify()
        assert proven.equal, (service, proven)


async def firm_knows(op: Operator, *, paid_for: str, available: str) -> None:
    """What Alice will cost the firm counts against its limit, and shows apart, until its own invoice has it."""
    found = await until(
        lambda: op.get("/v1/accounts/firm/exposure"),
        lambda one: one["paid_for"] is not None and one["available"]["amount"] == available,
    )
    assert (found["paid_for"]["amount"], found["available"]["amount"]) == (paid_for, available)
