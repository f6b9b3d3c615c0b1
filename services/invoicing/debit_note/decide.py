"""An issued invoice is debited: its debit note is locked at once, and numbered and issued as an invoice is.

    DebitInvoice     in p(account)  -> DebitNoteDrafted, InvoiceLocked    lines, tax and totals are fixed
    AssignNumber     in p(series)   -> NumberAssigned                     DN-000001 (numbering_series/)
    CompleteIssue    in p(account)  -> InvoiceIssued                      due by the account's terms (invoice/)

The invoice that it raises stays as it is, and what is left to credit of it too: a debit note is credited by its own id.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.bill_profile.state import profile_of
from services.invoicing.credit_note.decide import creditable
from services.invoicing.debit_note.debiting import Debit, Debitable, debit
from services.invoicing.debit_note.messages import DebitInvoice, DebitNoteDrafted
from services.invoicing.invoice.messages import DEBIT_NOTE, DocumentReference, InvoiceLocked, Seller
from services.invoicing.invoice.state import Invoice, Issued, IssuedLines
from services.invoicing.proof.content import hashes_of
from services.invoicing.proof.link import Hashes
from services.invoicing.seller import issuer
from services.invoicing.spreading import after
from shared.kernel.calendar import local_date
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
    issued, stored = creditable(invoice, "debited"), view.get(IssuedLines, command.invoice_id)
    lines = after(stored.lines if stored else [], issued.allowances, invoice.currency)
    debitable = same_fields(Debitable, issued, currency=invoice.currency, period=invoice.period, lines=lines)
    more = debit(debitable, command.lines)
    profile = profile_of(view, command.account_id)
    by = issuer(DEBIT_NOTE, command.account_id, issued.legal_entity, view, operator=command.seller)
    same = {"invoice_id": command.debit_note_id, "currency": invoice.currency, "net": more.net}
    return [
        same_fields(
            DebitNoteDrafted,
            command,
            **same,
            period=invoice.period,
            lines=more.lines,
            corrects=DocumentReference(id=invoice.invoice_id, number=issued.number, issued_on=issued.issued_on),
        ),
        same_fields(
            InvoiceLocked,
            command,
            **same,
            tax=more.tax,
            total=more.total,
            tax_groups=more.tax_groups,
            terms_days=profile.terms_days,
            series_id=by.series_id,
            seller=by.seller,
            legal_entity=issued.legal_entity,
            issue_date_asked=max(issued.issued_on, local_date(context.now, profile.time_zone)),
            kind=DEBIT_NOTE,
            hashes=_hashes(command, invoice, issued, more, profile.terms_days, by.seller),
        ),
    ]


def _hashes(
    command: DebitInvoice, invoice: Invoice, issued: Issued, more: Debit, terms_days: int, seller: Seller | None
) -> Hashes:
    """What proves later that the document says what was locked."""
    return hashes_of(
        kind=DEBIT_NOTE,
        account_id=command.account_id,
        currency=invoice.currency,
        period=invoice.period,
        lines=more.lines,
        tax_groups=more.tax_groups,
        net=more.net,
        tax=more.tax,
        total=more.total,
        seller=seller,
        terms_days=terms_days,
        cites=((issued.number, issued.issued_on),),
        note=command.note,
    )
