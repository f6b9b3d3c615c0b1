"""Nobody was late with a void invoice: fees on it fall away, and a fee on a void invoice asks for nothing (R54)."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from services.invoicing.invoice.messages import DraftLineAdded, FinaliseInvoice, InvoiceDrafted, InvoiceIssued
from services.invoicing.late_fee.messages import LateFeeBilled, LateFeeWaived, WaiveLateFee
from services.invoicing.late_fee.state import WaitingFees
from services.invoicing.void.messages import CompleteVoid, InvoiceVoided, VoidInvoice
from tests.services.invoicing.late_fee.test_late_fees import FEE, NEXT, Story, of
from tests.services.invoicing.story import ACCOUNT, INVOICE

SECOND = msgspec.structs.replace(FEE, fee_id="fee-2", step=2, amount=Decimal("7.00"), flat=Decimal("7.00"))
OF_ANOTHER = msgspec.structs.replace(FEE, fee_id="fee-3", invoice_id="inv-9", number="INV-000009")


def void(story: Story, invoice_id: str = INVOICE) -> list[object]:
    story.run(VoidInvoice(invoice_id=invoice_id, account_id=ACCOUNT, reason="duplicate"))
    return story.run(CompleteVoid(invoice_id=invoice_id, account_id=ACCOUNT))


def waived(fee: str, draft: str | None = None) -> LateFeeWaived:
    return LateFeeWaived(account_id=ACCOUNT, fee_id=fee, reason="invoice_void", invoice_id=draft)


def test_fees_that_wait_fall_away_with_their_invoice_and_others_wait_on_r54() -> None:
    story = Story().asked(FEE, SECOND, OF_ANOTHER)
    events = void(story)
    assert [event for event in events if isinstance(event, LateFeeWaived)] == [waived("fee-1"), waived("fee-2")]
    held = story.spec.get(WaitingFees, ACCOUNT)
    assert held is not None and [fee.fee_id for fee in held.fees] == ["fee-3"]


def test_fees_on_a_draft_are_credited_by_a_line_each_and_it_is_complete_once_r54() -> None:
    story = Story().asked(FEE, SECOND, OF_ANOTHER)
    story.october("30.00")
    events = void(story)
    assert [event for event in events if isinstance(event, LateFeeWaived)] == [
        waived("fee-1", NEXT),
        waived("fee-2", NEXT),
    ]
    lines = [event.line for event in events if isinstance(event, DraftLineAdded)]
    assert [(line.n, line.kind, line.net) for line in lines] == [
        (5, "late_fee", Decimal("-5.00")),
        (6, "late_fee", Decimal("-7.00")),
    ]
    drafted = of(events, InvoiceDrafted)
    assert (drafted.lines, drafted.net, drafted.total) == (6, Decimal("35.00"), Decimal("41.00"))
    issued = of(story.run(FinaliseInvoice(invoice_id=NEXT, account_id=ACCOUNT)), InvoiceIssued)
    assert issued.total == Decimal("41.00")


def test_a_fee_that_was_waived_is_not_credited_again() -> None:
    story = Story().asked()
    story.october("30.00")
    story.run(WaiveLateFee(account_id=ACCOUNT, fee_id="fee-1", reason="goodwill"))
    assert not [event for event in void(story) if isinstance(event, LateFeeWaived | DraftLineAdded)]


def test_a_fee_that_is_issued_stays_and_one_on_a_void_invoice_says_that_nothing_is_asked() -> None:
    story = Story().asked()
    story.october("30.00")
    assert of(story.events, LateFeeBilled).invoice_id == NEXT
    story.run(FinaliseInvoice(invoice_id=NEXT, account_id=ACCOUNT))
    assert not [event for event in void(story) if isinstance(event, LateFeeWaived)]
    waive = WaiveLateFee(account_id=ACCOUNT, fee_id="fee-1", reason="goodwill")
    story.spec.when(waive).then_refused("late_fee_invoiced")
    assert of(void(story, NEXT), InvoiceVoided).invoice_id == NEXT
    story.spec.when(waive).then_refused("late_fee_void")
