"""Exemptions are granted to an account that is there, for a jurisdiction that is there, while they are valid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.tax_exemption.messages import (
    EXEMPTIONS_MAX,
    EndTaxExemption,
    ExemptionTerms,
    GrantTaxExemption,
    TaxExemptionEnded,
    TaxExemptionGranted,
)
from services.invoicing.tax_exemption.state import Exemption, TaxExemptions
from services.invoicing.tax_jurisdiction.state import TaxJurisdiction
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_grant(command: GrantTaxExemption, view: View, context: Context) -> Sequence[Event]:
    profile = view.get(BillProfile, command.account_id)
    if profile is None:
        raise absent("account", command.account_id, pointer="/account_id")
    if view.get(TaxJurisdiction, command.terms.jurisdiction_id) is None:
        raise absent("tax_jurisdiction", command.terms.jurisdiction_id, pointer="/jurisdiction_id")
    terms, today = command.terms, local_date(context.now, profile.time_zone)
    if terms.valid_to is not None and terms.valid_to <= terms.valid_from:
        detail = f"a certificate ends after it begins, and {terms.valid_to} is not after {terms.valid_from}"
        raise Rejection("invalid", detail, pointer="/valid_to")
    if terms.valid_to is not None and terms.valid_to <= today:
        detail = f"certificate {terms.certificate} ended on {terms.valid_to}; ask the customer for a new one"
        raise Rejection("certificate_expired", detail, pointer="/valid_to")
    held = _held(command.account_id, view)
    if any(one.exemption_id == command.exemption_id for one in held.exemptions):
        return []
    if len(held.exemptions) >= EXEMPTIONS_MAX:
        raise Rejection("out_of_bounds", f"an account has at most {EXEMPTIONS_MAX} exemptions", pointer="/account_id")
    return [same_fields(TaxExemptionGranted, command)]


def decide_end(command: EndTaxExemption, view: View, context: Context) -> Sequence[Event]:
    terms = next(
        (o.terms for o in _held(command.account_id, view).exemptions if o.exemption_id == command.exemption_id), None
    )
    if terms is None:
        raise absent("tax_exemption", command.exemption_id)
    if command.on <= terms.valid_from:
        raise Rejection("invalid", f"it begins on {terms.valid_from}; it ends later than that", pointer="/on")
    return [] if terms.valid_to == command.on else [same_fields(TaxExemptionEnded, command)]


def evolve_exemption(event: TaxExemptionGranted | TaxExemptionEnded, envelope: Envelope, view: View) -> Iterable[State]:
    held = _held(event.account_id, view)
    match event:
        case TaxExemptionGranted():
            one = Exemption(exemption_id=event.exemption_id, terms=event.terms)
            yield msgspec.structs.replace(held, exemptions=(*held.exemptions, one))
        case TaxExemptionEnded():
            yield msgspec.structs.replace(held, exemptions=tuple(_ended(one, event) for one in held.exemptions))


def _ended(one: Exemption, event: TaxExemptionEnded) -> Exemption:
    if one.exemption_id != event.exemption_id:
        return one
    terms: ExemptionTerms = msgspec.structs.replace(one.terms, valid_to=event.on)
    return msgspec.structs.replace(one, terms=terms)


def _held(account_id: str, view: View) -> TaxExemptions:
    return view.get(TaxExemptions, account_id) or TaxExemptions(account_id=account_id)
