"""An issued invoice is credited: lock, ask for a number of the credit notes' own series, issue (R46).

    CreditInvoice        in p(account)  -> CreditNoteLocked    what is taken back is fixed, and left of the invoice less
    AssignNumber         in p(series)   -> NumberAssigned      (numbering_series/)
    CompleteCreditNote   in p(account)  -> CreditNoteIssued    the only event others need

The invoice's document stays as it is. A line is worth what was to be paid for it, after discounts. All credit notes
together never exceed the invoice (crediting.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from services.invoicing.bill_profile.state import profile_of
from services.invoicing.claiming import claiming
from services.invoicing.credit_note import crediting
from services.invoicing.credit_note.crediting import Credit, Creditable
from services.invoicing.credit_note.messages import (
    CREDIT_NOTE,
    CompleteCreditNote,
    CreditInvoice,
    CreditNoteIssued,
    CreditNoteLocked,
)
from services.invoicing.credit_note.state import CreditNote, credit_note_of
from services.invoicing.invoice.messages import DocumentReference
from services.invoicing.invoice.state import Invoice, Issued, IssuedLines
from services.invoicing.issuer import issuer
from services.invoicing.proof.content import hashes_of
from services.invoicing.proof.link import Hashes
from services.invoicing.spreading import after
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_credit(command: CreditInvoice, view: View, context: Context) -> Sequence[Event]:
    """Raises `Rejection`; see `CreditInvoice`."""
    invoice = view.get(Invoice, command.invoice_id)
    if invoice is None or invoice.account_id != command.account_id:
        raise absent("invoice", command.invoice_id)
    context.check_version(invoice.version)
    issued = claiming(invoice, "credited")
    left = what_is_left(invoice, issued, view.get(IssuedLines, command.invoice_id))
    credit = _credit(command, left)
    crediting.check_left(left, credit)
    return [lock_credit(command, credit, invoice, issued, view, context)]


def lock_credit(
    command: CreditInvoice, credit: Credit, invoice: Invoice, issued: Issued, view: View, context: Context
) -> CreditNoteLocked:
    """What is taken back of the invoice, fixed, in the series of whoever issued that."""
    profile = profile_of(view, command.account_id)
    by = issuer(CREDIT_NOTE, command.account_id, issued.legal_entity, view, operator=command.seller)
    locked = same_fields(
        CreditNoteLocked,
        command,
        **{name: getattr(credit, name) for name in credit.__struct_fields__},
        corrects=DocumentReference(id=invoice.invoice_id, number=issued.number, issued_on=issued.issued_on),
        currency=invoice.currency,
        period=invoice.period,
        series_id=by.series_id,
        seller=by.seller,
        legal_entity=issued.legal_entity,
        issue_date_asked=max(issued.issued_on, local_date(context.now, profile.time_zone)),
        reissued_as=context.new_id("reissue") if command.reissue else None,
    )
    return msgspec.structs.replace(locked, hashes=_hashes(locked))


def _hashes(locked: CreditNoteLocked) -> Hashes:
    """What proves later that the document says what was locked."""
    return hashes_of(
        kind=CREDIT_NOTE,
        account_id=locked.account_id,
        currency=locked.currency,
        period=locked.period,
        lines=locked.lines,
        tax_groups=locked.tax_groups,
        net=locked.net,
        tax=locked.tax,
        total=locked.total,
        seller=locked.seller,
        cites=((locked.corrects.number, locked.corrects.issued_on),),
        note=locked.note,
    )


def evolve_locked(event: CreditNoteLocked, envelope: Envelope, view: View) -> Iterable[State]:
    yield CreditNote(credit_note_id=event.credit_note_id, account_id=event.account_id, locked=event)


def decide_completion(command: CompleteCreditNote, view: View, context: Context) -> Sequence[Event]:
    note = credit_note_of(view, command.credit_note_id)
    if note.locked is None:
        return []
    profile = profile_of(view, command.account_id)
    return [
        same_fields(
            CreditNoteIssued,
            note.locked,
            number=command.number,
            issued_on=command.issued_on,
            series_id=command.series_id,
            series_n=command.series_n,
            proof=command.proof,
            cycle_id=profile.cycle_id,
            name=profile.name,
            details=profile.details,
        )
    ]


def evolve_issued(event: CreditNoteIssued, envelope: Envelope, view: View) -> Iterable[State]:
    note = credit_note_of(view, event.credit_note_id)
    yield msgspec.structs.replace(note, locked=None, number=event.number)


def what_is_left(invoice: Invoice, issued: Issued, stored: IssuedLines | None) -> Creditable:
    """An issued invoice as it can be credited: each line for what was to be paid for it, after discounts."""
    return Creditable(
        issued=issued,
        currency=invoice.currency,
        period=invoice.period,
        lines=after(stored.lines if stored else [], issued.allowances, invoice.currency),
        before=issued.credited_so_far,
    )


def _credit(command: CreditInvoice, invoice: Creditable) -> Credit:
    match command:
        case CreditInvoice(reissue=True) | CreditInvoice(lines=None, amount=None):
            return crediting.whole(invoice)
        case CreditInvoice(lines=None, amount=amount) if amount is not None:
            return crediting.by_amount(invoice, amount, f"Credit on invoice {invoice.issued.number}")
        case _:
            return crediting.by_lines(invoice, command.lines or [])
