"""An issued invoice is debited: its debit note is locked at once, and numbered and issued as an invoice is.

    DebitInvoice     in p(account)  -> DebitNoteDrafted, InvoiceLocked    lines, tax and totals are fixed
                                    -> DebitNoteDrafted, ApprovalAsked    where the policy wants an approval: it waits
    AssignNumber     in p(series)   -> NumberAssigned                     DN-000001 (numbering_series/)
    CompleteIssue    in p(account)  -> InvoiceIssued                      due by the account's terms (invoice/)

One that was approved is issued by its own id, as an invoice is. The invoice that it raises stays as it is, and what is
left to credit of it too: a debit note is credited by its own id.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.approval.checks import ask, hindrance
from services.invoicing.bill_profile.state import profile_of
from services.invoicing.claiming import claiming
from services.invoicing.debit_note.debiting import Debitable, debit
from services.invoicing.debit_note.locking import lock_debit
from services.invoicing.debit_note.messages import DebitInvoice, DebitNoteDrafted
from services.invoicing.invoice.corrections import debit_draft
from services.invoicing.invoice.messages import DocumentReference
from services.invoicing.invoice.state import Debit, Invoice, IssuedLines
from services.invoicing.invoice_policy.state import invoice_policy
from services.invoicing.spreading import after
from shared.kernel.decider import Context, View
from shared.kernel.errors import absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_debit(command: DebitInvoice, view: View, context: Context) -> Sequence[Event]:
    """Raises `Rejection`; see `DebitInvoice`."""
    invoice = view.get(Invoice, command.invoice_id)
    if invoice is None or invoice.account_id != command.account_id:
        raise absent("invoice", command.invoice_id)
    context.check_version(invoice.version)
    issued, stored = claiming(invoice, "debited"), view.get(IssuedLines, command.invoice_id)
    lines = after(stored.lines if stored else [], issued.allowances, invoice.currency)
    debitable = same_fields(Debitable, issued, currency=invoice.currency, period=invoice.period, lines=lines)
    more = debit(debitable, command.lines)
    drafted = same_fields(
        DebitNoteDrafted,
        command,
        invoice_id=command.debit_note_id,
        currency=invoice.currency,
        period=invoice.period,
        corrects=DocumentReference(id=invoice.invoice_id, number=issued.number, issued_on=issued.issued_on),
        legal_entity=issued.legal_entity,
        **{name: getattr(more, name) for name in more.__struct_fields__},
    )
    return [drafted, *_locked_or_asked(drafted, command, view, context)]


def _locked_or_asked(drafted: DebitNoteDrafted, command: DebitInvoice, view: View, context: Context) -> Sequence[Event]:
    """Locked at once, unless the operator's policy wants an approval of an invoice of that total."""
    draft, profile = debit_draft(drafted), profile_of(view, command.account_id)
    locked = lock_debit(draft, same_fields(Debit, drafted), profile, context, view, operator=command.seller)
    why = hindrance(locked, draft, profile, invoice_policy(view), context)
    return [locked] if why is None else ask(locked, draft, why, context)
