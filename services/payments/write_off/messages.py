"""What is not going to be paid is written off: it is no longer open, until money comes after all.

WriteOff("inv-1")          ReceivableWrittenOff 15.00 of inv-1
RecoverWriteOff            WriteOffRecovered 15.00 of inv-1, PaymentAllocated for what credit pays of it
40.00 owed, paid 39.99     PaymentAllocated 39.99, ReceivableWrittenOff 0.01 (rounding), within the tolerance
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shared.kernel.bounds import Seq
from shared.kernel.message import Command, Event
from shared.kernel.money import Money


class WriteOff(Command, frozen=True, kw_only=True):
    """What is open of one invoice, or (`invoice_id` is `None`) of all of the account, will not be paid. `role` is the
    caller's, whose limit counts for the sum.

    Refused: `account_not_found`, `invoice_not_found`, `nothing_open`, `write_off_exists`, `above_approval_limit` (403).
    """

    write_off_id: str
    account_id: str
    reason_code: str
    invoice_id: str | None = None
    note: str = ""
    role: str = "admin"


class RecoverWriteOff(Command, frozen=True, kw_only=True):
    """Something of what was written off comes after all: so much, or all, is open again, and credit pays for it.

    `invoice_id`: of this invoice, where it was of several.
    Refused: `write_off_not_found`, `over_written_off`, `amount_not_positive`, `too_many_decimals`, `currency_mismatch`.
    """

    write_off_id: str
    account_id: str
    amount: Money | None = None
    invoice_id: str | None = None


class ReceivableWrittenOff(Event, frozen=True, kw_only=True):
    """`amount` of what an invoice owed is given up; it still owes `open`. `rounding`: cents within the tolerance."""

    write_off_id: str
    account_id: str
    invoice_id: str
    amount: Decimal
    currency: str
    open: Decimal
    reason_code: str
    written_off_on: date
    note: str = ""
    rounding: bool = False


class WriteOffRecovered(Event, frozen=True, kw_only=True):
    """`amount` of what was written off of an invoice is owed again, so that it can be paid; so much is `open` then.

    `left` of the write-off stays given up. `number`, `due_on` and `series_n` are the invoice's."""

    write_off_id: str
    account_id: str
    invoice_id: str
    amount: Decimal
    currency: str
    open: Decimal
    left: Decimal
    number: str
    due_on: date
    recovered_on: date
    series_n: Seq | None = None
