"""What happens to issued invoices, as invoicing and payments report it: credited, issued anew, made void."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from services.invoicing.approval.messages import ApprovalAsked, InvoiceApproved, InvoiceRejected
from services.invoicing.clearance.messages import ClearanceAwaited, ClearanceReported
from services.invoicing.credit_note.messages import CreditNoteIssued, CreditNoteLocked
from services.invoicing.debit_note.messages import DebitNoteDrafted
from services.invoicing.delivery.messages import (
    Channel,
    DeliveryAsked,
    DeliveryEnded,
    DeliveryStarted,
    Outcome,
    SentDocument,
)
from services.invoicing.invoice.messages import DocumentReference, DraftReissued, InvoiceIssued, InvoiceLocked
from services.invoicing.void.messages import InvoiceVoidAsked, InvoiceVoided
from services.payments.balance.messages import CreditAllocated
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.receivable.messages import ReceivableWithdrawn
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields
from shared.kernel.sealed import Sealed
from tests.services.reporting.story import SEPTEMBER, line, tax_group


def credited(note: str = "cn-1", invoice: str = "inv-1", *, anew: str | None = "inv-1b") -> tuple[Event, ...]:
    """A credit note over the whole invoice, which is drafted anew."""
    reference = DocumentReference(id=invoice, number="INV-000001", issued_on=date(2026, 10, 1))
    locked = CreditNoteLocked(
        credit_note_id=note,
        invoice_id=invoice,
        account_id="acc-1",
        corrects=reference,
        currency="EUR",
        period=SEPTEMBER,
        lines=[line()],
        invoice_lines=[1],
        tax_groups=[tax_group("12.40", "2.48")],
        net=Decimal("12.40"),
        tax=Decimal("2.48"),
        total=Decimal("14.88"),
        reason="wrong_details",
        series_id="CN",
        issue_date_asked=date(2026, 10, 9),
        reissued_as=anew,
    )
    issued = same_fields(
        CreditNoteIssued,
        locked,
        number="CN-000001",
        issued_on=date(2026, 10, 9),
        cycle_id="monthly",
        name=Sealed("sealed"),
        series_n=1,
    )
    if anew is None:
        return locked, issued
    return locked, same_fields(DraftReissued, locked, invoice_id=anew, replaces=reference), issued


def debited(note: str = "dn-1", invoice: str = "inv-1") -> tuple[Event, ...]:
    """A debit note of one line: an invoice of its own, which the authority clears at once."""
    reference = DocumentReference(id=invoice, number="INV-000001", issued_on=date(2026, 10, 1))
    net: dict[str, Any] = {"invoice_id": note, "account_id": "acc-1", "currency": "EUR", "net": Decimal("12.40")}
    more = line(kind="debit")
    drafted = DebitNoteDrafted(period=SEPTEMBER, lines=[more], corrects=reference, reason="missing_charge", **net)
    sums: dict[str, Any] = {
        "tax": Decimal("2.48"),
        "total": Decimal("14.88"),
        "tax_groups": [tax_group("12.40", "2.48")],
    }
    locked = InvoiceLocked(
        series_id="DN", issue_date_asked=date(2026, 10, 9), terms_days=14, kind="debit_note", **net, **sums
    )
    issued = InvoiceIssued(
        number="DN-000001",
        issued_on=date(2026, 10, 9),
        due_on=date(2026, 10, 23),
        period=SEPTEMBER,
        lines=[more],
        cycle_id="monthly",
        name=Sealed("sealed"),
        kind="debit_note",
        corrects=reference,
        reason="missing_charge",
        **net,
        **sums,
    )
    whose: dict[str, Any] = {"invoice_id": note, "account_id": "acc-1", "number": "DN-000001", "authority": "SdI"}
    at = datetime(2026, 10, 9, 8, tzinfo=UTC)
    return (
        *(drafted, locked, issued, ClearanceAwaited(**whose)),
        ClearanceReported(status="submitted", at=at, **whose),
        ClearanceReported(status="cleared", at=at, reference="IT-4711", **whose),
    )


def approvals(invoice: str = "inv-2", version: int = 3) -> tuple[Event, ...]:
    """A draft of that version - 1 waits, is rejected, and approved after all."""
    draft: dict[str, Any] = {"invoice_id": invoice, "account_id": "acc-1", "currency": "EUR", "total": Decimal("14.88")}
    return (
        ApprovalAsked(asked_by="ann", version=version, **draft),
        InvoiceRejected(rejected_by="bob", reason="too high", version=version + 1, **draft),
        InvoiceApproved(approved_by="bob", version=version + 2, **draft),
    )


def voided(invoice: str = "inv-2") -> tuple[Event, ...]:
    asked = InvoiceVoidAsked(invoice_id=invoice, account_id="acc-1", number="INV-000002", reason="duplicate")
    return asked, same_fields(
        InvoiceVoided, asked, currency="EUR", total=Decimal("14.88"), voided_on=date(2026, 10, 10)
    )


def credit_taken(
    note: str = "cn-1", invoice: str = "inv-1", amount: str = "14.88", *, applied: str = "0.00", open_: str = "0.00"
) -> CreditNoteTaken:
    return CreditNoteTaken(
        credit_note_id=note,
        invoice_id=invoice,
        account_id="acc-1",
        number="CN-000001",
        amount=Decimal(amount),
        currency="EUR",
        issued_on=date(2026, 10, 9),
        applied=Decimal(applied),
        open=Decimal(open_),
        unallocated=Decimal(amount) - Decimal(applied),
    )


def credit_spent(note: str = "cn-1", invoice: str = "inv-2", amount: str = "4.88") -> CreditAllocated:
    return CreditAllocated(
        credit_note_id=note,
        invoice_id=invoice,
        account_id="acc-1",
        amount=Decimal(amount),
        currency="EUR",
        open=Decimal("10.00"),
        unallocated=Decimal("10.00"),
    )


def withdrawn(invoice: str = "inv-2", amount: str = "14.88") -> ReceivableWithdrawn:
    return ReceivableWithdrawn(
        invoice_id=invoice,
        account_id="acc-1",
        amount=Decimal(amount),
        currency="EUR",
        withdrawn_on=date(2026, 10, 10),
    )


def delivery_of(channel: Channel, *outcomes: Outcome, invoice: str = "inv-1", n: int = 1) -> Iterator[Event]:
    """A delivery of an invoice, with an attempt for each outcome."""
    of: dict[str, Any] = {
        "account_id": "acc-1",
        "document": SentDocument(kind="invoice", id=invoice),
        "delivery_id": f"{channel}-{n}",
    }
    yield DeliveryAsked(**of, channel=channel, number="INV-000001")
    for attempt, outcome in enumerate(outcomes, 1):
        yield DeliveryStarted(**of, attempt=attempt, claim="p")
        yield DeliveryEnded(**of, attempt=attempt, outcome=outcome)
