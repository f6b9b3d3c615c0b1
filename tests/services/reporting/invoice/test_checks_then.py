"""What was asked and said of an invoice, and what raised it, at the moment that is asked for and not later."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from services.invoicing.approval.messages import ApprovalAsked, InvoiceApproved, InvoiceRejected
from services.invoicing.clearance.messages import ClearanceAwaited, ClearanceReported
from services.invoicing.debit_note.messages import DebitNoteDrafted
from services.invoicing.invoice.messages import Allowance, DocumentReference, InvoiceDrafted
from shared.kernel.message import Event
from tests.services.reporting.corrections import voided, withdrawn
from tests.services.reporting.invoice.test_as_known import BEGIN, log, play, without_actions
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import SEPTEMBER, drafted, issued, line, locked, receivable

pytestmark = pytest.mark.servers

__all__ = ["log"]

OFF = Allowance(
    discount_id="d-1",
    reason="Welcome",
    code="coupon",
    amount=Decimal("2.00"),
    base=Decimal("14.40"),
    period=SEPTEMBER,
)
OF: dict[str, Any] = {"invoice_id": "inv-1", "account_id": "acc-1"}
TOTAL: dict[str, Any] = {"currency": "EUR", "total": Decimal("14.88")}
AT = datetime(2026, 10, 1, 9, tzinfo=UTC)


def with_discount() -> tuple[Event, ...]:
    """14.40 less 2.00; what was off the draft comes with it."""
    *added, draft = drafted(lines=(line(1, "10.00"), line(2, "4.40", charge="ch-2")))
    assert isinstance(draft, InvoiceDrafted)
    sums = {"net": Decimal("12.40"), "tax": Decimal("2.48"), "total": Decimal("14.88")}
    return (*added, msgspec.structs.replace(draft, **sums, allowances=[OFF]))


def debited() -> tuple[Event, ...]:
    """A debit note of 6.00 on the invoice, issued at once."""
    more = line(1, "5.00", charge="")
    of = DocumentReference(id="inv-1", number="INV-000001", issued_on=date(2026, 10, 1))
    sums: dict[str, Any] = {"net": "5.00", "tax": "1.00", "total": "6.00"}
    note = issued("dn-1", number="DN-000001", lines=(more,), **sums)
    return (
        DebitNoteDrafted(
            invoice_id="dn-1",
            account_id="acc-1",
            currency="EUR",
            period=SEPTEMBER,
            lines=[more],
            net=Decimal("5.00"),
            corrects=of,
            reason="missing_charge",
        ),
        msgspec.structs.replace(locked("dn-1", **sums), kind="debit_note", series_id="DN"),
        msgspec.structs.replace(note, kind="debit_note", corrects=of, reason="missing_charge"),
    )


LIFE: tuple[tuple[str, tuple[Event, ...]], ...] = (
    ("invoicing.events", with_discount()),
    ("invoicing.events", (ApprovalAsked(**OF, **TOTAL, asked_by="ann", version=4),)),
    ("invoicing.events", (InvoiceRejected(**OF, **TOTAL, rejected_by="bob", reason="too high", version=5),)),
    ("invoicing.events", (InvoiceApproved(**OF, **TOTAL, approved_by="bob", version=6),)),
    ("invoicing.events", (msgspec.structs.replace(locked(), allowances=[OFF]),)),
    (
        "invoicing.events",
        (
            msgspec.structs.replace(issued(lines=(line(1, "10.00"), line(2, "4.40", charge="ch-2"))), allowances=[OFF]),
            ClearanceAwaited(**OF, number="INV-000001", authority="SdI"),
        ),
    ),
    ("payments.events", (receivable(),)),
    (
        "invoicing.events",
        (ClearanceReported(**OF, number="INV-000001", status="submitted", authority="SdI", at=AT),),
    ),
    (
        "invoicing.events",
        (ClearanceReported(**OF, number="INV-000001", status="cleared", authority="SdI", at=AT, reference="R-7"),),
    ),
    ("invoicing.events", debited()),
    ("payments.events", (receivable("dn-1", "6.00", number="DN-000001"),)),
    ("invoicing.events", voided("dn-1")),
    ("payments.events", (withdrawn("dn-1", "6.00"),)),
)


@pytest.mark.usefixtures("log")
async def test_an_approval_a_clearance_a_discount_and_a_debit_note_are_those_of_the_moment(stage: Stage) -> None:
    pages = await play(stage, *LIFE)
    assert len(pages) == len(LIFE)
    told = [
        (
            page["approval"] and page["approval"]["status"],
            page["clearance"]["status"],
            [note["status"] for note in page["debit_notes"]],
        )
        for _, page in pages
    ]
    assert told == [
        *((asked, "none", []) for asked in (None, "waiting", "rejected", "approved", None)),
        *((None, said, []) for said in ("waiting", "waiting", "submitted", "cleared")),
        *((None, "cleared", [status]) for status in ("issued", "issued", "void", "void")),
    ]
    assert all([one["amount"]["amount"] for one in page["allowances"]] == ["2.00"] for _, page in pages)
    stage.clock.at = BEGIN + timedelta(days=30)
    for at, page in pages:
        then = await stage.read("/v1/invoices/inv-1", known_at=at.isoformat().replace("+00:00", "Z"))
        assert without_actions(then) == without_actions(page), at
