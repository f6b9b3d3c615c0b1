"""The late fees of an account that wait for a draft, and where each fee has gone."""

from __future__ import annotations

from services.invoicing.late_fee.messages import LateFeeAsked
from shared.kernel.decider import State


class WaitingFees(State, frozen=True, kw_only=True):
    """Fees that no draft has yet, in the order in which they were asked for. None is no state."""

    account_id: str
    fees: tuple[LateFeeAsked, ...]


class LateFee(State, frozen=True, kw_only=True):
    """That a fee was added; `invoice_id` is the draft that has it."""

    KEY_FIELD = "fee_id"

    fee_id: str
    account_id: str
    invoice_id: str | None = None
    waived: bool = False
