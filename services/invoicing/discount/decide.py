"""Discounts are granted to an account that is there, ended on a day, and used by its invoices.

InvoiceLocked, with allowances      its period is used; once, whatever invoices the period has
InvoiceVoided                       its period is given back
CreditNoteLocked, issued anew       its period is kept for the invoice that replaces it
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from services.invoicing.bill_profile.state import BillProfile, profile_of
from services.invoicing.credit_note.messages import CreditNoteLocked
from services.invoicing.discount.messages import (
    DISCOUNTS_MAX,
    DiscountEnded,
    DiscountGranted,
    EndDiscount,
    GrantDiscount,
)
from services.invoicing.discount.state import AccountDiscounts, Discount
from services.invoicing.invoice.messages import InvoiceLocked
from services.invoicing.void.messages import InvoiceVoided
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_grant(command: GrantDiscount, view: View, context: Context) -> Sequence[Event]:
    """Raises `Rejection`; see `GrantDiscount`."""
    profile = view.get(BillProfile, command.account_id)
    if profile is None:
        raise absent("account", command.account_id)
    held = _held(command.account_id, view)
    if held.discount(command.discount_id) is not None:
        return []
    if command.terms.currency not in (None, profile.currency):
        detail = f"the account is billed in {profile.currency}, not {command.terms.currency}"
        raise Rejection("currency_mismatch", detail, pointer="/discount/amount/currency")
    if command.coupon_id is None and len(held.discounts) >= DISCOUNTS_MAX:
        raise Rejection("out_of_bounds", f"an account has at most {DISCOUNTS_MAX} discounts", status=409)
    starts_on = command.starts_on or local_date(context.now, profile.time_zone)
    return [same_fields(DiscountGranted, command, starts_on=starts_on)]


def decide_end(command: EndDiscount, view: View, context: Context) -> Sequence[Event]:
    """Raises `Rejection`; see `EndDiscount`."""
    discount = _held(command.account_id, view).discount(command.discount_id)
    if discount is None:
        raise absent("discount", command.discount_id)
    context.check_version(discount.version)
    on = command.on or max(discount.starts_on, local_date(context.now, profile_of(view, command.account_id).time_zone))
    if on < discount.starts_on:
        detail = f"it starts on {discount.starts_on}; it ends on that day or later"
        raise Rejection("invalid", detail, pointer="/on")
    if discount.ends_on is not None and (command.on is None or discount.ends_on == on):
        return []
    return [same_fields(DiscountEnded, command, on=on, version=discount.version + 1)]


def evolve_discount(event: DiscountGranted | DiscountEnded, envelope: Envelope, view: View) -> Iterable[State]:
    held = _held(event.account_id, view)
    match event:
        case DiscountGranted():
            yield msgspec.structs.replace(held, discounts=(*held.discounts, same_fields(Discount, event)))
        case DiscountEnded():
            yield held.each(lambda one: _ended(one, event) if one.discount_id == event.discount_id else one)


def evolve_use(
    event: InvoiceLocked | InvoiceVoided | CreditNoteLocked, envelope: Envelope, view: View
) -> Iterable[State]:
    """Nothing of an account that has no discount: it is not even looked up."""
    match event:
        case InvoiceLocked() if event.allowances:
            yield _held(event.account_id, view).used(event.invoice_id, event.allowances)
        case InvoiceVoided() if profile_of(view, event.account_id).discounted:
            yield _held(event.account_id, view).each(lambda one: one.given_back(event.invoice_id))
        case CreditNoteLocked(reissued_as=str(anew)) if profile_of(view, event.account_id).discounted:
            yield _held(event.account_id, view).each(lambda one: one.passed_to(event.invoice_id, anew))


def _ended(discount: Discount, event: DiscountEnded) -> Discount:
    return msgspec.structs.replace(discount, ends_on=event.on, version=event.version)


def _held(account_id: str, view: View) -> AccountDiscounts:
    return view.get(AccountDiscounts, account_id) or AccountDiscounts(account_id=account_id)
