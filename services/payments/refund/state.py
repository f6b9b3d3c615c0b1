"""The refunds there were, and how far each is."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from services.payments.refund.messages import OfRefund, RefundWay
from shared.kernel.decider import State, View
from shared.kernel.errors import Rejection

RefundStatus = Literal["requested", "sent", "paid", "failed"]


class KnownRefund(State, frozen=True, kw_only=True):
    """A refund. `outcome`, `code` and `reference` were heard last of a gateway; `late`: it was paid after it had
    failed, and is a debit."""

    KEY_FIELD = "refund_id"

    refund_id: str
    account_id: str = ""
    payment_id: str = ""
    amount: Decimal = Decimal(0)
    method: str = ""
    way: RefundWay | None = None
    status: RefundStatus = "paid"
    outcome: str = ""
    code: str = ""
    reference: str = ""
    late: bool = False

    @property
    def paid_by(self) -> str:
        """The way of paying by which it goes out."""
        match self.way:
            case "transfer":
                return "bank_transfer"
            case "cash":
                return "cash"
            case _:
                return self.method


def found_refund(command: OfRefund, view: View) -> KnownRefund:
    known = view.get(KnownRefund, command.refund_id)
    if known is None or known.account_id != command.account_id:
        raise Rejection("refund_not_found", f"there is no refund {command.refund_id!r}", status=404)
    return known
