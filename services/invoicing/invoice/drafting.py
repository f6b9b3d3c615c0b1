"""Drafts: each charge becomes a line, and the period's close says whether all of them are here.

Rating closes a period with `lines` charges summing to `sum`. What arrived must agree in both, else nothing is invoiced
until a person has looked:

    3 lines, 41.20 arrived; 3 lines, 41.20 announced  ->  InvoiceDrafted
    2 lines, 30.00 arrived; 3 lines, 41.20 announced  ->  DraftDisagreed
    nothing arrived, nothing announced                ->  no invoice

A draft that follows one below zero takes it over (carry_forward.py). What another account pays for is passed on to it
(passing_on.py); the lines that came from others so are none that rating has announced for this account, and late fees
(late_fee/) are none either. A period without charges has a draft where late fees wait for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from services.invoicing.bill_profile.state import BillProfile, profile_of
from services.invoicing.inclusive import with_nets
from services.invoicing.invoice.carry_forward import carry
from services.invoicing.invoice.completing import complete
from services.invoicing.invoice.late_fees import waits_for
from services.invoicing.invoice.messages import (
    AddDraftLine,
    CompleteDraft,
    DraftDisagreed,
    DraftLineAdded,
    InvoiceDrafted,
    InvoiceLine,
)
from services.invoicing.invoice.passing_on import pass_on
from services.invoicing.invoice.state import Assembling, Disagreed, Drafted, Invoice, invoice_id_of, invoice_of
from services.invoicing.invoice.taking_over import take_over
from services.invoicing.late_fee_policy.messages import LATE_FEE
from services.invoicing.taxes.contract import net_of
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan
from shared.kernel.message import Event
from shared.kernel.period import Period
from shared.kernel.rounding import HALF_UP, round_amount
from shared.kernel.same_fields import same_fields


class BadCharge(Exception):
    """A charge or a close that can't be true: for a complete draft, in a foreign currency, or not rounded.

    It is a fault upstream and not a refusal: the runtime parks the input, and later ones of the account behind it.
    """


def decide_line(command: AddDraftLine, view: View, context: Context) -> Sequence[Event]:
    profile = profile_of(view, command.account_id)
    invoice_id = _own_draft(view, command.account_id, command.billing_period)
    lines = _lines_so_far(view, invoice_id)
    if any(line.charge_id == command.line.charge_id for line in lines):
        return []
    _check_money(command, profile)
    return [
        same_fields(
            DraftLineAdded,
            command,
            invoice_id=invoice_id,
            line=msgspec.structs.replace(command.line, n=len(lines) + 1),
        )
    ]


def evolve_line(event: DraftLineAdded, envelope: Envelope, view: View) -> Iterable[State]:
    invoice = view.get(Invoice, event.invoice_id) or _new_invoice(event)
    yield msgspec.structs.replace(
        invoice,
        lines=(*invoice.lines, event.line),
        others=invoice.others or event.line.account_id is not None,
        version=invoice.version + 1,
    )


def decide_draft(command: CompleteDraft, view: View, context: Context) -> Sequence[Event]:
    profile = profile_of(view, command.account_id)
    invoice_id = _own_draft(view, command.account_id, command.period)
    lines = _lines_so_far(view, invoice_id)
    own = [line for line in lines if line.account_id is None and line.kind != LATE_FEE]
    net = net_of(own, command.currency)
    charged = bool(lines or command.lines or command.net)
    if not charged and (command.billed_by is not None or not waits_for(command.account_id, view)):
        return []
    if len(own) != command.lines or net != command.net:
        return [_disagreed(command, invoice_id, len(own), net)]
    if command.billed_by is not None:
        carried = carry(profile, invoice_id, lines=len(lines), view=view)
        lines = (*lines, *(line for event in carried for line in event.lines))
        return [*carried, pass_on(command, command.billed_by, invoice_id, lines)]
    taken = take_over(profile, invoice_id, command.period, lines, view)
    version = (len(lines) and invoice_of(view, invoice_id).version) + len(taken.lines) - len(lines) + 1
    drafted = complete(invoice_id, command.period, taken.lines, profile, context, view, version=version)
    return [*taken.events, drafted]


def evolve_drafted(event: InvoiceDrafted, envelope: Envelope, view: View) -> Iterable[State]:
    invoice = view.get(Invoice, event.invoice_id)
    if invoice is None:
        raise NeverBegan(f"invoice {event.invoice_id} was drafted without a line")
    lines = with_nets(invoice.lines, event.nets)
    yield msgspec.structs.replace(invoice, stage=Drafted(), lines=lines, version=invoice.version + 1)


def evolve_disagreed(event: DraftDisagreed, envelope: Envelope, view: View) -> Iterable[State]:
    profile = profile_of(view, event.account_id)
    invoice = view.get(Invoice, event.invoice_id) or Invoice(
        invoice_id=event.invoice_id,
        account_id=event.account_id,
        currency=profile.currency,
        period=event.period,
        stage=Assembling(),
        version=0,
    )
    yield msgspec.structs.replace(invoice, stage=Disagreed(), version=invoice.version + 1)


def _own_draft(view: View, account_id: str, period: Period) -> str:
    """The account's invoice of a period. One of its own, where that has gone on with what it pays for others.

    An account may subscribe to something, from a day in the past, after its invoice for others was complete.
    """
    invoice_id = invoice_id_of(account_id, period)
    invoice = view.get(Invoice, invoice_id)
    if invoice is None or isinstance(invoice.stage, Assembling) or not invoice.others:
        return invoice_id
    return invoice_id_of(account_id, period, account_id)


def _lines_so_far(view: View, invoice_id: str) -> tuple[InvoiceLine, ...]:
    invoice = view.get(Invoice, invoice_id)
    if invoice is None:
        return ()
    if not isinstance(invoice.stage, Assembling):
        raise BadCharge(f"invoice {invoice_id} takes no more lines: {type(invoice.stage).__name__.lower()}")
    return invoice.lines


def _check_money(command: AddDraftLine, profile: BillProfile) -> None:
    charge = command.line.charge_id
    if command.currency != profile.currency:
        raise BadCharge(f"charge {charge} is in {command.currency}, account {profile.account_id} in {profile.currency}")
    if round_amount(command.line.net, HALF_UP, command.currency) != command.line.net:
        raise BadCharge(f"charge {charge} is {command.line.net} {command.currency}, not rounded to the currency")


def _new_invoice(event: DraftLineAdded) -> Invoice:
    return Invoice(
        invoice_id=event.invoice_id,
        account_id=event.account_id,
        currency=event.currency,
        period=event.billing_period,
        stage=Assembling(),
        version=0,
    )


def _disagreed(command: CompleteDraft, invoice_id: str, lines: int, net: Decimal) -> DraftDisagreed:
    return same_fields(
        DraftDisagreed,
        command,
        invoice_id=invoice_id,
        lines=lines,
        lines_announced=command.lines,
        net=net,
        net_announced=command.net,
    )
