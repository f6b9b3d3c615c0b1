"""Drafts below zero: nothing is issued that asks for less than nothing, the amount goes to the account's next invoice.

    September   credit of a plan change                      -35.00   a draft, waits
    October     recurring                                     40.00
                Carried forward from 2026-09-01 to 2026-09-30 -35.00   ->  5.00 net, and September is carried_forward

A draft that a run has deferred, as it comes to nothing or to less than is worth an invoice, is carried likewise.

It is carried when the next period that has charges is drafted, once, in one event for both drafts. A next draft that is
still below zero waits for the one after it, with all that it was carried. What is carried is net: tax was never due on
what was never issued, and the next invoice taxes its whole base at once (R39). Late fees are not summed up: they go
on as lines of their own (late_fees.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

import msgspec

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.invoice.messages import DraftCarriedForward, InvoiceLine
from services.invoicing.invoice.state import CarriedForward, Invoice
from services.invoicing.late_fee_policy.messages import LATE_FEE
from services.invoicing.taxes.contract import sum_of
from shared.kernel.decider import State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan
from shared.kernel.same_fields import same_fields

CARRIED_FORWARD: Final = "carried_forward"


def carry(profile: BillProfile, into: str, *, lines: int, view: View) -> Sequence[DraftCarriedForward]:
    """Take over every draft of the account that waits for it, after the `lines` that draft `into` has already."""
    left = [draft for draft in profile.pending if draft.agrees and (draft.below_zero or draft.deferred)]
    waiting = [draft.invoice_id for draft in left if draft.invoice_id != into]
    drafts = [view.get(Invoice, invoice_id) for invoice_id in waiting]
    carried = []
    for draft in drafts:
        if draft is not None:
            line, *more = _lines(draft, lines + 1)
            carried.append(same_fields(DraftCarriedForward, draft, into=into, line=line, more=more))
            lines += 1 + len(more)
    return carried


def evolve_carried(event: DraftCarriedForward, envelope: Envelope, view: View) -> Iterable[State]:
    """The draft is done with, and the next one has its line."""
    source, target = view.get(Invoice, event.invoice_id), view.get(Invoice, event.into)
    if source is None or target is None:
        raise NeverBegan(f"draft {event.invoice_id} or {event.into} has no line")
    stage = CarriedForward(into=event.into)
    yield msgspec.structs.replace(source, stage=stage, lines=(), version=source.version + 1)
    yield msgspec.structs.replace(target, lines=(*target.lines, *event.lines), version=target.version + 1)


def _lines(draft: Invoice, first: int) -> list[InvoiceLine]:
    """A line for what is taxed alike: of one class, with tax in its prices or without."""
    alike: dict[tuple[str | None, bool], list[InvoiceLine]] = {}
    for line in draft.lines:
        if line.kind != LATE_FEE:
            alike.setdefault((line.tax_class, line.gross is not None), []).append(line)
    both = enumerate((alike or {(None, False): []}).items(), first)
    return [_line(draft, n, lines, tax_class, includes_tax) for n, ((tax_class, includes_tax), lines) in both]


def _line(
    draft: Invoice, n: int, lines: Iterable[InvoiceLine], tax_class: str | None, includes_tax: bool
) -> InvoiceLine:
    net = sum_of((line.amount for line in lines), draft.currency)
    last_day = draft.period.end - timedelta(days=1)
    return InvoiceLine(
        n=n,
        charge_id="",
        kind=CARRIED_FORWARD,
        description=f"Carried forward from {draft.period.start} to {last_day}",
        subscription_id="",
        plan_id="",
        plan_version=0,
        period=draft.period,
        net=net,
        unrounded=net,
        carried_from=draft.invoice_id,
        tax_class=tax_class,
        gross=net if includes_tax else None,
    )
