"""An invoice is disputed, and the dispute is resolved. Pure.

OpenDispute 15.00               DisputeOpened          15.00 is neither dunned nor charged for
ResolveDispute accepted 10.00   DisputeResolved, CreditGranted 10.00, CreditAllocated 10.00
the same, 4.00 were credited    DisputeResolved covered 4.00, CreditGranted 6.00, CreditAllocated 6.00
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from services.payments.amounts import checked_amount
from services.payments.balance.state import Payer, opened_payer
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.crediting import correct
from services.payments.dispute.messages import DisputeOpened, DisputeResolved, OpenDispute, ResolveDispute
from services.payments.dispute.state import Dispute
from services.payments.granted_credit.messages import CreditGranted
from services.payments.receivable.state import KnownInvoice, known_invoice
from services.payments.settings.limits import check_limit
from services.payments.settings.state import settings
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

DISPUTE: Final = "dispute"
"""The reason of granted credit that is an accepted dispute."""


def decide_opened(command: OpenDispute, view: View, context: Context) -> Sequence[Event]:
    known = view.get(KnownInvoice, command.invoice_id)
    if known is None or known.account_id != command.account_id:
        raise Rejection("invoice_not_found", f"there is no invoice {command.invoice_id!r}", status=404)
    if view.get(Dispute, command.invoice_id) is not None:
        detail = f"{command.invoice_id} is disputed already; resolve that first"
        raise Rejection("dispute_exists", detail, status=409)
    payer = opened_payer(view, command.account_id)
    open_ = payer.open_of(command.invoice_id)
    if not open_:
        raise Rejection("nothing_open", f"nothing is open of {command.invoice_id}; credit it instead", status=409)
    amount = open_ if command.amount is None else checked_amount(command.amount, payer, "what is disputed")
    if amount > open_:
        detail = f"{open_} {payer.currency} are open of {command.invoice_id}; no more can be disputed"
        raise Rejection("over_open", detail, pointer="/amount/amount", status=409)
    today = local_date(context.now, payer.time_zone)
    return [same_fields(DisputeOpened, command, amount=amount, currency=payer.currency, opened_on=today)]


def decide_resolved(command: ResolveDispute, view: View, context: Context) -> Sequence[Event]:
    known = view.get(Dispute, command.invoice_id)
    if known is None or known.account_id != command.account_id:
        raise Rejection("dispute_not_found", f"nothing of {command.invoice_id} is disputed", status=404)
    payer = opened_payer(view, command.account_id)
    accepted = _accepted(command, known, payer)
    limits = settings(view).terms.limits
    check_limit(limits, command.role, accepted, payer.currency, verb="accept", pointer="/amount/amount")
    wanted = max(EXACT.subtract(accepted, known.credited), Decimal(0))
    invoice, note = known_invoice(view, command.invoice_id), command.note
    credited, given = correct(known.dispute_id, invoice, wanted, DISPUTE, payer, context, note=note)
    resolved = same_fields(
        DisputeResolved,
        command,
        dispute_id=known.dispute_id,
        amount=known.amount,
        currency=payer.currency,
        accepted=accepted,
        resolved_on=local_date(context.now, payer.time_zone),
        covered=EXACT.subtract(accepted, credited),
    )
    return [resolved, *given]


def evolve_opened(event: DisputeOpened, envelope: Envelope, view: View) -> Iterator[State]:
    yield same_fields(Dispute, event)


def evolve_credited(event: CreditNoteTaken | CreditGranted, envelope: Envelope, view: View) -> Iterator[State]:
    """What the invoice is credited while it is disputed."""
    known = None if event.invoice_id is None else view.get(Dispute, event.invoice_id)
    if known is not None:
        more = EXACT.subtract(event.amount, event.covered) if isinstance(event, CreditNoteTaken) else event.amount
        yield replace(known, credited=EXACT.add(known.credited, more))


def evolve_resolved(event: DisputeResolved, envelope: Envelope, view: View) -> Iterator[Gone]:
    yield Gone(Dispute, event.invoice_id)


def _accepted(command: ResolveDispute, known: Dispute, payer: Payer) -> Decimal:
    if command.outcome == "rejected":
        if command.amount is not None:
            raise Rejection("not_of_rejected", "nothing of a rejected dispute is credited", pointer="/amount")
        return Decimal(0)
    if command.amount is None:
        return known.amount
    amount = checked_amount(command.amount, payer, "what is accepted")
    if amount > known.amount:
        detail = f"{known.amount} {payer.currency} are disputed; no more can be accepted"
        raise Rejection("over_disputed", detail, pointer="/amount/amount", status=409)
    return amount
