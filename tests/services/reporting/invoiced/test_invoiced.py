"""Sums that are kept by day say what the documents themselves come to, and the reports on them say it in one query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.payments.chargeback.messages import ChargebackReversed, PaymentChargedBack
from services.payments.payment.messages import PaymentFailed, PaymentReversed
from services.payments.refund.messages import PaymentRefunded
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields
from tests.services.reporting.corrections import credited, debited, voided
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import drafted, issued, line, paid, profile_opened

pytestmark = pytest.mark.servers

KEPT = """
select day, currency, kind, plan_id, meter, lines, net from invoiced_day
 where lines <> 0 or net <> 0 order by 1, 2, 3, 4, 5
"""
COUNTED = """
select issued_on, currency, kind, coalesce(plan_id, ''), coalesce(meter, ''), sum(n)::bigint, sum(net) from (
  select i.issued_on, i.currency, l.kind, l.plan_id, l.meter, 1 as n, l.net
    from invoice_row i join invoice_line_row l using (partition, invoice_id) where i.status = 'issued'
   union all
  select n.issued_on, n.currency, l.kind, l.plan_id, l.meter, 1, -l.net
    from credit_note_row n join credit_note_line_row l using (partition, credit_note_id)) line
 group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
"""

FIBRE = line(2, "39.90", charge="ch-2", kind="recurring")
BOTH: dict[str, Any] = {"net": "52.30", "tax": "10.46", "total": "62.76", "lines": (line(), FIBRE)}


def documents() -> list[Event]:
    """A customer's invoice that is credited in full and drafted anew, one that is void, another's, and a debit note."""
    terms: dict[str, Any] = {"number": "INV-000003", "account": "acc-2", "issued_on": date(2026, 9, 30)}
    return [
        *(profile_opened(), *drafted(), issued(), *drafted("inv-2"), issued("inv-2", number="INV-000002")),
        *(*credited(), *voided("inv-2"), *debited()),
        *(*drafted("inv-3", account="acc-2", lines=(line(), FIBRE)), issued("inv-3", **BOTH, **terms)),
    ]


async def agree(stage: Stage) -> None:
    kept, counted = [[tuple(row.values()) for row in await stage.pool.fetch(sql)] for sql in (KEPT, COUNTED)]
    assert kept == [row for row in counted if row[5] or row[6]]


@pytest.mark.parametrize("batches", ["one", "each"])
async def test_what_is_void_is_taken_off_and_what_is_credited_counts_below_zero(stage: Stage, batches: str) -> None:
    events = documents()
    for batch in [events] if batches == "one" else [[event] for event in events]:
        await stage.tell("invoicing.events", *batch)
    await agree(stage)
    rows = await stage.report("revenue")
    # October: 12.40 invoiced and credited, 12.40 void, 12.40 of a debit note. September: 52.30.
    assert [(row["group"], row["net"], row["recurring"], row["other"]) for row in rows] == [
        ("2026-09-01", "52.30", "39.90", "0.00"),
        ("2026-10-01", "12.40", "0.00", "12.40"),
    ]


async def test_tax_is_by_category_and_rate_less_what_was_credited_R39(stage: Stage) -> None:
    await stage.tell("invoicing.events", *documents())
    october = await stage.report("tax", **{"from": "2026-10-01", "to": "2026-10-31"})
    # The invoice and the debit note, less the credit note; the void one is not there.
    assert october == [
        {
            **{"group": "2026-10-01", "currency": "EUR", "category": "S", "rate": "20", "base": "12.40", "tax": "2.48"},
            **{"credited_base": "12.40", "credited_tax": "2.48", "documents": 3},
        }
    ]
    (september,) = await stage.report("tax")
    assert (september["base"], september["tax"], september["documents"]) == ("52.30", "10.46", 1)


async def test_credit_notes_are_told_by_reason_beside_what_was_invoiced(stage: Stage) -> None:
    await stage.tell("invoicing.events", *documents())
    # 12.40 of 52.30 + 12.40 + 12.40 = 77.10: 16.1 %. Of October's 24.80 it is half.
    (row,) = await stage.report("credit-notes")
    assert row == {
        **{"group": "wrong_details", "currency": "EUR", "notes": 1, "net": "12.40", "tax": "2.48", "total": "14.88"},
        "percent_of_invoiced": "16.1",
    }
    by_month = await stage.report("credit-notes", group_by="month")
    assert [(row["group"], row["percent_of_invoiced"]) for row in by_month] == [("2026-10-01", "50.0")]


async def test_top_customers_are_those_of_whom_most_was_invoiced(stage: Stage) -> None:
    await stage.tell("invoicing.events", *documents())
    rows = await stage.report("top-customers")
    # acc-1: 12.40 - 12.40 + 12.40 by two documents; 52.30 and 12.40 are 64.70.
    assert [(row["account_id"], row["place"], row["invoices"], row["net"], row["percent"]) for row in rows] == [
        ("acc-2", 1, 1, "52.30", "80.8"),
        ("acc-1", 2, 2, "12.40", "19.2"),
    ]
    only = await stage.report("top-customers", **{"from": "2026-10-05"})
    assert [row["account_id"] for row in only] == ["acc-1"], "a month counts whole"


def payments() -> Sequence[Event]:
    """Three came: one recorded in error, one refunded in part, one charged back and won. Two did not."""
    said: dict[str, Any] = {"account_id": "acc-1", "currency": "EUR", "method": "bank_transfer"}
    tried: dict[str, Any] = {"amount": Decimal(7), "reason_code": "closed", "failed_on": date(2026, 10, 9)}
    wrong: dict[str, Any] = {"amount": Decimal(8), "reason": "typo", "reversed_on": date(2026, 10, 8)}
    back: dict[str, Any] = {"amount": Decimal(4), "reason": "goodwill", "refunded_on": date(2026, 10, 9)}
    back |= {"refunded": Decimal(4), "unallocated": Decimal(0), "status": "partially_refunded"}
    lost: dict[str, Any] = {"amount": Decimal(10), "reason": "fraud", "received_on": date(2026, 10, 10)}
    lost |= {"charged_back": Decimal(10), "unallocated": Decimal(0), "status": "charged_back"}
    gone = PaymentChargedBack(payment_id="pay-3", chargeback_id="cb", **said, **lost)
    won: dict[str, Any] = {"reversed_on": date(2026, 10, 12), "charged_back": Decimal(0), "status": "succeeded"}
    return [
        *(paid("pay-1", "30.00"), paid("pay-2", "8.00"), paid("pay-3", "10.00")),
        PaymentFailed(payment_id="pay-4", hard=True, **said, **tried),
        PaymentFailed(payment_id="pay-5", hard=False, **said, **tried),
        PaymentReversed(payment_id="pay-2", **said, **wrong),
        PaymentRefunded(payment_id="pay-1", refund_id="rf", **said, **back),
        gone,
        same_fields(ChargebackReversed, gone, **won),
    ]


async def test_methods_are_told_with_what_came_and_what_went_again_R50_R51(stage: Stage) -> None:
    await stage.tell("payments.events", *payments())
    (row,) = await stage.report("payment-methods")
    # 30 + 8 + 10 came and 8 were an error; 4 were refunded, 10 charged back and won. 2 of 4 tries that ended.
    assert row == {
        **{"group": "bank_transfer", "currency": "EUR", "collected": "40.00", "returned": "4.00"},
        **{"payments": 2, "declined": 1, "failed": 1, "success_percent": "50.0"},
    }
