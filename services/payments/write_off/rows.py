"""What was written off, by invoice.

wo-1   inv-7   acc-1   15.00 EUR   recovered 5.00   uncollectable   2026-10-09
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from services.payments.write_off.messages import ReceivableWrittenOff, WriteOffRecovered
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update
from shared.kernel.decimals import EXACT


class WriteOffRow(Row, frozen=True, kw_only=True):
    """`recovered` of the `amount` is owed again. `rounding`: cents that a payment lacked."""

    TABLE = "write_off_row"
    KEY = ("write_off_id", "invoice_id")

    write_off_id: str
    invoice_id: str
    account_id: str
    currency: str
    amount: Amount
    recovered: Amount = Decimal(0)
    reason_code: str
    note: str
    rounding: bool
    written_off_on: date
    written_off_by: str | None
    recorded_at: datetime
    recovered_on: date | None = None


class Recovered(Change, frozen=True, kw_only=True):
    TABLE = "write_off_row"
    KEY = ("write_off_id", "invoice_id")

    write_off_id: str
    invoice_id: str
    recovered: Amount
    recovered_on: date


def _both(earlier: Recovered, later: Recovered) -> Recovered:
    return replace(later, recovered=EXACT.add(earlier.recovered, later.recovered))


TABLES: Final = Tables(
    insert(WriteOffRow), update(Recovered, sets={"recovered": "t.recovered + new.recovered"}, merge=_both)
)


def rows(applied: AppliedOf[ReceivableWrittenOff | WriteOffRecovered]) -> Iterator[Columns]:
    """What is recovered was written off before, so a batch can be written kind by kind."""
    event, envelope = applied.event, applied.envelope
    match event:
        case ReceivableWrittenOff():
            yield WriteOffRow.of(event, written_off_by=envelope.actor, recorded_at=envelope.recorded_at)
        case WriteOffRecovered():
            yield Recovered.of(event, recovered=event.amount)
