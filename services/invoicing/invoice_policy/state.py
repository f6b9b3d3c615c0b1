"""What the operator demands of every invoice, in partition 0."""

from __future__ import annotations

from typing import ClassVar

from services.invoicing.invoice_policy.messages import INVOICES, ApprovalPolicy, ClearanceRule, Numbering
from services.invoicing.numbering_series.choice import series_of
from shared.kernel.decider import Home, State, View


class InvoicePolicy(State, frozen=True, kw_only=True):
    """`version` counts how often it was set; nothing is demanded until it was."""

    KEY_FIELD = "policy_id"
    HOME: ClassVar[Home] = Home.REFERENCE

    policy_id: str = INVOICES
    approval: ApprovalPolicy = ApprovalPolicy()
    clearance: tuple[ClearanceRule, ...] = ()
    numbering: Numbering = Numbering()
    version: int = 0

    def authority_for(self, seller_country: str, buyer_country: str) -> str | None:
        """Who has to clear an invoice between these countries; `None` where nobody has."""
        for rule in self.clearance:
            if rule.seller_country == seller_country and rule.buyer_country in (None, buyer_country):
                return rule.authority
        return None

    def series_of(self, kind: str, account_id: str) -> str:
        """The series that numbers a document of that kind of an account."""
        return series_of(kind, account_id, chosen=self.numbering.series, per_customer=self.numbering.per_customer)


def invoice_policy(view: View) -> InvoicePolicy:
    """The policy that is in force."""
    return view.get(InvoicePolicy, INVOICES) or InvoicePolicy()
