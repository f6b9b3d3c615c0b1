"""What an account owes is made more or less by hand, within what the caller may. Pure.

debit 5.00     BalanceAdjusted                                       owed on its own, credit pays it at once
credit 5.00    BalanceAdjusted, CreditGranted, CreditAllocated       of the reason `adjustment`
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from services.payments.adjustment.messages import ADJUSTMENT, AdjustBalance, BalanceAdjusted, adjustment_number
from services.payments.amounts import checked_amount
from services.payments.applying import after
from services.payments.balance.state import Payer
from services.payments.crediting import correct
from services.payments.granted_credit.decide import check_room, granted_for
from services.payments.receivable.state import KnownInvoice
from services.payments.settings.limits import check_limit
from services.payments.settings.state import settings
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_adjustment(command: AdjustBalance, view: View, context: Context) -> Sequence[Event]:
    payer = view.get(Payer, command.account_id)
    if payer is None:
        raise absent("account", command.account_id)
    amount = checked_amount(command.amount, payer, "an adjustment")
    limits = settings(view).terms.limits
    check_limit(limits, command.role, amount, payer.currency, verb="adjust", pointer="/amount/amount")
    today = local_date(context.now, payer.time_zone)
    _check_direction(command, today)
    adjusted = same_fields(
        BalanceAdjusted,
        command,
        amount=amount,
        currency=payer.currency,
        adjusted_on=today,
        due_on=command.due_on or today,
        number=adjustment_number(command.adjustment_id),
    )
    if command.direction == "debit":
        owing = after(payer, adjusted)
        return [adjusted, *owing.settle_all([command.adjustment_id], today)]
    check_room(payer)
    if command.invoice_id is None:
        return [adjusted, *granted_for(command.adjustment_id, amount, ADJUSTMENT, payer, context, note=command.note)]
    invoice = _invoice(command.invoice_id, amount, payer, view)
    _, given = correct(command.adjustment_id, invoice, amount, ADJUSTMENT, payer, context, note=command.note)
    return [adjusted, *given]


def _check_direction(command: AdjustBalance, today: date) -> None:
    if command.direction == "debit" and command.invoice_id is not None:
        detail = "a debit is owed on its own; correct an invoice upwards by a debit note"
        raise Rejection("not_of_debits", detail, pointer="/invoice_id")
    if command.direction == "credit" and command.due_on is not None:
        raise Rejection("not_of_credits", "a credit is due on no day", pointer="/due_on")
    if command.due_on is not None and command.due_on < today:
        raise Rejection("in_past", f"{command.due_on} is over; give today or a later day", pointer="/due_on")


def _invoice(invoice_id: str, amount: Decimal, payer: Payer, view: View) -> KnownInvoice:
    """The invoice that is credited: by all that corrects it no more than it asks for."""
    known = view.get(KnownInvoice, invoice_id)
    if known is None or known.account_id != payer.account_id:
        raise absent("invoice", invoice_id, pointer="/invoice_id")
    if amount > (left := known.creditable):
        detail = f"{left} {payer.currency} of {invoice_id} are not credited yet; leave out invoice_id to credit more"
        raise Rejection("over_credited", detail, pointer="/amount/amount", status=409)
    return known
