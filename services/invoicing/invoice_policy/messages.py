"""What the operator demands of every invoice: an approval before it is locked, clearance by a tax authority after it,
and the series that numbers it.

SetInvoicePolicy(approval=ApprovalPolicy(above={"EUR": Decimal("1000.00")}, four_eyes=True), clearance=[...])
-> InvoicePolicySet(version=1, ...)

Reference data: it lives in partition 0.
"""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Final

from shared.kernel.bounds import Checked, Count
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event, Message

INVOICES: Final = "invoices"
"""The id of the one policy that there is."""


class ApprovalPolicy(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """`every` invoice needs an approval, or those that are `above` an amount in their currency, tax included.

    With `four_eyes` nobody approves what they have asked for, nor issues what they have approved.
    """

    every: bool = False
    above: dict[Currency, Decimal] = {}
    four_eyes: bool = False

    def wants(self, total: Decimal, currency: Currency) -> bool:
        """Whether an invoice of that total needs an approval."""
        limit = self.above.get(currency)
        return self.every or (limit is not None and total > limit)


class ClearanceRule(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """Invoices of a seller in that country wait for the `authority`; with `buyer_country` only those to there."""

    seller_country: str
    authority: str
    buyer_country: str | None = None


class Numbering(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """In which series documents are numbered: `series` by kind of document, where it is not the usual one.

    `per_customer`: each account has series of its own instead (numbering_series/choice.py).
    """

    series: dict[str, str] = {}
    per_customer: bool = False


class OfPolicy(Message, frozen=True, kw_only=True):
    """What is asked or said of the policy."""

    KEY_FIELD = "policy_id"
    REFERENCE: ClassVar[bool] = True

    policy_id: str = INVOICES


class SetInvoicePolicy(OfPolicy, Command, frozen=True, kw_only=True):
    """From now on this is demanded of what is locked and issued, all of it. Refused: `version_mismatch`."""

    approval: ApprovalPolicy
    clearance: list[ClearanceRule] = []
    numbering: Numbering = Numbering()


class InvoicePolicySet(OfPolicy, Event, frozen=True, kw_only=True):
    """This is demanded of what is locked and issued from now on."""

    approval: ApprovalPolicy
    version: Count
    clearance: list[ClearanceRule] = []
    numbering: Numbering = Numbering()
