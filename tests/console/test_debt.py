"""A clerk follows one debt through the pages: a debit that comes back, a promise, a payment, a chargeback, the end.

In a real Chromium on a real stack; the walk and its amounts, worked out by hand, are console/e2e/debt.ts. What the same
story comes to in the log is tests/stories/test_life_of_a_debt.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.console.clerk import sell_home_to_alice, walk
from tests.kit.servers import Servers
from tests.kit.waiting import until
from tests.stories.operator import Operator

PRICES = [{"model": "flat", "amount": "29.90", "interval": "month", "bill": "arrears"}]
POLICY: dict[str, Any] = {
    "id": "standard",
    "name": "Standard",
    "minimums": [{"amount": "5.00", "currency": "EUR"}],
    "steps": [{"name": "Block", "after_days": 5, "service": {"access": "blocked"}}],
}


@pytest.mark.servers
@pytest.mark.slow
async def test_a_clerk_follows_a_debt_through_the_pages_until_nobody_owes_r50_r58(
    servers: Servers, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    await walk("debt.ts", servers, tmp_path_factory.mktemp("debt"), open_shop, shots=tmp_path)


async def open_shop(op: Operator) -> None:
    """September is invoiced and collected; the bank has booked it, and has not yet said that it came back."""
    await sell_home_to_alice(op, PRICES)
    await op.create("/v1/network-elements", {"id": "nas", "driver": "simulated", "address": "lose=1000"})
    await op.create("/v1/dunning/policies", POLICY)
    await op.ask("PUT", "/v1/dunning/settings", json={"policy_id": "standard"})
    said = {"account_id": "alice", "kind": "bank_account", "iban": "NL91 ABNA 0417 1643 00", "holder": "Alice"}
    method = await op.create("/v1/payment-methods", said)
    mandate = {"id": "M-alice", "account_id": "alice", "payment_method_id": method["id"], "signed_on": "2026-09-01"}
    await op.create("/v1/mandates", mandate)
    creditor = {"name": "Northwind", "iban": "DE89370400440532013000", "creditor_id": "DE98ZZZ09999999999"}
    await op.ask("PUT", "/v1/direct-debits/creditor", json=creditor)
    await op.advance("2026-10-01T02:00:00Z")
    await op.run_over({"account_ids": ["alice"]}, "2026-10-01")
    await until(lambda: op.get("/v1/accounts/alice/balance"), lambda found: found["open"]["amount"] == "35.88")
    asked = {"id": "run-1", "collection_date": "2026-10-15", "account_ids": ["alice"], "dry_run": False}
    await op.create("/v1/direct-debits", asked | {"notice_days": 1})
    path = "/v1/direct-debits/run-1"
    await until(lambda: op.get(path), lambda run: run["counts"]["placed"] == 1)
    await op.ask("POST", f"{path}/submit")
    await op.advance("2026-10-15T10:00:00Z")
    await op.ask("POST", f"{path}/book", json={"booked_on": "2026-10-15"})
    await until(lambda: op.get("/v1/accounts/alice/balance"), lambda found: found["open"]["amount"] == "0.00")
    await op.advance("2026-10-26T10:00:00Z")
