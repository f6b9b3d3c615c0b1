"""Whether late fees wait for the draft that is being completed."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.invoice.messages import TakeCharges
from services.invoicing.invoice.state import Invoice
from services.invoicing.late_fee.messages import AddLateFee
from services.invoicing.late_fee.state import LateFee, WaitingFees
from services.rating.period.messages import PeriodClosed
from shared.kernel.decider import State


def preload(message: PeriodClosed | TakeCharges | AddLateFee) -> Iterator[tuple[type[State], str]]:
    yield WaitingFees, message.account_id
    if isinstance(message, AddLateFee):
        yield LateFee, message.fee.fee_id
        yield Invoice, message.fee.invoice_id
