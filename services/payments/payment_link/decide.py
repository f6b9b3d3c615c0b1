"""An invoice has one link. Pure.

MakePaymentLink inv-7   ->   PaymentLinkMade        and nothing the second time
MakeTopUpLink 20.00     ->   TopUpLinkMade          a link of its own for each that is asked for
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.payments.balance.state import Payer
from services.payments.closed_account.state import check_open
from services.payments.payment_link.messages import MakePaymentLink, MakeTopUpLink, PaymentLinkMade, TopUpLinkMade
from services.payments.payment_link.state import PaymentLink
from services.payments.receivable.state import KnownInvoice
from services.payments.references import key_of
from services.payments.top_up.decide import check_limits
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.rounding import HALF_UP, round_amount
from shared.kernel.same_fields import same_fields


def decide_link(command: MakePaymentLink, view: View, context: Context) -> Sequence[Event]:
    invoice = view.get(KnownInvoice, command.invoice_id)
    if invoice is None or invoice.account_id != command.account_id:
        raise absent("invoice", command.invoice_id)
    if invoice.withdrawn:
        raise Rejection("nothing_open", f"invoice {command.invoice_id} is void; nothing is owed of it", status=409)
    known = view.get(PaymentLink, command.invoice_id)
    return [] if known is not None and known.token == command.token else [same_fields(PaymentLinkMade, command)]


def decide_top_up_link(command: MakeTopUpLink, view: View, context: Context) -> Sequence[Event]:
    payer = view.get(Payer, command.account_id)
    if payer is None:
        raise absent("account", command.account_id)
    check_open(command.account_id, view)
    check_limits(command.amount, payer, view)
    amount, key = round_amount(command.amount.amount, HALF_UP, payer.currency), key_of("top_up", command.link_id)
    return [same_fields(TopUpLinkMade, command, amount=amount, currency=payer.currency, statement_key=key)]


def evolve_link(event: PaymentLinkMade, envelope: Envelope, view: View) -> Iterator[State]:
    yield same_fields(PaymentLink, event)
