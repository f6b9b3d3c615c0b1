"""Debts go to an agency invoice by invoice, and come back when nothing of them is to be collected. Pure.

HandOverDebts     INV-1 20.00, INV-2 16.04 overdue    DebtHandedOver 36.04
PaymentAllocated  INV-1 20.00                         HandoverChanged 16.04
DisputeOpened     INV-2                               HandoverWithdrawn disputed
INV-3 becomes overdue                                 nothing: a step has to say so
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

import msgspec

from services.payments.balance.allocation import OpenInvoice
from services.payments.balance.state import Payer
from services.payments.dispute.state import disputed
from services.payments.dunning.state import DunningAccount
from services.payments.handover.messages import (
    DebtHandedOver,
    HandedPart,
    HandoverChanged,
    HandOverDebts,
    HandoverWithdrawn,
    ReviewHandovers,
    WhyWithdrawn,
)
from services.payments.handover.state import Handover, Handovers
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, State, View
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.ids import derive
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

PARTS_MAX: Final = 200


def decide_handover(command: HandOverDebts, view: View, context: Context) -> Sequence[Event]:
    payer, held = view.get(Payer, command.account_id), _held(command.account_id, view)
    if payer is None:
        return []
    today = local_date(context.now, payer.time_zone)
    given = {part.invoice_id for one in held.given for part in one.parts}
    parts = [
        same_fields(HandedPart, invoice, amount=left)
        for invoice in payer.owed
        if invoice.due_on < today and invoice.invoice_id not in given and (left := _left(invoice, view)) > 0
    ]
    parts.sort(key=lambda part: (part.due_on, part.number))
    chunks = [parts[start : start + PARTS_MAX] for start in range(0, len(parts), PARTS_MAX)]
    return [_handed(command, payer, held.count + n, chunk, today) for n, chunk in enumerate(chunks, 1)]


def decide_review(command: ReviewHandovers, view: View, context: Context) -> Sequence[Event]:
    payer, held = view.get(Payer, command.account_id), _held(command.account_id, view)
    if payer is None:
        return []
    today, owed = local_date(context.now, payer.time_zone), {one.invoice_id: one for one in payer.owed}
    account = view.get(DunningAccount, command.account_id)
    exempt = account is not None and account.exempt is not None and account.exempt.on(today)
    return [event for one in held.given for event in _reviewed(one, payer, owed, exempt, today, view)]


def evolve_handed(event: DebtHandedOver, envelope: Envelope, view: View) -> Iterator[State]:
    held = _held(event.account_id, view)
    given = (*held.given, same_fields(Handover, event))
    yield msgspec.structs.replace(held, count=held.count + 1, given=given)


def evolve_changed(event: HandoverChanged | HandoverWithdrawn, envelope: Envelope, view: View) -> Iterator[State]:
    held = _held(event.account_id, view)
    given = tuple(_after(one, event) for one in held.given if _stays(one, event))
    yield msgspec.structs.replace(held, given=given)


def _stays(one: Handover, event: HandoverChanged | HandoverWithdrawn) -> bool:
    return isinstance(event, HandoverChanged) or one.handover_id != event.handover_id


def _after(one: Handover, event: HandoverChanged | HandoverWithdrawn) -> Handover:
    if isinstance(event, HandoverChanged) and event.handover_id == one.handover_id:
        return msgspec.structs.replace(one, parts=event.parts)
    return one


def _held(account_id: str, view: View) -> Handovers:
    return view.get(Handovers, account_id) or Handovers(account_id=account_id)


def _left(invoice: OpenInvoice, view: View) -> Decimal:
    return max(EXACT.subtract(invoice.open, disputed(invoice.invoice_id, view)), Decimal(0))


def _handed(
    command: HandOverDebts, payer: Payer, number: int, parts: Sequence[HandedPart], today: date
) -> DebtHandedOver:
    return same_fields(
        DebtHandedOver,
        command,
        handover_id=derive("handover", command.account_id, number),
        currency=payer.currency,
        amount=_sum(parts),
        parts=tuple(parts),
        handed_on=today,
    )


def _reviewed(
    one: Handover, payer: Payer, owed: Mapping[str, OpenInvoice], exempt: bool, today: date, view: View
) -> Iterator[HandoverChanged | HandoverWithdrawn]:
    lefts = [_left(owed[part.invoice_id], view) if part.invoice_id in owed else Decimal(0) for part in one.parts]
    parts = tuple(msgspec.structs.replace(part, amount=left) for part, left in zip(one.parts, lefts, strict=True))
    amount = _sum(parts)
    said = {"account_id": payer.account_id, "currency": payer.currency}
    if exempt or not amount:
        why: WhyWithdrawn = "exempted" if exempt else "settled"
        if not exempt and any(part.invoice_id in owed for part in parts):
            why = "disputed"
        yield same_fields(HandoverWithdrawn, one, reason=why, withdrawn_on=today, **said)
    elif parts != one.parts:
        yield same_fields(HandoverChanged, one, amount=amount, parts=parts, changed_on=today, **said)


def _sum(parts: Sequence[HandedPart]) -> Decimal:
    total = Decimal(0)
    for part in parts:
        total = EXACT.add(total, part.amount)
    return total
