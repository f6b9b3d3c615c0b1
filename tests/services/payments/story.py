"""The account these tests are about, and short ways to tell what happens to it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from services.invoicing.invoice.messages import InvoiceIssued
from services.payments.balance.messages import PayerOpened, PaymentAllocated
from services.payments.payment.messages import PaymentRecorded, RecordPayment
from services.payments.receivable.messages import ReceivableOpened
from services.payments.service import SERVICE
from shared.kernel.money import Money
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed
from tests.kit.decider import Specification

ACCOUNT = "acc-1"
NOON = datetime(2026, 10, 9, 12, tzinfo=UTC)
OPENED = PayerOpened(account_id=ACCOUNT, currency="EUR")


def payments() -> Specification:
    return Specification(SERVICE.domain, now=NOON)


def owed(
    number: int, amount: str, due_on: str = "2026-10-15", account: str = ACCOUNT, credit: str = "0"
) -> ReceivableOpened:
    """Invoice `inv-1` with number INV-000001 and so on; `credit` of the account pays that much of it at once."""
    return ReceivableOpened(
        invoice_id=f"inv-{number}",
        account_id=account,
        number=f"INV-{number:06d}",
        amount=Decimal(amount),
        currency="EUR",
        issued_on=date(2026, 10, 1),
        due_on=date.fromisoformat(due_on),
        credit_applied=Decimal(credit),
    )


def issued(number: int, total: str, due_on: date = date(2026, 10, 15)) -> InvoiceIssued:
    return InvoiceIssued(
        invoice_id=f"inv-{number}",
        account_id=ACCOUNT,
        number=f"INV-{number:06d}",
        currency="EUR",
        issued_on=date(2026, 10, 1),
        due_on=due_on,
        period=Period(date(2026, 9, 1), date(2026, 10, 1)),
        lines=[],
        tax_groups=[],
        net=Decimal(total),
        tax=Decimal("0.00"),
        total=Decimal(total),
        cycle_id="monthly",
        name=Sealed("v1.k.x"),
    )


def pay(
    amount: str,
    *,
    payment: str = "pay-1",
    currency: str = "EUR",
    invoice: str | None = None,
    key: str | None = None,
    account: str = ACCOUNT,
    received_on: str = "2026-10-09",
) -> RecordPayment:
    return RecordPayment(
        payment_id=payment,
        account_id=account,
        amount=Money(Decimal(amount), currency),
        method="bank_transfer",
        received_on=date.fromisoformat(received_on),
        external_key=key,
        invoice_id=invoice,
    )


def paid(amount: str, *, payment: str = "pay-1", invoice: str | None = None, key: str | None = None) -> PaymentRecorded:
    return PaymentRecorded(
        payment_id=payment,
        account_id=ACCOUNT,
        amount=Decimal(amount),
        currency="EUR",
        method="bank_transfer",
        received_on=date(2026, 10, 9),
        invoice_id=invoice,
        external_key=key,
    )


def allocated(number: int, amount: str, *, open: str, left: str, payment: str = "pay-1") -> PaymentAllocated:
    return PaymentAllocated(
        payment_id=payment,
        invoice_id=f"inv-{number}",
        account_id=ACCOUNT,
        amount=Decimal(amount),
        currency="EUR",
        open=Decimal(open),
        unallocated=Decimal(left),
    )
