"""Alice moves house and to bills on the 15th, Bob is kept back: through all five services, amounts worked out by hand.

Home is 29.90 a month in arrears, data 10 GB free and then 0.50 a started GB. Tax is 20 %.

    Alice   September         flat 29.90; 7 GB free                                   net 29.90   total 35.88
            1 to 15 October   flat 29.90 x 14/30 = 13.95; 12 GB: 2 over, 1.00         net 14.95   total 17.94
            to 15 November    flat 29.90; 11 GB: 1 over, 0.50                         net 30.40   total 36.48
    Bob     September         flat 29.90 x 15/30 = 14.95                              net 14.95   total 17.94
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from meterlog.installation import spec_of
from shared.engine.rebuild.job import RebuildJob
from tests.kit.keys import make_key
from tests.kit.pdf_text import text_of
from tests.kit.servers import Servers
from tests.kit.stacks import running_stack
from tests.stories.operator import GB, Operator, open_shop, record

pytestmark = pytest.mark.servers


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def operator(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Operator]:
    async with running_stack(servers, tmp_path_factory.mktemp("moved")) as stack:
        made = await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "story")
        operator = Operator(stack, made["key"])
        yield operator
        await operator.http.aclose()


def used(n: int, gigabytes: int, on: str) -> dict[str, Any]:
    instants = {"started_at": f"{on}T12:00:00Z", "ended_at": f"{on}T12:05:00Z"}
    return {**record(n, "mac:alice", "data.octets", gigabytes * GB, 1), **instants}


async def billed(op: Operator, cycle_id: str, target_date: str) -> dict[str, Any]:
    return await op.run_over({"cycle_id": cycle_id}, target_date)


async def test_a_customer_moves_to_another_cycle_and_another_is_kept_back(operator: Operator) -> None:
    op = operator
    await open_shop(op)
    mid = {"id": "mid-month", "name": "Mid-month", "frequency": "month", "anchor_day": 15, "time_zone": "Europe/Paris"}
    await op.create("/v1/billing-cycles", mid)
    await op.advance("2026-09-10T10:00:00Z")
    await op.ask("PATCH", "/v1/accounts/alice", json={"name": "Alice Moved", "address": {"city": "Ghent"}})
    preview = await op.ask("POST", "/v1/accounts/alice/cycle", json={"cycle_id": "mid-month", "preview": True})
    assert [(line["period"], line["amount"]["amount"]) for line in preview["lines"]] == [
        ({"start": "2026-10-01", "end": "2026-10-15"}, "13.95")
    ]
    await op.ask("POST", "/v1/accounts/alice/cycle", json={"cycle_id": "mid-month"})
    await op.ask("POST", "/v1/accounts/bob/hold", json={"reason": "the line is being checked"})

    # September: Alice's bill still goes with the monthly run, Bob's waits.
    await op.advance("2026-09-30T20:00:00Z")
    await op.publish(used(1, 7, "2026-09-20"))
    await op.advance("2026-09-30T23:30:00Z")
    run = await billed(op, "monthly", "2026-10-01")
    assert (run["invoices"], run["on_hold"], run["not_closed"], run["failed"]) == (1, 1, 0, 0)
    held = (await op.get(f"/v1/billing-runs/{run['id']}/results", outcome="on_hold"))["items"]
    assert [(found["account_id"], found["reason"]) for found in held] == [("bob", "the line is being checked")]
    await op.ask("POST", "/v1/accounts/bob/release")
    assert (await billed(op, "monthly", "2026-10-01"))["invoices"] == 1

    # The odd period, and a whole one after it.
    await op.advance("2026-10-04T10:00:00Z")
    await op.publish(used(2, 12, "2026-10-03"))
    await op.advance("2026-10-14T23:30:00Z")
    assert (await billed(op, "mid-month", "2026-10-15"))["invoices"] == 1
    await op.advance("2026-10-20T20:00:00Z")
    await op.publish(used(3, 11, "2026-10-20"))
    await op.advance("2026-11-15T00:30:00Z")
    assert (await billed(op, "mid-month", "2026-11-15"))["invoices"] == 1

    invoices = await op.until("/v1/invoices", 4, status="issued", sort="issued_on")
    assert [(i["account_id"], i["period"]["end"], i["net"]["amount"], i["total"]["amount"]) for i in invoices] == [
        ("alice", "2026-10-01", "29.90", "35.88"),
        ("bob", "2026-10-01", "14.95", "17.94"),
        ("alice", "2026-10-15", "14.95", "17.94"),
        ("alice", "2026-11-15", "30.40", "36.48"),
    ]
    if shutil.which("pdftotext"):
        told = text_of((await op.http.get(f"/v1/invoices/{invoices[0]['id']}/pdf")).content)
        assert "Alice Moved" in told and "1000 Ghent" in told

    await op.check_documents(4)

    customer = await op.get("/v1/customer-configs/alice")
    assert (customer["name"], customer["cycle"]["name"]) == ("Alice Moved", "Mid-month")
    assert (await op.get("/v1/customer-configs", q="moved"))["total"] == 1

    # Every record is in the bill of its period, and the tables are what the log says.
    proof = await op.settled()
    assert proof["balanced"] is True
    assert [(line["period"]["start"], line["billed"]) for line in proof["items"]] == [
        ("2026-09-01", 1),
        ("2026-10-01", 1),
        ("2026-10-15", 1),
    ]
    for service in ("rating", "invoicing", "reporting"):
        spec = spec_of(service, op.stack.settings)
        proven = await RebuildJob(op.stack.settings, spec, processes=0).verify()
        assert proven.equal, (service, proven)
