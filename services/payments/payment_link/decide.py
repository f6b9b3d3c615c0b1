"""An invoice has one link. Pure.

MakePaymentLink inv-7   ->   PaymentLinkMade        and nothing the second time
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.payments.payment_link.messages import MakePaymentLink, PaymentLinkMade
from services.payments.payment_link.state import PaymentLink
from services.payments.receivable.state import KnownInvoice
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_link(command: MakePaymentLink, view: View, context: Context) -> Sequence[Event]:
    invoice = view.get(KnownInvoice, command.invoice_id)
    if invoice is None or invoice.account_id != command.account_id:
        raise absent("invoice", command.invoice_id)
    if invoice.withdrawn:
        raise Rejection("nothing_open", f"invoice {command.invoice_id} is void; nothing is owed of it", status=409)
    known = view.get(PaymentLink, command.invoice_id)
    return [] if known is not None and known.token == command.token else [same_fields(PaymentLinkMade, command)]


def evolve_link(event: PaymentLinkMade, envelope: Envelope, view: View) -> Iterator[State]:
    yield same_fields(PaymentLink, event)
