"""Locking: tax and totals of a complete draft become final, and a number is asked for.

    lines of 10.00, 20.01 and 0.02 at 20 %  ->  InvoiceLocked(net=30.03, tax=6.01, total=36.04, series_id="INV", ...)

A billing run locks many in one decision, a person one at a time (decide.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.debit_note.locking import lock_debit
from services.invoicing.discount.state import AccountDiscounts
from services.invoicing.discounting import Taken, discounted
from services.invoicing.inclusive import any_includes_tax, taxed_with_tax_included, with_nets
from services.invoicing.invoice.messages import INVOICE, InvoiceLine, InvoiceLocked, Seller
from services.invoicing.invoice.state import Invoice
from services.invoicing.issuer import issuer, sold_by
from services.invoicing.legal_entity.state import LegalEntity
from services.invoicing.proof.content import hashes_of
from services.invoicing.proof.link import Hashes
from services.invoicing.tax_exemption.state import TaxExemptions
from services.invoicing.tax_jurisdiction.state import TaxJurisdiction
from services.invoicing.tax_rate.state import RatesOfJurisdiction
from services.invoicing.taxes import by_tables, totals
from services.invoicing.taxes.contract import Taxable, Totals
from services.invoicing.taxes.engine.registry import Registry
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection
from shared.kernel.same_fields import same_fields


def lock(
    invoice: Invoice,
    profile: BillProfile,
    context: Context,
    view: View,
    *,
    seller: Seller | None,
    run_id: str | None = None,
    demand_id: str | None = None,
    before: Sequence[InvoiceLocked] = (),
) -> InvoiceLocked:
    """Fix tax and totals of a complete draft; the issue date asked for is today's where the account is.

    `seller` is the operator, who issues it unless the account is billed by a legal entity.

    `before` are invoices that are locked in the same decision, which may have used a discount up. Raises `Rejection`:
    `negative_total`, where the account's next draft takes it over (carry_forward.py); and where tax tables or the tax
    profile do not say enough, `tax_rate_missing`, `tax_place_unknown`, `location_evidence_missing`.
    """
    if (debit := invoice.debit) is not None:
        locked = lock_debit(invoice, debit, profile, context, view, operator=seller)
    else:
        locked = _lock(invoice, profile, context, view, seller=seller, before=before)
    return msgspec.structs.replace(locked, run_id=run_id, demand_id=demand_id)


def _lock(
    invoice: Invoice,
    profile: BillProfile,
    context: Context,
    view: View,
    *,
    seller: Seller | None,
    before: Sequence[InvoiceLocked],
) -> InvoiceLocked:
    """An invoice of what was drafted, with the discounts and taxes of today."""
    today = local_date(context.now, profile.time_zone)
    by = issuer(INVOICE, invoice.account_id, profile.legal_entity, view, operator=seller)
    taken = discounted(
        invoice.lines, profile, view, invoice_id=invoice.invoice_id, period=invoice.period, before=before
    )
    sums = taxed(taken, profile, view, on=today, seller=by.seller)
    lines = with_nets(invoice.lines, sums.nets)
    if sums.total < 0:
        raise _below_zero(invoice, sums)
    return same_fields(
        InvoiceLocked,
        sums,
        invoice_id=invoice.invoice_id,
        account_id=invoice.account_id,
        currency=invoice.currency,
        tax_groups=sums.groups,
        series_id=by.series_id,
        issue_date_asked=today,
        terms_days=profile.terms_days,
        seller=by.seller,
        legal_entity=profile.legal_entity,
        hashes=_hashes(invoice, lines, profile, sums, by.seller),
    )


def _hashes(
    invoice: Invoice, lines: Sequence[InvoiceLine], profile: BillProfile, sums: Totals, seller: Seller | None
) -> Hashes:
    """What proves later that the document says what was locked."""
    replaces = invoice.replaces
    return hashes_of(
        kind=INVOICE,
        account_id=invoice.account_id,
        currency=invoice.currency,
        period=invoice.period,
        lines=lines,
        allowances=sums.allowances,
        tax_groups=sums.groups,
        net=sums.net,
        tax=sums.tax,
        total=sums.total,
        seller=seller,
        terms_days=profile.terms_days,
        cites=() if replaces is None else ((replaces.number, replaces.issued_on),),
    )


def _below_zero(invoice: Invoice, sums: Totals) -> Rejection:
    detail = (
        f"invoice {invoice.invoice_id} would come to {sums.total} {invoice.currency}: below zero none is issued, "
        "the amount is carried forward to the account's next invoice"
    )
    return Rejection("negative_total", detail, status=409)


def taxed(taken: Taken, profile: BillProfile, view: View, *, on: date, seller: Seller | None = None) -> Totals:
    """The lines of an account, after its discounts, with the tax that its terms say, on that date.

    Raises `Rejection` where they can't be taxed.
    """
    taxable = Taxable(lines=taken.lines, currency=profile.currency, on=on, buyer=profile.account_id, seller=seller)
    terms = sold_by(profile.tax, profile.legal_entity, view)
    if by_tables(terms):
        held = view.get(TaxExemptions, profile.account_id)
        exemptions = held.exemptions if held else ()
        taxable = msgspec.structs.replace(taxable, registry=Registry(view), exemptions=exemptions)
    if any_includes_tax(taken.lines):

        def tax(lines: Sequence[InvoiceLine], *, divided: bool = False) -> Totals:
            return totals(terms, msgspec.structs.replace(taxable, lines=lines, divided=divided))

        return taxed_with_tax_included(taken, tax, profile.currency)
    sums = totals(terms, taxable)
    return msgspec.structs.replace(sums, allowances=taken.shared(sums.groups))


def ask_for_tables(profiles: Iterable[BillProfile], view: View) -> None:
    """Ask for what discounts and taxes of many accounts will need in one question, where each would ask on its own."""
    every = list(profiles)
    if some := [profile.account_id for profile in every if profile.discounted]:
        view.get_many(AccountDiscounts, some)
    if entities := {profile.legal_entity for profile in every if profile.legal_entity is not None}:
        view.get_many(LegalEntity, sorted(entities))
    found = [profile for profile in every if by_tables(profile.tax)]
    if not found:
        return
    view.get_many(TaxExemptions, [profile.account_id for profile in found])
    places = sorted({place for one in found if isinstance(place := one.tax.parameters.get("place"), str)})
    view.get_many(TaxJurisdiction, places)
    view.get_many(RatesOfJurisdiction, places)
