"""What somebody says of a payment that is waited for. Pure.

SucceedPayment, FailPayment, CancelPayment     as decide.py says
the same of one that a direct debit collects   refused: the bank says what became of it, or its run is cancelled

A debit whose payment was cancelled by hand would be booked by the bank all the same, and its money would be nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.payments.direct_debit.state import DirectDebit
from services.payments.payment.decide import decide_cancel, decide_failure, decide_success
from services.payments.payment.messages import CancelPayment, FailPayment, SucceedPayment
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection
from shared.kernel.message import Event


def decide_by_hand(
    command: SucceedPayment | FailPayment | CancelPayment, view: View, context: Context
) -> Sequence[Event]:
    """Raises `Rejection`: `payment_collected`, and those of the command."""
    debit = view.get(DirectDebit, command.payment_id)
    if debit is not None and debit.status == "placed":
        detail = f"payment {command.payment_id} is collected by run {debit.run_id}: book, return or cancel it there"
        raise Rejection("payment_collected", detail, status=409)
    match command:
        case SucceedPayment():
            return decide_success(command, view, context)
        case FailPayment():
            return decide_failure(command, view, context)
        case CancelPayment():
            return decide_cancel(command, view, context)
