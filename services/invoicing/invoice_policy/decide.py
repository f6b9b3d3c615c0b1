"""The operator's policy is said as a whole; what is locked already stays as it was decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from services.invoicing.invoice_policy.messages import InvoicePolicySet, SetInvoicePolicy
from services.invoicing.invoice_policy.state import InvoicePolicy, invoice_policy
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_policy(command: SetInvoicePolicy, view: View, context: Context) -> Sequence[Event]:
    policy = invoice_policy(view)
    context.check_version(policy.version)
    said = (command.approval, command.clearance, command.numbering)
    if (policy.approval, list(policy.clearance), policy.numbering) == said:
        return []
    return [same_fields(InvoicePolicySet, command, version=policy.version + 1)]


def evolve_policy(event: InvoicePolicySet, envelope: Envelope, view: View) -> Iterable[State]:
    yield same_fields(InvoicePolicy, event, clearance=tuple(event.clearance))
