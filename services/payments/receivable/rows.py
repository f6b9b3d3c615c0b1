"""Receivables with what is still open of them.

inv-7   acc-1   INV-000042   14.88 EUR   open 4.88   issued 2026-10-01   due 2026-10-15
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

import msgspec

from services.payments.adjustment.messages import BalanceAdjusted
from services.payments.balance.messages import CreditAllocated, PaymentAllocated, PaymentDeallocated
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.dispute.messages import DisputeOpened, DisputeResolved
from services.payments.receivable.messages import ReceivableOpened, ReceivableWithdrawn
from services.payments.write_off.messages import ReceivableWrittenOff, WriteOffRecovered
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update
from shared.kernel.decimals import EXACT

ReceivableKind = Literal["invoice", "adjustment"]


class ReceivableRow(Row, frozen=True, kw_only=True):
    """An issued invoice, or a debit adjustment, as something owed; `open` is what is not paid yet, `credited` what its
    credit notes (and cents that a payment lacked) took off that, `written_off` what was given up, `disputed` what is on
    hold. One that is void is `withdrawn`: nothing is open of it, and nothing was paid. `recorded_at` and `withdrawn_at`
    say when our log had it.
    """

    TABLE = "receivable_row"
    KEY = ("invoice_id",)

    invoice_id: str
    number: str
    account_id: str
    currency: str
    amount: Amount
    open: Amount
    issued_on: date
    due_on: date
    credited: Amount = Decimal(0)
    written_off: Amount = Decimal(0)
    disputed: Amount = Decimal(0)
    kind: ReceivableKind = "invoice"
    withdrawn: bool = False
    recorded_at: datetime
    withdrawn_on: date | None = None
    withdrawn_at: datetime | None = None


class StillOpen(Change, frozen=True, kw_only=True):
    """What an invoice still owes after an allocation."""

    TABLE = "receivable_row"
    KEY = ("invoice_id",)

    invoice_id: str
    open: Amount


class Lowered(Change, frozen=True, kw_only=True):
    """What a credit note takes off what was open of its invoice."""

    TABLE = "receivable_row"
    KEY = ("invoice_id",)

    invoice_id: str
    credited: Amount


class GivenUp(Change, frozen=True, kw_only=True):
    """What is written off of it, more or (below zero) less."""

    TABLE = "receivable_row"
    KEY = ("invoice_id",)

    invoice_id: str
    written_off: Amount


class Disputed(Change, frozen=True, kw_only=True):
    TABLE = "receivable_row"
    KEY = ("invoice_id",)

    invoice_id: str
    disputed: Amount


class Withdrawn(Change, frozen=True, kw_only=True):
    TABLE = "receivable_row"
    KEY = ("invoice_id",)

    invoice_id: str
    open: Amount = Decimal(0)
    withdrawn: bool = True
    withdrawn_on: date
    withdrawn_at: datetime


def _both(earlier: Lowered, later: Lowered) -> Lowered:
    return msgspec.structs.replace(later, credited=EXACT.add(earlier.credited, later.credited))


def _all(earlier: GivenUp, later: GivenUp) -> GivenUp:
    return msgspec.structs.replace(later, written_off=EXACT.add(earlier.written_off, later.written_off))


TABLES: Final = Tables(
    insert(ReceivableRow),
    update(StillOpen),
    update(Lowered, sets={"credited": "t.credited + new.credited"}, merge=_both),
    update(GivenUp, sets={"written_off": "t.written_off + new.written_off"}, merge=_all),
    update(Disputed),
    update(Withdrawn),
)


Met = PaymentAllocated | CreditAllocated | PaymentDeallocated
Changed = Met | CreditNoteTaken | ReceivableWithdrawn | ReceivableWrittenOff | WriteOffRecovered
Shown = ReceivableOpened | BalanceAdjusted | Changed | DisputeOpened | DisputeResolved
"""The events that these rows are made of."""


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    """An invoice is opened before anything is paid of it, so a batch can be written kind by kind."""
    event = applied.event
    match event:
        case ReceivableOpened():
            yield ReceivableRow.of(event, open=event.amount, recorded_at=applied.envelope.recorded_at)
        case BalanceAdjusted(direction="debit"):
            yield _debit(event, applied.envelope.recorded_at)
        case PaymentAllocated() | CreditAllocated() | PaymentDeallocated():
            yield StillOpen.of(event)
        case ReceivableWrittenOff() | WriteOffRecovered():
            yield StillOpen.of(event)
            yield _given_up(event)
        case DisputeOpened():
            yield Disputed(invoice_id=event.invoice_id, disputed=event.amount)
        case DisputeResolved():
            yield Disputed(invoice_id=event.invoice_id, disputed=Decimal(0))
        case CreditNoteTaken():
            yield StillOpen.of(event)
            yield Lowered(invoice_id=event.invoice_id, credited=event.applied)
        case ReceivableWithdrawn():
            yield Withdrawn.of(event, withdrawn_at=applied.envelope.recorded_at)


def _debit(event: BalanceAdjusted, at: datetime) -> ReceivableRow:
    return ReceivableRow.of(
        event,
        invoice_id=event.adjustment_id,
        open=event.amount,
        issued_on=event.adjusted_on,
        kind="adjustment",
        recorded_at=at,
    )


def _given_up(event: ReceivableWrittenOff | WriteOffRecovered) -> GivenUp | Lowered:
    """Cents within the tolerance are taken off, as by a credit note: the invoice is paid."""
    if isinstance(event, WriteOffRecovered):
        return GivenUp(invoice_id=event.invoice_id, written_off=EXACT.minus(event.amount))
    if event.rounding:
        return Lowered(invoice_id=event.invoice_id, credited=event.amount)
    return GivenUp(invoice_id=event.invoice_id, written_off=event.amount)
