"""An invoice that a tax authority has to clear waits from its issue on; what the authority says is noted, in order.

What was said is taken again without an event, so that an integrator may repeat itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.claiming import claiming
from services.invoicing.clearance.messages import ClearanceAwaited, ClearanceReported, ReportClearance
from services.invoicing.clearance.status import FOLLOWS
from services.invoicing.invoice.messages import InvoiceIssued
from services.invoicing.invoice.state import Clearance, Invoice
from services.invoicing.invoice_policy.state import invoice_policy
from services.invoicing.tax_jurisdiction.state import TaxJurisdiction
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def awaited(issued: InvoiceIssued, profile: BillProfile, view: View) -> Sequence[ClearanceAwaited]:
    """That an invoice which is being issued waits for an authority, where the policy says so."""
    policy = invoice_policy(view)
    if not policy.clearance or issued.seller is None:
        return []
    authority = policy.authority_for(issued.seller.country, _country(profile, view))
    return [] if authority is None else [same_fields(ClearanceAwaited, issued, authority=authority)]


def decide_report(command: ReportClearance, view: View, context: Context) -> Sequence[Event]:
    invoice = view.get(Invoice, command.invoice_id)
    if invoice is None or invoice.account_id != command.account_id:
        raise absent("invoice", command.invoice_id)
    context.check_version(invoice.version)
    issued, now = claiming(invoice, "reported on"), invoice.clearance or Clearance(status="none")
    said = same_fields(Clearance, command)
    if said == now:
        return []
    if command.status not in FOLLOWS[now.status]:
        follow = ", ".join(FOLLOWS[now.status]) or "nothing: it is cleared for good"
        detail = f"{issued.number} is {now.status} with the tax authority; what may follow is {follow}"
        raise Rejection("clearance_transition", detail, pointer="/status", status=409)
    return [same_fields(ClearanceReported, command, number=issued.number, at=command.at or context.now)]


def _country(profile: BillProfile, view: View) -> str:
    """Where the buyer is, as far as its tax profile says: "" of an account with one rate."""
    place = profile.tax.parameters.get("place")
    while isinstance(place, str):
        found = view.get(TaxJurisdiction, place)
        if found is None:
            return ""
        if found.terms.parent_id is None:
            return place
        place = found.terms.parent_id
    return ""
