"""What happens to an invoice after it is issued: it is asked to be void, void, credited, debited, and drafted anew.

Its document never changes. Its state says what is left to credit, so that no two credit notes, and no credit note and
a void, can be decided past each other:

    INV-000042  120.00   credited 20.00, credited 30.00   ->  70.00 is left
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from services.invoicing.bill_profile.state import profile_of
from services.invoicing.credit_note.messages import CreditNoteLocked
from services.invoicing.debit_note.messages import DebitNoteDrafted
from services.invoicing.draft_credit.messages import DraftCredited
from services.invoicing.invoice.completing import complete
from services.invoicing.invoice.late_fees import billed_anew
from services.invoicing.invoice.messages import DraftReissued, ReissueInvoice, TaxGroup
from services.invoicing.invoice.state import (
    Assembling,
    Credited,
    CreditedDraft,
    CreditedGroup,
    Debit,
    Drafted,
    Invoice,
    Issued,
    IssuedLines,
    Void,
    VoidAsked,
    invoice_of,
)
from services.invoicing.taxes.contract import net_of
from services.invoicing.void.messages import InvoiceVoidAsked, InvoiceVoided, InvoiceVoidRefused
from shared.kernel.decider import Context, State, View
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def evolve_void(
    event: InvoiceVoidAsked | InvoiceVoided | InvoiceVoidRefused, envelope: Envelope, view: View
) -> Iterable[State]:
    invoice = invoice_of(view, event.invoice_id)
    stage = invoice.stage
    match event:
        case _ if not isinstance(stage, Issued):
            return
        case InvoiceVoidAsked():
            asked = VoidAsked(reason=event.reason, note=event.note)
            yield _next(invoice, msgspec.structs.replace(stage, void_asked=asked))
        case InvoiceVoidRefused():
            yield _next(invoice, msgspec.structs.replace(stage, void_asked=None))
        case InvoiceVoided():
            yield _next(invoice, Void(number=stage.number, issued_on=stage.issued_on))


def evolve_credited(event: CreditNoteLocked, envelope: Envelope, view: View) -> Iterable[State]:
    """So much less is left to credit, from the moment that a credit note is locked."""
    invoice = invoice_of(view, event.invoice_id)
    if isinstance(invoice.stage, Issued):
        credited = _with(invoice.stage.credited_so_far, event, invoice.stage.tax_groups)
        yield _next(invoice, msgspec.structs.replace(invoice.stage, credited=credited))


def decide_reissue(command: ReissueInvoice, view: View, context: Context) -> Sequence[Event]:
    """The same lines as a draft of its own, taxed as the account is now; late fees are on that from now on."""
    if view.get(Invoice, command.invoice_id) is not None:
        return []
    invoice, issued = invoice_of(view, command.replaces.id), view.get(IssuedLines, command.replaces.id)
    lines = issued.lines if issued else []
    profile = profile_of(view, command.account_id)
    draft = same_fields(
        DraftReissued,
        command,
        currency=invoice.currency,
        period=invoice.period,
        lines=lines,
        net=net_of(lines, invoice.currency),
    )
    drafted = complete(command.invoice_id, invoice.period, lines, profile, context, view, version=2)
    return [draft, *billed_anew(lines, command.account_id, command.invoice_id, view), drafted]


def evolve_reissued(event: DraftReissued, envelope: Envelope, view: View) -> Iterable[State]:
    yield same_fields(Invoice, event, lines=tuple(event.lines), stage=Assembling(), version=1)


def debit_draft(event: DebitNoteDrafted) -> Invoice:
    """The draft that a debit note is until it is locked: complete from the beginning."""
    debit = same_fields(Debit, event)
    return same_fields(Invoice, event, lines=tuple(event.lines), stage=Drafted(), version=1, debit=debit)


def evolve_debited(event: DebitNoteDrafted, envelope: Envelope, view: View) -> Iterable[State]:
    yield debit_draft(event)


def _next(invoice: Invoice, stage: Issued | Void) -> Invoice:
    return msgspec.structs.replace(invoice, stage=stage, version=invoice.version + 1)


def _with(before: Credited, note: CreditNoteLocked, groups: Sequence[TaxGroup]) -> Credited:
    lines = dict(before.lines)
    unplaced = before.unplaced
    for line, n in zip(note.lines, note.invoice_lines, strict=False):
        if n:
            lines[n] = EXACT.add(lines.get(n, Decimal(0)), line.net)
        else:
            unplaced = EXACT.add(unplaced, line.net)
    taken = {_which(group): group for group in note.tax_groups}
    return Credited(
        net=EXACT.add(before.net, note.net),
        tax=EXACT.add(before.tax, note.tax),
        total=EXACT.add(before.total, note.total),
        groups=tuple(
            _more(sofar, taken.get(_which(group))) for sofar, group in zip(before.groups, groups, strict=False)
        ),
        lines=lines,
        unplaced=unplaced,
    )


def _more(before: CreditedGroup, group: TaxGroup | None) -> CreditedGroup:
    if group is None:
        return before
    return CreditedGroup(base=EXACT.add(before.base, group.base), tax=EXACT.add(before.tax, group.tax))


def _which(group: TaxGroup) -> tuple[object, ...]:
    """What tells groups of an invoice apart, whose tax it is included."""
    levied = (group.jurisdiction, group.rate_id, group.kind, group.share)
    return group.category, group.rate, group.name, group.reason, *levied


def evolve_credited_draft(event: DraftCredited, envelope: Envelope, view: View) -> Iterable[State]:
    draft = invoice_of(view, event.invoice_id)
    stage = CreditedDraft(credit_notes=tuple(event.credit_notes))
    yield msgspec.structs.replace(draft, stage=stage, lines=(), version=draft.version + 1)
