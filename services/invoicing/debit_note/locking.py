"""Locking a debit note: lines and tax are those it was drafted with, whatever rates and profile say by then.

    DebitNoteDrafted(net=10.00, tax=2.00, total=12.00)   ->   InvoiceLocked(kind="debit_note", series_id="DN", ...)

It is issued by who issued the invoice that it corrects, as that is now.
"""

from __future__ import annotations

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.claiming import claiming
from services.invoicing.invoice.messages import DEBIT_NOTE, InvoiceLocked, Seller
from services.invoicing.invoice.state import Debit, Invoice, invoice_of
from services.invoicing.issuer import issuer
from services.invoicing.proof.content import hashes_of
from services.invoicing.proof.link import Hashes
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, View
from shared.kernel.same_fields import same_fields


def lock_debit(
    draft: Invoice, debit: Debit, profile: BillProfile, context: Context, view: View, *, operator: Seller | None
) -> InvoiceLocked:
    """The debit note, final. Raises `Rejection` where the invoice that it corrects claims nothing any more."""
    claiming(invoice_of(view, debit.corrects.id), "debited")
    by = issuer(DEBIT_NOTE, draft.account_id, debit.legal_entity, view, operator=operator)
    return same_fields(
        InvoiceLocked,
        debit,
        invoice_id=draft.invoice_id,
        account_id=draft.account_id,
        currency=draft.currency,
        terms_days=profile.terms_days,
        series_id=by.series_id,
        seller=by.seller,
        issue_date_asked=max(debit.corrects.issued_on, local_date(context.now, profile.time_zone)),
        kind=DEBIT_NOTE,
        hashes=_hashes(draft, debit, profile.terms_days, by.seller),
    )


def _hashes(draft: Invoice, debit: Debit, terms_days: int, seller: Seller | None) -> Hashes:
    """What proves later that the document says what was locked."""
    return hashes_of(
        kind=DEBIT_NOTE,
        account_id=draft.account_id,
        currency=draft.currency,
        period=draft.period,
        lines=list(draft.lines),
        tax_groups=debit.tax_groups,
        net=debit.net,
        tax=debit.tax,
        total=debit.total,
        seller=seller,
        terms_days=terms_days,
        cites=((debit.corrects.number, debit.corrects.issued_on),),
        note=debit.note,
    )
