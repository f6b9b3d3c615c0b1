"""A clerk runs a month, mends what the dry run warned of, credits a line of an invoice, issues it anew and verifies it.

In a real Chromium on a real stack; the walk and its amounts, worked out by hand, are console/e2e/invoiceMonth.ts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.console.clerk import sell_home_to_alice, walk
from tests.kit.servers import Servers
from tests.kit.waiting import until
from tests.stories.operator import Operator

PRICES = [
    {"model": "flat", "amount": "20.00", "interval": "month", "bill": "arrears"},
    {"model": "flat", "amount": "5.00", "interval": "month", "bill": "arrears"},
]


@pytest.mark.servers
@pytest.mark.slow
async def test_a_clerk_invoices_a_month_and_corrects_an_invoice_through_the_pages_r12_r46(
    servers: Servers, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    await walk("invoiceMonth.ts", servers, tmp_path_factory.mktemp("invoice-month"), open_shop, shots=tmp_path)


async def open_shop(op: Operator) -> None:
    """Alice and Bob have plan Home since 1 September; September is closed. Of Bob's country no rate is known."""
    await sell_home_to_alice(op, PRICES)
    account: dict[str, Any] = {"id": "bob", "name": "Bob", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
    await op.create("/v1/accounts", account)
    subscription = {"id": "bob-line", "account_id": "bob", "plan_id": "home", "start": "2026-09-01"}
    await op.create("/v1/subscriptions", subscription)
    await op.create("/v1/tax/jurisdictions", {"id": "FR", "level": "country", "name": "France"})
    tax = {"kind": "determined", "seller": {"country": "FR"}, "place": {"country": "FR"}}
    profile = "/v1/accounts/bob/bill-profile"
    await until(lambda: op.http.get(profile), lambda answer: answer.status_code == 200, every_s=0.05)
    await op.ask("PATCH", profile, json={"tax": tax})
    await op.advance("2026-10-01T02:00:00Z")
    await op.until("/v1/invoices", 2, status="draft")
