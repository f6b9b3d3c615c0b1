"""What a draft is below zero is given back by credit notes on invoices that the account has. Pure.

    INV-000012  60.00      INV-000011  60.00      the last draft  -70.00
    -> 60.00 of INV-000012, 10.00 of INV-000011; nothing is left

What makes a draft negative was billed before: a plan's unused month, usage that was priced too high. So it is credited
there, at the tax that was charged there, by documents with numbers of their series. What no invoice has left to credit
(they were credited otherwise, or are none) is left for payments to grant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from services.invoicing.bill_profile.state import BillProfile, profile_of
from services.invoicing.credit_note.crediting import by_amount
from services.invoicing.credit_note.decide import lock_credit, what_is_left
from services.invoicing.credit_note.messages import CreditInvoice, CreditNoteLocked
from services.invoicing.discounting import Taken
from services.invoicing.draft_credit.messages import CreditDraft, DraftCredited
from services.invoicing.invoice.decide import check_finalisable
from services.invoicing.invoice.messages import INVOICE
from services.invoicing.invoice.state import Invoice, Issued, IssuedLines
from services.invoicing.issuer import issuer
from services.invoicing.locking import taxed
from services.invoicing.taxes.contract import Totals
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, View
from shared.kernel.decimals import EXACT
from shared.kernel.errors import Rejection, absent
from shared.kernel.ids import derive
from shared.kernel.message import Event
from shared.kernel.money import Money
from shared.kernel.same_fields import same_fields


def decide_credit_of_draft(command: CreditDraft, view: View, context: Context) -> Sequence[Event]:
    """Raises `Rejection`; see `CreditDraft`."""
    draft = view.get(Invoice, command.invoice_id)
    if draft is None or draft.account_id != command.account_id:
        raise absent("invoice", command.invoice_id)
    context.check_version(draft.version)
    check_finalisable(draft)
    sums = _sums(draft, profile_of(view, command.account_id), command, view, context)
    if sums.total >= 0:
        detail = (
            f"draft {draft.invoice_id} comes to {sums.total} {draft.currency}: only what is below zero is given back"
        )
        raise Rejection("not_below_zero", detail, status=409)
    notes = [*_notes(command, draft, EXACT.minus(sums.total), view, context)]
    left = EXACT.minus(sums.total)
    for note in notes:
        left = EXACT.subtract(left, note.total)
    return [
        *notes,
        same_fields(
            DraftCredited,
            sums,
            invoice_id=draft.invoice_id,
            account_id=draft.account_id,
            currency=draft.currency,
            period=draft.period,
            credit_notes=[note.credit_note_id for note in notes],
            reason=command.reason,
            note=command.note,
            left=left,
        ),
    ]


def _sums(draft: Invoice, profile: BillProfile, command: CreditDraft, view: View, context: Context) -> Totals:
    """What the draft comes to with its tax today; of one below zero no discount takes anything."""
    by = issuer(INVOICE, draft.account_id, profile.legal_entity, view, operator=command.seller)
    today = local_date(context.now, profile.time_zone)
    return taxed(Taken(draft.lines, (), draft.lines), profile, view, on=today, seller=by.seller)


def _notes(
    command: CreditDraft, draft: Invoice, owed: Decimal, view: View, context: Context
) -> Iterator[CreditNoteLocked]:
    """Credit notes that come to `owed`, or to all that the invoices have left."""
    for invoice_id in dict.fromkeys(command.against):
        invoice = view.get(Invoice, invoice_id)
        if not owed or invoice is None or not _may_be_credited(invoice, draft):
            continue
        note = _note(command, draft, invoice, owed, view, context)
        if note is not None:
            owed = EXACT.subtract(owed, note.total)
            yield note


def _may_be_credited(invoice: Invoice, draft: Invoice) -> bool:
    stage = invoice.stage
    same = (invoice.account_id, invoice.currency) == (draft.account_id, draft.currency)
    return same and isinstance(stage, Issued) and stage.void_asked is None


def _note(
    command: CreditDraft, draft: Invoice, invoice: Invoice, owed: Decimal, view: View, context: Context
) -> CreditNoteLocked | None:
    """So much of the invoice as is owed and it has left; `None` where that is nothing."""
    if not isinstance(invoice.stage, Issued):
        return None
    left = what_is_left(invoice, invoice.stage, view.get(IssuedLines, invoice.invoice_id))
    amount = min(owed, left.left)
    if amount <= 0:
        return None
    asked = CreditInvoice(
        credit_note_id=derive("draft-credit", draft.invoice_id, invoice.invoice_id),
        invoice_id=invoice.invoice_id,
        account_id=draft.account_id,
        reason=command.reason,
        note=command.note,
        seller=command.seller,
    )
    credit = by_amount(left, Money(amount, draft.currency), f"Credit on invoice {invoice.stage.number}")
    return lock_credit(asked, credit, invoice, invoice.stage, view, context)
